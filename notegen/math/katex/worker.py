"""KaTeX in a process of its own: formulas in, answers out, one JSON text a line. Run as a script; see process.py."""

import json
import sys

import pykatex


def answer(latex: str, *, display: bool) -> str:
    """Return `=` and KaTeX's HTML for `latex`, or `!` and its message."""
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


if __name__ == "__main__":
    for line in sys.stdin:
        request = json.loads(line)
        sys.stdout.write(json.dumps(answer(request["latex"], display=request["display"])) + "\n")
        sys.stdout.flush()
