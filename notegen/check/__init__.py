"""`notegen check`: what a build need not know of notes and their author may want to; rules that only look."""
