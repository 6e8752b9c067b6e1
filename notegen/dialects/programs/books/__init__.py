"""Programs that make a book, whose table of contents is a file."""
