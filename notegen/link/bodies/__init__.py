"""Bodies of notes to finished HTML: links, images, embeds; and the same for feeds."""
