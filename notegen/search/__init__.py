"""The search index: each note as pagefind reads it, and the index made and remembered."""
