"""Stage 5: one Page to its bytes."""
