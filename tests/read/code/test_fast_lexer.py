"""Lexers with lookahead give Pygments' own tokens, for every language and for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexer import RegexLexer
from pygments.lexers import get_lexer_by_name

from notegen.read.code.fast_lexer import add_lookahead

LANGUAGES = """
python pycon bash console javascript typescript json go rust java kotlin swift ruby php sql lua r matlab julia perl
haskell ocaml scala css scss html xml toml ini make docker diff tex yaml cpp c cuda cmake powershell vim nginx lean4
""".split()
SAMPLE = '''#!/usr/bin/env x
# comment // other /* third */ <!-- fourth -->
@decorator("a\\n", b=f"x={y!r:>{width}} {{}}") def f(x: int = 0x1F, *a, **k) -> None: return 'it''s' + r"\\d" 1e-3
class Name<T> extends Other { let s = `a ${b + "c"} d`; fn main() -> Result<(), E> { Ok(()) } }
for i in $(seq 1 10); do echo "${x:-y}" | grep -E 'z' > /dev/null 2>&1; done
SELECT a, COUNT(*) FROM `t` WHERE b LIKE '%x%' -- end
<a href="x">y &amp; z</a> {"key": [1, 2.5, null, true]} \\begin{align} x_1^2 \\\\ \\end{align} % remark
key: &anchor value  # yaml
import os, sys as s; from . import a
"""doc
string""" ===> 中文 “引号” é ½ \t tab
$ ls -l
>>> print(1)
1
'''
FRAGMENTS = st.sampled_from(
    [*SAMPLE.split(" "), "\n", '"', "'", '"""', "f'", "{", "}", "(", "\\", "/*", "`", "中", "\t", "#"]
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tokens_of_a_sample_are_the_same(language: str) -> None:
    own, fast = get_lexer_by_name(language), get_lexer_by_name(language)
    add_lookahead(fast)
    for text in (SAMPLE, SAMPLE[::-1], "", "\n", "x"):
        assert list(fast.get_tokens(text)) == list(own.get_tokens(text))


def test_the_languages_people_write_about_most_have_lookahead() -> None:
    """Otherwise the tests here would compare Pygments with itself."""
    quick = [name for name in LANGUAGES if has_lookahead(name)]
    assert {"python", "bash", "javascript", "go", "rust", "java", "sql", "julia"} <= set(quick)


def has_lookahead(language: str) -> bool:
    lexer = get_lexer_by_name(language)
    add_lookahead(lexer)
    return isinstance(lexer, RegexLexer) and "get_tokens_unprocessed" in vars(lexer)


@pytest.mark.parametrize("language", ["python", "bash", "javascript", "rust"])
@settings(max_examples=40, deadline=None)
@given(text=st.lists(FRAGMENTS | st.text(max_size=3), max_size=30).map("".join))
def test_the_tokens_of_any_text_are_the_same(language: str, text: str) -> None:
    own, fast = get_lexer_by_name(language), get_lexer_by_name(language)
    add_lookahead(fast)
    assert list(fast.get_tokens(text)) == list(own.get_tokens(text))
