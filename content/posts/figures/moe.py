"""Figures of the note on the routing of mixtures of experts."""

import math

import numpy as np
from chart import Axis, Curve, Dots, Figure, Quote, Words, chart, spread, ticks


def moe_touched() -> Figure:
    """Which share of the experts of a layer at least one token of a batch goes to: by formula, and drawn 60 times."""
    rng = np.random.default_rng(0)
    batches = [2**power for power in range(10)]
    x = Axis(0.9, 600, ticks((1, 4, 16, 64, 256)), "批大小（同时解码的 token）", log=True)
    items, quotes = [], {}
    for style, (experts, chosen) in enumerate(((8, 2), (64, 6), (256, 8))):
        dots = []
        for batch in batches:
            runs = []
            for _ in range(60):
                picks = rng.random((batch, experts)).argpartition(chosen, axis=1)[:, :chosen]
                runs.append(len(np.unique(picks)) / experts)
            dots.append((batch, *spread(runs)))
            quotes[experts, batch] = 100 * sum(runs) / len(runs)
        formula = [(b, 1 - (1 - chosen / experts) ** b) for b in x.values(80) if b >= 1]
        items += [Curve("", formula, style, 1.4), Dots(f"{experts} 选 {chosen}", dots, style)]
    return Figure(
        chart(x, Axis(0, 1, ticks((0, 0.5, 1)), "被读到的专家占比"), items),
        (
            Quote(
                "moe-routing",
                "批大小 8 时，8 选 2 已经碰到 ${}\\%$ 的专家，64 选 6 是 ${}\\%$，256 选 8 是 ${}\\%$",
                (quotes[8, 8], quotes[64, 8], quotes[256, 8]),
            ),
            Quote("moe-routing", "批大小 64 时后两者也到了 ${}\\%$ 和 ${}\\%$", (quotes[64, 64], quotes[256, 64])),
        ),
    )


def _tail(z: float) -> float:
    """Return E[(Z - z)+] of a standard normal variable."""
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi) - z * 0.5 * math.erfc(z / math.sqrt(2))


def _dropped(counts: np.ndarray, factor: float, experts: int) -> float:
    mean = counts.sum() / experts
    return float(np.maximum(counts - math.floor(factor * mean), 0).sum() / counts.sum())


def moe_drops() -> Figure:
    """The share of tokens over the capacity, by the factor: uniform routing and a skewed one; 64 experts, 30 batches."""
    experts = 64
    factors = (1, 1.125, 1.25, 1.5, 1.75, 2)
    items, quotes = [], {}
    for style, mean in enumerate((16, 64, 1024)):
        rows = []
        for factor in factors:
            rng = np.random.default_rng(style)
            runs = [
                100
                * _dropped(np.bincount(rng.integers(experts, size=mean * experts), minlength=experts), factor, experts)
                for _ in range(30)
            ]
            quotes[mean, factor] = sum(runs) / 30
            rows.append((factor, *spread(runs)))
        curve = [(f, 100 * _tail((f - 1) * math.sqrt(mean)) / math.sqrt(mean)) for f in np.linspace(1, 2, 90)]
        items += [Curve("", curve, style, 1.3), Dots(f"μ = {mean}", rows, style)]
    rng = np.random.default_rng(9)
    rows = []
    for factor in factors:
        runs = []
        for _ in range(30):
            weights = np.exp(0.5 * rng.standard_normal(experts))
            counts = rng.multinomial(1024 * experts, weights / weights.sum())
            runs.append(100 * _dropped(counts, factor, experts))
        quotes["skew", factor] = sum(runs) / 30
        rows.append((factor, *spread(runs)))
    items.append(Dots("有偏好，μ = 1024", rows, 3))
    return Figure(
        chart(
            Axis(0.97, 2.05, ticks((1, 1.25, 1.5, 1.75, 2)), "容量因子"),
            Axis(0, 24, ticks((0, 5, 10, 15, 20)), "被丢掉的 token（%）"),
            items,
        ),
        (
            Quote(
                "moe-routing",
                "$\\mu=16$、$64$、$1024$ 三档丢掉 ${}\\%$、${}\\%$、${}\\%$",
                tuple(quotes[m, 1] for m in (16, 64, 1024)),
            ),
            Quote(
                "moe-routing",
                "到 $1.25$ 只剩 ${}\\%$、${}\\%$ 和 ${}\\%$",
                tuple(quotes[m, 1.25] for m in (16, 64, 1024)),
            ),
            Quote(
                "moe-routing",
                "容量因子 $1.25$ 仍丢 ${}\\%$，加到 $2$ 也还有 ${}\\%$",
                (quotes["skew", 1.25], quotes["skew", 2]),
            ),
        ),
    )


def moe_position() -> Figure:
    """The share of dropped tokens by their place in the batch, for a router with preferences: 64 experts, 40 routers."""
    experts, tokens, bins = 64, 65536, 16
    items, quotes = [], []
    for style, factor in ((1, 1.0), (0, 1.25), (2, 1.5)):
        rng = np.random.default_rng(5)
        shares, formula = np.zeros((40, bins)), np.zeros((40, 161))
        for run in range(40):
            weights = np.exp(0.5 * rng.standard_normal(experts))
            p = weights / weights.sum()
            picks = rng.choice(experts, tokens, p=p)
            order = np.argsort(picks, kind="stable")
            first = np.searchsorted(picks[order], np.arange(experts))
            place = np.empty(tokens, int)
            place[order] = np.arange(tokens) - first[picks[order]]  # how many came before it to its expert
            dropped = place >= factor * tokens / experts
            shares[run] = 100 * dropped.reshape(bins, -1).mean(1)
            full = factor / (experts * p)  # when an expert is full, as a share of the batch
            formula[run] = [100 * p[full < at / 160].sum() for at in range(161)]
        items.append(Curve("", [(at / 160, float(v)) for at, v in enumerate(formula.mean(0))], style, 1.3))
        items.append(
            Dots(
                f"容量因子 {factor:g}",
                [((b + 0.5) / bins, *spread(list(shares[:, b]))) for b in range(bins)],
                style,
                2.8,
            )
        )
        quotes.append(shares.mean(0))
    return Figure(
        chart(
            Axis(0, 1, ticks((0, 0.25, 0.5, 0.75, 1)), "在批里的位置"),
            Axis(0, 60, ticks((0, 20, 40, 60)), "被丢掉的 token（%）"),
            items,
        ),
        (
            Quote(
                "moe-routing",
                "容量因子 $1.25$ 时，前一半丢 ${}\\%$，最后十六分之一丢 ${}\\%$",
                (float(quotes[1][:8].mean()), float(quotes[1][-1])),
            ),
        ),
    )


def _violations(rate: float, seed: int, steps: int = 240) -> np.ndarray:
    """Return (largest load / mean load - 1) by step: 16 experts, 2 chosen, 1024 tokens; the data change at half time."""
    experts, chosen, tokens, width = 16, 2, 1024, 16
    rng = np.random.default_rng(seed)
    router = rng.standard_normal((experts, width)) / math.sqrt(width)
    centres = [0.7 * rng.standard_normal(width) for _ in range(2)]
    bias, out = np.zeros(experts), []
    for step in range(steps):
        x = rng.standard_normal((tokens, width)) + centres[step >= steps // 2]
        score = 1 / (1 + np.exp(-x @ router.T))
        picks = (score + bias).argpartition(-chosen, axis=1)[:, -chosen:]
        load = np.bincount(picks.ravel(), minlength=experts)
        mean = tokens * chosen / experts
        out.append(load.max() / mean - 1)
        bias += rate * np.sign(mean - load)
    return np.array(out)


def moe_balance() -> Figure:
    """How far the fullest expert lies over the mean while a bias is moved by the sign of the error; six seeds."""
    steps = list(range(0, 240, 4))
    items, quotes = [], []
    for style, rate in ((4, 0.0), (2, 0.001), (0, 0.01), (1, 0.05)):
        runs = np.array([_violations(rate, seed) for seed in range(6)])
        name = f"u = {rate:g}" if rate else "不校正"
        items.append(Curve(name, [(s, float(runs[:, s : s + 4].mean())) for s in steps], style, 1.6))
        quotes.append(float(runs[:, 70:120].mean()))
    floor = float(
        np.mean([np.random.default_rng(s).multinomial(2048, np.full(16, 1 / 16)).max() / 128 - 1 for s in range(200)])
    )
    return Figure(
        chart(
            Axis(0, 240, ticks((0, 60, 120, 180, 240)), "步数"),
            Axis(0, 4, ticks((0, 1, 2, 3, 4)), "最满的专家超出平均（倍）"),
            [*items, Words("换数据", 150, 3.5, -1, "middle")],
        ),
        (
            Quote(
                "moe-routing",
                "换数据之前的 50 步里，不校正时最满的专家平均超出 ${}$，$u=0.001$、$0.01$、$0.05$ 时是 ${}$、${}$、${}$",
                tuple(quotes),
            ),
            Quote("moe-routing", "均匀随机分配也有 ${}$", (floor,)),
        ),
    )


FIGURES = {"moe-touched": moe_touched, "moe-drops": moe_drops, "moe-position": moe_position, "moe-balance": moe_balance}
