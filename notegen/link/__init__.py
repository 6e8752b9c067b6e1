"""Stage 3: all notes together: addresses, taxonomies, references; every hole filled."""
