"""What is numbered besides formulas and boxes, its labels, and references to all that has a label."""
