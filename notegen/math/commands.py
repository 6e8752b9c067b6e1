r"""What is known of LaTeX commands: how many arguments they take, which change the rest of a group, which exist at all."""

import re
from functools import cache, lru_cache
from html import unescape

_WORD = re.compile(r"[a-zA-Z]+")

_ONE = """
sqrt hat widehat tilde widetilde bar vec dot ddot dddot ddddot acute grave breve check mathring widecheck utilde overline
underline underbar overbrace underbrace overbracket underbracket overrightarrow overleftarrow overleftrightarrow
underrightarrow underleftarrow underleftrightarrow Overrightarrow overgroup undergroup overlinesegment underlinesegment
overleftharpoon overrightharpoon mathbf mathrm mathit mathsf mathtt mathbb mathcal mathscr mathfrak mathnormal
boldsymbol bm pmb bold Bbb frak symbf symup operatorname operatornamewithlimits text textbf textit textrm textsf texttt
textnormal textup textmd emph mbox hbox mathop mathrel mathbin mathord mathopen mathclose mathpunct mathinner cancel
bcancel xcancel sout boxed fbox phantom hphantom vphantom smash rlap llap clap mathrlap mathllap mathclap vcenter not
substack pmod mod pod label tag ref eqref xrightarrow xleftarrow xleftrightarrow xRightarrow xLeftarrow xLeftrightarrow
xmapsto xhookrightarrow xhookleftarrow xrightharpoonup xrightharpoondown xleftharpoonup xleftharpoondown xtofrom
xrightleftharpoons xleftrightharpoons xlongequal xtwoheadrightarrow xtwoheadleftarrow bra ket braket Bra Ket Braket url
hspace vspace hskip mskip kern mkern textcircled angl phase
"""
_TWO = "frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel textcolor colorbox raisebox href rule sideset"
ARITY: dict[str, int] = {
    **{"\\" + name: 1 for name in _ONE.split()},
    **{"\\" + name: 2 for name in _TWO.split()},
    r"\fcolorbox": 3,
    r"\mathchoice": 4,
    r"\genfrac": 6,
}

# Commands that act on everything up to the end of their group.
SWITCHES = frozenset(
    "\\" + name
    for name in (
        "displaystyle textstyle scriptstyle scriptscriptstyle color bf rm it sf tt cal tiny scriptsize footnotesize small"
        " normalsize large Large LARGE huge Huge over choose atop brack brace above"
    ).split()
)

# Names worth suggesting that pylatexenc does not list; each suggestion is tried on an engine before it is made.
_MORE = """
argmax argmin softmax operatorname mathbb mathcal mathscr mathfrak mathbf mathrm boldsymbol bm dfrac tfrac binom
lVert rVert lvert rvert langle rangle lfloor rfloor lceil rceil left right middle begin end text textbf underbrace
overbrace underset overset stackrel substack xrightarrow xleftarrow widehat widetilde overline underline hat tilde bar
vec dot ddot limits nolimits displaystyle textstyle tag label eqref ref notag nonumber color textcolor boxed cancel
phantom quad qquad ldots cdots vdots ddots dots top bot mid parallel nmid propto sim simeq approx cong equiv neq leq geq
ll gg prec succ subset supset subseteq supseteq in notin ni forall exists nexists partial nabla infty emptyset
varnothing therefore because implies iff mapsto to gets rightarrow leftarrow Rightarrow Leftarrow leftrightarrow
Leftrightarrow longrightarrow longmapsto hookrightarrow uparrow downarrow sum prod coprod int iint iiint oint bigcup
bigcap bigoplus bigotimes lim limsup liminf max min sup inf log ln lg exp sin cos tan cot sec csc sinh cosh tanh arcsin
arccos arctan det dim ker hom arg deg gcd Pr odot otimes oplus times cdot circ ast star bullet div pm mp cup cap setminus
wedge vee neg lnot land lor triangleq coloneqq triangle sqrt frac newcommand def
"""


@cache
def known_commands() -> frozenset[str]:
    """Return the names of known commands, without backslashes."""
    from pylatexenc.latex2text import get_default_latex_context_db

    listed = (spec.macroname for spec in get_default_latex_context_db().iter_macro_specs())
    return frozenset(name for name in listed if _WORD.fullmatch(name)) | frozenset(_MORE.split())


@lru_cache(maxsize=512)
def _suggest(name: str, extra: frozenset[str]) -> str:
    from difflib import get_close_matches

    near = [known for known in known_commands() | extra if abs(len(known) - len(name)) <= 2]  # noqa: PLR2004
    candidates = get_close_matches(name, sorted(near), n=3, cutoff=0.7)
    return next((found for found in candidates if found in extra or engine_knows(found)), "")


def suggest(name: str, extra: frozenset[str] = frozenset()) -> str:
    """Return the known command, or macro in `extra`, that `name` (no backslash) most likely means, or an empty string."""
    return _suggest(name, extra) if len(name) <= 24 else ""  # noqa: PLR2004


def engine_knows(name: str) -> bool:
    """True when math-core knows the command `name`, or notegen or KaTeX takes it without math-core."""
    from math_core import LatexError, LatexToMathML

    if "\\" + name in ARITY:
        return True
    try:
        LatexToMathML(fancy_error=False).convert_with_local_state("\\" + name, displaystyle=True)
    except LatexError as error:
        return "Unknown command" not in unescape(str(error))
    return True
