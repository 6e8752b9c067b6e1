"""Other programs' markup that stays visible on a page: a check of what was read, which knows nothing of the rules."""
