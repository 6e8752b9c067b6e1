"""Pure helpers on strings that several layers need: languages, file names, classes of characters, time zones, suggestions."""
