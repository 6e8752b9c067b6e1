"""What front matter says of a folder: lists of notes, values for the notes in it."""
