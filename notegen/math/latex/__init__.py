"""LaTeX as tokens: macros, definitions, and what engines need said in other words."""
