"""What the names of files say of them: which never go public, which only where a note links them, which by themselves.

Of a name alone nothing is certain; these lists hold names that programs give or ask for.
"""

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

from notegen.text.paths import NOTE_SUFFIXES
from notegen.text.patterns import lazy_regex


class Names(NamedTuple):
    """Names of files in small letters: whole ones, their endings, and glob patterns."""

    whole: frozenset[str]
    endings: tuple[str, ...]
    globs: tuple[str, ...]


def _names(globs: str) -> Names:
    """Return the names that fit one of the globs, which spaces keep apart."""
    items = globs.split()
    endings = [glob[1:] for glob in items if glob.startswith("*") and "*" not in glob[1:]]
    others = [glob for glob in items if "*" in glob and glob[1:] not in endings]
    return Names(frozenset(glob for glob in items if "*" not in glob), tuple(endings), tuple(others))


# Keys, passwords, what editors and systems leave behind: published by no link and no setting.
_SECRETS = _names(
    "*~ *.bak *.orig *.swp *.swo .#* #*# .env* *.env thumbs.db desktop.ini .ds_store .htpasswd .netrc "
    "*.pem *.p12 *.pfx *.jks *.keystore *.kdbx *.ppk id_rsa id_dsa id_ecdsa id_ed25519 "
    "credentials.json client_secret*.json secrets.yml secrets.yaml secrets.json secrets.toml"
)
# Texts for programs, which pages may show: published where a note links them or a public file names them.
_SOURCES = _names(" ".join(f"*{suffix}" for suffix in (*NOTE_SUFFIXES, ".tex", ".key", ".excalidraw")))
# What a site is made with, and references: published from the static folder alone, where a note links them.
_PROJECT_FILES = _names(
    "*.bib *.bst *.csl *.sty *.canvas *.base *.scss *.sass *.less *.styl *.psd *.sketch *.fig *.lock *.toml *.ini "
    "*.cfg *.conf *.gemspec _config.* _config*.yml _config*.yaml _quarto*.yml _toc.yml _category_.* _metadata.yml "
    "site.yaml site.yml mkdocs.yml mkdocs.yaml myst.yml hugo.yaml hugo.yml hugo.json config.yaml config.yml "
    "docker-compose*.yml docker-compose*.yaml compose.yml compose.yaml dockerfile makefile rakefile gemfile procfile "
    "codeowners package.json package-lock.json pnpm-lock.yaml pnpm-workspace.yaml bun.lockb composer.json "
    "requirements*.txt tsconfig*.json jsconfig.json vercel.json wrangler.json firebase.json renovate.json "
    "*.config.js *.config.ts *.config.mjs *.config.cjs *.config.mts"
)
# What browsers, hosts and search engines ask for at the root of a site.
_WELL_KNOWN = _names(
    "favicon.* favicon-*.png apple-touch-icon*.png android-chrome-*.png mstile-*.png safari-pinned-tab.svg "
    "site.webmanifest manifest.webmanifest manifest.json browserconfig.xml cname robots.txt humans.txt llms.txt "
    "llms-full.txt ads.txt app-ads.txt security.txt keybase.txt _redirects _headers opensearch.xml crossdomain.xml "
    "google*.html bingsiteauth.xml baidu_verify_*.html yandex_*.html naver*.html pinterest-*.html "
    "sogousiteverification.txt shenma-site-verification.txt mp_verify_*.txt bytedanceverify.html 360*_verify*.txt"
)
_INDEXNOW = lazy_regex(r"[0-9a-f]{32}\.txt")  # the key that search engines look up at the root
# Folders of other programs whose files are made for these.
_PRIVATE_FOLDERS = frozenset(
    {
        "_drafts",
        "_data",
        "_includes",
        "_layouts",
        "_sass",
        "_plugins",
        "_freeze",
        "_site",
        "_build",
        "_templates",
        "_scaffolds",
        "_snippets",
        "_private",
        "scaffolds",
        "archetypes",
        "node_modules",
        "__pycache__",
    }
)


def is_secret(path: str) -> bool:
    """Return whether a file, by its name, must never go public: a key, a backup, settings with passwords."""
    return _fits(path, _SECRETS)


def is_source(path: str) -> bool:
    """Return whether a file, by its name, is made for a program and not for readers: unless something links it."""
    return _fits(path, _SOURCES) or is_project_file(path)


def is_project_file(path: str) -> bool:
    """Return whether a file, by its name, is configuration or the like, which no link publishes.

    In the static folder a note's own link does.
    """
    return _fits(path, _PROJECT_FILES)


def is_well_known(path: str) -> bool:
    """Return whether a file at the root of a site is asked for by its name: favicon.ico, robots.txt, ads.txt.

    So are those in its folder `.well-known` (RFC 8615).
    """
    if path.startswith(".well-known/"):
        return True
    return "/" not in path and (_fits(path, _WELL_KNOWN) or bool(_INDEXNOW.fullmatch(path)))


def is_in_private_folder(path: str) -> bool:
    """Return whether a file is in a folder that other programs keep for themselves: `_drafts`, `_data`."""
    return not _PRIVATE_FOLDERS.isdisjoint(path.split("/")[:-1])


@lru_cache(maxsize=1 << 16)
def _fits(path: str, names: Names) -> bool:
    name = path.rpartition("/")[2].casefold()
    if name in names.whole or name.endswith(names.endings):
        return True
    return any(fnmatchcase(name, glob) for glob in names.globs)
