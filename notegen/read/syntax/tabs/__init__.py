"""Tabs of all dialects: their tokens, and the forms that no other folder reads."""
