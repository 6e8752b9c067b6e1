"""Figures of the note on quantisation."""

import math

import numpy as np
from chart import Axis, Curve, Dots, Figure, Quote, chart, powers, spread, ticks


def quantise(x: np.ndarray, bits: int, clip: np.ndarray | float) -> np.ndarray:
    """Return x on 2^bits evenly spaced levels from -clip to clip."""
    step = 2 * clip / (2**bits - 1)
    return (np.clip(np.floor(x / step), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1) + 0.5) * step


def theory(bits: int, clip: float) -> float:
    """Return the mean square error for a standard normal variable: rounding inside, clipping outside."""
    step = 2 * clip / (2**bits - 1)
    tail = 0.5 * math.erfc(clip / math.sqrt(2))
    density = math.exp(-clip * clip / 2) / math.sqrt(2 * math.pi)
    return step * step / 12 * (1 - 2 * tail) + 2 * ((1 + clip * clip) * tail - clip * density)


def quant_clip() -> Figure:
    """The error by where a Gaussian is clipped, for 2, 3, 4 and 8 bits: formula and 8 draws of 20,000 numbers."""
    x = Axis(0.8, 6, ticks((1, 2, 3, 4, 5, 6)), "截断点 c / σ")
    items, best = [], {}
    for style, bits in enumerate((2, 3, 4, 8)):
        curve = [(c, theory(bits, c)) for c in x.values(120)]
        best[bits] = min((theory(bits, c), c) for c in np.arange(0.8, 6, 0.002))
        dots = []
        for c in (1, 1.5, 2, 2.5, 3, 4, 5):
            runs = []
            for seed in range(8):
                z = np.random.default_rng(seed).standard_normal(20_000)
                runs.append(float(((quantise(z, bits, c) - z) ** 2).mean()))
            dots.append((c, *spread(runs)))
        items += [Curve("", curve, style, 1.4), Dots(f"{bits} 比特", dots, style, 3)]
    wide = {bits: theory(bits, 4.0) for bits in (4, 8)}
    return Figure(
        chart(x, Axis(1e-5, 1.2, powers((0, -1, -2, -3, -4, -5)), "均方误差 / σ²", log=True), items, 220),
        (
            Quote(
                "quantisation",
                "$b=2,3,4,8$ 的最优截断点是 ${}$、${}$、${}$、${}$",
                tuple(best[b][1] for b in (2, 3, 4, 8)),
            ),
            Quote("quantisation", "对应的均方误差是 ${}$、${}$、${}$ 和 ${}$", tuple(best[b][0] for b in (2, 3, 4, 8))),
            Quote(
                "quantisation",
                "从 2 到 3 比特赚 ${}$ dB，从 3 到 4 比特赚 ${}$ dB",
                tuple(10 * math.log10(best[b][0] / best[b + 1][0]) for b in (2, 3)),
            ),
            Quote("quantisation", "4 比特时从最优点放宽到 $4\\sigma$，误差变成 ${}$ 倍", (wide[4] / best[4][0],)),
            Quote("quantisation", "8 比特在 $4\\sigma$ 处只比最优差 ${}\\%$", (100 * (wide[8] / best[8][0] - 1),)),
        ),
    )


def _weights(kind: str, rng: np.random.Generator, size: int = 2**15) -> np.ndarray:
    w = rng.standard_normal(size)
    if kind == "outliers":
        w[rng.random(size) < 1 / 1000] *= 20
    return w


def _by_groups(w: np.ndarray, bits: int, group: int) -> np.ndarray:
    rows = w.reshape(-1, group)
    return quantise(rows, bits, np.abs(rows).max(1, keepdims=True)).reshape(w.shape)


def _error(w: np.ndarray, back: np.ndarray) -> float:
    return float(((w - back) ** 2).sum() / (w**2).sum())


def _turned() -> float:
    """Return the error of groups of 128 of the weights with outliers, turned before and back after, in blocks of 1024."""
    turn, runs = hadamard(1024), []
    for seed in range(10):
        w = _weights("outliers", np.random.default_rng(seed)).reshape(-1, 1024)
        runs.append(_error(w, _by_groups(w @ turn.T, 4, 128) @ turn))
    return sum(runs) / 10


def quant_groups() -> Figure:
    """Relative error at 4 bits by the size of the groups that share a scale: Gaussian weights, and one in 1000 twenty times larger."""
    sizes = [2**power for power in range(3, 14)]
    items, quotes = [], {}
    for style, (kind, name) in enumerate((("gauss", "高斯"), ("outliers", "千分之一放大 20 倍"))):
        rows = []
        for group in sizes:
            runs = []
            for seed in range(10):
                w = _weights(kind, np.random.default_rng(seed))
                runs.append(_error(w, _by_groups(w, 4, group)))
            rows.append((group, *spread(runs)))
            quotes[kind, group] = sum(runs) / 10
        items += [Dots(name, rows, style, 3), Curve("", [(g, m) for g, m, *_ in rows], style, 1)]
    rows = []
    for group in sizes:
        # the mean square of the largest of g normal variables, by its distribution
        at = np.linspace(0, 8, 4001)
        below = np.array([math.erf(a / math.sqrt(2)) for a in at]) ** group
        square = float(2 * (at * (1 - below)).sum() * (at[1] - at[0]))
        rows.append((group, square * (2 / 15) ** 2 / 12))
    items.append(Curve("公式", rows, 2, 1.4))
    return Figure(
        chart(
            Axis(7, 9500, ticks((8, 64, 512, 4096)), "每组多少个权重", log=True),
            Axis(2e-3, 4, powers((0, -1, -2)), "相对均方误差", log=True),
            items,
        ),
        (
            Quote(
                "quantisation",
                "每组 128 个时高斯权重的相对误差是 ${}$，每组 4096 个时是 ${}$",
                (quotes["gauss", 128], quotes["gauss", 4096]),
            ),
            Quote(
                "quantisation",
                "从 ${}$（每组 8 个）一路爬到 ${}$（每组 512 个）",
                (quotes["outliers", 8], quotes["outliers", 512]),
            ),
            Quote("quantisation", "每组 8192 个时甚至到了 ${}$", (quotes["outliers", 8192],)),
            Quote("quantisation", "误差从 ${}$ 变成 ${}$", (quotes["outliers", 128], _turned())),
        ),
    )


def hadamard(size: int) -> np.ndarray:
    """Return the orthonormal matrix of Sylvester's construction."""
    out = np.ones((1, 1))
    while len(out) < size:
        out = np.block([[out, out], [out, -out]])
    return out / math.sqrt(size)


def quant_outliers() -> Figure:
    """Relative error of W x at 8 and 4 bits when 4 of 512 channels are large: plain, smoothed, turned; 10 draws."""
    width, tokens, outputs = 512, 64, 64
    scales = (1, 3, 10, 30, 100)
    names = ("直接量化", "缩放迁移", "旋转")
    results = {(bits, name): [] for bits in (4, 8) for name in names}
    for scale in scales:
        runs = {key: [] for key in results}
        for seed in range(10):
            rng = np.random.default_rng(seed)
            x = rng.standard_normal((tokens, width))
            x[:, rng.choice(width, 4, replace=False)] *= scale
            w = rng.standard_normal((outputs, width)) / math.sqrt(width)
            exact = x @ w.T
            move = np.sqrt(np.abs(x).max(0) / np.abs(w).max(0))
            turn = hadamard(width) * rng.choice((-1, 1), width)
            forms = {"直接量化": (x, w), "缩放迁移": (x / move, w * move), "旋转": (x @ turn.T, w @ turn.T)}
            for name, (a, b) in forms.items():
                for bits in (4, 8):
                    low = (
                        quantise(a, bits, np.abs(a).max(1, keepdims=True))
                        @ quantise(b, bits, np.abs(b).max(1, keepdims=True)).T
                    )
                    runs[bits, name].append(math.sqrt(_error(exact, low)))
        for key, values in runs.items():
            results[key].append((scale, *spread(values)))
    items = []
    for style, name in zip((1, 2, 0), names, strict=True):
        rows = results[4, name]
        items += [Dots(name, rows, style, 3), Curve("", [(s, m) for s, m, *_ in rows], style, 1)]
    at30 = [100 * results[4, name][3][1] for name in names]
    eight = [100 * results[8, name][3][1] for name in names]
    one = [100 * results[4, name][0][1] for name in names]
    return Figure(
        chart(
            Axis(0.85, 120, ticks(scales), "四个通道放大多少倍", log=True),
            Axis(0.06, 1.5, ticks((0.1, 0.3, 1)), "输出的相对误差（均方根）", log=True),
            items,
        ),
        (
            Quote("quantisation", "放大 30 倍时三种办法的误差是 ${}\\%$、${}\\%$、${}\\%$", tuple(at30)),
            Quote("quantisation", "换成 8 比特，这三个数是 ${}\\%$、${}\\%$、${}\\%$", tuple(eight)),
            Quote("quantisation", "没有离群通道时三者是 ${}\\%$、${}\\%$、${}\\%$", tuple(one)),
        ),
    )


def feedback(w: np.ndarray, hessian: np.ndarray, bits: int) -> np.ndarray:
    """Return the rows of w rounded column by column, the error of each column carried to those that are left."""
    inverse = np.linalg.inv(hessian)
    upper = np.linalg.cholesky(inverse).T
    left, out = w.copy(), np.empty_like(w)
    clip = np.abs(w).max(1)
    for j in range(w.shape[1]):
        out[:, j] = quantise(left[:, j], bits, clip)
        error = (left[:, j] - out[:, j]) / upper[j, j]
        left[:, j:] -= np.outer(error, upper[j, j:])
    return out


def quant_feedback() -> Figure:
    """Relative error of W X at 3 bits by how alike the inputs' channels are: rounding alone, and with feedback; 10 draws."""
    width, rows, samples = 128, 64, 1024
    levels = (0, 0.3, 0.6, 0.8, 0.9, 0.95)
    plain, fed = [], []
    for level in levels:
        runs = [[], []]
        for seed in range(10):
            rng = np.random.default_rng(seed)
            common = rng.standard_normal((samples, 8)) @ rng.standard_normal((8, width)) / math.sqrt(8)
            x, fresh = (
                math.sqrt(level) * part + math.sqrt(1 - level) * rng.standard_normal((samples, width))
                for part in (common, common[rng.permutation(samples)])
            )
            w = rng.standard_normal((rows, width))
            hessian = x.T @ x / samples + 0.01 * np.eye(width)
            clip = np.abs(w).max(1, keepdims=True)
            for place, back in enumerate((quantise(w, 3, clip), feedback(w, hessian, 3))):
                runs[place].append(math.sqrt(_error(fresh @ w.T, fresh @ back.T)))
        plain.append((level, *spread(runs[0])))
        fed.append((level, *spread(runs[1])))
    ratio = [100 * (1 - b[1] / a[1]) for a, b in zip(plain, fed, strict=True)]
    items = []
    for style, (name, dots) in enumerate((("只舍入", plain), ("带误差反馈", fed))):
        items += [Dots(name, dots, style, 3), Curve("", [(s, m) for s, m, *_ in dots], style, 1)]
    return Figure(
        chart(
            Axis(-0.03, 1, ticks((0, 0.3, 0.6, 0.9)), "输入方差里公共成分的份额"),
            Axis(0, 0.3, ticks((0, 0.1, 0.2, 0.3)), "输出的相对误差（均方根）"),
            items,
        ),
        (
            Quote("quantisation", "份额是 $0$ 时误差反而大了 ${}\\%$", (-ratio[0],)),
            Quote("quantisation", "$0.6$ 时小了 ${}\\%$，$0.95$ 时小了 ${}\\%$", (ratio[2], ratio[5])),
        ),
    )


FIGURES = {
    "quant-clip": quant_clip,
    "quant-groups": quant_groups,
    "quant-outliers": quant_outliers,
    "quant-feedback": quant_feedback,
}
