"""`notegen init --old-site`: old addresses beside the new ones; they lead on where their target is certain."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from notegen.init.old_site import OldPage, read_old_site
from notegen.model.strings import SitePath
from notegen.system.disk import Disk
from tests.support.site import SiteTest

NOTES = {
    "_config.yml": "title: T\nurl: https://lin.example.org\npermalink: :year/:title/\n",
    "source/_posts/attention.md": "---\ntitle: Attention, explained\ndate: 2024-01-02\ntags: [Deep Learning]\n---\n",
    "source/_posts/kernels.md": "---\ntitle: Kernels\ndate: 2024-02-03\n---\nWords.\n",
    "source/_posts/a/notes.md": "---\ntitle: First notes\ndate: 2024-03-04\n---\nWords.\n",
    "source/_posts/b/notes.md": "---\ntitle: Second notes\ndate: 2024-04-05\n---\nWords.\n",
}
OLD = {
    "index.html": "<title>T</title>",
    "404.html": "<title>404</title>",
    "2024/attention/index.html": "<title>Attention, explained | T</title>",
    "2024/02/03/kernels/index.html": "<title>Kernels | T</title>",
    "notes/two/index.html": '<meta property="og:title" content="Second notes"><title>T</title>',
    "notes/index.html": "<title>Notes</title>",
    "page/2/index.html": "<title>T</title>",
    "archives/2024/01/index.html": "<title>Archives | T</title>",
    "tags/Deep-Learning/index.html": "<title>Tag</title>",
    "tag/deep-learning.html": "<title>Tag</title>",
    "2019/kernels.html": '<meta http-equiv="refresh" content="0; url=/2024/02/03/kernels/"><title>moved</title>',
    "tags/Deep-Learning/page/1/index.html": '<meta http-equiv="refresh" content="0; url=/gone/"><title>/</title>',
    "demo/app.html": "<title>A demonstration</title>",
    "rss2.xml": '<?xml version="1.0"?><rss version="2.0"></rss>',
}


def write(folder: Path, files: Mapping[str, str]) -> SiteTest:
    """Return the driver of a folder with these files."""
    site = SiteTest(folder)
    for path, text in files.items():
        site.write(path, text)
    return site


def settings(site: SiteTest) -> list[str]:
    """Return the lines of site.yaml from `redirects:` on."""
    lines = (site.root / "site.yaml").read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("redirects:"))
    return lines[start : start + 10]


def test_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "old", OLD)
    site = write(tmp_path / "site", NOTES).init("--old-site", str(tmp_path / "old"))
    assert settings(site)[0] == "redirects:  # old: addresses that moved"
    redirects = dict(line.strip().split(": ") for line in settings(site)[1:] if line.startswith("  /"))
    assert redirects == {
        "/2019/kernels.html": "/2024/kernels/",
        "/2024/02/03/kernels/": "/2024/kernels/",
        "/archives/2024/01/": "/archives/",
        "/notes/two/": "/2024/b/notes/",
        "/page/2/": "/",
        "/tag/deep-learning.html": "/tags/Deep-Learning/",
        "/tags/Deep-Learning/page/1/": "/tags/Deep-Learning/",
    }
    assert "Old addresses: 12; kept: 3; redirected: 7; lost: 2." in site.stdout
    assert "  no page for /demo/app.html\n  no page for /notes/" in site.stdout
    assert yaml.safe_load((tmp_path / "site/site.yaml").read_text("utf-8"))["feed"] == {"rss": "rss2.xml"}
    site.build("-b", "https://lin.example.org/")
    assert "https://lin.example.org/2024/b/notes/" in site.html("notes/two/index.html")
    assert "/tag/deep-learning.html /tags/Deep-Learning/ 301\n" in site.html("_redirects")


@pytest.mark.parametrize("name", ["published", "source/old"])
def test_an_old_site_inside_the_folder_stays_out_of_the_new_one(tmp_path: Path, name: str) -> None:
    site = write(tmp_path, NOTES | {f"{name}/{path}": text for path, text in OLD.items()})
    site.init("--old-site", str(tmp_path / name)).build()
    assert not [path for path in site.files() if "demo" in path]


def test_a_sitemap_and_its_parts(tmp_path: Path) -> None:
    urls = ["https://lin.example.org/blog/2024/attention/", "https://lin.example.org/blog/%E5%9B%BE/?x=1&amp;y=2"]
    files = {
        "sitemap.xml": "<sitemapindex><sitemap><loc>https://lin.example.org/blog/posts.xml</loc></sitemap></sitemapindex>",
        "posts.xml": "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>",
    }
    write(tmp_path, files)
    old = read_old_site(tmp_path / "sitemap.xml", "/blog/", Disk())
    assert old.pages == (OldPage(SitePath("/2024/attention/")), OldPage(SitePath("/图/")))


def test_an_index_of_sitemaps_in_folders_and_a_missing_part(tmp_path: Path) -> None:
    index = "<sitemapindex><sitemap><loc>https://lin.example.org/blog/{}/sitemap.xml</loc></sitemap></sitemapindex>"
    files = {
        "sitemap.xml": index.format("en") + index.format("en"),
        "en/sitemap.xml": "<urlset><url><loc>https://lin.example.org/blog/en/a/</loc></url></urlset>",
        "other.xml": index.format("zh").replace("/sitemap.xml", "/more.xml"),
    }
    write(tmp_path, files)
    assert read_old_site(tmp_path / "sitemap.xml", "/blog/", Disk()).pages == (OldPage(SitePath("/en/a/")),)
    assert "more.xml, which it names, is not here" in read_old_site(tmp_path / "other.xml", "/blog/", Disk()).problem


def test_a_title_of_several_old_pages_tells_none_apart(tmp_path: Path) -> None:
    pages = {f"x/{name}.html": f"<title>Notes of L – {name}</title>" for name in ("kernels", "gone")}
    write(tmp_path / "old", pages | {"index.html": "<title>Notes of L</title>"})
    files = NOTES | {"source/index.md": "---\ntitle: Notes of L\n---\nWelcome, readers of my notes.\n"}
    site = write(tmp_path / "site", files).init("--old-site", str(tmp_path / "old"))
    assert "  no page for /x/gone.html" in site.stdout
    assert "  /x/gone.html" not in (site.root / "site.yaml").read_text("utf-8")


def test_lists_of_posts_and_what_differs_in_case_only(tmp_path: Path) -> None:
    lists = ("blog/index.html", "blog/page/2/index.html", "blog/2019/index.html", "2024/Kernels/index.html")
    write(tmp_path / "old", dict.fromkeys(lists, "<title>T</title>"))
    files = NOTES | {"source/_posts/blog.md": "---\ntitle: My blog\ndate: 2024-05-06\n---\nWords.\n"}
    site = write(tmp_path / "site", files).init("--old-site", str(tmp_path / "old"))
    assert settings(site)[1:4] == [f"  /blog/{name}: /archives/" for name in ("", "2019/", "page/2/")]
    assert "  no page for /2024/Kernels/: one that differs in case only is there" in site.stdout


def test_nothing_to_compare_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    site = write(tmp_path / "site", NOTES | {"sitemap.xml": "<urlset/>"})
    site.init("--old-site", str(tmp_path / "empty"), expect=2)
    assert "holds no .html files" in site.stderr
    site.init("--old-site", str(tmp_path / "site" / "sitemap.xml"), expect=2)
    assert "names no addresses" in site.stderr
    assert not (site.root / "site.yaml").exists()


def test_the_same_addresses_need_no_redirects(tmp_path: Path) -> None:
    site = write(tmp_path, NOTES)
    site.init().build()
    (tmp_path / "site.yaml").unlink()
    site.init("--old-site", str(tmp_path / "public"))
    assert "redirected: 0; lost: 0." in site.stdout
    assert "redirects:" not in (tmp_path / "site.yaml").read_text("utf-8")


def test_a_site_that_is_set_up_is_only_compared(tmp_path: Path) -> None:
    write(tmp_path / "old", OLD)
    site = write(tmp_path / "site", NOTES).init()
    before = (site.root / "site.yaml").read_bytes()
    site.init("--old-site", str(tmp_path / "old"))
    assert "redirected: 7; lost: 2." in site.stdout
    assert "\n  /notes/two/: /2024/b/notes/\n" in site.stdout
    assert (site.root / "site.yaml").read_bytes() == before


def test_what_is_left_out_is_why_an_old_address_has_no_page(tmp_path: Path) -> None:
    old = {f"2024/{name}/index.html": f"<title>{name}</title>" for name in ("plan", "lab", "gone")}
    write(tmp_path / "old", old)
    site = write(
        tmp_path / "site", NOTES | {"source/_posts/plan.md": "---\ndraft: true\n---\n", "source/lab.ipynb": "{}"}
    )
    site.init("--old-site", str(tmp_path / "old"))
    assert "  no page for /2024/plan/: left out: a draft\n" in site.stdout
    assert "  no page for /2024/lab/: a notebook, which is not read\n" in site.stdout
    assert "  no page for /2024/gone/\n" in site.stdout
