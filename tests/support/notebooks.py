"""Notebooks of Jupyter as text: their cells and outputs, and a tiny picture."""

import base64
import json
import struct
import zlib
from typing import Any


def notebook(*cells: dict[str, Any], **metadata: Any) -> str:
    """Return a notebook of these cells. `metadata`: the notebook's."""
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    return json.dumps(
        {"cells": cells, "metadata": {**kernel, **metadata}, "nbformat": 4, "nbformat_minor": 5}, indent=1
    )


def head(title: str = "N", **front: Any) -> dict[str, Any]:
    """Return a raw cell with front matter."""
    lines = [f"{key}: {json.dumps(value)}" for key, value in {"title": title, "date": "2026-01-02", **front}.items()]
    return {"cell_type": "raw", "metadata": {}, "source": "\n".join(["---", *lines, "---"])}


def markdown(source: str, **fields: Any) -> dict[str, Any]:
    """Return a cell of Markdown."""
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True), **fields}


def code(source: str, *outputs: dict[str, Any], count: int | None = 1, **metadata: Any) -> dict[str, Any]:
    """Return a cell of code with what it has shown."""
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": metadata,
        "source": source.splitlines(keepends=True),
        "outputs": list(outputs),
    }


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    """Return what a cell has written."""
    return {"output_type": "stream", "name": name, "text": text.splitlines(keepends=True)}


def shown(data: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """Return a result, by MIME type."""
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def failed(*traceback: str) -> dict[str, Any]:
    """Return an error."""
    return {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": list(traceback)}


def png(width: int = 2, height: int = 1, grey: int = 0) -> bytes:
    """Return a picture of one shade."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + bytes([grey]) * width) * height
    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def base64_png(*size: int) -> str:
    """Return the same as notebooks store it."""
    return base64.b64encode(png(*size)).decode() + "\n"
