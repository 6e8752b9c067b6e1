"""`notegen rename`: a note, a label or a tag gets another name, and all that names it follows."""
