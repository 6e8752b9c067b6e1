"""What a note's tokens say of it as a document: title, headings, anchors, excerpt."""
