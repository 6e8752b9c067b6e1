"""What notes that are notebooks have besides Markdown: cells, each read for itself, and what they have shown."""
