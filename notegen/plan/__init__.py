"""Stage 4: one Page per URL; a file for each kind of page."""
