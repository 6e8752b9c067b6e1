"""Stage 4: one Page per URL, values only."""
