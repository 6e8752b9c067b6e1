"""The figures of the notes as SVG: `python content/posts/figures/draw.py` writes them beside this file.

Each is a few curves of a formula of its note; nothing but the standard library is needed.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

WIDTH, HEIGHT = 480, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 96, 14, 48
INK, FAINT = "#333333", "#dddddd"
COLORS = ("#1f5fa8", "#b3481f", "#3c7a3f")  # told apart in grey, too: their dashes differ
DASHES = ("", "7 4", "2 3")


class Axis(NamedTuple):
    """One axis: its ends, its ticks with their words, its name; `log`: equal steps are equal factors."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    name: str
    log: bool = False

    def at(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


class Curve(NamedTuple):
    """A formula and what it is called."""

    name: str
    value: Callable[[float], float]


def chart(x: Axis, y: Axis, curves: Sequence[Curve]) -> str:
    """Return a chart as SVG; the names of the curves stand at their right ends."""

    def place(a: float, b: float) -> tuple[float, float]:
        return LEFT + x.at(a) * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y.at(b) * (HEIGHT - TOP - BOTTOM)

    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="system-ui, sans-serif" font-size="15" fill="{INK}">'
    ]
    for value, words in y.ticks:
        _, level = place(x.low, value)
        parts.append(f'<path d="M{LEFT} {level:.1f}H{right}" stroke="{FAINT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{level + 4:.1f}" text-anchor="end">{words}</text>')
    for value, words in x.ticks:
        across, _ = place(value, y.low)
        parts.append(f'<path d="M{across:.1f} {bottom}v5" stroke="{INK}"/>')
        parts.append(f'<text x="{across:.1f}" y="{bottom + 20}" text-anchor="middle">{words}</text>')
    parts.append(f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="{INK}"/>')
    parts.append(f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 6}" text-anchor="middle">{x.name}</text>')
    middle = (TOP + bottom) / 2
    parts.append(f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">{y.name}</text>')
    levels: list[float] = []
    for curve, color, dash in zip(curves, COLORS, DASHES, strict=False):
        steps = [index / 160 for index in range(161)]
        values = [x.low * (x.high / x.low) ** step if x.log else x.low + step * (x.high - x.low) for step in steps]
        points = [place(value, curve.value(value)) for value in values]
        line = " ".join(f"{across:.1f},{level:.1f}" for across, level in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        parts.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"{dashes}/>')
        level = points[-1][1] + 4
        while any(abs(level - other) < 18 for other in levels):
            level += 4
        levels.append(level)
        parts.append(f'<text x="{right + 8}" y="{level:.1f}" fill="{color}">{curve.name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def adam_bias() -> str:
    """The first steps of Adam with a constant gradient, in learning rates: with and without the corrections."""
    ticks = [(1, "1"), (10, "10"), (100, "100"), (1000, "1000")]
    return chart(
        Axis(1, 3000, ticks, "步数 t", log=True),
        Axis(0, 8, [(value, str(value)) for value in range(0, 9, 2)], "更新量 / 学习率"),
        [
            Curve("不修正", lambda t: (1 - 0.9**t) / math.sqrt(1 - 0.999**t)),
            Curve("修正", lambda t: 1.0),
        ],
    )


def flash_io() -> str:
    """Elements moved between memory and chip, by length: d = 64, blocks of 192 queries."""
    width, block = 64, 192
    return chart(
        Axis(512, 65536, [(512 * 4**power, f"{4**power / 2:g}K") for power in range(4)], "序列长度 N", log=True),
        Axis(1e5, 1e11, [(10**power, f"10{chr(0x2070 + power)}") for power in (5, 7, 9)], "搬运的元素", log=True),
        [
            Curve("标准实现", lambda n: 4 * n * n + 4 * n * width),
            Curve("分块", lambda n: 2 * n * width + 2 * n * n * width / block),
            Curve("只读写一遍", lambda n: 4 * n * width),
        ],
    )


def speculative_tokens() -> str:
    """Tokens for each run of the large model, by the rate at which drafts are accepted."""

    def tokens(drafts: int) -> Callable[[float], float]:
        return lambda rate: sum(rate**power for power in range(drafts + 1))

    return chart(
        Axis(0, 1, [(value / 5, f"{value / 5:g}") for value in range(6)], "接受率 α"),
        Axis(0, 9, [(value, str(value)) for value in range(0, 10, 3)], "每次校验得到的 token"),
        [Curve(f"γ = {drafts}", tokens(drafts)) for drafts in (8, 4, 2)],
    )


if __name__ == "__main__":
    for name, draw in (("adam-bias", adam_bias), ("flash-io", flash_io), ("speculative-tokens", speculative_tokens)):
        Path(__file__).with_name(f"{name}.svg").write_text(draw(), "utf-8")
