r"""LaTeX commands: how many arguments they take, which change the rest of a group, which exist at all."""

from functools import cache, lru_cache
from html import unescape

from notegen.text.suggestions import close_matches

_ONE = """
sqrt hat widehat tilde widetilde bar vec dot ddot dddot ddddot acute grave breve check mathring widecheck utilde
overline underline underbar overbrace underbrace overbracket underbracket overrightarrow overleftarrow
overleftrightarrow underrightarrow underleftarrow underleftrightarrow Overrightarrow overgroup undergroup
overlinesegment underlinesegment overleftharpoon overrightharpoon mathbf mathrm mathit mathsf mathtt mathbb mathcal
mathscr mathfrak mathnormal boldsymbol bm pmb bold Bbb frak symbf symup operatorname operatornamewithlimits text
textbf textit textrm textsf texttt textnormal textup textmd emph mbox hbox mathop mathrel mathbin mathord mathopen
mathclose mathpunct mathinner cancel bcancel xcancel sout boxed fbox phantom hphantom vphantom smash rlap llap clap
mathrlap mathllap mathclap vcenter not substack pmod mod pod label tag ref eqref xrightarrow xleftarrow
xleftrightarrow xRightarrow xLeftarrow xLeftrightarrow xmapsto xhookrightarrow xhookleftarrow xrightharpoonup
xrightharpoondown xleftharpoonup xleftharpoondown xtofrom xrightleftharpoons xleftrightharpoons xlongequal
xtwoheadrightarrow xtwoheadleftarrow bra ket braket Bra Ket Braket url hspace vspace hskip mskip kern mkern
textcircled angl phase
"""
_TWO = """
frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel textcolor colorbox raisebox href rule sideset
"""
ARITY: dict[str, int] = {
    **{"\\" + name: 1 for name in _ONE.split()},
    **{"\\" + name: 2 for name in _TWO.split()},
    r"\fcolorbox": 3,
    r"\mathchoice": 4,
    r"\genfrac": 6,
}

_SWITCH_NAMES = """
displaystyle textstyle scriptstyle scriptscriptstyle color bf rm it sf tt cal tiny scriptsize footnotesize small
normalsize large Large LARGE huge Huge over choose atop brack brace above
"""
# Commands that act on everything up to the end of their group.
SWITCHES = frozenset("\\" + name for name in _SWITCH_NAMES.split())

# Further names worth suggesting; each suggestion is tried on an engine before it is made.
_MORE = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho
sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell
hbar imath jmath Re Im aleph wp argmax argmin operatorname left right middle begin end big Big bigg Bigg bigl bigr
lVert rVert Vert vert lvert rvert langle rangle lfloor rfloor lceil rceil lbrace rbrace backslash limits nolimits
notag nonumber quad qquad enspace thinspace ldots cdots vdots ddots dots dotsc dotsb top bot mid parallel nmid perp
propto sim simeq approx cong equiv neq ne leq le geq ge leqslant geqslant ll gg prec succ preceq succeq doteq asymp
subset supset subseteq supseteq subsetneq sqsubseteq in notin ni forall exists nexists partial nabla infty emptyset
varnothing angle triangle therefore because implies impliedby iff mapsto to gets rightarrow leftarrow Rightarrow
Leftarrow leftrightarrow Leftrightarrow longrightarrow longleftarrow Longrightarrow longmapsto hookrightarrow
uparrow downarrow updownarrow nearrow searrow rightharpoonup rightleftharpoons rightsquigarrow sum prod coprod int
iint iiint oint bigcup bigcap bigoplus bigotimes bigvee bigwedge bigsqcup lim limsup liminf max min sup inf log ln
lg exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan det dim ker hom arg deg gcd Pr odot otimes oplus
ominus times cdot circ ast star bullet div pm mp cup cap sqcup setminus wedge vee neg lnot land lor triangleq
coloneqq models vdash dashv square blacksquare diamond bigcirc dagger ddagger prime complement sharp flat natural
surd colon newcommand renewcommand def DeclareMathOperator
"""


@cache
def known_commands() -> frozenset[str]:
    """Return the names of known commands, without backslashes."""
    return frozenset(name[1:] for name in (*ARITY, *SWITCHES)) | frozenset(_MORE.split())


@lru_cache(maxsize=512)
def _suggest(name: str, extra: frozenset[str]) -> str:
    near = [known for known in known_commands() | extra if abs(len(known) - len(name)) <= 2]  # noqa: PLR2004
    candidates = close_matches(name, sorted(near), n=3, cutoff=0.7)
    return next((candidate for candidate in candidates if candidate in extra or engine_knows(candidate)), "")


def suggest(name: str, extra: frozenset[str] = frozenset()) -> str:
    """Return the known command or macro (one of `extra`) that `name` most likely means, or nothing; no backslashes."""
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
