"""Obsidian's links and embeds."""
