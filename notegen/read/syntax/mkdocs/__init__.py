"""Syntax of MkDocs and PyMdown Extensions alone."""
