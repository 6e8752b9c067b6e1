"""Constructs to be repeated without end: of notes, and of site.yaml.

Each word is `pump`, or `prefix…pump…suffix`; ␣, ⇥ and ⏎ stand for a space, a tab and a newline.
"""

from scripts.pattern_attacks import Attack


def _attacks(words: str) -> tuple[Attack, ...]:
    written = (word.replace("␣", " ").replace("⇥", "\t").replace("⏎", "\n") for word in words.split())
    return tuple(Attack(*word.split("…")) if "…" in word else Attack("", word, "") for word in written)


_FORMULAS = _attacks(r"""
$ $a␣ $$␣ $$x$$␣ a⏎…$$x$$␣…␣a $$…x␣…␣a $$…\$$␣… $$a$$…\$$␣… \( \(a\)␣ \[␣ \[a\]␣ \\[␣ \begin{align}␣
\begin{align}a\end{align}␣ $$x$$….␣…a $$x$$…␣(…a $$x$$␣{#….… $$x$$␣…^a…! |a|⏎|-|⏎…|$a… `$ `$a$`␣ $` <div>…$a$␣…
a…<code>$a$… $…1…$ $…1.… （$a$ \ \⏎ \ref{a}␣ \ref{ $$⏎…a⏎… $$⏎a⏎⏎ \[⏎a⏎⏎ \begin{align}⏎a⏎ $$x$$␣(…␣…) $$x$$⏎
$\href{a}{…'…}$ $\href{a}{…x␣…}$ $…x^…$ $x…_{a}…$ $…{…$ $…\frac{…$ $$…a\\…$$ $$\begin{array}{c}…a&…\end{array}$$
$…\left(…$ $\text{…a␣…}$ $\newcommand{\a}{b}…\a␣…$ $…\def\a{b}…$ $$…\tag{a}…$$ $$…\label{a}…$$ $…%…$ $x…␣…y$ $␣…␣…$
$$…a\\[1em]…$$ $$a\\[…1…em]$$ $…\color{red}…$ $…\nope␣…$ $…\mathbb{R}…$ $…\sqrt␣…$ $…中…$ $x…'…$ $\text{…$a$…}$
$$\begin{cases}…a\\…\end{cases}$$ $$\begin{align}…a&=b\\…\end{align}$$ $…\href{a}{b}…$ $…\hat…$ $…\mathrm␣…$ $…0…$
$…D\_{a}…$ $…\\alpha…$ $$…\\{a\\}…$$ *␣$$⏎…a⏎… *␣$$⏎x⏎$$⏎
$…\0…$ $…\begin{matrix}…$ $…\end{matrix}…$ $…\begin{matrix}a\end{matrix}…$
""")

_BRACKETS = _attacks(r"""
[[ [[a␣ [[a|b␣ [[a]]␣ [[a|b]]␣ ![[ ![[a␣ ![[a]]␣ ![[a.png]]␣ ![[….png… :::␣a…[…x a␣…<![CDATA[… [ [␣ ![ ![a](b)␣
![a](b␣"c")␣ [a][ [a][b]␣ [a]:␣ [a]:␣b⏎ [a]:␣b␣"…x… [a]:␣b␣"…x⏎… [\ [] ^[ ^[a]␣ [^ [^a]␣ [^a]:␣b⏎ [^a␣b -␣…[␣]␣…
>␣[!note]␣…a␣… >␣[!…a… >␣[!note]␣a⏎⏎ >␣[!note]␣a…⇥…x >␣[!note]␣a…␣…{#x [@a [@a…a… @[toc](…a… [toc]⏎ ![a](b␣"…\"…
![a](b␣"\" ![a](b)␣"…\"… [^1]:␣x⏎⏎[^1]␣…[^a… [^1]:␣x⏎⏎[^1]␣…[^…␣ [^1]:␣x⏎⏎[^1]␣…[^a]… [^a]:␣ ![[a#b|c]]⏎⏎
""")

_TAGS = _attacks(r"""
{{<␣ {{<␣a␣ {{<␣a␣>}}␣ {{<␣a…␣…>}} {{<␣figure␣src="a.png"␣title="b"␣>}}␣ {%␣ {%…␣… {%⏎ {%…⏎… {%␣a␣%}␣ {%-
…{%␣raw␣%}␣…{%␣endraw␣%} {%␣comment␣%}␣ …{%␣cq␣%}␣…{%␣endcq␣%} {%␣blockquote␣…␣␣…a␣%}⏎x⏎{%␣endblockquote␣%} {{␣x␣}}␣
{{ [a]( [a](b␣ [a](b)␣ [a](<b [a](…(… [a](b␣" [a](…b␣c.md␣… [a](b␣c.md)␣ [a](…␣… [a](␣␣b.md( { {} {: {# {::options␣
} …{{<␣figure␣src=a␣title="…" [a](http://b.c/d)␣
""")

_BLOCKS = _attacks(r"""
: :::␣ :::␣a⏎ :::…␣…a | |␣ |a |a|b|⏎|-|-|⏎…|a|b|⏎… ` `␣ `a`␣ ``␣`␣ ```⏎ ```python⏎…a␣=␣"… ```…a␣…⏎x ```…{… * *␣ *a␣
*a*␣ **a␣ *a_␣ *a**b == ==a␣ ==a==␣ ~~a␣ ~~ :emoji :smile:␣ :…a… #tag␣ #tag…/a… # #␣…a␣… #␣a…#… #␣a…␣…{#a #␣a…{…
#␣…_… #␣…a_␣… #␣a⏎ 1 1. 1.␣ > >␣ >␣a⏎ -␣ -␣a⏎ +␣ *␣-␣ >␣-␣ !!!␣note␣ !!!␣note…␣…" !!!␣a…⇥a…! ? `a`{.a␣ `a`{…␣… :a:`
:begin_a ~ = - + ! ```mermaid⏎…a… -␣…a⏎-␣… -␣a⏎⏎ 1.␣a⏎ -…␣…a >␣a⏎…b⏎…
""")

_MYST = _attacks(r"""
```{note}⏎ ```{note}⏎```⏎ (a)=⏎ +++⏎ {eq}`a`␣ {eq}` ```{math}⏎a⏎```⏎ ```{exercise-start}⏎```⏎ :::{note}⏎:a:␣b⏎
````{note}⏎ ```{note}⏎…:a:␣b⏎…``` ```{note}⏎---⏎…a:␣b⏎…---⏎``` $$⏎x⏎$$␣(ab-…a-… {abbr}`…(…` {ref}`…<…` $$⏎x⏎$$␣{#eq-…a…
""")

_OTHERS = _attacks(r"""
{/*␣ {/*⏎ import␣a⏎⏎ export␣const⏎⏎ <Tabs>⏎ ===␣"a"⏎␣␣␣␣b⏎ *[a]:␣b⏎ *[a]:␣b⏎…a␣… ++a ^^a␣ H~a ++ctrl++␣ :a-
:material-a:{.b x^2^ @eq-a␣ [@eq-a [a]{.b}␣ [a]{.b [a]{ ```{python}⏎#|␣a:␣b⏎```⏎ ```{python}⏎…#|␣a⏎…``` |a|⏎|-|⏎⏎:␣b⏎⏎
:::␣{#thm-a}⏎#␣a⏎:::⏎ :::␣{.panel-tabset}⏎#␣a⏎ :::␣{.panel-tabset}⏎…#␣a⏎…::: :::␣code-group⏎…```⏎a⏎```⏎…:::
{%␣u␣a␣%}␣ {%␣label␣…a,…␣%} {%␣label␣…a:b␣…%} {%␣checkbox␣a␣%}⏎ {%␣timeline␣%}⏎…<!--␣node␣a␣-->⏎…{%␣endtimeline␣%}
{%␣timeline␣%}⏎…{%␣timenode␣a␣%}⏎{%␣endtimenode␣%}⏎…{%␣endtimeline␣%} {%␣gallery␣%}⏎…![](a)⏎…{%␣endgallery␣%}
{%␣gp␣%}␣ …{%␣gp␣%}…{%␣endgi␣%} {%␣bubble␣a,b␣%}␣ {%␣folders␣%}⏎…<!--␣folder␣a␣-->⏎…{%␣endfolders␣%} {%␣iframe␣/a␣%}⏎
{++␣ {++a␣ {++a++}␣ {~~a~>␣ {~~a␣ {>>a␣ a::␣ [a::␣b]␣ -␣[>]␣a⏎ (@)␣a⏎ (@a)␣b⏎⏎ (@a)␣b⏎…(@a)␣… |␣a⏎ |␣a⏎b⏎ `#!a␣b`␣
…(1)␣…⏎{␣.annotate␣}⏎⏎1.␣a a␣(1)⏎{␣.annotate␣}⏎⏎1.␣b⏎⏎ {::comment}␣ {::comment}⏎ {::comment}⏎⏎{:/}⏎ {:/}␣ {'{'}␣ {'␣
{{%␣notice␣a␣%}}b{{%␣/notice␣%}}⏎ `r␣a(`␣
{%␣tabs␣a␣%}⏎…<!--␣tab␣a␣-->⏎…{%␣endtabs␣%} {{<␣tabs␣>}}⏎…{{<␣tab␣a␣>}}⏎{{<␣/tab␣>}}⏎…{{<␣/tabs␣>}}
{{<␣tabs␣>}}⏎{{<␣tab␣a␣>}}⏎ <Tabs>⏎…<TabItem␣value="a">⏎</TabItem>⏎…</Tabs> <Tabs>⏎<TabItem>⏎ <Tabs␣a={[{…label:'a',…
::::{tab-set}⏎…:::{tab-item}␣a⏎:::⏎…:::: ++a␣ ++a++␣ ++…a+…x ![a|1x ![a|1](b)␣ ![a](b␣=1x1)␣ ![a](b␣=1 ![…|1…](b)
```py⏎…a␣#␣(1)!⏎…```⏎1.␣b |a|⏎|-|⏎|x|⏎…|^^|⏎… ```{csv-table}⏎…a,b⏎…``` ```{list-table}⏎…*␣-␣a⏎…``` {{<␣kbd␣a␣>}}␣
![](https://youtu.be/a)␣ ![](a.mp4)␣ --8<--␣"a"⏎ {{<␣include␣a␣>}}⏎ <<<␣a⏎ ```py␣file=a⏎```⏎ ```{include}␣a⏎
""")

_TEXT = _attacks(r"""
a|b⏎|-…⇥…x a|b⏎…-⇥|…x a|b⏎|…⇥…-|-x a* _ _a␣ _a_␣ a_ ]( a⏎…-…x ， 中 中⏎ …（…$a$ 中**（ …。…a …␣…a a…␣…a a…␣… ␣⏎ …⇥…a
a…⇥…a a␣ …⏎…a a⏎ a a⏎{:…␣.a… %% %%a␣ %%a␣`%%`␣ %␣ ^a a␣^…b… a␣^b⏎ a…⇥…^ ^a⏎ www.a. ' " a⏎…=…x . ( / a⏎:␣b⏎⏎ a⏎…::…
a⏎:␣…:␣… …title:␣a⏎…---⏎ …⏎…---⏎title:␣a⏎---⏎
""")

_HTML = _attacks(r"""
< <a␣ <a…␣␣b… <a␣b=" <a␣b='" <b> <!-- a␣…<!--… a␣…<!---… a␣…<!--␣a␣-->… a␣…<?… a␣…<!A␣… <div␣ <div> <div>⏎ <pre>
<http: <a@a. <div␣…markdown␣…> <div␣markdown> <div…␣…markdown="1"> <div␣…markdown="… <a␣id="x"> <p␣id="x">a</p>⏎⏎
<img␣src="a.png"> a␣…<a-b>… a␣<a…-… <script> <iframe␣src="x"> & &amp; &…a… &#…1… &a␣ http://a…&quot… <!--␣more␣-->⏎⏎
<div>⏎…#␣a⏎… <div>⏎…```⏎… <div>⏎##␣a⏎ <div>⏎…**a**⏎… <div>⏎…-␣a⏎… <div>⏎…[a](…
<!--…␣…x--> <http://b.c/d>␣ <div␣markdown>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</div>⏎
<details␣markdown="1">⏎…<summary>a</summary>⏎…</details>
""")

_ALGORITHMS = _attacks(r"""
\begin{algorithm}⏎ \begin{algorithm}⏎\end{algorithm}⏎ \begin{algorithm}⏎…\If{a}⏎…\end{algorithm}⏎
\begin{algorithm}⏎…\State␣a⏎…\end{algorithm}⏎ \begin{algorithm}⏎…{…\end{algorithm}⏎
\begin{algorithm}⏎…}…\end{algorithm}⏎
\begin{algorithm}⏎…$…\end{algorithm}⏎ \begin{algorithm}⏎…$a$␣…\end{algorithm}⏎ \begin{algorithm}⏎…\(…\end{algorithm}⏎
\begin{algorithm}⏎…\textbf{…\end{algorithm}⏎ \begin{algorithm}⏎…\If{a}{…\end{algorithm}⏎ ```algorithm⏎\State␣…\a…⏎```
\begin{algorithm}⏎…\EndIf⏎…\end{algorithm}⏎ \begin{algorithm}⏎…\Comment{a}…\end{algorithm}⏎ ```pseudo⏎\If…\Comment…⏎```
\begin{algorithm}⏎…\Call{…\end{algorithm}⏎ \begin{algorithm}⏎…\label{a}…\end{algorithm}⏎ ```pseudo⏎…#|␣…\State⏎```
<pre␣class="pseudocode">⏎…\begin{algorithm}⏎…</pre> <pre␣class="…pseudocode␣…"> a⏎…\begin{algorithm}⏎…
""")

_ADDRESSES = _attacks(r"""
http:// http://a.com␣ http://…a.… mailto: http://…a@b.… http://a( :// http://a…*… http://a….… http://a" http://…-…
http://a?…=… @ xhttp://a␣ http://␣ mailto:a@b.c␣ http://…mailto:a…
""")

_FRONT_MATTER = _attacks(r"""
---⏎title:␣…a…⏎---⏎ ---⏎slug:␣…_…⏎---⏎ ---⏎slug:␣…a…⏎---⏎ ---⏎slug:␣…中…⏎---⏎ ---⏎slug:␣"…␣_…a"⏎---⏎
---⏎tags:␣…a,…⏎---⏎ ---⏎tags:␣[…a,…]⏎---⏎ ---⏎tags:⏎…-␣a⏎…⏎---⏎ ---⏎x:␣…0…⏎---⏎ ---⏎title:␣…0…⏎---⏎
---⏎date:␣…2…⏎---⏎ ---⏎date:␣2024-01-01…␣…x⏎---⏎ ---⏎x:␣1.…0…e⏎---⏎ ---⏎weight:␣…0…⏎---⏎ ---⏎summary:␣…$a$␣…⏎---⏎
---⏎summary:␣…[a](b)␣…⏎---⏎ ---⏎…a:␣b⏎…⏎---⏎ ---⏎title:␣…a:␣…⏎---⏎ ---⏎title:␣…:…⏎---⏎ ---⏎title:␣"…\a…"⏎---⏎
---⏎title:␣"…a\"␣…⏎---⏎ ---⏎title:␣'…''…⏎---⏎ ---⏎title:␣a…␣…#b⏎---⏎ ---⏎title:␣a…⇥…#b⏎---⏎ ---⏎title:␣…[…⏎---⏎
---⏎title:␣…{…⏎---⏎ ---⏎title:␣…{{a…⏎---⏎ ---⏎…a⏎… +++⏎…a␣=␣1⏎…+++⏎ +++⏎a␣=␣"…a…"⏎+++⏎ +++⏎…⏎…a␣=␣1⏎+++⏎
+++⏎…␣…a␣=␣1⏎+++⏎ +++⏎a␣=␣…1…⏎+++⏎ +++⏎a␣=␣…[…⏎+++⏎ {"a":␣"…a…"}⏎ {…"a":␣1,…}⏎ {"a":␣…[… {"a":␣…1…}⏎ …"a":␣1,⏎…;;;⏎
"a␣ title:␣a…a…⏎---⏎ ---⏎a:␣…&a␣…⏎---⏎ ---⏎a:␣&a␣b⏎b:␣[…*a,␣…]⏎---⏎ ---⏎a:␣…!a␣…⏎---⏎ ---⏎title:␣|⏎…␣␣a⏎…---⏎
---⏎title:␣…$a$␣…⏎---⏎ ---⏎title:␣…`…⏎---⏎ ---⏎title:␣…\…⏎---⏎ ---⏎aliases:␣…/a…⏎---⏎ ---⏎macros:⏎…␣␣a:␣b⏎…---⏎
---⏎…␣…a:␣b⏎---⏎ ---⏎…title：a⏎…---⏎ ---⏎title…␣…：a⏎---⏎ ---⏎a:⏎…⇥b:␣c⏎…---⏎ ---⏎url:␣/…a/…⏎---⏎
---⏎categories:␣…a/…⏎---⏎ ---⏎author:␣…a,␣…⏎---⏎ ---⏎cover:␣…../…⏎---⏎ ---⏎lang:␣…a-…⏎---⏎ ---⏎series:␣…a…⏎---⏎
""")

_INVISIBLE = tuple(Attack("", character, "a") for character in "\0\x01\xa0\u2028\u200b\u3000")

NOTES = (
    *_FORMULAS,
    *_BRACKETS,
    *_TAGS,
    *_BLOCKS,
    *_MYST,
    *_OTHERS,
    *_TEXT,
    *_HTML,
    *_ALGORITHMS,
    *_ADDRESSES,
    *_FRONT_MATTER,
    *_INVISIBLE,
)

CONFIGS = _attacks(r"""
title:␣…a… title:␣…0… title:␣1.…0…e title:␣"…\a…" title:␣"…\"␣…" title:␣'…''…' title:␣…:␣… title:␣[…[… title:␣a…␣…#b
title:␣a…⇥…#b a:␣b⏎ title:␣b⏎ base_url:␣https://a.b/…a/… base_url:␣…/… base_url:␣https://…a.… base_url:␣http…s…
language:␣…a-… language:␣zh-…a1-… permalinks:⏎␣␣posts:␣/…:a/…⏎ permalink:␣/…:title/… timezone:␣…a/…
menu:⏎…␣␣-␣{name:␣a,␣url:␣/a}⏎… menu:⏎␣␣-␣name:␣a⏎␣␣␣␣url:␣…//… ignore:␣[…a,␣…] ignore:⏎…␣␣-␣"*"⏎… params:⏎…␣␣a:␣b⏎…
params:⏎␣␣a:␣…&a␣…⏎ paginate:␣…1… paginate:␣+…0… math:⏎␣␣macros:⏎…␣␣␣␣"\\a":␣b⏎… math:⏎␣␣macros:⏎␣␣␣␣"\\a":␣"…#1␣…"⏎
…a…:␣b a:␣|⏎…␣␣b⏎… -␣a⏎ ' { …⏎…a #␣…a…⏎ editor:␣…a-… social:⏎␣␣card:␣…a… comments:⏎␣␣repo:␣…a/…
highlight:⏎␣␣style:␣…a… url:␣http://a/…a/…⏎root:␣/a/
""")
