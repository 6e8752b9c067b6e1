"""`notegen export`: a note for another place."""
