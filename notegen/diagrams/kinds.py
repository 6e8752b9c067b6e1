"""Which languages of fences are diagrams and of which kind; where a site keeps what has been drawn."""

FOLDER = "diagrams"  # below the root

# Language -> the program that draws it.
KINDS = {
    "mermaid": "mermaid",
    "tikz": "tikz",
    **dict.fromkeys(("dot", "graphviz", "gv", "neato", "fdp", "sfdp", "circo", "twopi"), "graphviz"),
}
