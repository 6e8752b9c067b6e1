"""Exports of programs whose files notegen cannot read in place, turned into notes: WordPress, Notion, Medium."""
