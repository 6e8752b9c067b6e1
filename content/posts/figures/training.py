"""Figures of the notes on optimisers and number formats."""

import math

import numpy as np
from chart import Axis, Curve, Dots, Figure, Quote, chart, powers, spread, ticks


def adam_bias() -> Figure:
    """The first steps of Adam with a constant gradient, in learning rates: with and without the corrections."""

    def plain(t: float) -> float:
        return (1 - 0.9**t) / math.sqrt(1 - 0.999**t)

    x = Axis(1, 3000, ticks((1, 10, 100, 1000)), "步数 t", log=True)
    peak = max(range(1, 3001), key=plain)
    return Figure(
        chart(
            x,
            Axis(0, 8, ticks((0, 2, 4, 6, 8)), "更新量 / 学习率"),
            [Curve("不修正", [(t, plain(t)) for t in x.values()], 0), Curve("修正", [(1, 1), (3000, 1)], 1)],
        ),
        (Quote("adam-adamw", "第 {} 步最高，达到 ${}$ 倍", (peak, plain(peak))),),
    )


METHODS = ("SGD", "动量", "Adam")


def _descend(name: str, angle: float, steps: int) -> np.ndarray:
    """Return the path over a valley of condition 30 that is turned by an angle, from a place 2 away from its floor."""
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    hessian = turn @ np.diag([1.0, 30.0]) @ turn.T
    w = turn @ np.array([-2.0, 0.7])
    m, v, path = np.zeros(2), np.zeros(2), [w]
    for t in range(1, steps + 1):
        g = hessian @ w
        if name == "SGD":
            w = w - 0.06 * g
        elif name == "动量":
            m = 0.9 * m + g
            w = w - 0.012 * m
        else:
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            w = w - 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        path.append(w)
    return np.array(path)


def _steps(name: str, angle: float) -> int:
    """Return after how many steps the loss stays below a thousandth."""
    path = _descend(name, angle, 2000)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    along = path @ turn.T
    loss = 0.5 * (along[:, 0] ** 2 + 30 * along[:, 1] ** 2)
    above = np.flatnonzero(loss >= 1e-3)
    return int(above[-1]) + 1


def optimizer_traces() -> Figure:
    """Three optimisers in one narrow valley, turned by 45 degrees."""
    angle = math.pi / 4
    items = []
    around = np.linspace(0, 2 * np.pi, 240)
    for level in (0.1, 0.5, 1.5, 4, 9):
        ring = np.stack([math.sqrt(2 * level) * np.cos(around), math.sqrt(2 * level / 30) * np.sin(around)])
        x, y = (ring[0] - ring[1]) / math.sqrt(2), (ring[0] + ring[1]) / math.sqrt(2)
        inside = [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
        items.append(Curve("", inside, 4, 0.8, 0.7))
    for name, style in zip(METHODS, (2, 1, 0), strict=True):
        path = _descend(name, angle, 90)
        items.append(Curve(name, [(float(a), float(b)) for a, b in path], style, 1.6))
    items.append(Dots("", [(0, 0, 0, 0)], 4, 4))
    straight, turned = ({name: _steps(name, a) for name in METHODS} for a in (0.0, angle))
    assert all(straight[name] == turned[name] for name in METHODS[:2])  # only Adam sees the axes
    return Figure(
        chart(
            Axis(-2.5, 1, ticks((-2, -1, 0, 1)), "第一个参数"),
            Axis(-2.1, 0.6, ticks((-2, -1, 0)), "第二个参数"),
            items,
            262,
        ),
        (
            Quote("adam-adamw", "SGD 要 {} 步，动量 {} 步", (straight["SGD"], straight["动量"])),
            Quote("adam-adamw", "Adam 从 {} 步变成 {} 步", (straight["Adam"], turned["Adam"])),
        ),
    )


def adamw_scale() -> Figure:
    """The stationary size of weights whose gradient is noise, by the noise: five runs of 200 coordinates each."""
    sigma = np.array([0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30])
    lr, decay, steps, runs = 1e-3, 1.0, 12_000, 5
    rng = np.random.default_rng(0)
    shape = (2, len(sigma), runs, 200)  # AdamW, then L2
    w = np.zeros(shape)
    m, v = np.zeros(shape), np.zeros(shape)
    for t in range(1, steps + 1):
        g = np.broadcast_to(sigma[:, None, None] * rng.standard_normal(shape[1:]), shape).copy()
        g[1] += decay * w[1]
        m += 0.1 * (g - m)
        v += 0.001 * (g * g - v)
        w[0] *= 1 - lr * decay
        w -= lr * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    size = np.sqrt((w**2).mean(-1))  # (method, sigma, run)
    items = []
    for style, name in enumerate(("AdamW", "Adam + L2")):
        items.append(Dots(name, [(s, *spread(list(size[style, i]))) for i, s in enumerate(sigma)], style))
    theory = [
        [(s, math.sqrt(lr / (2 * decay))) for s in (0.008, 40)],
        [(s, math.sqrt(lr * s / (2 * decay))) for s in (0.008, 40)],
    ]
    items += [Curve("" if style else "理论", points, style, 1.2) for style, points in enumerate(theory)]
    gap = [float(size[1, i].mean() / math.sqrt(lr * sigma[i] / 2)) for i in (0, 7)]
    middle = max(abs(size[0].mean(1) / math.sqrt(lr / 2) - 1))
    return Figure(
        chart(
            Axis(0.007, 45, ticks((0.01, 0.1, 1, 10)), "梯度噪声 σ", log=True),
            Axis(1.5e-3, 0.3, powers((-2, -1)), "权重的均方根", log=True),
            items,
        ),
        (
            Quote("adam-adamw", "各点与理论线最多差 ${}\\%$", (100 * float(middle),)),
            Quote("adam-adamw", "$\\sigma=0.01$ 时是理论值的 ${}$ 倍，$\\sigma=30$ 时是 ${}$ 倍", tuple(gap)),
        ),
    )


def _bf16(x: np.ndarray) -> np.ndarray:
    """Return float32 numbers rounded to the nearest bfloat16, ties to even."""
    bits = x.astype(np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) & np.uint32(0xFFFF0000)).view(np.float32)


def rounding_sums() -> Figure:
    """Relative error of a sum of uniform numbers by how many they are, added one by one: ten runs."""
    marks = [2**power for power in range(4, 16)]
    rng = np.random.default_rng(0)
    numbers = rng.random((marks[-1], 10)).astype(np.float32)
    half, brain, single = numbers.astype(np.float16), _bf16(numbers), numbers
    sums = {"fp16": np.zeros(10, np.float16), "bf16": np.zeros(10, np.float32), "fp32": np.zeros(10, np.float32)}
    inputs = {"fp16": half, "bf16": brain, "fp32": single}
    exact = {name: np.cumsum(values.astype(np.float64), axis=0) for name, values in inputs.items()}
    errors: dict[str, dict[int, np.ndarray]] = {name: {} for name in sums}
    for index in range(marks[-1]):
        for name in sums:
            total = sums[name] + inputs[name][index]
            sums[name] = _bf16(total) if name == "bf16" else total
            if index + 1 in marks:
                errors[name][index + 1] = np.abs(sums[name].astype(np.float64) / exact[name][index] - 1)
    pairs = {}
    for mark in marks:
        level = half[:mark]
        while len(level) > 1:
            level = level[::2] + level[1::2]
        pairs[mark] = np.abs(level[0].astype(np.float64) / exact["fp16"][mark - 1] - 1)
    errors["fp16，两两相加"] = pairs
    items = []
    for style, name in enumerate(("bf16", "fp16", "fp32", "fp16，两两相加")):
        rows = [(n, *(max(1e-9, float(q)) for q in np.quantile(errors[name][n], (0.5, 0.1, 0.9)))) for n in marks]
        items += [Dots(name, rows, style, 2.8), Curve("", [(n, middle) for n, middle, *_ in rows], style, 1)]
    last = marks[-1]
    stuck = float(sums["fp16"].astype(float).mean()), float(sums["bf16"].mean())
    return Figure(
        chart(
            Axis(12, 45000, [(16, "16"), (256, "256"), (4096, "4096"), (32768, "32768")], "加了多少个数", log=True),
            Axis(1e-8, 3, powers((0, -2, -4, -6, -8)), "相对误差", log=True),
            items,
        ),
        (
            Quote("mixed-precision", "fp16 的和停在 {}，bf16 的停在 {}", stuck),
            Quote(
                "mixed-precision",
                "误差分别是 ${}\\%$ 与 ${}\\%$",
                tuple(100 * float(np.median(errors[k][last])) for k in ("fp16", "bf16")),
            ),
            Quote("mixed-precision", "两两相加的中位误差只有 ${}$", (float(np.median(pairs[last])),)),
        ),
    )


FIGURES = {
    "adam-bias": adam_bias,
    "optimizer-traces": optimizer_traces,
    "adamw-scale": adamw_scale,
    "rounding-sums": rounding_sums,
}
