"""Which rows of a formula are numbered, and how."""
