"""Callouts of Obsidian and GitHub, and numbered theorems."""
