"""Excerpts of a note: on lists, and the sentences around its links."""
