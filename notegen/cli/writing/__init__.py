"""Commands of the time between two builds: renaming, the language server of an editor."""
