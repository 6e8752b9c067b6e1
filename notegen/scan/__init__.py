"""Stage 1: the disk to a Tree."""
