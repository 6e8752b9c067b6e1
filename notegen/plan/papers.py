"""The pages of works that notes cite: an overview by author and year, and one for each."""

from collections.abc import Iterator

from notegen.model.pages import Page, PaperPage, PapersPage
from notegen.model.site import Paper, Site
from notegen.plan.pagination import chunks, pagination
from notegen.routes.lists import list_paths
from notegen.routes.urls import Base, output_path, site_path

ROWS = 200  # works on a page of the overview


def paper_pages(site: Site, base: Base) -> Iterator[Page]:
    """Yield the page of each work, and those of the overview. Titles of the overview are keys of the theme's labels."""
    if not site.papers:
        return
    parts = chunks(site.papers, ROWS)
    paths = list_paths(site_path(site.info.papers_url, base), len(parts))
    urls = [base.url(path) for path in paths]
    for number, papers in enumerate(parts, start=1):
        url = urls[number - 1]
        rows = pagination(urls, number)
        math = any("<math" in paper.work.title for paper in papers)
        value = PapersPage(url, base.absolute(url), "papers", "", len(site.papers), tuple(papers), rows, math)
        yield Page(output_path(paths[number - 1]), "papers.html", value, "the list of papers")
    for paper in site.papers:
        yield _paper_page(paper, base)


def _paper_page(paper: Paper, base: Base) -> Page:
    work = paper.work
    texts = (
        *(work.before, work.after, work.title, work.abstract),
        *(item.context_html + item.link.title_html for item in paper.citing),
        *(item.link.title_html for item in paper.together),
    )
    math = any("<math" in text for text in texts)
    value = PaperPage(paper.url, base.absolute(paper.url), work.title_text, "", paper, math)
    return Page(output_path(site_path(paper.url, base)), "paper.html", value, f"the paper {work.key}")
