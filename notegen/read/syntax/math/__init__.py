"""The math scanner: a formula is an opaque token from its first byte."""
