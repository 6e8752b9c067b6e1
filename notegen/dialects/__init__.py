"""Dialects: what notegen knows of other static site generators and note programs, one value each."""
