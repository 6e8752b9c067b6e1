"""Social cards: a picture for each note, drawn in the theme's colours."""
