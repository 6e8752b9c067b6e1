"""Tokens to HTML with typed holes."""
