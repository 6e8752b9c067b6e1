"""Code blocks to highlighted HTML."""
