"""A place in the tokens of a chemical formula, and what can be taken from there."""

from collections.abc import Sequence

import msgspec

from notegen.math.latex.tokens import Token

_PAIRS = {"{": "}", "[": "]", "(": ")"}
_LONGEST = 500  # tokens between brackets: looking for each one's end must not take long


class Cursor(msgspec.Struct):
    """The tokens of one formula, and the index of the next one."""

    tokens: Sequence[Token]
    index: int = 0

    @property
    def done(self) -> bool:
        """True behind the last token."""
        return self.index >= len(self.tokens)

    def peek(self, ahead: int = 0) -> str:
        """Return the text of a token that comes; empty behind the end."""
        index = self.index + ahead
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def run(self, length: int) -> str:
        """Return the text of the next `length` tokens."""
        return "".join(token.text for token in self.tokens[self.index : self.index + length])

    def take(self) -> Token:
        """Return the next token and go on."""
        self.index += 1
        return self.tokens[self.index - 1]

    def skip_spaces(self) -> bool:
        """Pass white space; return whether there was any."""
        start = self.index
        while self.peek().isspace():
            self.index += 1
        return self.index > start

    def take_while(self, characters: str) -> str:
        """Take tokens that are each one of these characters."""
        taken = ""
        while not self.done and self.peek() in characters:
            taken += self.take().text
        return taken

    def take_pair(self) -> list[Token] | None:
        """Take the inside of a bracket of any kind that comes next; None, and nothing taken, when it is not closed."""
        opening = self.peek()
        closing = _PAIRS.get(opening, "")
        depth = braces = 0
        for index in range(self.index, min(len(self.tokens), self.index + _LONGEST)) if closing else ():
            text = self.tokens[index].text
            braces += {"{": 1, "}": -1}.get(text, 0)
            if text == closing and depth == 1 and braces <= 0:
                inside = list(self.tokens[self.index + 1 : index])
                self.index = index + 1
                return inside
            if text in {opening, closing} and (opening == "{" or braces == 0):
                depth += 1 if text == opening else -1
        return None

    def take_math(self) -> list[Token] | None:
        """Take the inside of `$…$` that comes next; None when it is not closed."""
        end = next((index for index in range(self.index + 1, len(self.tokens)) if self.tokens[index].text == "$"), -1)
        if self.peek() != "$" or end < 0:
            return None
        inside = list(self.tokens[self.index + 1 : end])
        self.index = end + 1
        return inside
