"""Two built sites for browser tests: the example blog, and a small one with every kind of page and of markup."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import msgspec
from PIL import Image

SETTINGS = """\
title: 远方来信
subtitle: 机器学习笔记
base_url: /
paginate: 2
license: CC BY 4.0
edit_url: https://example.org/edit/:path
menu: [{归档: /archives/}, {系列: /series/}]
"""
EVERYTHING = """\
---
title: 所有的标记与 $x^2$
date: 2026-01-05
category: 数学
tags: [注意力, RoPE]
series: 系列甲
series_order: 2
sticky: 1
---

到[另一篇](plain.md)，到它的[一节](plain.md#第二节)和[式子](plain.md#eq:b)，脚注[^1]。
自己的式子 \\eqref{eq:a}，那里的@tbl-a。==标记==，`code`。

## 第一节

$$
\\begin{equation}\\label{eq:a}
E = mc^2
\\end{equation}
$$

```python title="a.py" linenos {2}
import torch
print(torch.nn.Linear(1, 2))
```

```console
$ notegen build
done
```

## $\\alpha$

| $x$ |  | 一列很长很长很长很长很长很长很长很长的文字 |
|---|---|---|
| 1 | 2 | 3 |

- [x] 做完的 $y$
- [ ] 没做的

> [!theorem] 名字
> 内容。

> [!warning]- 折叠的
> 里面。

=== "甲"

    一页。

=== "乙"

    另一页。

{% btn /archives/, 归档 %}

![一张图](p.png "图的说明 $z$")

![[plain#第二节]]

### 三级

$$\\sum_{i=1}^{n} a_i + b_i + c_i + d_i + e_i + f_i + g_i + h_i + k_i + l_i + m_i + n_i + o_i + p_i = q_1 + q_2 + q_3$$

[^1]: 脚注的内容 $\\frac{1}{2}$。
"""
PLAIN = """\
---
title: 另一篇
date: 2026-01-03
category: 数学
series: 系列甲
---

引用[第一篇](everything.md)。第一段的文字。

## 第二节

第二节的文字。

$$
\\begin{equation}\\label{eq:b}
a = b
\\end{equation}
$$

| 甲 | 乙 |
|----|----|
| 1  | 2  |

: 一张表 {#tbl-a}
"""
SHORT = "---\ntitle: 短的小节\ndate: 2025-12-31\n---\n\n## 一级\n\n" + "文字。\n\n" * 40
LAST = "## 二级\n\n文字。\n\n## 三级\n\n文字。\n\n## 四级\n\n文字。\n"
WIDE = "---\ntitle: 宽的\ndate: 2025-12-30\n---\n\n$$" + " + ".join(f"x_{{{n}}}" for n in range(40)) + "$$\n\n"
LONG = "```python\n" + "word_" * 60 + " = 1\n```\n\n    " + "x" * 300 + "\n"
BOXES = '\n::: code-group\n```sh\na\n```\n```sh\nb\n```\n:::\n\n```py max-height="60px"\n' + "x = 1\n" * 20 + "```\n"
NOTES = {
    "everything": EVERYTHING,
    "plain": PLAIN,
    "english": "---\ntitle: In English\ndate: 2026-01-02\nlang: en\n---\n\nA note in another language: $x$.\n",
    "formula": "---\ntitle: $\\alpha+\\beta$\ndate: 2026-01-01\n---\n\n![[everything]]\n",
    "short": SHORT + LAST,
    "wide": WIDE + LONG + BOXES,
    "about": "---\ntitle: 关于\nlayout: page\n---\n\n文字。\n",
}
KINDS = ("", "page/2/", "posts/everything/", "posts/english/", "posts/formula/", "about/", "archives/", "categories/",
         "categories/数学/", "tags/", "tags/RoPE/", "series/", "series/系列甲/", "404.html")  # fmt: skip


class Served(msgspec.Struct, frozen=True):
    """A built site: its folder and its address on this machine."""

    folder: Path
    url: str

    def paths(self) -> list[str]:
        """Return the address of every page, below `url`, but for those that only lead on to another one."""
        pages = (path for path in self.folder.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes())
        files = sorted(path.relative_to(self.folder).as_posix() for path in pages)
        return [quote(path.removesuffix("index.html")) for path in files]


def build_kinds(root: Path) -> Path:
    """Write and build the small site; return its output folder."""
    content = root / "content"
    content.mkdir(parents=True)
    (root / "site.yaml").write_text(SETTINGS, "utf-8")
    for name, text in NOTES.items():
        (content / f"{name}.md").write_text(text, "utf-8")
    Image.new("RGB", (1400, 700), "#246").save(content / "p.png")
    return build(root, root / "public", root / "cache")


def build(source: Path, output: Path, cache: Path) -> Path:
    """Build a site as it is on the command line; return its output folder."""
    start = "from notegen.cli.commands import main; main()"
    options = ["--output", str(output), "--cache-dir", str(cache), "--now", "2026-06-01T12:00:00+08:00", "--future"]
    command = [sys.executable, "-c", start, "build", "-s", str(source), *options]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return output


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a folder on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield Served(folder, f"http://127.0.0.1:{server.server_address[1]}/")
    server.shutdown()
    thread.join()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name in the standard library)
        """Say nothing."""
