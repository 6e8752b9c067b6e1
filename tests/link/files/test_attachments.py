"""Which files go public: what published notes need, and what these files need; the others stay private."""

from typing import Any

import pytest

from tests.support.cases import check_each
from tests.support.pictures import png
from tests.support.site import SiteTest

ALL = "title: T\nbase_url: https://example.org/\nattachments: all\n"
DATA = ("csv", "data")


def extra(site: SiteTest) -> list[str]:
    """Return the output files that are the author's: those of the content and static folders."""
    site.build()
    sources = {
        path.relative_to(site.root).as_posix(): path.read_bytes()
        for path in site.root.rglob("*")
        if path.is_file() and path.relative_to(site.root).parts[0] in {"content", "static"} and path.suffix != ".md"
    }
    return [path for path in site.files() if site.output(path).read_bytes() in sources.values()]


def write(site: SiteTest, *paths: str) -> SiteTest:
    """Write files whose bytes are their paths: each is known by what it holds."""
    for path in paths:
        site.write(path, f"the bytes of {path}")
    return site


NAMING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("[x](a.bin)", {}),
    ("![](a.bin)", {}),
    ("![[a.bin]]", {}),
    ("See [[a.bin]].", {}),
    ("[x][r]\n\n[r]: a.bin", {}),
    ("<a href='a.bin'>x</a>", {}),
    ("<img src=a.bin>", {}),
    ("<img src='https://x.example/a' srcset='a.bin 2x'>", {}),
    ("<video poster='a.bin'></video>", {}),
    ("<video><source src='a.bin'></video>", {}),
    ("<audio src='a.bin'></audio>", {}),
    ("<iframe src='a.bin'></iframe>", {}),
    ("<object data='a.bin'></object>", {}),
    ("<p style='background: url(a.bin)'>x</p>", {}),
    ("<style>\np { background: url('a.bin') }\n</style>", {}),
    ("<script src='a.bin'></script>", {}),
    ("<script>\nfetch('a.bin').then(show)\n</script>", {}),
    ("<div data-src='a.bin'></div>", {}),
    ("<svg><image href='a.bin'/></svg>", {}),
    ("{{< figure src=a.bin >}}", {}),
    ("x", {"cover": "a.bin"}),
)


def test_what_a_note_names_goes_with_it(site: SiteTest) -> None:
    for number, (body, front) in enumerate(NAMING):
        write(site, f"content/d{number}/a.bin", f"content/d{number}/b.bin").note(f"d{number}/n{number}", body, **front)
    published = extra(site)

    def check(number: int, _body: str, _front: object) -> None:
        of_note = [path for path in published if path.startswith(f"posts/n{number}/")]
        assert of_note == [f"posts/n{number}/a.bin"]

    check_each(NAMING, check)


@pytest.mark.parametrize(
    "front",
    [
        {"images": ["a.png", "b.png"]},
        {"cover": "a.png", "gallery": [{"file": "b.png"}]},
        {"hero": "a.png", "og": "b.png"},
    ],
)
def test_pictures_that_front_matter_names(site: SiteTest, front: dict[str, Any]) -> None:
    write(site, "content/p/a.png", "content/p/b.png", "content/p/c.png").note("p/n", "x", **front)
    assert extra(site) == ["posts/n/a.png", "posts/n/b.png"]


def test_what_nothing_names_stays_private_and_is_told_once(site: SiteTest) -> None:
    write(site, *(f"content/{name}" for name in ("a.csv", "deep/b.png", "deep/c.pdf", "notes.canvas", "d.zip")))
    site.note("n", "x").note("d", "![](deep/b.png)", draft=True)
    assert extra(site) == []
    site.expect_report("info[file-unused]: 4 files (a.csv, d.zip, deep/b.png, …) that no published note uses: left out")
    assert site.stderr.count("file-unused") == 1
    site.expect_report("hint: `attachments: all` in site.yaml publishes them")


def test_files_at_the_root_that_hosts_and_search_engines_ask_for(site: SiteTest) -> None:
    names = ["CNAME", "ads.txt", "apple-touch-icon.png", "favicon.ico", "google1234567890abcdef.html", "robots.txt"]
    write(site, *(f"content/{name}" for name in (*names, "other.txt", "deep/CNAME"))).note("n", "x")
    assert extra(site) == names


def test_what_settings_menus_and_templates_name(site: SiteTest) -> None:
    write(site, *(f"content/assets/{name}" for name in ("logo.png", "cv.pdf", "bg.png", "font.woff2", "x.png")))
    site.write(
        "site.yaml",
        "title: T\nbase_url: https://example.org/\nmenu: [CV: /assets/cv.pdf]\n"
        "params: {logo: {src: /assets/logo.png}}\n"
        "theme: [mine, transmission]\n",
    )
    site.write("themes/mine/theme.yaml", "name: mine\n")
    site.write("themes/mine/templates/parts/footer.html", '<img src="/assets/bg.png">\n')
    site.write("themes/mine/static/css/own.css", "@font-face { src: url(/assets/font.woff2) }").note("n", "x")
    assert extra(site) == ["assets/bg.png", "assets/cv.pdf", "assets/font.woff2", "assets/logo.png"]


# --- what files need themselves


def test_a_page_finds_what_it_needs(site: SiteTest) -> None:
    write(site, "content/posts/slides/img/1.png", "content/posts/slides/img/2.png", "content/posts/slides/x.png")
    site.write("content/posts/plots/loss.html", "<!doctype html><script src='loss_data.js'></script>")
    site.write("content/posts/plots/loss_data.js", "var d = [1];").write("content/posts/plots/unused.js", "var u;")
    site.write("content/posts/slides/index.html", "<link rel=stylesheet href=css/a.css><img src=img/1.png>")
    site.write("content/posts/slides/css/a.css", "@import 'b.css'; a { background: url(../img/2.png) }")
    site.write("content/posts/slides/css/b.css", "@import 'a.css';")
    site.note("posts/demo", "<iframe src='plots/loss.html'></iframe>\n\n[deck](slides/index.html)", date="2024-05-01")
    folder = "posts/slides/"
    assert extra(site) == [
        "posts/plots/loss.html",
        "posts/plots/loss_data.js",
        *(folder + name for name in ("css/a.css", "css/b.css", "img/1.png", "img/2.png", "index.html")),
    ]
    assert 'src="/posts/plots/loss.html"' in site.body("demo")
    assert 'href="/posts/slides/index.html"' in site.body("demo")


def test_pages_in_bundles_find_what_lies_outside(site: SiteTest) -> None:
    site.write("content/a/index.md", "---\ntitle: A\ndate: 2026-01-01\n---\n[p](p.html)\n")
    site.write("content/a/p.html", "<script src='lib/x.js'></script><img src='../shared/i.png'>")
    site.write("content/a/lib/x.js", "import './y.mjs'; fetch('data.json')").write("content/a/lib/y.mjs", "export {}")
    write(site, "content/a/data.json", "content/shared/i.png", "content/a/lib/z.mjs")
    assert extra(site) == [
        *("posts/a/" + name for name in ("data.json", "lib/x.js", "lib/y.mjs", "p.html")),
        "posts/shared/i.png",
    ]


def test_two_notes_share_a_page_s_files(site: SiteTest) -> None:
    site.write("content/p/x.html", "<script src=lib.js></script>").write(
        "content/p/y.html", "<script src=lib.js></script>"
    )
    site.write("content/p/lib.js", "var lib;").note("p/a", "[x](x.html)").note("p/b", "[y](y.html)")
    assert extra(site) == ["p/lib.js", "p/x.html", "p/y.html"]


def test_pages_that_name_each_other_end(site: SiteTest) -> None:
    site.write("content/a.html", "<a href=b.html>b</a><a href='deep/'>d</a>").write(
        "content/b.html", "<a href=a.html>a</a>"
    )
    site.write("content/deep/index.html", "<a href='../a.html'>a</a><a href='../../../x.html'>x</a>")
    site.note("n", "[a](a.html)")
    assert extra(site) == ["a.html", "b.html", "deep/index.html"]


def test_an_svg_and_its_picture(site: SiteTest) -> None:
    site.write("content/f.svg", "<svg xmlns='http://www.w3.org/2000/svg'><image xlink:href='p.png'/></svg>")
    site.write("content/p.png", png()).note("n", "![](f.svg)")
    assert extra(site) == ["f.svg", "p.png"]
    assert 'src="/f.svg"' in site.body("n")


def test_a_page_in_the_static_folder_that_needs_a_file_of_the_content(site: SiteTest) -> None:
    site.write("static/app/index.html", "<img src='../img/a.png'><img src='/img/b.png'>")
    write(site, "content/img/a.png", "content/img/b.png", "content/img/c.png").note("n", "x")
    assert extra(site) == ["app/index.html", "img/a.png", "img/b.png"]


# --- what stays private


@pytest.mark.parametrize("settings", ["title: T\nbase_url: /\n", ALL])
def test_sources_configuration_and_backups_stay_private(site: SiteTest, settings: str) -> None:
    names = ["refs.bib", "package.json", "_config.yml", "a.md~", "b.bak", "#c#", "prod.env", "key.pem", "id_rsa"]
    names += ["docker-compose.yml", "x.canvas", "style.scss", "secrets.yaml", "Makefile", "_data/people.json"]
    write(site, *(f"content/{name}" for name in names)).note("n", "x").write("site.yaml", settings)
    write(site, *(f"static/{name}" for name in names if name != "_data/people.json"))
    write(site, "static/good.txt")
    assert extra(site) == ["good.txt"]
    site.expect_report("warning[file-secret]: #c#, a.md~, b.bak, …: left out; keys, passwords and backups are never")
    site.expect_report("of the static folder: left out, sources or of unpublished notes")


def test_a_link_publishes_a_source_of_the_static_folder_and_never_a_key(site: SiteTest) -> None:
    write(site, "content/refs.bib", "content/key.pem", "static/s.bib", "static/t.bib", "content/.env")
    site.note("n", "[r](refs.bib) [s](/s.bib) [k](key.pem) [e](.env)")
    assert extra(site) == ["s.bib"]
    assert "<p><a>r</a> " in site.body("n")
    site.expect_report("not published: refs.bib; configuration, bibliographies and the like stay private")
    site.expect_report("put it into static/ to publish it")
    site.expect_report("'key.pem' is never published: by its name it is a key, a password or a backup: 2 times")


def test_what_no_link_publishes_is_told_once(site: SiteTest) -> None:
    write(site, "content/a.bib", "content/b.canvas", "content/Makefile", "content/good.toml")
    site.note("n", "[[b.canvas]] ![[b.canvas]] ![x](b.canvas)\n\n![[b.canvas]]\n\n<a href='a.bib'>b</a> [m](Makefile)")
    site.write("site.yaml", "title: T\nbase_url: /\npassthrough: ['*.toml']\n").note("m", "[t](good.toml)")
    assert {path.rpartition("/")[2] for path in extra(site)} == {"good.toml"}
    assert site.stderr.count("link-private") == 1
    site.expect_report("not published: b.canvas; configuration")
    assert "<img" not in site.body("n")


def test_all_publishes_all_but_what_is_private(site: SiteTest) -> None:
    write(
        site, "content/a.csv", "content/deep/b.zip", "content/_drafts/x.png", "content/d/pic.png", "content/shown.png"
    )
    write(site, "content/e.png", "static/f.png", "static/g.png", "content/own.assets/y.png")
    site.note("d/index", "x", draft=True).note("own", "![](e.png) ![](/f.png) ![](shown.png) ![](/g.png)", draft=True)
    site.note("n", "![](shown.png) ![](/g.png)").write("site.yaml", ALL)
    assert extra(site) == ["a.csv", "deep/b.zip", "g.png", "posts/n/shown.png"]
    assert "file-unused" not in site.stderr


def test_a_picture_becomes_public_with_its_note_and_private_without(site: SiteTest) -> None:
    write(site, "content/p.bin", "static/q.bin").note("n", "![](p.bin) ![](/q.bin)", draft=True)
    assert extra(site) == []
    site.note("n", "![](p.bin) ![](/q.bin)")
    assert extra(site) == ["posts/n/p.bin", "q.bin"]
    site.note("n", "![](/q.bin)")
    assert extra(site) == ["q.bin"]


def test_code_and_prose_publish_nothing(site: SiteTest) -> None:
    write(site, "content/a.bin").note(
        "n", "`<img src=a.bin>` a.bin\n\n```html\n<img src='a.bin'>\n```\n\n<!-- src=a.bin -->"
    )
    assert extra(site) == []
