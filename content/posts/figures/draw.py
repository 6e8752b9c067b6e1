"""The figures of the notes as SVG: `python content/posts/figures/draw.py` writes them beside this file (`make figures`).

`draw.py FOLDER` writes them there, with `quotes.json`: what the notes say of their numbers, and what was computed.
Needs numpy. Each figure has a seed of its own and depends on nothing else, so it comes out the same every time.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sums in one order, on every machine

import arithmetic
import attention
import decoding
import generative
import moe
import quantisation
import training
import vision

MODULES = (attention, decoding, generative, moe, quantisation, training, vision)


def main(folder: Path) -> None:
    """Write every figure into a folder."""
    quotes = [("arithmetic", quote) for quote in arithmetic.QUOTES]
    for module in MODULES:
        for name, draw in module.FIGURES.items():
            figure = draw()
            (folder / f"{name}.svg").write_text(figure.svg, "utf-8")
            quotes += [(name, quote) for quote in figure.quotes]
    if folder != Path(__file__).parent:
        rows = [
            {
                "figure": name,
                "note": quote.note,
                "words": quote.words,
                "values": [float(value) for value in quote.values],
            }
            for name, quote in quotes
        ]
        (folder / "quotes.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
