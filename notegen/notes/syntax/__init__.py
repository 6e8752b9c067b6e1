"""Markdown syntax beyond CommonMark, one file a rule."""
