"""Syntax of Pandoc alone."""
