"""No path that a note, a setting, a theme or a link names leads out of the site: nothing there is read or written.

Beside the site stands a folder with a file of every kind; each place that takes a path is given paths to them, and
links that lead there stand where notegen looks for files. Python tells of every file that is opened.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.notebooks import base64_png, code, head, markdown, notebook, shown
from tests.support.pictures import png
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow
MARK = "canary"
OUTSIDE: dict[str, str | bytes] = {
    "secret.md": f"# {MARK}\n",
    "secret.html": f"<b>{MARK}</b>",
    "secret.bib": f"@misc{{{MARK}, title={{{MARK}}}}}",
    "secret.csl": f"<style>{MARK}</style>",
    "secret.tex": f"\\newcommand{{\\mac}}{{{MARK}}}",
    "secret.css": f"/* {MARK} */ a {{}}",
    "secret.yaml": f"a: {MARK}",
    "secret.json": f'{{"a": "{MARK}"}}',
    "secret.py": f"# {MARK}\ndef extension(): raise ValueError",
    "secret.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{MARK}</desc></svg>',
    "secret.png": png(9, 9) + MARK.encode(),
    "secret.txt": MARK,
    "secret.mp4": MARK,
    "secret.otf": MARK,
    "secret.ipynb": notebook(head(MARK), markdown(MARK), code("1", shown({"image/png": base64_png(2, 2)}))),
    "theme.yaml": f"name: {MARK}",
    "templates/note.html": MARK,
    "static/x.txt": MARK,
    "i18n/en.yaml": f"tags: {MARK}",
}
TARGETS = tuple(
    f"{start}outside{'/' if '/' in start else chr(92)}secret.{{}}"
    for start in ("../", "../../", "{root}/", "file://{root}/", "..\\", "%2e%2e/", "/../", "x/../../")
)
BODY = """\
![a](@png) ![[@png]] [b](@md) [[@md]] ![[@md]] ![c](@mp4) <img src="@png"> [d](@ipynb) [e](@txt) <a href="@html">x</a>

{{< include @md >}}

--8<-- "@md"

<!-- @include: @md -->

<<< @py

@[code py](@py)

@include(@md)

{% include_code @py %}

{% include_relative @md %}

{% asset_img @png %}

{{< figure src="@png" >}}

```python file="@py"
```

```{include} @md
```

```{literalinclude} @py
```

```{figure} @png
x
```

```{embed} @md
```

```{csv-table} T
:file: @txt
```

```{bibliography} @bib
```

```dot
digraph { a [image="@png" label=<<table><tr><td><img src="@png"/></td></tr></table>>] }
```

```dot
digraph { shapefile="@svg" imagepath="@svg" fontpath="@otf" a [shape=epsf shapefile="@svg" image="@svg"] }
```

```tikz
\\input{@tex} \\includegraphics{@png}
```

```mermaid
flowchart LR
  A["<img src='@png'/>"]
```

$\\input{@tex}$ $\\includegraphics{@png}$ $$\\input{@tex}$$

{{< own "@txt" >}}
"""
FRONT = {
    "title": "T",
    "cover": "@png",
    "bibliography": ["@bib"],
    "macros": "@tex",
    "csl": "@csl",
    "slug": "../../outside/secret.html",
    "permalink": "/../outside/secret.html",
    "aliases": ["/../../outside/secret.html", "../outside/secret.html", "/..%2f..%2foutside/secret.html"],
    "images": ["@png"],
    "resources": [{"src": "@png"}],
    "layout": "@html",
    "translationKey": "@md",
    "series": "../../outside",
    "tags": ["../../outside", "..", "/../outside/secret.html"],
    "categories": [["..", "..", "outside"]],
    "lang": "../outside",
}
SETTINGS: dict[str, object] = {
    "language": "en",
    "theme": ["half", "linked", "transmission"],
    "math": {"preamble": ["@tex"]},
    "citations": {"style": "own.csl"},
    "bibliography": ["@bib", "linked.bib"],
    "css": ["@css", "linked.css"],
    "inject": {"head_end": "@html", "note_end": "linked.html"},
    "extensions": ["linked"],
    "nav": ["@md"],
    "outputs": {"markdown": True},
}
# Where notegen looks, and what a link there leads to.
LINKS = {
    "linked.bib": "secret.bib",
    "own.csl": "secret.csl",
    "linked.css": "secret.css",
    "linked.html": "secret.html",
    "macros.tex": "secret.tex",
    "extensions/linked.py": "secret.py",
    "shortcodes/own.html": "secret.html",
    "data/a.yaml": "secret.yaml",
    "data/deep": "",
    "themes/linked": "",
    "themes/half/templates/note.html": "templates/note.html",
    "themes/half/static": "static",
    "themes": "",
    "static": "",
    "data": "",
    "shortcodes": "",
    "extensions": "",
    "static/x.txt": "secret.txt",
    "static/deep": "",
    "content/linked.md": "secret.md",
    "content/linked.ipynb": "secret.ipynb",
    "content/linked.png": "secret.png",
    "content/deep": "",
    "content/note.bib": "secret.bib",
    "content/_category_.json": "secret.json",
    "diagrams": "",
    "templates/note.md": "secret.md",
    "_config.yml": "secret.yaml",
    "hugo.toml": "secret.txt",
    ".notegen": "",
}
_opened: list[str] = []
_watched: list[str] = []


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if _watched and event in {"open", "os.listdir", "os.scandir", "os.rename", "os.remove", "os.mkdir"}:
        for argument in arguments[:2]:
            if isinstance(argument, (str, bytes, os.PathLike)):
                path = os.path.realpath(os.fsdecode(argument))
                if path.startswith(_watched[0]):
                    _opened.append(f"{event} {path}")


sys.addaudithook(_audit)  # none is ever removed; it does nothing where no folder is watched


@contextmanager
def opened_below(folder: Path) -> Iterator[list[str]]:
    """Give the list of what is opened, listed or changed below a folder meanwhile."""
    _opened.clear()
    _watched[:] = [str(folder.resolve())]
    try:
        yield _opened
    finally:
        _watched.clear()


def files_below(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def beside(tmp_path: Path) -> SiteTest:
    """Return an empty site beside the folder `outside`."""
    for path, data in OUTSIDE.items():
        SiteTest(tmp_path / "outside").write(path, data)
    site = SiteTest(tmp_path / "site")
    (site.root / "content").mkdir(parents=True)
    return site


def write_notes(site: SiteTest) -> None:
    """Write a note for each form of a path."""
    for number, target in enumerate(TARGETS):
        place = target.replace("{root}", str(site.root.parent))
        text = f"---\n{json.dumps(FRONT)}\n---\n\n{BODY}"
        for kind in ("png", "md", "mp4", "ipynb", "txt", "html", "py", "bib", "svg", "otf", "tex", "csl"):
            text = text.replace(f"@{kind}", place.replace("{}", kind))
        site.write(f"content/n{number}.md", text)


def assert_kept_apart(site: SiteTest, before: dict[str, bytes]) -> None:
    """Check that the folder outside is as it was, and that nothing of it is on a page or in the cache."""
    outside = site.root.parent / "outside"
    assert files_below(outside) == before
    assert {path.name for path in site.root.parent.iterdir()} == {"outside", "site"}
    assert not [
        path for path, data in files_below(site.root / "content").items() if "nother" in path and b"canary" in data
    ]
    public = site.root / "public"
    found = [path for path, data in files_below(public).items() if MARK.encode() in data] if public.is_dir() else []
    assert found == []
    assert MARK not in site.stdout.replace(f"{MARK}-", "")


def test_no_path_in_a_note_leads_out(beside: SiteTest) -> None:
    write_notes(beside)
    beside.write("site.yaml", "language: en\n").write("shortcodes/own.html", "{% include args[0] ignore missing %}")
    before = files_below(beside.root.parent / "outside")
    with opened_below(beside.root.parent / "outside") as opened:
        for command in (["build", "--keep-going", "--force"], ["check"], ["list"], ["inspect", "content/n0.md"]):
            arguments = [str(beside.root / word) if word.startswith("content/") else word for word in command]
            beside.run(*arguments, expect=None)
            assert "Traceback" not in beside.stderr
        assert opened == []
    assert_kept_apart(beside, before)


@pytest.mark.parametrize("target", TARGETS)
def test_no_setting_leads_out(beside: SiteTest, target: str) -> None:
    place = target.replace("{root}", str(beside.root.parent))
    beside.write("content/a.md", "# A\n\n$\\mac$\n")
    before = files_below(beside.root.parent / "outside")
    with opened_below(beside.root.parent / "outside") as opened:
        for key, value in SETTINGS.items():
            text = json.dumps({key: value})
            for kind in ("tex", "otf", "bib", "css", "html", "md", "csl"):
                text = text.replace(f"@{kind}", json.dumps(place.replace("{}", kind))[1:-1])
            beside.write("site.yaml", text)
            beside.run("build", "--keep-going", expect=None)
        assert opened == []
    assert_kept_apart(beside, before)


@pytest.mark.parametrize("path", LINKS)
def test_no_link_is_followed_out(beside: SiteTest, path: str) -> None:
    settings = {key: value for key, value in SETTINGS.items() if "@" not in json.dumps(value)}
    settings |= {"bibliography": ["linked.bib"], "css": ["linked.css"], "inject": {"note_end": "linked.html"}}
    beside.write("site.yaml", json.dumps(settings)).write("themes/linked/theme.yaml", "name: linked\n")
    beside.write("content/a.md", "# A\n\n$\\mac$ {{< own >}} ![](linked.png) [](linked.md) ![[linked]]\n")
    link = beside.root / path
    beside.write("themes/half/theme.yaml", "name: half\n").write("templates/x.md", "x")
    if link.is_dir():
        shutil.rmtree(link)
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(beside.root.parent / "outside" / LINKS[path])
    before = files_below(beside.root.parent / "outside")
    with opened_below(beside.root.parent / "outside") as opened:
        beside.run("build", "--keep-going", expect=None)
        beside.run("new", "Another", expect=None)
        assert opened == [], beside.stderr
    assert_kept_apart(beside, before)


@pytest.mark.parametrize(
    "command",
    [
        ["new", "x", "--in", "../outside"],
        ["new", "x", "--in", "deep"],
        ["new", "x", "--from", "../outside/secret.md"],
        ["new", "x", "--from", "{root}/outside/secret.md"],
        ["rename", "content/a.md", "content/deep/a.md"],
        ["new", "../../outside/new"],
        ["rename", "content/a.md", "../../outside/a.md"],
        ["rename", "content/a.md", "{root}/outside/a.md"],
        ["rename", "../outside/secret.md", "b.md"],
        ["export", "../outside/secret.md", "--to", "markdown"],
        ["inspect", "../outside/secret.md"],
    ],
)
def test_no_command_works_on_files_outside(beside: SiteTest, command: list[str]) -> None:
    beside.write("site.yaml", "language: en\n").write("content/a.md", "# A\n")
    before = files_below(beside.root.parent / "outside")
    (beside.root / "content/deep").symlink_to(beside.root.parent / "outside")
    words = [word.replace("{root}", str(beside.root.parent)) for word in command]
    with opened_below(beside.root.parent / "outside") as opened:
        beside.run(*words, expect=None)
        assert opened == [], beside.stderr
    assert_kept_apart(beside, before)
