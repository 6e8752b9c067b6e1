"""Pure helpers on strings that several layers need: languages, time zones, suggestions."""
