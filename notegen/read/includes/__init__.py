"""Files that a note includes: found before it is read, and put in the place of the lines that name them."""
