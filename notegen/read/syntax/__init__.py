"""Markdown syntax beyond CommonMark, one file a rule or one folder a family."""
