"""Figures of the notes on generative and contrastive models."""

import numpy as np
from chart import Axis, Curve, Dots, Figure, Quote, chart, spread, ticks


def _score(x: np.ndarray, t: float) -> np.ndarray:
    """Return the score of the note's mixture of two Gaussians, noised up to t."""
    pi, mu, sd = np.array([0.3, 0.7]), np.array([-2.0, 1.0]), np.array([0.2, 0.5])
    a = np.exp(-0.5 * (0.1 * t + 9.95 * t * t))
    m, v = a * mu, (a * sd) ** 2 + 1 - a * a
    r = (x[:, None] - m) / v
    logw = np.log(pi) - 0.5 * np.log(2 * np.pi * v) - 0.5 * r * r * v
    w = np.exp(logw - logw.max(1, keepdims=True))
    return -(w / w.sum(1, keepdims=True) * r).sum(1)


def _reverse(x: np.ndarray, lam: float, rng: np.random.Generator, steps: int = 1000) -> np.ndarray:
    """Return paths of the reverse process from t = 1 to 0: an array (steps + 1, particles)."""
    dt, paths = 1 / steps, [x]
    for t in 1 - dt * np.arange(steps):
        beta = 0.1 + 19.9 * t
        x = x + 0.5 * beta * (x + (1 + lam**2) * _score(x, t)) * dt
        x = x + lam * np.sqrt(beta * dt) * rng.standard_normal(x.shape)
        paths.append(x)
    return np.array(paths)


def _ranks(x: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(x)).astype(float)


def sde_paths() -> Figure:
    """Eight starts, each carried to data by the probability flow and by the reverse SDE."""
    rng = np.random.default_rng(7)
    shown = np.linspace(-1.6, 1.6, 7)
    many = np.concatenate([shown, rng.standard_normal(4000)])
    curves, correlations, same = [], [], []
    for lam, style, name in ((1.0, 1, "逆向 SDE"), (0.0, 0, "概率流 ODE")):
        paths = _reverse(many, lam, np.random.default_rng(1))
        times = np.arange(0, 1001, 8)
        for index in range(len(shown)):
            points = [(1 - t / 1000, float(paths[t, index])) for t in times]
            curves.append(
                Curve(name if index == 0 else "", points, style, 1.8 if lam == 0 else 1, 1 if lam == 0 else 0.75)
            )
        start, end = _ranks(many[7:]), _ranks(paths[-1, 7:])
        correlations.append(float(np.corrcoef(start, end)[0, 1]))
        same.append(100 * float((paths[-1, 7:] < -0.8).mean()))
    return Figure(
        chart(
            Axis(1, 0, ticks((1, 0.5, 0)), "时间 t（右端是数据）"), Axis(-3.2, 3.2, ticks((-2, 0, 1)), "x"), curves, 220
        ),
        (
            Quote("sde-diffusion", "ODE 是 ${}$，SDE 是 ${}$", (correlations[1], correlations[0])),
            Quote("sde-diffusion", "左峰分到 ${}\\%$ 与 ${}\\%$", (same[1], same[0])),
        ),
    )


def _train_codes(
    z: np.ndarray, codes: np.ndarray, rng: np.random.Generator, *, reset: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the path of the codes under moving averages, and how often each was used at the end."""
    count, total, path = np.ones(len(codes)), codes.copy(), [codes]
    for step in range(400):
        batch = z[rng.integers(len(z), size=64)]
        near = ((batch[:, None] - codes) ** 2).sum(2).argmin(1)
        hot = np.eye(len(codes))[near]
        count = 0.95 * count + 0.05 * hot.sum(0)
        total = 0.95 * total + 0.05 * hot.T @ batch
        if reset and step % 20 == 19 and step < 300:
            for dead in np.flatnonzero(count < 0.05):
                count[dead], total[dead] = 1, batch[rng.integers(64)]
        codes = total / count[:, None]
        path.append(codes)
    near = ((z[:, None] - codes) ** 2).sum(2).argmin(1)
    return np.array(path), np.bincount(near, minlength=len(codes)) / len(z)


def vq_codes() -> Figure:
    """Features on a ring, sixteen codes that start in the middle, and where the moving averages take them."""
    rows = {True: [], False: []}
    drawn = None
    for seed in range(20):
        rng = np.random.default_rng(seed)
        angle = rng.uniform(0, 2 * np.pi, 600)
        z = np.stack([np.cos(angle), np.sin(angle)], 1) * (2 + 0.25 * rng.standard_normal(600))[:, None]
        codes = 0.7 * rng.standard_normal((16, 2))
        for reset in (False, True):
            path, used = _train_codes(z, codes, np.random.default_rng(100 + seed), reset=reset)
            p = used[used > 0]
            rows[reset].append((float(np.exp(-(p * np.log(p)).sum())), int((used == 0).sum())))
            if seed == 0 and not reset:
                drawn = z, path, used
    z, path, used = drawn
    items = [Dots("特征", [(x, y, 0, 0) for x, y in z[:260]], 4, 1.2)]
    for index in range(16):
        if used[index]:
            items.append(Curve("", [tuple(p) for p in path[::8, index]], 0, 1.2, 0.7))
    items.append(Dots("码字", [(*path[-1, i], 0, 0) for i in range(16) if used[i]], 0, 4.5))
    items.append(Dots("死码字", [(*path[-1, i], 0, 0) for i in range(16) if not used[i]], 1, 4.5))
    plain, mended = [spread([row[0] for row in rows[kind]]) for kind in (False, True)]
    dead = [sum(row[1] for row in rows[kind]) / 20 for kind in (False, True)]
    return Figure(
        chart(Axis(-3.3, 3.3, ticks((-2, 0, 2)), "第一维"), Axis(-2.7, 2.7, ticks((-2, 0, 2)), "第二维"), items, 270),
        (
            Quote("vq-vae", "这张图里有 {} 个码字没有动过", (int((used == 0).sum()),)),
            Quote("vq-vae", "平均有 ${}$ 个死码字，困惑度是 ${}\\pm{}$", (dead[0], plain[0], plain[0] - plain[1])),
            Quote("vq-vae", "死码字降到 ${}$ 个，困惑度升到 ${}\\pm{}$", (dead[1], mended[0], mended[0] - mended[1])),
        ),
    )


def infonce_cap() -> Figure:
    """What InfoNCE finds with the best critic, by the true mutual information, for three sizes of a batch; 20 batches each."""
    dimension = 10
    truth = np.array([1, 2, 3, 4, 5, 6, 8, 10], float)
    items, quotes = [], []
    for style, size in enumerate((16, 128, 1024)):
        dots = []
        for mutual in truth:
            rho = np.sqrt(1 - np.exp(-2 * mutual / dimension))
            runs = []
            for seed in range(20):
                rng = np.random.default_rng(seed)
                x = rng.standard_normal((size, dimension))
                y = rho * x + np.sqrt(1 - rho**2) * rng.standard_normal((size, dimension))
                # log p(y | x) / p(y), up to nothing: the ratio itself
                cross = x @ y.T
                square = (rho**2 * (x**2).sum(1)[:, None] - 2 * rho * cross + rho**2 * (y**2).sum(1)[None]) / (
                    1 - rho**2
                )
                critic = -0.5 * square - 0.5 * dimension * np.log(1 - rho**2)
                top = critic.max(1)
                mean = np.log(np.exp(critic - top[:, None]).mean(1)) + top
                runs.append(float((np.diag(critic) - mean).mean()))
            mean, low, high = spread(runs)
            dots.append((mutual, mean, low, high))
            if mutual in {2, 10}:
                quotes.append(mean)
        items += [Dots(f"K = {size}", dots, style), Curve("", [(a, b) for a, b, *_ in dots], style, 1)]
        items.append(Curve("", [(0.5, np.log(size)), (10.5, np.log(size))], style, 0.9, 0.6))
    items.append(Curve("真值", [(0.5, 0.5), (9, 9)], 4, 1.4))
    return Figure(
        chart(
            Axis(0.5, 10.5, ticks((2, 4, 6, 8, 10)), "真实互信息（nat）"),
            Axis(0, 9, ticks((0, 3, 6, 9)), "InfoNCE 的估计（nat）"),
            items,
            220,
        ),
        (
            Quote(
                "infonce",
                "真值为 2 时三种批大小估出 ${}$、${}$、${}$，真值为 10 时是 ${}$、${}$、${}$",
                (quotes[0], quotes[2], quotes[4], quotes[1], quotes[3], quotes[5]),
            ),
        ),
    )


FIGURES = {"sde-paths": sde_paths, "vq-codes": vq_codes, "infonce-cap": infonce_cap}
