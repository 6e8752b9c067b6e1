"""Files of a Hexo blog: asset folders of posts, files that are not rendered, tags that name files and posts."""

import yaml

from tests.support.html import e_content, elements
from tests.support.pictures import png
from tests.support.site import SiteTest

POST = "---\ntitle: Hello\ndate: 2024-01-02\n---\n"
CONFIG = "title: T\nlanguage: en\npost_asset_folder: true\npermalink: {pattern}\nskip_render: [README.md, 'demo/**']\n"


def blog(site: SiteTest, body: str, pattern: str = ":year/:title/") -> SiteTest:
    """Return a Hexo blog with one post, its asset folder and a demo, set up by `notegen init`."""
    for name in ("site.yaml", "content/good.md"):
        (site.root / name).unlink(missing_ok=True)
    site.write("_config.yml", CONFIG.format(pattern=pattern)).write("scaffolds/post.md", "")
    site.write("source/_posts/ml/hello.md", POST + body + "\n").write("source/_posts/ml/hello/a.png", png(30, 20))
    site.write("source/_posts/ml/hello/data/b.csv", "1,2\n").write("source/_posts/ml/hello/unused.pdf", "%PDF")
    site.write("source/_posts/other.md", POST.replace("Hello", "Other"))
    site.write("source/README.md", "# Of the *repository*\n").write("source/demo/a/index.html", "<h1>Demo</h1>")
    site.write("source/demo/notes.md", "not *rendered*")
    return site.init().build()


def test_files_of_an_asset_folder_are_at_the_address_of_the_post(site: SiteTest) -> None:
    body = "![x](a.png) ![y](hello/a.png) {% asset_link data/b.csv Data %} ![z](/2024/ml/hello/a.png)"
    blog(site, body)
    assert {"2024/ml/hello/a.png", "2024/ml/hello/data/b.csv"} <= set(site.files())
    assert not [path for path in site.files() if "_posts" in path or "unused" in path]
    html = site.html("2024/ml/hello/index.html")
    pictures = [item.attrs["src"] for item in elements(html, "img") if "2024" in (item.attrs["src"] or "")]
    assert pictures == ["/2024/ml/hello/a.png"] * 3
    assert 'href="/2024/ml/hello/data/b.csv"' in html
    assert "link-broken" not in site.stderr


def test_of_an_address_with_html_the_ending_is_no_folder(site: SiteTest) -> None:
    blog(site, "![x](a.png)", ":title.html")
    assert {"ml/hello.html", "ml/hello/a.png"} <= set(site.files())


def test_files_that_are_not_rendered_are_published_as_they_are(site: SiteTest) -> None:
    blog(site, "Text.")
    settings = yaml.safe_load((site.root / "site.yaml").read_text("utf-8"))
    assert settings["passthrough"] == ["README.md", "demo/**"]
    assert site.html("README.md") == "# Of the *repository*\n"
    assert site.html("demo/a/index.html") == "<h1>Demo</h1>"
    assert site.html("demo/notes.md") == "not *rendered*"
    assert "demo/notes/index.html" not in site.files()


def test_tags_that_give_an_address(site: SiteTest) -> None:
    body = (
        "See {% post_path other %} and {% asset_path data/b.csv %}; [here]({% post_path other %}).\n\n"
        '<img src="{% asset_path a.png %}"> <a href="{% post_path other %}">there</a>'
    )
    html = e_content(blog(site, body).html("2024/ml/hello/index.html"))
    assert "{%" not in html
    assert html.count('href="/2024/other/"') == 3
    assert 'src="/2024/ml/hello/a.png"' in html
    assert "tag-unknown" not in site.stderr
