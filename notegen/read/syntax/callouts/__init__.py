"""Callouts of Obsidian and GitHub."""
