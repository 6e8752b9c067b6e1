"""Pure helpers on strings of several layers: languages, file names, classes of characters, time zones, suggestions."""
