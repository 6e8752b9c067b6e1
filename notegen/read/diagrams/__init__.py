"""The diagrams of notes: drawn where they stand, or taken from what the site keeps."""
