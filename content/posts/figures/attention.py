"""Figures of the notes on attention: positions, patterns, tiles, caches, kernels."""

import math
from collections.abc import Callable

import numpy as np
from chart import (
    COLORS,
    INK,
    WIDTH,
    Axis,
    Band,
    Curve,
    Dots,
    Figure,
    Quote,
    Words,
    chart,
    document,
    heat,
    powers,
    ticks,
    words,
)


def rope_decay() -> Figure:
    """The bound of RoPE by distance, and what the same content scores: d = 128, relative to distance 0."""
    every = np.arange(10001)

    def sums(base: float) -> tuple[np.ndarray, np.ndarray]:
        theta = base ** (-np.arange(0, 128, 2) / 128)
        turned = np.exp(1j * np.outer(every, theta))
        return np.abs(np.cumsum(turned, axis=1)).mean(1) / 32.5, turned.real.mean(1)

    bound, score = sums(1e4)
    wide, wide_score = sums(5e5)
    first = int(np.argmax(score < 0))
    rises = int((np.diff(score) > 0).sum())
    shown = np.unique(np.round(np.logspace(0, 4, 260)).astype(int))

    def points(values: np.ndarray) -> list[tuple[float, float]]:
        return [(float(distance), float(values[distance])) for distance in shown]

    picture = chart(
        Axis(1, 1e4, powers(range(5)), "距离 Δ", log=True),
        Axis(-0.2, 1, ticks((0, 0.5, 1)), "与距离 0 处之比"),
        [
            Curve("上界，底数 10⁴", points(bound), 0),
            Curve("相同内容的内积", points(score), 1, 1.4),
            Curve("上界，底数 5×10⁵", points(wide), 2, 1.2),
        ],
    )
    return Figure(
        picture,
        (
            Quote("rope", "第一次变负是在 $\\Delta={}$", (first,)),
            Quote("rope", "此后最高还能回到 ${}$", (float(score[first:].max()),)),
            Quote("rope", "一万步里有 {} 步反而比前一步高", (rises,)),
            Quote("rope", "$\\Delta=10^4$ 处的上界从 ${}$ 抬到 ${}$", (bound[-1], wide[-1])),
            Quote("rope", "内积本身从 ${}$ 变成 ${}$", (score[-1], wide_score[-1])),
        ),
    )


def rope_scaling() -> Figure:
    """The largest angle at four times the length of training over the largest seen, for each pair of coordinates."""
    d, length, s = 128, 4096, 4.0
    pair = np.arange(d // 2)
    theta = 1e4 ** (-2 * pair / d)
    turns = length * theta / (2 * math.pi)
    ntk = s ** (1 - 2 * pair / (d - 2))
    first = int(np.argmax(turns < 1))
    return Figure(
        chart(
            Axis(0, 63, ticks((0, 20, 40, 63)), "坐标对 j（频率从高到低）"),
            Axis(0, 4.4, ticks(range(5)), "最大角度 / 训练时的最大角度"),
            [
                Band("", [(first, 0), (63, 0)], [(first, 4.4), (63, 4.4)], 4),
                Curve("不缩放", [(0, 4), (63, 4)], 1),
                Curve("NTK", list(zip(pair, ntk, strict=True)), 0),
                Curve("位置内插", [(0, 1), (63, 1)], 2),
                Words("不足一圈", 54.5, 2.6, -1, "middle"),
            ],
        ),
        (
            Quote("position-encodings", "灰色的 {} 对（$j\\ge{}$）", (int((turns < 1).sum()), first)),
            Quote("position-encodings", "左端 $j={}$ 处高出 ${}\\%$", (first, 100 * (ntk[first] - 1))),
        ),
    )


def _patterns() -> tuple[list[np.ndarray], list[float]]:
    rng = np.random.default_rng(3)
    n, d = 40, 16
    topic = np.repeat(rng.standard_normal((5, d)), 8, axis=0)  # five topics, eight words each
    q = 1.5 * (topic + 0.6 * rng.standard_normal((n, d)))
    k = 1.5 * (topic + 0.6 * rng.standard_normal((n, d)))
    mask = np.tril(np.ones((n, n)))
    score = q @ k.T / math.sqrt(d)
    soft = np.exp(score - score.max(1, keepdims=True)) * mask

    def feature(x: np.ndarray) -> np.ndarray:
        return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))

    linear = feature(q) @ feature(k).T * mask
    maps = [soft / soft.sum(1, keepdims=True), linear / linear.sum(1, keepdims=True)]
    last = [a[-1] for a in maps]
    choices = [float(np.exp(-(p[p > 0] * np.log(p[p > 0])).sum())) for p in last]
    own = [float(p[-8:].sum()) for p in last]
    return maps, [*choices, *own]


def attention_patterns() -> Figure:
    """What a causal softmax and its linear counterpart look at, for the same queries and keys of five topics."""
    maps, numbers = _patterns()
    parts, side = [], 180
    for index, (name, weights) in enumerate(zip(("softmax", "elu + 1"), maps, strict=True)):
        left = 10 + index * (side + 20)
        parts += [words(name, left + side / 2, 18, anchor="middle"), *heat(np.sqrt(weights), left, 28, side)]
    parts.append(words("列：键 j　行：查询 i（自上而下）", WIDTH / 2, 28 + side + 24, anchor="middle"))
    quote = "最后一行相当于在 {} 个与 {} 个键上平均，落在自己主题上的权重是 {} 与 {}"
    return Figure(document(28 + side + 36, parts), (Quote("linear-attention", quote, tuple(numbers)),))


def attention_rank() -> Figure:
    """Singular values of both maps without a mask, over the largest."""
    rng = np.random.default_rng(0)
    n, d = 100, 16
    curves, tails = [], []
    q, k = rng.standard_normal((2, n, d))
    score = q @ k.T / math.sqrt(d)
    soft = np.exp(score)
    feature = [np.where(x > 0, x + 1, np.exp(np.minimum(x, 0))) for x in (q, k)]
    linear = feature[0] @ feature[1].T
    for name, weights, style in (("softmax", soft, 0), ("elu + 1，r = 16", linear, 1)):
        values = np.linalg.svd(weights / weights.sum(1, keepdims=True), compute_uv=False)
        shown = [(i + 1, max(v / values[0], 1e-17)) for i, v in enumerate(values) if v / values[0] > 1e-14]
        curves.append(Curve(name, shown, style))
        tails.append([v / values[0] for v in values])
    return Figure(
        chart(
            Axis(1, 100, ticks((1, 16, 50, 100)), "第几个奇异值"),
            Axis(1e-6, 1, powers((0, -2, -4, -6)), "与最大的之比", log=True),
            [*curves, Words("此后为零", 19, 4e-5, 1)],
        ),
        (Quote("linear-attention", "第 16 个是最大者的 ${}$ 与 ${}$", (tails[0][15], tails[1][15])),),
    )


def flash_tiles() -> Figure:
    """Which tiles a causal forward pass computes: blocks of two rows of tiles on the diagonal are masked inside."""
    n, side, left, top = 8, 232, 96, 30
    step = side / n
    kinds = {"full": [], "edge": [], "skip": []}
    for i in range(n):
        for j in range(n):
            kind = "skip" if j > i else "edge" if j == i else "full"
            kinds[kind].append(f"M{left + j * step:.0f} {top + i * step:.0f}h{step:.0f}v{step:.0f}h{-step:.0f}z")
    parts = [
        f'<path d="{"".join(kinds["full"])}" fill="{COLORS[0]}" fill-opacity="0.35" stroke="{INK}"/>',
        f'<path d="{"".join(kinds["edge"])}" fill="{COLORS[1]}" fill-opacity="0.45" stroke="{INK}"/>',
        f'<path d="{"".join(kinds["skip"])}" fill="none" stroke="{INK}" stroke-opacity="0.3"/>',
        words("键块 j →", left + side / 2, top - 10, anchor="middle"),
        words("查询块 i", left - 10, top + 16, anchor="end"),
        words("↓", left - 20, top + 38, anchor="end"),
    ]
    row = top + 4.5 * step
    parts.append(
        f'<path d="M{left + 6} {row}H{left + 5 * step - 8:g}m-8 -5l8 5l-8 5" fill="none" stroke="{INK}" stroke-width="2.4"/>'
    )
    parts += [words("片上的", left - 10, row - 3, anchor="end"), words("m、ℓ、u", left - 10, row + 16, anchor="end")]
    bottom = top + side + 26
    for x, color, depth, name in (
        (6, COLORS[0], 0.35, "全算"),
        (100, COLORS[1], 0.45, "块内有掩码"),
        (240, "none", 1, "跳过，不读"),
    ):
        parts.append(f'<path d="M{x} {bottom - 13}h16v16h-16z" fill="{color}" fill-opacity="{depth}" stroke="{INK}"/>')
        parts.append(words(name, x + 22, bottom))
    return Figure(
        document(bottom + 14, parts),
        (
            Quote("flash-attention", "$8\\times8$ 块里要算 {} 块，其中 {} 块在对角线上", (36, 8)),
            Quote("flash-attention", "占 ${}\\%$", (100 * 36 / 64,)),
        ),
    )


def flash_io() -> Figure:
    """Elements moved between memory and chip, by length: d = 64, blocks of 192 queries."""
    width, block = 64, 192
    x = Axis(512, 65536, [(512 * 4**power, f"{4**power / 2:g}K") for power in range(4)], "序列长度 N", log=True)

    def curve(name: str, moved: Callable[[int], float], style: int) -> Curve:
        return Curve(name, [(n, moved(n)) for n in x.values()], style)

    def ratio(n: int) -> float:
        return (4 * n * n + 4 * n * width) / (2 * n * width + 2 * n * n * width / block)

    return Figure(
        chart(
            x,
            Axis(1e5, 1e11, powers((5, 7, 9, 11)), "搬运的元素", log=True),
            [
                curve("标准实现", lambda n: 4 * n * n + 4 * n * width, 0),
                curve("分块", lambda n: 2 * n * width + 2 * n * n * width / block, 1),
                curve("只读写一遍", lambda n: 4 * n * width, 2),
            ],
        ),
        (Quote("flash-attention", "$N=1024$ 时是 ${}$ 倍，$N=65536$ 时是 ${}$ 倍", (ratio(1024), ratio(65536))),),
    )


def kv_memory() -> Figure:
    """Gibibytes of cache by length for one sequence: full heads, groups, latents; the weights of the 7B model."""
    x = Axis(1024, 131072, [(1024 * 4**power, f"{4**power}K") for power in range(4)], "tokens in the cache", log=True)
    kib = {"Llama 2 7B (MHA)": 512, "Llama 2 70B (GQA)": 320, "DeepSeek-V2 (MLA)": 67.5}
    curves = [
        Curve(name, [(n, n * size / 2**20) for n in x.values(60)], style)
        for style, (name, size) in enumerate(kib.items())
    ]
    weights = 13.5e9 / 2**30
    return Figure(
        chart(
            x,
            Axis(0.05, 100, [(0.1, "0.1"), (1, "1"), (10, "10"), (100, "100")], "GiB, 16 bits a number", log=True),
            [*curves, Curve("weights of the 7B model", [(1024, weights), (131072, weights)], 4, 1.4)],
        ),
        (
            Quote("kv-cache", "passes the weights at about {} thousand tokens", (weights * 2**20 / 512 / 1000,)),
            Quote(
                "kv-cache",
                "a context of 128K tokens takes {} GiB with full heads, {} GiB with groups and {} GiB with latents",
                (64, 40, 131072 * 67.5 / 2**20),
            ),
        ),
    )


def performer_error() -> Figure:
    """Relative error of one row of attention by the number of features, over 40 draws each: positive and trigonometric."""
    rng = np.random.default_rng(0)
    d, n, draws = 16, 64, 40
    results: dict[str, dict[int, list[float]]] = {"正特征": {}, "三角特征": {}}
    q = rng.standard_normal(d)
    k, v = rng.standard_normal((n, d)), rng.standard_normal((n, d))
    q, k = q / d**0.25, k / d**0.25
    weights = np.exp(k @ q)
    exact = weights @ v / weights.sum()
    for m in (8, 16, 32, 64, 128, 256, 512, 1024):
        for name in results:
            runs = []
            for _ in range(draws):
                w = rng.standard_normal((m if name == "正特征" else m // 2, d))
                if name == "正特征":
                    kernel = (np.exp(k @ w.T - (k**2).sum(1)[:, None] / 2) @ np.exp(w @ q - q @ q / 2)) / len(w)
                else:
                    kernel = np.cos((k - q) @ w.T).mean(1) * np.exp((k**2).sum(1) / 2 + q @ q / 2)
                runs.append(float(np.linalg.norm(kernel @ v / kernel.sum() - exact) / np.linalg.norm(exact)))
            results[name][m] = runs
    dots, quotes = [], []
    for style, (name, rows) in enumerate(results.items()):
        quartiles = {m: np.quantile(runs, (0.25, 0.5, 0.75)) for m, runs in rows.items()}
        shift = 1 + 0.06 * style
        dots.append(Dots(name, [(m * shift, *(float(z[i]) for i in (1, 0, 2))) for m, z in quartiles.items()], style))
        dots.append(Curve("", [(m * shift, float(z[1])) for m, z in quartiles.items()], style, 1))
        quotes += [float(quartiles[64][1]), float(quartiles[1024][1])]
    return Figure(
        chart(
            Axis(6, 1400, ticks((8, 32, 128, 512)), "特征数 m", log=True),
            Axis(0.02, 20, ticks((0.1, 1, 10)), "输出的相对误差", log=True),
            dots,
        ),
        (
            Quote(
                "performer",
                "正特征的中位误差在 $m=64$ 时是 ${}$，$m=1024$ 时是 ${}$；三角特征是 ${}$ 与 ${}$",
                tuple(quotes),
            ),
        ),
    )


def hippo_memory() -> Figure:
    """A signal and what N coefficients of Legendre polynomials remember of it, by N."""
    t = (np.arange(2000) + 0.5) / 2000
    signal = np.sin(2 * np.pi * 3 * t) * np.exp(-t) + 0.5 * np.sign(np.sin(2 * np.pi * 1.3 * t + 0.4))
    curves = [Curve("历史", list(zip(t[::10], signal[::10], strict=True)), 4, 1.4)]
    errors = []
    for style, order in ((1, 8), (0, 32)):
        basis = np.polynomial.legendre.legvander(2 * t - 1, order - 1) * np.sqrt(2 * np.arange(order) + 1)
        back = basis @ (basis.T @ signal / len(t))
        errors.append(float(np.sqrt(((back - signal) ** 2).mean() / (signal**2).mean())))
        curves.append(Curve(f"N = {order}", list(zip(t[::10], back[::10], strict=True)), style))
    return Figure(
        chart(
            Axis(0, 1, ticks((0, 0.5, 1)), "时刻（0 最早，1 是现在）"),
            Axis(-1.6, 1.6, ticks((-1, 0, 1)), "信号"),
            curves,
        ),
        (Quote("ssm-hippo", "相对误差分别是 ${}$ 与 ${}$", tuple(errors)),),
    )


FIGURES = {
    "rope-decay": rope_decay,
    "rope-scaling": rope_scaling,
    "attention-patterns": attention_patterns,
    "attention-rank": attention_rank,
    "flash-tiles": flash_tiles,
    "flash-io": flash_io,
    "kv-memory": kv_memory,
    "performer-error": performer_error,
    "hippo-memory": hippo_memory,
}
