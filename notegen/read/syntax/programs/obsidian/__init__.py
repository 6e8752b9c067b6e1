"""Syntax of Obsidian and its plugins alone."""
