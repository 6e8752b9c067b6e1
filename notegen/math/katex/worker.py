"""KaTeX in a process of its own: formulas in, answers out, one JSON text a line. A script that process.py runs.

It ends when its input does, so with whoever started it; when a formula takes too long; and before errors that damage
pykatex would bring it down.
"""

import faulthandler
import json
import os
import signal
import sys
from pathlib import Path

from notegen.text.patterns import lazy_regex

FAILED = "!KaTeX failed on this formula"
DEADLINE = 60.0  # seconds for one formula, and for the start: only what would never end takes so long
# Parse errors say where, or are sentences of KaTeX's; pykatex cuts the first 19 characters off all others.
_PARSE_ERROR = lazy_regex(r"\A![A-Z\\{$]| at (?:position|end of input)")
_BEARABLE = 2  # other errors; the fourth would be the end


def answer(latex: str, *, display: bool) -> str | None:
    """Return `=` and KaTeX's HTML for `latex`, or `!` and its message; None without a usable pykatex."""
    try:
        import pykatex
    except ImportError:
        return None
    try:
        html: str = pykatex.renderToString(
            latex,
            displayMode=display,
            output=pykatex.OUTPUT_MATHML,
            strict=pykatex.STRICT_IGNORE,
            throwOnError=True,
        )
    except pykatex.ParseError as error:
        return f"!{error}"
    except UnicodeDecodeError as error:  # KaTeX cut a character beyond U+FFFF in half, in a message or in MathML
        message = error.object.decode("utf-8", "replace")
        return "!Unexpected character beyond U+FFFF" if message.startswith("<") else f"!{message}"
    except ValueError:
        return "!Unexpected character: NUL or half a surrogate pair"
    return f"={html}"


def _is_internal(text: str | None) -> bool:
    """True for an answer that cost pykatex some of its health; the message lacks its beginning."""
    return text is not None and text.startswith("!") and not _PARSE_ERROR.search(text)


def serve(deadline: float) -> None:
    """Answer requests from standard input until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers, Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # whatever a library prints is no answer
        errors = 0
        while errors < _BEARABLE:
            line = sys.stdin.readline()
            if not line:
                return
            faulthandler.dump_traceback_later(deadline, exit=True, file=nowhere)
            request = json.loads(line)
            result = answer(request["latex"], display=request["display"])
            faulthandler.cancel_dump_traceback_later()
            if _is_internal(result):
                result = FAILED
                errors += 1
            if errors == _BEARABLE:
                os.close(sys.stdin.fileno())  # whoever asks next starts another one
            answers.write(json.dumps(result) + "\n")
            answers.flush()


if __name__ == "__main__":
    serve(float(sys.argv[1]) if len(sys.argv) > 1 else DEADLINE)
