"""Stage 6: the output folder made equal to the build's files, only differences written."""
