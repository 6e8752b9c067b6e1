r"""TikZ: pictures that LaTeX has drawn are kept in the site, in `diagrams/`, by a digest of their source.

A build runs no LaTeX: it takes what is kept, so that it makes the same pages everywhere. `notegen diagrams` draws what
is missing where LaTeX is installed: without shell escape, in an empty folder, reading no file but those of TeX, in a
time that is bounded. Its letters are outlines, with unseen text over them (tikz_text.py).

Source: the TikZ & PGF manual, "Producing SVG"; dvisvgm's manual; texmf.cnf, `openin_any`.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from notegen.diagrams.drawing import Mistake, finish
from notegen.diagrams.kinds import FOLDER
from notegen.diagrams.svg.write import Drawing
from notegen.diagrams.tikz_sources import kept_name
from notegen.diagrams.tikz_text import with_text
from notegen.text.cjk import HAN
from notegen.text.patterns import lazy_regex

DEADLINE = 60  # seconds for one picture
_SCALE = 1.6  # CSS pixels a point of TeX: its 10 pt letters are as high as those of the page
# The driver of PGF that writes SVG without PostScript, which dvisvgm is not given to run.
_DRIVER = r"\def\pgfsysdriver{pgfsys-dvisvgm.def}"
_DOCUMENT = r"""\documentclass{article}
\pagestyle{empty}
%PACKAGES%
\begin{document}
\noindent
%BODY%
\end{document}
"""
_CD = lazy_regex(r"\\begin\s?\{tikzcd\}")
_PREAMBLE = lazy_regex(r"^[ \t]*\\(?:usepackage|usetikzlibrary|usepgfplotslibrary|pgfplotsset|tikzset|newcommand|def|"
                       r"definecolor|DeclareMathOperator)\b[^\n]*$", flags=re.MULTILINE)  # fmt: skip
_CHINESE = lazy_regex(rf"[{HAN}]")
_ERROR = lazy_regex(r"^! (?P<what>[^\n]*)(?:\n[^\n]*){0,12}?\nl\.(?P<line>\d+)", flags=re.MULTILINE)


def draw_kept(source: str, kept: dict[str, str]) -> Drawing | Mistake:
    """Return the picture that is kept of a source; diagram-missing where none is. `kept`: SVG by the file's name."""
    svg = kept.get(kept_name(source))
    if svg is None:
        message = f"a picture of TikZ is shown as its source: {FOLDER}/{kept_name(source)} is not there"
        return Mistake("diagram-missing", message, hint="`notegen diagrams` draws it, where LaTeX is installed")
    return finish(svg, _SCALE)


def can_draw() -> bool:
    """Return whether LaTeX and what makes SVG of its pages are installed."""
    return shutil.which("latex") is not None and shutil.which("dvisvgm") is not None


def document(source: str) -> str:
    r"""Return the whole document of a source: itself, or its picture with what it needs."""
    if r"\documentclass" in source:
        return f"{_DRIVER}\n{source}"
    if r"\begin{document}" in source:  # as Obsidian's TikZJax has it
        return f"{_DRIVER}\n\\documentclass{{article}}\n\\pagestyle{{empty}}\n\\usepackage{{tikz}}\n{source}"
    preamble = [line.group() for line in _PREAMBLE.finditer(source)]
    body = source
    for line in preamble:
        body = body.replace(line, "", 1)
    packages = [r"\usepackage{tikz,amsmath,amssymb}"]
    packages += [r"\usepackage{tikz-cd}"] if _CD.search(source) else []
    packages += [r"\usepackage{pgfplots}", r"\pgfplotsset{compat=newest}"] if "axis}" in source else []
    packages += [r"\usepackage{ctex}"] if _CHINESE.search(source) else []
    if r"\begin{tikz" not in source:
        body = f"\\begin{{tikzpicture}}\n{body}\n\\end{{tikzpicture}}"
    head = "\n".join([*packages, *preamble])
    return _DRIVER + "\n" + _DOCUMENT.replace("%PACKAGES%", head).replace("%BODY%", body)


def draw_tikz(source: str) -> str | Mistake:
    """Return the SVG that LaTeX draws of a source, or what is wrong: diagram-syntax, -large."""
    with TemporaryDirectory(prefix="notegen-tikz-") as folder:
        text = document(source)
        Path(folder, "picture.tex").write_text(text, encoding="utf-8")
        program = "xelatex" if r"{ctex}" in text and shutil.which("xelatex") else "latex"
        latex = [program, *(["-no-pdf"] if program == "xelatex" else []), "-no-shell-escape"]
        latex += ["-interaction=nonstopmode", "-halt-on-error", "picture.tex"]
        page = "picture.xdv" if program == "xelatex" else "picture.dvi"
        svg = ["dvisvgm", "--exact-bbox", "--no-specials=ps", "--verbosity=1", page]
        try:
            log = _run(latex, folder)
            if Path(folder, page).is_file():
                log += _run([*svg, "--no-fonts=0", "--output=picture.svg"], folder)
                _run([*svg, "--font-format=svg", "--output=text.svg"], folder)
        except subprocess.TimeoutExpired:
            return Mistake("diagram-large", f"a picture of TikZ takes longer than {DEADLINE} seconds")
        except OSError as error:
            return Mistake("diagram-missing", f"LaTeX cannot be run: {error.strerror}")
        result, words = Path(folder, "picture.svg"), Path(folder, "text.svg")
        if not result.is_file():
            return _mistake(log, text, source)
        written = words.read_text(encoding="utf-8") if words.is_file() else ""
        return with_text(result.read_text(encoding="utf-8"), written)


def _run(command: list[str], folder: str) -> str:
    """Run a program of TeX in a folder, without shell escape and without files of anybody's; return what it says."""
    names = ("PATH", "LD_LIBRARY_PATH", "TEXMFROOT", "SystemRoot")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    closed = {"openin_any": "p", "openout_any": "p", "shell_escape": "f", "HOME": folder, "TEXMFHOME": folder}
    environment |= closed | {"TEXMFVAR": folder, "TEXMFCONFIG": folder, "max_print_line": "1000", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - programs that PATH names, no shell
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=DEADLINE,
        check=False,
    )
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _mistake(log: str, text: str, source: str) -> Mistake:
    """Return what LaTeX says, at its line in the source."""
    error = _ERROR.search(log)
    if error is None:
        last = next((line for line in reversed(log.splitlines()) if line.startswith("!") or "rror" in line), "")
        return Mistake("diagram-syntax", f"LaTeX: {last.lstrip('! ')[:200] or 'no picture came of it'}", 1)
    lines = text.split("\n")
    number = int(error["line"])
    written = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    stripped = [line.strip() for line in source.split("\n")]
    return Mistake(
        "diagram-syntax", f"LaTeX: {error['what'][:200]}", stripped.index(written) + 1 if written in stripped else 1
    )
