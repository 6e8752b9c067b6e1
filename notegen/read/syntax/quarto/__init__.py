"""Quarto and R Markdown beyond Pandoc's Markdown: cells of code, references, captions of tables."""
