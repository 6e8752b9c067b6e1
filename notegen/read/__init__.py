"""Stage 2: one file to one Note, which needs no other note."""
