"""The registry of diagnostic codes: every code, its severity, and what it means for the author."""

import msgspec

from notegen.model.diagnostic import Diagnostic, Severity


class Code(msgspec.Struct, frozen=True):
    """What one diagnostic code stands for.

    `many`: the message of several as one, with {} for `12 notes`; "" where it is theirs with the count behind it.
    """

    severity: Severity
    description: str
    many: str = ""


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: dict[str, Code] = {
    # site.yaml
    "config-missing": Code(_I, "there is no site.yaml; defaults are used"),
    "dialect-recognised": Code(
        _I, "there is no site.yaml, and the files of another program; `notegen init` reads them"
    ),
    "dialect-config": Code(_W, "a program's configuration that cannot be read; it gives no settings"),
    "config-syntax": Code(_E, "site.yaml is not valid YAML"),
    "config-unknown-key": Code(_E, "a key of site.yaml that notegen does not know"),
    "config-value": Code(_E, "a value of site.yaml of the wrong type or outside its range"),
    "config-duplicate-key": Code(_W, "a key of site.yaml is given twice; the last one counts"),
    "config-language": Code(_W, "a language of site.yaml that is none"),
    "config-no-base-url": Code(_I, "feeds and the sitemap need base_url for absolute addresses"),
    "config-file": Code(_E, "a file that site.yaml names is not there"),
    "nav-broken": Code(_W, "an entry of nav in site.yaml that names no note or folder"),
    "git-missing": Code(_W, "site.yaml asks git for dates, and git cannot tell"),
    "git-shallow": Code(_W, "site.yaml asks git for dates, and the clone has only its newest commits"),
    # files
    "file-unreadable": Code(_E, "a file could not be read"),
    "file-not-utf8": Code(_E, "a text file is not UTF-8"),
    "file-nul": Code(_E, "a text file contains NUL bytes"),
    "file-too-large": Code(_E, "a text file is larger than notegen reads"),
    "file-outside": Code(_W, "a symbolic link leads out of the site; it is left out"),
    "file-loop": Code(_W, "a symbolic link leads in a circle; it is skipped"),
    "file-dangling": Code(_W, "a symbolic link leads to nothing; it is skipped"),
    "file-unread": Code(_W, "files that another program makes pages of, and notegen does not; reported once a kind"),
    "file-secret": Code(_W, "a file of the static folder that is never published: a key, a backup"),
    "file-unused": Code(_I, "files that no published note uses; they stay private"),
    "file-withheld": Code(_I, "static files that are published only where something links them"),
    "file-none": Code(_W, "the content folder holds no notes"),
    "data-file": Code(_E, "a file of data that cannot be read, or has the name of another"),
    # front matter
    "front-matter-syntax": Code(_E, "the front matter cannot be read"),
    "front-matter-unclosed": Code(_E, "the front matter is opened but never closed"),
    "front-matter-repaired": Code(_W, "the front matter was read as the author most likely meant it"),
    "front-matter-value": Code(_W, "a front matter value of a wrong type; it is ignored"),
    "front-matter-duplicate-key": Code(_W, "a front matter key is given twice; the last one counts"),
    "front-matter-date": Code(_W, "a date that is not in a known form"),
    "front-matter-slug": Code(_E, "a slug or permalink that would leave the site"),
    "note-undated": Code(
        _W,
        "a note without any date, which is listed last; no fault where most have none",
        "{} have no date: listed last",
    ),
    "note-none": Code(_I, "Markdown files that are no notes by their names or places; reported once a kind"),
    "note-too-deep": Code(_E, "blocks nested deeper than the parser follows"),
    "note-skipped": Code(_I, "a draft, future or expired note that was left out"),
    "note-unmarked": Code(
        _I,
        "a note without `publish: true` where these alone are published",
        "{} are not marked `publish: true`: left out",
    ),
    "note-unnamed": Code(
        _I, "a note that `nav` does not name where only these are published", "{} are not in nav: left out"
    ),
    "language-duplicate": Code(_W, "two notes that say they are the same note in the same language"),
    "language-unknown": Code(
        _W, "a note in a language that `languages` in site.yaml does not name; it is listed with the site's own"
    ),
    # notebooks
    "notebook-syntax": Code(_E, "a notebook that cannot be read"),
    "notebook-version": Code(_W, "a notebook of another version of the format; it is left out"),
    "notebook-output": Code(_W, "a stored output that is damaged; it is not shown"),
    "notebook-option": Code(_W, "options above the code of a cell, `#| key: value`, that are no YAML"),
    "notebook-unrun": Code(_I, "cells of a notebook that were never run; their outputs are not there"),
    "notebook-order": Code(_I, "cells of a notebook that were run in another order than they stand in"),
    "cells-unrun": Code(
        _I, "cells of code in a text, which are shown and not run", "{} have cells of code: they are shown, and not run"
    ),
    # math
    "math-undefined-command": Code(_W, "a LaTeX command that no engine knows"),
    "math-syntax": Code(_W, "a formula that no engine can render"),
    "math-unclosed": Code(_W, "a formula is opened but never closed"),
    "math-ambiguous-dollar": Code(_I, "dollar signs that could be money or math"),
    "math-macro": Code(_W, "a macro definition that cannot be used"),
    "math-notation": Code(_W, "a symbol of `notation` that cannot be rendered"),
    "math-too-long": Code(_W, "a formula longer than the engines are given"),
    "math-font": Code(_E, "the font that math.font names is no font with a MATH table"),
    "math-escaped": Code(
        _W, "formulas escaped for a renderer that reads Markdown's backslashes first; reported once a note"
    ),
    "math-table-bar": Code(_I, r"`\|` inside table math is kept as the norm command"),
    # links
    "link-broken": Code(_W, "a link to a note or file that does not exist"),
    "link-unpublished": Code(
        _I,
        "a link to a note that is left out; its words are shown without a link",
        "links in {} lead to notes that are left out: their words are shown without a link",
    ),
    "link-private": Code(_W, "a link to a file that no link publishes: configuration, a bibliography, a drawing"),
    "link-broken-anchor": Code(_W, "a link to a heading or equation that does not exist"),
    "link-ambiguous": Code(_W, "a wiki link that several notes answer to"),
    "link-case": Code(_W, "a link that differs from the file's name in upper and lower case"),
    "link-space": Code(_I, "an address with a space, which other programs take for text"),
    "image-broken": Code(_W, "an image that does not exist"),
    "image-unreadable": Code(_W, "a file named like an image that is none, or is damaged"),
    "image-too-large": Code(_W, "an image of so many pixels that notegen makes no smaller copies of it"),
    "embed-cycle": Code(_W, "notes that embed one another, or embeds nested too deeply; a link is shown"),
    "embed-too-large": Code(_W, "a note that embeds more than a page can hold; links are shown for the rest"),
    "table-extra-cell": Code(_W, "a table row with more cells than its header"),
    "table-columns": Code(_W, "a header and a row of dashes with other numbers of cells: no table is shown"),
    "include-missing": Code(
        _W, "a note includes a file, or lines of one, that does not exist or is no text; nothing is shown"
    ),
    "include-outside": Code(_W, "a note includes a file that is none of the site's; it is never read"),
    "include-cycle": Code(_W, "files that include themselves, are nested too deeply, or are too large together"),
    "footnote-unused": Code(_W, "a footnote that no mark refers to; it is not shown"),
    "footnote-undefined": Code(_W, "a footnote mark without a footnote"),
    # citations
    "bib-file": Code(_W, "a bibliography that does not exist or cannot be read"),
    "bib-syntax": Code(_W, "an entry of a bibliography with a mistake; all others count"),
    "bib-duplicate": Code(_W, "a key that several entries of a bibliography have; the first one counts"),
    "bib-style": Code(_W, "a style of citations that cannot be used, or cannot show a work; one of ours is"),
    "cite-unknown": Code(_W, "a citation of a work that no bibliography of the site has"),
    # other syntax
    "tag-unknown": Code(
        _W,
        "a tag of Hexo, Hugo or Jekyll that notegen does not know; it is shown as written, a loop of Liquid not at all",
    ),
    "tabs-empty": Code(_W, "tabs without a tab: what stands between their marks is shown below one another"),
    "syntax-foreign": Code(_W, "syntax of another program that stays visible on a page"),
    "html-markdown": Code(_W, "Markdown inside raw HTML, which is shown as written; reported once a note"),
    "html-style": Code(_W, "a style in braces where raw HTML is off; it is left out"),
    "html-frame": Code(
        _I, "a frame of another site in raw HTML; it is a card that loads on a click, reported once a note"
    ),
    "html-script": Code(_I, "elements that show nothing without a script of another site"),
    # labels of equations, figures, tables, code, sections, theorems, algorithms
    "label-duplicate": Code(_W, "a label that is given twice; references lead to the first one"),
    "label-unknown": Code(_W, "a reference to a label that nothing has"),
    # diagrams
    "diagram-missing": Code(_W, "a diagram is shown as its source, because what draws it is not there"),
    "diagram-syntax": Code(_W, "a diagram with a mistake; its source is shown"),
    "diagram-file": Code(_W, "a diagram that names a file; none is read, and its source is shown"),
    "diagram-large": Code(_W, "a diagram that is too large, or takes too long; its source is shown"),
    # algorithms
    "algorithm-unclosed": Code(_W, "an algorithm, or a block or brace in one, is opened but never closed"),
    "algorithm-syntax": Code(_W, "a command of an algorithm that does not belong where it stands"),
    "algorithm-unknown-command": Code(_W, "a command in an algorithm that notegen does not know; it is shown as text"),
    # what only `notegen check` looks for
    "check-image-alt": Code(_W, "a picture without a text for who cannot see it"),
    "check-heading-jump": Code(_W, "a heading more than one level below the one before"),
    "check-unused-label": Code(_I, "a label that nothing refers to"),
    "check-unused-macro": Code(_W, "a macro that no formula uses"),
    "check-unused-work": Code(_I, "an entry of a bibliography that no note cites"),
    "check-unused-file": Code(_W, "a picture that no published note uses"),
    "check-unlinked-note": Code(_I, "a note that no other note links to"),
    "check-stale-translation": Code(_W, "a translation whose original was changed after it"),
    "check-external-link": Code(_W, "a link to another site that answers that there is nothing (`--external`)"),
    "check-extension": Code(_W, "what a check of an extension found"),
    # code
    "code-unknown-language": Code(_I, "a code fence in a language that Pygments does not know"),
    # urls
    "url-conflict": Code(_E, "two files of the site would have the same address"),
    "url-taken": Code(_W, "two notes, or a note and a list, would have the same address; one of them got another"),
    "url-replaced": Code(_I, "a note stands where a list of notegen would, because its front matter says so"),
    "redirect-loop": Code(_W, "redirects of site.yaml that lead in a circle"),
    "redirect-broken": Code(_W, "a redirect of site.yaml to a page that does not exist"),
    # theme
    "theme-missing": Code(_E, "a theme folder that does not exist"),
    "theme-file": Code(_E, "a theme file that cannot be read"),
    "shortcode-name": Code(_W, "a template of a shortcode that no tag can call"),
    "shortcode-body": Code(_W, "a template of a shortcode that changes the body it gets: links in it are lost"),
    "template-syntax": Code(_E, "a template with a syntax error"),
    "template-missing": Code(_E, "a template that no theme layer has"),
    "template-error": Code(_E, "a template failed while a page was made"),
    # extensions
    "extension-missing": Code(_E, "an extension that site.yaml names and that is not there"),
    "extension-error": Code(_E, "an extension raised an exception"),
    "extension-value": Code(_E, "an extension returns what it should not"),
    # search and social cards
    "search-missing": Code(_I, "pagefind is not installed; the site has no search"),
    "search-failed": Code(_W, "pagefind could not index the site; it has no search"),
    "card-font": Code(_W, "the font that social_cards.font names cannot be used; there are no social cards"),
    "card-no-font": Code(_I, "no font for social cards was found; there are none"),
    "card-glyph": Code(_I, "a title with letters that no font at hand has; its note has no social card"),
    # output
    "output-conflict": Code(_E, "the output folder cannot be used"),
    "output-foreign": Code(_E, "a file that notegen did not write stands where one of the site belongs"),
    "output-write": Code(_E, "an output file could not be written"),
    "state-elsewhere": Code(_I, "the site's folder cannot be written; cache and manifest are kept elsewhere"),
    "state-foreign": Code(_W, "the folder of cache and manifest is another user's, or a symbolic link; it is not used"),
    "output-locked": Code(_E, "another build is writing the same output folder"),
}


def diagnose(
    code: str,
    message: str,
    *,
    path: str = "",
    line: int = 0,
    column: int = 0,
    length: int = 1,
    hint: str = "",
    cause: str = "",
    cell: int = 0,
) -> Diagnostic:
    """Return a Diagnostic whose severity comes from the registry. An unknown `code` is a bug of ours: KeyError."""
    return Diagnostic(code, CODES[code].severity, message, path, line, column, length, hint, cause, cell)
