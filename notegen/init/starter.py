r"""A first note that shows the syntax, for an empty folder: in Chinese or in English."""

CHINESE = r"""---
title: 第一篇笔记
date: @DATE@
categories: [示例]
tags: [LaTeX, 注意力]
---

公式写在 `$…$` 里：设 $q$ 与 $k$ 的分量独立，均值 0、方差 1，则 $\operatorname{Var}(q^\top k)=d_k$。

<!-- more -->

## 公式

带编号的公式用 `\label`，正文里用 `\eqref` 引用，如 \eqref{eq:attention}：

$$
\operatorname{Attention}(Q,K,V)=\operatorname{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}}\right)V
\label{eq:attention}
$$

## 代码

```python
import numpy as np

def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)
```

## 提示框与链接

> [!note] 提示
> Obsidian、GitHub 与 `::: tip` 的写法都可以。

双链写作 `[[文件名]]` 或 `[[文件名#标题]]`：见 [[@NAME@#公式]]。脚注[^1]也可以。

[^1]: 删掉这篇笔记，写你自己的。
"""
ENGLISH = r"""---
title: A first note
date: @DATE@
categories: [Examples]
tags: [LaTeX, attention]
---

Formulas stand between dollars: if the components of $q$ and $k$ are independent with mean 0 and variance 1, then
$\operatorname{Var}(q^\top k)=d_k$.

<!-- more -->

## Formulas

A `\label` numbers a formula, `\eqref` refers to it, as to \eqref{eq:attention}:

$$
\operatorname{Attention}(Q,K,V)=\operatorname{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}}\right)V
\label{eq:attention}
$$

## Code

```python
import numpy as np

def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)
```

## Callouts and links

> [!note] A callout
> Obsidian's, GitHub's and `::: tip` are all read.

A wiki link is `[[file name]]` or `[[file name#heading]]`: see [[@NAME@#Formulas]]. Footnotes[^1] too.

[^1]: Delete this note and write your own.
"""
NAME = "first-note"


def first_note(language: str, date: str) -> str:
    """Return the note's text (Markdown) in the language nearest to a BCP 47 tag; `date` as YYYY-MM-DD."""
    text = CHINESE if language.lower().startswith("zh") else ENGLISH
    return text.replace("@DATE@", date).replace("@NAME@", NAME)
