"""Pseudo-code: LaTeX's `algorithm` and `algorithmic`, algpseudocode, algorithm2e."""
