"""Which languages of fences are diagrams and of which kind; where a site keeps what has been drawn."""

FOLDER = "diagrams"  # below the root
TAGS = frozenset({"mermaid", "graphviz", "dot", "tikz"})  # tags and containers that hold a diagram

ENGINES = frozenset({"dot", "neato", "fdp", "sfdp", "circo", "twopi", "osage", "patchwork"})  # of Graphviz
# Language -> the program that draws it.
KINDS = {
    "mermaid": "mermaid",
    "tikz": "tikz",
    **dict.fromkeys(("graphviz", "gv", "viz", *sorted(ENGINES)), "graphviz"),
}
