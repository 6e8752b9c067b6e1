"""Layer 0: the plain immutable values that the stages hand to one another, and the one digest function."""
