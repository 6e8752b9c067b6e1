"""Figures of the notes on decoding and on learning from rewards."""

import numpy as np
from chart import Axis, Curve, Dots, Figure, Quote, chart, powers, spread, ticks


def speculative_tokens() -> Figure:
    """Tokens for each run of the large model, by the rate at which drafts are accepted."""
    x = Axis(0, 1, ticks(value / 5 for value in range(6)), "接受率 α")

    def tokens(rate: float, drafts: int) -> float:
        return sum(rate**power for power in range(drafts + 1))

    curves = [
        Curve(f"γ = {drafts}", [(rate, tokens(rate, drafts)) for rate in x.values()], style)
        for style, drafts in enumerate((8, 4, 2))
    ]
    return Figure(
        chart(x, Axis(0, 9, ticks((0, 3, 6, 9)), "每次校验得到的 token"), curves),
        (
            Quote(
                "speculative-decoding",
                "$\\alpha=0.6$ 处三条曲线是 ${}$、${}$、${}$",
                tuple(tokens(0.6, g) for g in (2, 4, 8)),
            ),
            Quote(
                "speculative-decoding",
                "到 $\\alpha=0.9$ 拉开成 ${}$、${}$、${}$",
                tuple(tokens(0.9, g) for g in (2, 4, 8)),
            ),
        ),
    )


LEVELS = (0.15, 0.85)  # how far the draft is from the target in an easy and in a hard stretch


def _models(rng: np.random.Generator, size: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """Return a target chain and its draft, each (2 * size, 2 * size): stretches of easy text, then of hard text."""
    target, draft = np.zeros((2 * size, 2 * size)), np.zeros((2 * size, 2 * size))
    for kind in (0, 1):
        for row in range(size):
            here, other = slice(kind * size, (kind + 1) * size), slice((1 - kind) * size, (2 - kind) * size)
            p, q = rng.dirichlet(np.full(size, 0.5)), rng.dirichlet(np.full(size, 0.5))
            state = kind * size + row
            target[state, here], target[state, other] = 0.95 * p, 0.05 * rng.dirichlet(np.ones(size))
            draft[state] = target[state]
            draft[state, here] = 0.95 * ((1 - LEVELS[kind]) * p + LEVELS[kind] * q)
    return target, draft


def _measure(
    target: np.ndarray, draft: np.ndarray, gamma: int, rng: np.random.Generator, rounds: int
) -> tuple[float, float]:
    """Return the tokens of a round, and the share of judged drafts that were accepted."""
    rows_p, rows_q = np.cumsum(target, 1), np.cumsum(draft, 1)
    size = len(target)
    many = 400  # chains side by side
    state = rng.integers(size, size=many)
    produced = judged = accepted = 0
    for step in range(rounds // many + 20):
        before, alive, out = state.copy(), np.ones(many, bool), np.zeros(many, int)
        for _ in range(gamma):
            guess = (rows_q[before] < rng.random(many)[:, None]).sum(1).clip(max=size - 1)
            good = rng.random(many) * draft[before, guess] < target[before, guess]
            if step >= 20:
                judged += int(alive.sum())
                accepted += int((alive & good).sum())
            rest = np.maximum(target[before] - draft[before], 0) + 1e-300
            again = (
                (np.cumsum(rest / rest.sum(1, keepdims=True), 1) < rng.random(many)[:, None]).sum(1).clip(max=size - 1)
            )
            chosen = np.where(good, guess, again)
            before = np.where(alive, chosen, before)
            out += alive
            alive &= good
        free = (rows_p[before] < rng.random(many)[:, None]).sum(1).clip(max=size - 1)
        state = np.where(alive, free, before)
        out += alive
        if step >= 20:
            produced += int(out.sum())
    total = rounds // many * many
    return produced / total, accepted / judged


def speculative_measured() -> Figure:
    """Tokens of a round in simulated text whose hard words come in stretches, beside the formula; eight pairs of models."""
    gammas = (1, 2, 3, 4, 6, 8, 12)
    runs: dict[int, list[float]] = {g: [] for g in gammas}
    formula: dict[int, list[float]] = {g: [] for g in gammas}
    logged: dict[int, list[float]] = {g: [] for g in gammas}
    rates = []
    for seed in range(8):
        target, draft = _models(np.random.default_rng(seed))
        # the rate at a place of the text, whoever wrote it: by the chain's own stationary distribution
        values, vectors = np.linalg.eig(target.T)
        stationary = np.real(vectors[:, np.argmax(np.real(values))])
        stationary = stationary / stationary.sum()
        rate = float(stationary @ np.minimum(target, draft).sum(1))
        rates.append(rate)
        for gamma in gammas:
            tokens, judged = _measure(target, draft, gamma, np.random.default_rng(1000 + seed), 20_000)
            runs[gamma].append(tokens)
            logged[gamma].append(judged)
            formula[gamma].append((1 - rate ** (gamma + 1)) / (1 - rate))
    measured = Dots("实测", [(g, *spread(runs[g])) for g in gammas], 0)
    line = Curve("公式", [(g, sum(formula[g]) / 8) for g in gammas], 1)
    mean, low, _ = spread(rates)
    return Figure(
        chart(
            Axis(0, 12.6, ticks((0, 4, 8, 12)), "草稿长度 γ"),
            Axis(1, 4, ticks((1, 2, 3, 4)), "每轮得到的 token"),
            [line, measured],
        ),
        (
            Quote("speculative-decoding", "平均接受率 $\\alpha={}\\pm{}$", (mean, mean - low)),
            Quote(
                "speculative-decoding",
                "$\\gamma=4$ 时公式说 ${}$，实测 ${}$；$\\gamma=12$ 时公式说 ${}$，实测 ${}$",
                (sum(formula[4]) / 8, sum(runs[4]) / 8, sum(formula[12]) / 8, sum(runs[12]) / 8),
            ),
            Quote(
                "speculative-decoding",
                "$\\gamma=1$ 时日志里的接受率是 ${}$，$\\gamma=12$ 时是 ${}$",
                (sum(logged[1]) / 8, sum(logged[12]) / 8),
            ),
        ),
    )


def step_sizes() -> Figure:
    """Root mean square error of a mean that is learned with steps c / t and t^-0.7, over 400 runs."""
    rng = np.random.default_rng(0)
    total, runs = 20_000, 400
    kinds = {
        "0.3 / t": (lambda t: 0.3 / t, 3),
        "1 / t": (lambda t: 1 / t, 0),
        "t^−0.7": (lambda t: t**-0.7, 2),
        "常数 0.05": (lambda t: 0.05, 1),
    }
    theta = {name: np.full(runs, 5.0) for name in kinds}
    marks = {int(x) for x in np.unique(np.round(np.logspace(0, np.log10(total), 60)))}
    curves: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    for t in range(1, total + 1):
        x = rng.standard_normal(runs)
        for name, (step, _) in kinds.items():
            theta[name] = theta[name] + step(t) * (x - theta[name])
            if t in marks:
                curves[name].append((t, float(np.sqrt((theta[name] ** 2).mean()))))
    ends = [curves[name][-1][1] for name in ("0.3 / t", "1 / t", "t^−0.7", "常数 0.05")]
    return Figure(
        chart(
            Axis(1, total, powers(range(5)), "步数 t", log=True),
            Axis(5e-3, 6, powers((0, -1, -2)), "均方根误差", log=True),
            [Curve(name.replace("^−0.7", "⁻⁰·⁷"), curves[name], style) for name, (_, style) in kinds.items()],
        ),
        (Quote("stochastic-approximation", "两万步之后依次还差 ${}$、${}$、${}$ 和 ${}$", tuple(ends)),),
    )


FIGURES = {
    "speculative-tokens": speculative_tokens,
    "speculative-measured": speculative_measured,
    "step-sizes": step_sizes,
}
