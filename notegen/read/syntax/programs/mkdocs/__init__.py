"""Syntax of MkDocs, Python-Markdown and PyMdown Extensions."""
