"""Syntax of other programs that has an equivalent here."""
