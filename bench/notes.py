"""Deterministic notes to measure with: the same number and seed give the same bytes.

A note is about 7 KB: some 15 formulas in its sentences and 4 displays, two blocks of code, a table, lists, a footnote
and links to three other notes. Without math, words stand in the formulas' places.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.scholarly import with_scholarly_parts, write_sources

WORDS_ZH = (
    "梯度",
    "注意力",
    "残差",
    "归一化",
    "采样",
    "先验",
    "似然",
    "编码器",
    "策略",
    "价值",
    "损失",
    "样本",
    "参数",
    "收敛",
)
WORDS_EN = (
    "gradient",
    "attention",
    "residual",
    "norm",
    "sample",
    "prior",
    "encoder",
    "policy",
    "value",
    "loss",
    "batch",
)
ZH = (
    "这里的{m}控制{w}的大小，取值过大时{w}会变得不稳定。",
    "把{m}代入上一节的结果，可以看到{w}与{w}只差一个常数。",
    "直觉上，{w}越大，{m}就越接近于零，所以需要**{w}**来补偿。",
    "我第一次推导{w}时漏掉了{m}，结果完全不对。",
)
EN = (
    "Here {m} is the {w} of the layer, which *every* {w} shares.",
    "If {m} grows, the {w} dominates and the {w} can be ignored.",
    "In practice `{w}_step` estimates {m} from a few hundred samples.",
    "Nothing changes when {m} is replaced by the {w}, except the speed.",
)
INLINE = (
    r"x_{%d}",
    r"\theta_{%d}^{(t)}",
    r"\mathbb{E}_{q}[f_{%d}(x)]",
    r"\|w_{%d}\|_2^2",
    r"\frac{\partial L}{\partial w_{%d}}",
    r"p(x_{%d} \mid z)",
    r"\sqrt{d_{%d}}",
    r"\mathcal{O}(n^{%d})",
    r"\alpha_{%d}",
    r"\mathbf{W}_{%d}",
    r"\nabla_{\theta_{%d}}",
    r"i < %d",
)
DISPLAY = [
    r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_{%d}}}\right) V",
    r"""\begin{aligned}
\log p(x) &\ge \mathbb{E}_q[\log p(x \mid z)] \\
&- D_{\mathrm{KL}}(q \| p_{%d})
\end{aligned}""",
    r"f(x) = \begin{cases} x^2 / %d & \text{if } |x| < 1 \\ |x| & \text{otherwise} \end{cases}",
    r"\begin{bmatrix} a_{11} & %d \\ 0 & a_{22} \end{bmatrix}^{-1} = \sum_{k=0}^{\infty} A^k",
]
NUMBERS = 1_000_000  # in formulas: few are equal, as generators remember those that are
CODE = [
    """\
def attend_{n}(q, k, v, mask=None):
    # 形状 (B, H, T, D)
    scores = q @ k.mT / q.shape[-1] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, float('-inf'))
    return scores.softmax(dim=-1) @ v
""",
    """\
class Layer{n}(nn.Module):
    def __init__(self, width: int = {n}) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.map = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU())

    def forward(self, x):
        return x + self.map(self.norm(x))
""",
    """\
for step, (x, y) in enumerate(loader):
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    if step % {n} == 0:
        print(f'step={{step}} loss={{loss.item():.4f}}')
    optimizer.step()
""",
]
HEADINGS = ("动机", "Setup", "记号", "推导", "Experiments", "讨论", "Implementation", "局限")
CATEGORIES = ("深度学习", "强化学习", "NLP", "Optimization", "概率论")
TAGS = [f"tag-{number}" for number in range(20)] + list(WORDS_ZH)
FIRST_DAY = date(2016, 1, 1)


def write_notes(
    folder: Path, count: int, *, math: bool, link: Callable[[str], str], scholarly: bool = False, seed: int = 7
) -> None:
    """Write `count` notes into a folder. `link` gives the address by which one note links to another, by name.

    Where `scholarly`, the same notes have the parts of scholarly.py, too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 (nothing secret)
        blocks = list(_note(chance, number, count, math, link))
        blocks = with_scholarly_parts(blocks, number, seed) if scholarly else blocks
        (folder / f"{name_of(number)}.md").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    if scholarly:
        write_sources(folder)


def name_of(number: int) -> str:
    """Return a note's file name without its ending."""
    return f"note-{number:05}"


def _note(chance: random.Random, number: int, count: int, math: bool, link: Callable[[str], str]) -> Iterator[str]:
    """Yield the blocks of one note."""
    tags = ", ".join(f'"{tag}"' for tag in chance.sample(TAGS, 3))
    day = FIRST_DAY + timedelta(days=number * 3600 // max(count, 1))
    title = f"{chance.choice(WORDS_ZH)} and {chance.choice(WORDS_EN)} {number}"
    yield f'---\ntitle: "{title}"\ndate: {day}\ncategories: ["{chance.choice(CATEGORIES)}"]\ntags: [{tags}]\n---'
    yield _paragraph(chance, formulas=0, math=math)
    yield "<!-- more -->"
    sections = chance.randint(4, 9)
    for section in range(sections):
        yield f"## {chance.choice(HEADINGS)} {section}"
        for _ in range(chance.randint(2, 4)):
            yield _paragraph(chance, formulas=chance.randint(0, 2), math=math)
        if section % 2:
            shown = chance.choice(DISPLAY) % chance.randrange(NUMBERS)
            yield f"$$\n{shown}\n$$" if math else _paragraph(chance, formulas=0, math=False)
        if section % 3 == 0:
            other = name_of(chance.randrange(count))
            yield f"见 [{other}]({link(other)})。[^1]" if section == 0 else f"See [{other}]({link(other)})."
        if section in {1, 3}:
            yield f"```python\n{chance.choice(CODE).format(n=chance.randint(2, 999))}```"
    rows = (f"| {chance.choice(WORDS_ZH)} | {chance.randint(1, 999)} | {chance.choice(WORDS_EN)} |" for _ in range(5))
    yield "\n".join(["| 方法 | n | note |", "| --- | ---: | :-: |", *rows])
    yield "\n".join(f"- {_sentence(chance, math=False)}" for _ in range(3))
    yield "[^1]: " + _sentence(chance, math=False)


def _paragraph(chance: random.Random, *, formulas: int, math: bool) -> str:
    return " ".join(_sentence(chance, math=math and number < formulas) for number in range(3))


def prose(chance: random.Random) -> str:
    """Return a paragraph as those of notes are, with up to two formulas."""
    return _paragraph(chance, formulas=chance.randint(0, 2), math=True)


def _sentence(chance: random.Random, *, math: bool) -> str:
    """Return a sentence with a formula in it, or with a word in the formula's place."""
    chinese = chance.random() < 0.6
    words, templates = (WORDS_ZH, ZH) if chinese else (WORDS_EN, EN)
    formula = chance.choice(INLINE)
    shown = f"${formula % chance.randrange(NUMBERS)}$" if math else chance.choice(words)
    text = chance.choice(templates).replace("{m}", shown)
    while "{w}" in text:
        text = text.replace("{w}", chance.choice(words), 1)
    return text
