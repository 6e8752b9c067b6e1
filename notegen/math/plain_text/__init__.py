"""LaTeX as readable Unicode text, for titles, slugs, descriptions and search."""
