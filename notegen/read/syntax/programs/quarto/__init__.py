"""Quarto and R Markdown beyond Pandoc's Markdown: cells of code, captions of tables."""
