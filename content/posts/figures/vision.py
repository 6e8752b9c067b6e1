"""Figures of the notes on images: receptive fields, grids after upsampling, precision and recall."""

import numpy as np
from chart import Axis, Band, Curve, Dots, Figure, Quote, chart, document, heat, ticks, words


def _paths(layers: list[tuple[int, int, int]]) -> np.ndarray:
    """Return how many paths lead to each pixel; `layers`: (kernel, stride, dilation), the first one at the input."""
    counts = np.ones(1)
    for kernel, stride, dilation in reversed(layers):
        spaced = np.zeros((len(counts) - 1) * stride + 1)
        spaced[::stride] = counts
        taps = np.zeros((kernel - 1) * dilation + 1)
        taps[::dilation] = 1
        counts = np.convolve(spaced, taps)
    return counts


def receptive_paths() -> Figure:
    """How many paths lead to each pixel of a receptive field, over the most, by its place in the field."""
    kinds = [
        ("10 层 3×3", [(3, 1, 1)] * 10, 2),
        ("50 层 3×3", [(3, 1, 1)] * 50, 0),
        ("膨胀 1,2,4,8,16", [(3, 1, 2**i) for i in range(5)], 1),
    ]
    items, outer = [], []
    for name, layers, style in kinds:
        counts = _paths(layers)
        half = (len(counts) - 1) / 2
        where = (np.arange(len(counts)) - half) / half
        items.append(Curve(name, list(zip(where, counts / counts.max(), strict=True)), style))
        outer.append(100 * counts[np.abs(where) > 0.5].sum() / counts.sum())
    grid = _paths([(3, 1, 2)] * 5)
    where = (np.arange(len(grid)) - 10) / 10
    items.append(Dots("膨胀 2 重复 5 层", [(w, v / grid.max(), 0, 0) for w, v in zip(where, grid, strict=True)], 3))
    quote = "外半圈（离中心超过一半半径的像素）分到的份额依次是 ${}\\%$、${}\\%$ 和 ${}\\%$"
    return Figure(
        chart(
            Axis(-1, 1, ticks((-1, 0, 1)), "在感受野中的位置"),
            Axis(0, 1, ticks((0, 0.5, 1)), "路径条数 / 最多处"),
            items,
        ),
        (Quote("receptive-field", quote, tuple(outer)),),
    )


def checkerboard() -> Figure:
    """What three kernels of a transposed convolution with stride 2 make of a constant picture."""
    rng = np.random.default_rng(4)
    bilinear = np.array([0.25, 0.75, 0.75, 0.25])
    kernels = [
        ("k = 3，全 1", np.ones((3, 3))),
        ("k = 4，随机", rng.random((4, 4))),
        ("k = 4，双线性", np.outer(bilinear, bilinear)),
    ]
    parts, side, contrasts = [], 120, []
    for index, (name, kernel) in enumerate(kernels):
        phases = np.array([[kernel[a::2, b::2].sum() for b in (0, 1)] for a in (0, 1)])
        contrasts.append(phases.max() / phases.min())
        left = 8 + index * (side + 12)
        parts += [
            words(name, left + side / 2, 18, anchor="middle"),
            *heat(np.tile(phases / 4.4 if index == 0 else 0.6 * phases / phases.mean(), (6, 6)), left, 28, side),
        ]
    ratios = {}
    for k in (3, 4, 6):
        draws = np.random.default_rng(0).random((2000, k, k))
        sums = np.stack([draws[:, a::2, b::2].sum((1, 2)) for a in (0, 1) for b in (0, 1)])
        ratios[k] = float(np.median(sums.max(0) / sums.min(0)))
    return Figure(
        document(28 + side + 12, parts),
        (
            Quote("upsampling", "最强与最弱的格子相差 ${}$ 倍、${}$ 倍、${}$ 倍", tuple(contrasts)),
            Quote(
                "upsampling",
                "$k=3$ 时这个比值的中位数是 ${}$，$k=4$ 时是 ${}$，$k=6$ 时是 ${}$",
                tuple(ratios.values()),
            ),
        ),
    )


def precision_recall() -> Figure:
    """The curve of the example with five objects and eight detections, its envelope, and where 11 points are taken."""
    hits, total = (1, 0, 1, 1, 0, 0, 1, 0), 5
    found, raw = 0, [(0.0, 1.0)]
    for number, hit in enumerate(hits, 1):
        found += hit
        raw.append((found / total, found / number))

    def envelope(recall: float) -> float:
        return max((p for r, p in raw if r >= recall - 1e-9), default=0.0)

    steps: list[tuple[float, float]] = []
    for level in (0.2, 0.4, 0.6, 0.8, 1.0):
        steps += [(level - 0.2, envelope(level)), (level, envelope(level))]
    under = [(x, 0.0) for x, _ in steps]
    dots = [(i / 10, envelope(i / 10), 0, 0) for i in range(11)]
    return Figure(
        chart(
            Axis(0, 1, ticks((0, 0.2, 0.4, 0.6, 0.8, 1)), "召回率"),
            Axis(0, 1.08, ticks((0, 0.5, 1)), "精度"),
            [
                Band("", under, steps, 0),
                Curve("包络", steps, 0),
                Curve("原始曲线", raw, 1),
                Dots("11 个采样点", dots, 2),
            ],
        ),
        (
            Quote("map-metric", "阴影的面积就是 ${}$", (43 / 70,)),
            Quote("map-metric", "11 个点的平均是 ${}$", (50 / 77,)),
        ),
    )


FIGURES = {"receptive-paths": receptive_paths, "checkerboard": checkerboard, "precision-recall": precision_recall}
