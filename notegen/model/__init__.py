"""The plain frozen values that stages hand to one another, the codes of diagnostics, and the one digest function."""
