"""The programs that a folder may come from."""

from notegen.dialects.dialect import Dialect
from notegen.dialects.programs.books.docsify import DOCSIFY
from notegen.dialects.programs.books.gitbook import GITBOOK, MDBOOK
from notegen.dialects.programs.books.jupyter_book import JUPYTER_BOOK, MYST
from notegen.dialects.programs.docusaurus import DOCUSAURUS
from notegen.dialects.programs.hexo import HEXO
from notegen.dialects.programs.hugo import HUGO
from notegen.dialects.programs.jekyll import JEKYLL
from notegen.dialects.programs.mkdocs import MKDOCS
from notegen.dialects.programs.obsidian import OBSIDIAN
from notegen.dialects.programs.quarto import QUARTO
from notegen.dialects.programs.quartz import QUARTZ
from notegen.dialects.programs.vitepress import VITEPRESS, VUEPRESS

# In this order: a Quartz site is often an Obsidian vault too, and a Jupyter Book has Jekyll's `_config.yml`; sites of
# other programs may have a SUMMARY.md (MkDocs' plugin literate-nav).
DIALECTS: tuple[Dialect, ...] = (
    *(QUARTZ, QUARTO, HUGO, HEXO, MKDOCS, DOCUSAURUS, VITEPRESS, VUEPRESS, MYST, JUPYTER_BOOK, JEKYLL),
    *(MDBOOK, GITBOOK, DOCSIFY, OBSIDIAN),
)
