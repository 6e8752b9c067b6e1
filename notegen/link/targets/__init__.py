"""What a link names, and where it leads."""
