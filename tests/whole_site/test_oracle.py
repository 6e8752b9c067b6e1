"""The oracle: after any edit, an incremental build equals a clean one, in bytes and in diagnostics.

Every step changes one thing of a small site as an author, a file system or an accident might: notes, templates,
settings, files, the clock, the cache, the output. Then the site is built with what earlier builds left behind and,
apart from it, from nothing.
"""

import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from notegen.app.site_location import Flags, open_site, scan_site
from notegen.build import make_files
from notegen.cache.context import BuildContext, NoCache
from notegen.cache.memory import MemoryCache
from notegen.cache.page_store import bytes_of
from notegen.cache.store import SqliteCache
from notegen.emit.emit import emit
from notegen.model.output import Build, Copy, InCache, OutputFile, Resized, Stripped
from notegen.read import cached_notes
from notegen.render import cached_pages
from notegen.system.disk import Disk
from notegen.system.photos.metadata import without_metadata
from tests.support.paths import TRANSMISSION
from tests.support.pictures import png
from tests.support.searching import EXAMPLES
from tests.support.site import NOW

pytestmark = pytest.mark.slow

NAMES = ("a", "b", "deep/c", "deep/a", "三", "deep/index", "index", "a.en", "en/deep/c")
BODIES = (
    "",
    "One.\n",
    "One.\n\n<!-- more -->\n\nTwo.\n",
    "One.\n\n<!-- more -->\n\nThree $x$.\n",
    "# H\n\n[b](b.md) [[deep/c#S]] [[三]] ![i](i.png) [gone](nowhere.md)\n\n## S\n\n## T\n\n## U\n",
    "See [[a]] and [](deep/c.md#eq:e) and [s](/s.txt) \\eqref{eq:e}.\n\n![[b]]\n\n![[deep/c#S]]\n",
    "## S\n\n$$\\begin{align}\\label{eq:e}\\R\\end{align}$$\n\n$\\mac$ $\\nope$ $\\sout{x}$\n",
    "```python\nx = 1\n```\n\n```nolang\nx\n```\n\n[^1]: text\n",
    "> [!theorem|thm:t] T\n> text\n\n[[#thm:t]] {{< figure src=i.png >}} {% odd %}\n",
    "![Cap $x$](i.png){#fig-a}\n\n| a |\n|---|\n\n: Rows {#tbl-a}\n\n## Part {#sec-a}\n\n@fig-a @tbl-a @sec-a\n",
    "@fig-a, \\cref{tbl-a}, [[b#^fig-a]], [[#fig-b]] and @sec-a of others; @thm-t.\n\n![[b#^fig-a]]\n",
    "[[U]], [[deep/a]], [[deep/c#S]], [b](b.md)\n",
    "[p](p.html) <p style='background: url(deep/i.png)'>x</p>\n",
    "# By @ho\n\n[@ho, p. 3; @gone] and @he, [[@ho]].\n\n![[b]]\n\n## @he and @thm-t\n",
)
LABELS = (
    ("{#fig-a}", "{#fig-b}"),
    ("{#fig-b}", "{#fig-a}"),
    ("Cap $x$", "Other"),
    ("{#tbl-a}", ""),
    ("## Part", "## Renamed"),
    ("thm:t] T", "thm:t] Named"),
    ("![Cap", "![New](i.png){#fig-new}\n\n![Cap"),
)
BIBLIOGRAPHIES = (
    "@misc{ho, title={Diffusion on $\\ell_2$}, author={Ho, J}, year=2020}\n",
    "@misc{ho, title={Diffusion}, author={Ho, J}, year=2020}\n@misc{he, title={残差}, author={何, 恺明}}\n",
    "@misc{he, title={Residuals}}\n@misc{ho, title={broken\n",
    "@misc{other, title={Other}}\n",
)
TITLES = ("A", "U", "T $x$", "b", "三", '"a: *b*"', '"On @thm-t, [[b#^fig-a]]"')
FRONTS: tuple[dict[str, Any], ...] = (
    {},
    {"title": "T $x$", "date": "2026-01-02", "tags": ["t"], "categories": ["C"]},
    {"title": "U", "date": "2026-01-02", "tags": ["t", "u"], "weight": 1, "series": "S"},
    {"title": "T $x$", "date": "2026-06-02", "tags": ["u"], "categories": ["C", "D"]},
    {"title": "Old", "date": "2020-01-01", "aliases": ["/old/"], "expires": "2026-06-03"},
    {"draft": True, "date": "2026-01-03"},
    {"layout": "page", "title": "P"},
    {"publish": True, "title": "T $x$", "date": "2026-01-02", "tags": ["t"]},
    {"hidden": True, "title": "U", "date": "2026-01-02", "tags": ["t"], "series": "S"},
    {"title": "X", "slug": "same", "date": "2026-01-01"},
    {"title": "M", "macros": {"mac": "m"}, "cover": "i.png"},
    {"date": "yesterday"},
    {"weight": 2},
    {"permalink": "/"},
)
SETTINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("One", "Two")),
    ("base_url", ("https://example.org/", "https://example.org/sub/", "")),
    ("paginate", ("2", "3")),
    ("language", ("en", "zh-CN")),
    ("languages", ("[zh-CN, en]", "[en, {tag: zh-CN, title: Z}]", "[de, fr]")),
    ("timezone", ("Asia/Shanghai", "America/New_York")),
    ("permalink", ("/posts/:slug/", "/:year/:slug/", "/:path/")),
    ("sections", ("on", "off")),
    ("home", ("list", "both")),
    ("nav", ("[b.md, {G: [deep/, a.md]}]", "[deep/index.md, gone.md]")),
    ("theme", ("[over, mine]", "[mine]", "[mine, over]", "[gone]")),
    ("theme_options", ("{word: x}", "{word: y}", "{other: x}")),
    ("math", ("{macros: {R: x}}", "{macros: {R: y, mac: z}}", "{numbering: all}")),
    ("numbering", ("all", "{sections: true, theorems: by-section}", "{theorems: shared}")),
    ("excerpt", ("{length: 5}", "{length: 300}")),
    ("feed", ("{limit: 1}", "{full_content: false}")),
    ("future", ("true", "false")),
    ("drafts", ("true", "false")),
    ("publish", ("marked", "all")),
    ("attachments", ("all", "used")),
    ("params", ("{a: 1}", "{a: 2}")),
    ("menu", ("[{name: N, url: /x/}]", "[]")),
    ("social_cards", ("{enabled: true}", "{enabled: false}")),
    ("citations", ("{style: author-year}", "{style: numeric}")),
    ("bibliography", ("refs.bib", "[gone.bib, content/refs.bib]")),
    ("nonsense", ("1",)),
)
LIST = (
    "{% for entry in page.entries %}<li>{{ entry.url }} {{ entry.title_html | safe }} {{ entry.excerpt | safe }}"
    "{{ entry.future }}</li>{% endfor %}{% include 'part.html' %}"
)
THEME = {
    "theme.yaml": "css: [css/a.css]\noptions: {word: default}\n",
    "i18n/en.yaml": "hello: Hello\n",
    "i18n/zh-CN.yaml": "hello: 你好\n",
    "static/css/a.css": "a {}\n",
    "templates/base.html": "<title>{{ site.title }}</title>{% block main %}{% endblock %}",
    "templates/part.html": "<i>{{ t.hello }}</i>",
    "templates/home.html": LIST + "{{ page.note.html if page.note }}{{ page.heading }}"
    "{% for g in page.groups %}{{ g.term.name }} {{ g.term.count }}{% endfor %}",
    "templates/section.html": "{{ page.title }}{% for e in page.entries %}{{ e.title_html }}{% endfor %}"
    "{% for g in page.groups %}{{ g.term.name }}{% for n in g.notes %}{{ n.title }}{% endfor %}{% endfor %}"
    "{{ page.note.html if page.note }}{{ page.place }}",
    "templates/term.html": LIST,
    "templates/archive.html": "{% for y in page.years %}{% for n in y.notes %}{{ n.title }} {% endfor %}{% endfor %}",
    "templates/terms.html": "{% for term in page.terms %}{{ term.name }} {{ term.count }} {% endfor %}",
    "templates/note.html": "{% extends 'base.html' %}{% block main %}{{ page.note.html | safe }}"
    "{% for b in page.note.backlinks %}{{ b.link.title }} {{ b.context_html }}{% endfor %}"
    "{% for link in (page.note.newer, page.note.older) if link %}{{ link.url }} {{ link.title_html }}{% endfor %}"
    "{% if page.note.series %}{% for link in page.note.series.notes %}{{ link.title }} {% endfor %}{% endif %}"
    "{{ page.note.ref.title_html }}{{ page.note.place }}{{ page.alternates }}{% endblock %}",
    "templates/page.html": "{{ page.note.html | safe }}",
    "templates/404.html": "{{ page.title }}",
    "templates/redirect.html": "{{ page.target }}",
    "templates/atom.xml": "<feed>{{ page.updated | iso }}{% for e in page.entries %}{{ e.html }}{% endfor %}</feed>",
    "templates/sitemap.xml": "{% for e in page.entries %}{{ e.url }} {% endfor %}",
    "templates/robots.txt": "{{ page.sitemap_url }}",
}
SHIPPED = TRANSMISSION / "templates"
# Pages that this theme says nothing special about.
THEME |= {
    f"templates/{file.name}": "{{ page.url }}"
    for file in sorted(SHIPPED.iterdir())
    if file.is_file() and f"templates/{file.name}" not in THEME
}
TEMPLATES = (
    "<p>{{ site.title }}</p>",
    "{{ tags | length }}{{ categories | map(attribute='name') | join }}",
    "{{ t.hello }}{{ options.word }}{{ assets['main.css'] }}",
    "{% include 'part.html' %}",
    "{% include ['maybe.html', 'part.html'] %}",
    "{% include 'maybe.html' ignore missing %}",
    "{% include site.title.lower() ~ '.html' ignore missing %}",
    "{% extends '!mine/base.html' %}{% block main %}{{ super() }}{{ page.url }}{% endblock %}",
    "{% from 'maybe.html' import m %}{{ m(site) }}",
    "{% macro m(x) %}{{ x.title }}{% endmacro %}",
    "{% if %}",
    "{{ nothing.at.all }}",
    "{{ 1 // 0 }}",
)
PLACES = ("part.html", "base.html", "note.html", "home.html", "maybe.html", "one.html", "two.html")


class SiteMachine(RuleBasedStateMachine):
    """One site through a series of edits."""

    @initialize()
    def begin(self) -> None:
        """Make a site with two notes and a small theme of two layers, the upper one empty."""
        self.root = Path(tempfile.mkdtemp())
        self.state = self.root / ".notegen"
        self.now = datetime.fromisoformat(NOW)
        self.settings = {"title": "One", "base_url": "https://example.org/", "theme": "[over, mine]", "paginate": "2"}
        self.settings["social_cards"] = "{enabled: false}"  # drawing takes a while
        self.write("themes/over/theme.yaml", "name: over\n")
        for path, text in THEME.items():
            self.write(f"themes/mine/{path}", text)
        self.write("content/a.md", "---\ntitle: A\ndate: 2026-01-01\ntags: [t]\n---\n" + BODIES[4])
        self.write("content/b.md", BODIES[5])
        self.write_settings()
        self.last: dict[str, bytes] = {}
        self.serves = False  # whether to build as a server does, with values held in memory: every other time
        self.memory = MemoryCache(50_000_000)
        self.check()
        assert self.last, "the site as it is at first can be built"

    def teardown(self) -> None:
        """Remove the site."""
        if hasattr(self, "root"):
            shutil.rmtree(self.root)

    def write(self, path: str, data: str | bytes) -> None:
        """Write a source file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    def write_settings(self) -> None:
        """Write site.yaml."""
        self.write("site.yaml", "".join(f"{key}: {value}\n" for key, value in self.settings.items()))

    @rule(name=st.sampled_from(NAMES), body=st.sampled_from(BODIES), front=st.sampled_from(FRONTS))
    def write_note(self, name: str, body: str, front: dict[str, Any]) -> None:
        """Write a note, or overwrite one."""
        head = "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + "---\n" if front else ""
        self.write(f"content/{name}.md", head + body)
        self.check()

    @rule(name=st.sampled_from(NAMES), body=st.sampled_from(BODIES))
    def edit_body(self, name: str, body: str) -> None:
        """Add to a note."""
        file = self.root / f"content/{name}.md"
        if file.exists():
            self.write(f"content/{name}.md", file.read_text(encoding="utf-8") + "\n" + body)
        self.check()

    @rule(name=st.sampled_from(NAMES), title=st.sampled_from(TITLES))
    def retitle(self, name: str, title: str) -> None:
        """Give a note another title, and nothing else."""
        file = self.root / f"content/{name}.md"
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if "title: " in text:
            self.write(f"content/{name}.md", re.sub(r"title: .*", lambda _: f"title: {title}", text, count=1))
        self.check()

    @rule(name=st.sampled_from(NAMES), edit=st.sampled_from(LABELS))
    def edit_label(self, name: str, edit: tuple[str, str]) -> None:
        """Change a label or a caption, so that others refer to something else, or it is called otherwise."""
        file = self.root / f"content/{name}.md"
        if file.exists():
            self.write(f"content/{name}.md", file.read_text(encoding="utf-8").replace(*edit))
        self.check()

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def move_note(self, name: str, other: str) -> None:
        """Rename a note, or delete it (a name that is taken)."""
        file = self.root / f"content/{name}.md"
        if file.exists():
            data = file.read_bytes()
            file.unlink()
            self.write(f"content/{other}.md", data)
        self.check()

    @rule(name=st.sampled_from(NAMES))
    def delete_note(self, name: str) -> None:
        """Delete a note."""
        (self.root / f"content/{name}.md").unlink(missing_ok=True)
        self.check()

    @rule(setting=st.sampled_from(SETTINGS), index=st.integers(0, 3))
    def change_setting(self, setting: tuple[str, tuple[str, ...]], index: int) -> None:
        """Set a setting, or take it out."""
        key, values = setting
        self.settings.pop(key, None)
        if index < len(values):
            self.settings[key] = values[index]
        self.write_settings()
        self.check()

    @rule(layer=st.sampled_from(("mine", "over")), name=st.sampled_from(PLACES), text=st.sampled_from(TEMPLATES))
    def write_template(self, layer: str, name: str, text: str) -> None:
        """Write a template, right or wrong."""
        self.write(f"themes/{layer}/templates/{name}", text)
        self.check()

    @rule(name=st.sampled_from(PLACES))
    def restore_template(self, name: str) -> None:
        """Delete a template of the upper layer, and make the lower one right again."""
        (self.root / f"themes/over/templates/{name}").unlink(missing_ok=True)
        lower = f"templates/{name}"
        if lower in THEME:
            self.write(f"themes/mine/{lower}", THEME[lower])
        else:
            (self.root / f"themes/mine/{lower}").unlink(missing_ok=True)
        self.check()

    @rule(name=st.sampled_from(PLACES))
    def move_template_to_the_upper_layer(self, name: str) -> None:
        """Keep a template's text but not its place, which messages show."""
        source = self.root / f"themes/mine/templates/{name}"
        if source.exists():
            self.write(f"themes/over/templates/{name}", source.read_bytes())
        self.check()

    @rule(
        path=st.sampled_from(("i18n/en.yaml", "i18n/zh-CN.yaml", "theme.yaml", "static/css/a.css", "static/css/z.css")),
        text=st.sampled_from(("hello: Hi\n", "options: {word: w, other: o}\n", "a { color: red }\n", "[", "")),
    )
    def write_theme_file(self, path: str, text: str) -> None:
        """Write labels, options or a stylesheet of the upper layer."""
        self.write(f"themes/over/{path}", text)
        self.check()

    @rule(
        path=st.sampled_from(
            ("static/s.txt", "static/posts/a/index.html", "content/i.png", "content/deep/i.png", "content/p.html")
        ),
        data=st.sampled_from((b"one", b"<a href=deep/i.png>", png(), None)),
    )
    def write_file(self, path: str, data: bytes | None) -> None:
        """Write or delete a file that is only copied; one of them in the way of a page."""
        if data is None:
            (self.root / path).unlink(missing_ok=True)
        else:
            self.write(path, data)
        self.check()

    @rule(
        path=st.sampled_from(("refs.bib", "content/refs.bib", "content/deep/refs.bib")),
        text=st.sampled_from((*BIBLIOGRAPHIES, None)),
    )
    def write_bibliography(self, path: str, text: str | None) -> None:
        """Write a bibliography, or delete it."""
        if text is None:
            (self.root / path).unlink(missing_ok=True)
        else:
            self.write(path, text)
        self.check()

    @rule(days=st.integers(-400, 400))
    def change_the_clock(self, days: int) -> None:
        """Build on another day: notes of the future appear, others expire."""
        self.now = datetime.fromisoformat(NOW) + timedelta(days=days)
        self.check()

    @rule(chance=st.randoms(use_true_random=False))
    def damage_the_cache(self, chance: random.Random) -> None:
        """Flip bits of the cache, cut it off, replace it or delete it."""
        self.serves = False  # the next build reads it
        file = self.state / "cache.sqlite"
        data = bytearray(file.read_bytes()) if file.exists() else bytearray(b"x")
        kind = chance.randrange(4)
        if kind == 0:
            for _ in range(chance.choice((1, 30))):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[chance.randrange(len(data)) :]
        elif kind == 2:
            data = bytearray(chance.randbytes(5000))
        file.write_bytes(data)
        if kind == 3:
            file.unlink()
        self.check()

    @rule(chance=st.randoms(use_true_random=False))
    def damage_the_output(self, chance: random.Random) -> None:
        """Change, delete or touch an output file."""
        if self.last:
            file = self.root / "public" / chance.choice(sorted(self.last))
            if file.exists():
                chance.choice((file.unlink, lambda: os.utime(file), lambda: file.write_bytes(b"x")))()
        self.check()

    @rule()
    def build_again(self) -> None:
        """Change nothing: everything comes from the cache."""
        made: dict[str, tuple[int, int]] = {}
        self.check(made)
        # What a server does without is made by the next build.
        missed = {stage: items - hits for stage, (items, hits) in made.items() if stage not in {"search", "card"}}
        assert not any(missed.values())

    def check(self, made: dict[str, tuple[int, int]] | None = None) -> None:
        """Build with the cache, and write; or build as a server does, every other time. Build without one; compare."""
        counts = {} if made is None else made
        cache = SqliteCache(self.state / "cache.sqlite")
        tools = BuildContext(cache, "engine", counted=lambda name, items, hits: counts.update({name: (items, hits)}))
        serves, self.serves = self.serves, not self.serves
        if serves:
            self.memory.begin()
            tools = msgspec.structs.replace(tools, memory=self.memory, preview=True)
        warm, clean = self.build(tools), self.build(BuildContext(NoCache(), "engine"))

        def load(key: str) -> bytes | None:
            return cache.get_many([key]).get(key)

        if any(isinstance(file.content, InCache) and load(file.content.key) is None for file in warm.files):
            warm = self.build(
                BuildContext(NoCache(), "engine")
            )  # as `notegen build` does when bytes turn out to be damaged
        assert warm.diagnostics == clean.diagnostics
        # A server may give an older search index, and draws no social cards.
        left_out = ("pagefind/", "cards/") if serves else ()
        built = [file for file in warm.files if not file.path.startswith(left_out)]
        wanted = [file for file in clean.files if not file.path.startswith(left_out)]
        assert [(file.path, content(file, load)) for file in built] == [(file.path, content(file)) for file in wanted]
        emitted = None
        if not warm.failed and not serves:
            emitted = emit(warm.files, self.root / "public", self.state, Disk(), load=cache.get_many)
        cache.close()
        if emitted is not None:
            assert [item for item in emitted.diagnostics if item.code != "image-unreadable"] == []
            self.last = {file.path: content(file) for file in clean.files}
            assert self.output() == self.last

    def build(self, context: BuildContext) -> Build:
        """Return the site, built."""
        disk = Disk()
        site = open_site(Flags(source=self.root), disk)
        return make_files(scan_site(site, disk), self.now, context)

    def output(self) -> dict[str, bytes]:
        """Return all output files."""
        public = self.root / "public"
        return {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()}


def content(file: OutputFile, load: Callable[[str], bytes | None] = lambda _key: None) -> bytes:
    """Return an output file's bytes."""
    place = file.content
    data = load(place.key) if isinstance(place, InCache) else bytes_of(place)
    if data is not None:
        return data
    assert isinstance(place, (Copy, Stripped, Resized))
    asset = place.variant.asset if isinstance(place, Resized) else place.asset
    data = Path(asset.location).read_bytes()
    return data if isinstance(place, Copy) else without_metadata(data)


SiteMachine.TestCase.settings = settings(
    max_examples=8 * EXAMPLES,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestOracle = SiteMachine.TestCase


Story = tuple[tuple[str, tuple[Any, ...]], ...]
REDIRECT = "{{ page.nothing }}"
STORIES: dict[str, Story] = {
    "two notes of equal text": (
        ("write_note", ("b", BODIES[4], {})),
        ("write_note", ("deep/a", BODIES[4], {})),
        ("move_note", ("deep/a", "三")),
    ),
    "a wrong template moves to another layer, and is made right there": (
        ("write_template", ("mine", "part.html", "{{ nothing.at.all }}")),
        ("move_template_to_the_upper_layer", ("part.html",)),
        ("write_template", ("over", "part.html", "{% if %}")),
        ("restore_template", ("part.html",)),
    ),
    "the owner of a wrong page changes": (
        ("write_template", ("mine", "redirect.html", REDIRECT)),
        ("write_note", ("b", "", {"slug": "same", "title": "T", "aliases": ["/old/"]})),
        ("move_note", ("b", "deep/c")),
    ),
    "the page of a wrong template changes its place": (
        ("write_template", ("mine", "redirect.html", REDIRECT)),
        ("write_note", ("b", "", {"slug": "same", "title": "T", "aliases": ["/old/"]})),
        ("write_note", ("b", "", {"slug": "same", "title": "T", "aliases": ["/older/"]})),
    ),
    "a computed include finds another template": (
        ("write_template", ("mine", "part.html", TEMPLATES[6])),
        ("write_template", ("mine", "one.html", "1")),
        ("write_template", ("mine", "one.html", "{{ tags | length }}")),
        ("write_note", ("b", "", {"tags": ["t", "u", "v"]})),
        ("change_setting", (SETTINGS[0], 1)),
        ("restore_template", ("one.html",)),
    ),
    "one of two wrong templates is made right": (
        ("write_template", ("mine", "part.html", "{% include 'one.html' %}{% include 'two.html' %}")),
        ("write_template", ("mine", "one.html", "{{ 1 // 0 }}")),
        ("write_template", ("mine", "two.html", "{% if %}")),
        ("write_template", ("mine", "one.html", "1")),
        ("write_template", ("mine", "one.html", "{% if %}")),
        ("write_template", ("mine", "two.html", "{{ 1 // 0 }}")),
        ("write_template", ("mine", "part.html", "{% include 'two.html' %}{% include 'one.html' %}")),
        ("write_template", ("mine", "two.html", "2")),
    ),
    "an optional include comes and goes": (
        ("write_template", ("mine", "part.html", TEMPLATES[4])),
        ("write_template", ("over", "maybe.html", "maybe {{ options.word }}")),
        ("change_setting", (SETTINGS[7], 1)),
        ("restore_template", ("maybe.html",)),
    ),
    "an upper layer covers a template and uncovers it": (
        ("write_template", ("over", "base.html", TEMPLATES[0])),
        ("write_template", ("over", "note.html", TEMPLATES[7])),
        ("write_template", ("mine", "base.html", "new {% block main %}{% endblock %}")),
        ("change_setting", (SETTINGS[6], 1)),
        ("change_setting", (SETTINGS[6], 2)),
    ),
    "the equation a reference names gets another number": (
        ("write_note", ("deep/c", BODIES[6], {})),
        ("write_note", ("deep/c", "$$x\\tag{7}\\label{eq:e}$$\n", {})),
        ("delete_note", ("deep/c",)),
    ),
    "a note of the future appears, then expires": (
        ("write_note", ("b", BODIES[5], {"date": "2026-06-02", "expires": "2026-06-04", "title": "B"})),
        ("change_the_clock", (2,)),
        ("change_the_clock", (9,)),
    ),
    "a macro of the site is used in a note": (
        ("write_note", ("b", BODIES[6], {})),
        ("change_setting", (SETTINGS[8], 0)),
        ("change_setting", (SETTINGS[8], 1)),
        ("change_setting", (SETTINGS[8], 9)),
    ),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_stories_that_chance_would_rarely_tell(story: Story) -> None:
    machine = SiteMachine()
    machine.begin()
    for step, arguments in story:
        getattr(machine, step)(*arguments)
        machine.build_again()
    machine.teardown()


@pytest.mark.parametrize("workers", [2, 3])
def test_the_result_does_not_depend_on_the_number_of_workers(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = SiteMachine()
    machine.begin()
    for number, body in enumerate(BODIES):
        machine.write(f"content/n{number}.md", f"---\ntags: [t{number % 3}]\n---\n" + body)
    alone = machine.build(BuildContext(NoCache(), "engine"))
    monkeypatch.setattr(cached_notes, "PARALLEL_TEXT", 0)
    monkeypatch.setattr(cached_pages, "PARALLEL_PAGES", 0)
    together = machine.build(BuildContext(NoCache(), "engine", workers))
    machine.teardown()
    assert together.files == alone.files
    assert together.diagnostics == alone.diagnostics
