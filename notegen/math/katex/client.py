"""KaTeX through pykatex, for what math-core rejects even with polyfills: answers are remembered in a cache."""

from notegen.math.katex.process import KatexProcess
from notegen.math.katex.worker import FAILED
from notegen.math.math_core import Failure
from notegen.math.types import KatexCache
from notegen.model.digest import digest
from notegen.text.patterns import lazy_regex

MAX_LENGTH = 10_000  # characters; KaTeX takes some 10 µs for each, and quadratic time for primes
_RENAMED = {"multline*": "gather*"}
# KaTeX is not trusted with addresses and attributes; it would print these commands in red instead of their content.
_UNTRUSTED = lazy_regex(r"\\(?:includegraphics|href|url|html(?:Class|Id|Style|Data))(?![a-zA-Z])")
_HTML_COLOR = lazy_regex(r"\\color\[HTML\]\{([0-9a-fA-F]{6})\}")  # of which it knows the other spelling
_POSITION = lazy_regex(r" at (?:position (\d+)|end of input)(?:: |$)")


UNDEFINED = "Undefined control sequence: "  # how a message of KaTeX begins
NOT_INSTALLED = Failure("pykatex is not installed")
TOO_LONG = Failure("too long for KaTeX")
TOO_DEEP = Failure("nested too deeply for KaTeX")
BROKEN = Failure(FAILED[1:])


def to_mathml(latex: str, *, display: bool, process: KatexProcess, cache: KatexCache | None) -> str | Failure:
    """Return the inside of `<math>` for `latex`, in the look of math-core, or why there is none."""
    if len(latex) > MAX_LENGTH:
        return TOO_LONG
    untrusted = _UNTRUSTED.search(latex)
    if untrusted:
        return Failure(f"{UNDEFINED}{untrusted[0]}", untrusted.start())
    for name, other in _RENAMED.items():
        latex = latex.replace(rf"\begin{{{name}}}", rf"\begin{{{other}}}").replace(
            rf"\end{{{name}}}", rf"\end{{{other}}}"
        )
    latex = _HTML_COLOR.sub(r"\\color{#\1}     ", latex)  # as long as before: KaTeX counts characters
    key = digest("katex", latex, display)
    stored = cache.get(key) if cache is not None else None
    if stored is None:
        answer = process.ask(latex, display=display)
        if answer is None:
            return NOT_INSTALLED
        if answer == FAILED:  # perhaps for want of memory, or of time: not for the cache
            return BROKEN
        from notegen.math.katex.mathml import adapt

        stored = adapt(answer[1:]) if answer.startswith("=") else _failure(answer[1:], latex)
        if cache is not None:
            cache.put(key, stored)
    return _answer(stored)


def _failure(message: str, latex: str) -> str:
    """Return `!`, the offset of the mistake and KaTeX's message: one string, so that it can be cached."""
    match = _POSITION.search(message)
    if match is None:
        return f"!-1 {message}"
    offset = _code_points(latex, int(match[1]) - 1) if match[1] else -1
    return f"!{offset} {message[: match.start()]}"


def _code_points(latex: str, units: int) -> int:
    """Turn an offset in UTF-16 code units, which JavaScript counts, into one in characters."""
    if latex.isascii():
        return units
    return len(latex.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _answer(stored: str) -> str | Failure:
    if stored.startswith("="):
        return stored[1:]
    offset, _, message = stored[1:].partition(" ")
    return Failure(message, int(offset))
