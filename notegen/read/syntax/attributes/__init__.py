"""Attributes in braces, of kramdown, Pandoc and Python-Markdown."""
