"""The math font of a site: STIX Two Math or the site's own, cut to the glyphs that it uses and mended for browsers.

`site_font` is the door: the characters of all notes in, the file of the font out, cached by the set of characters.
`characters` says which of them a formula shows, `font` makes a subset of a font, `subset` says what fontTools keeps,
`ready` is the one that the wheel brings.
Lengths are in font units (STIX Two Math has 1000 to the em) unless a comment says otherwise.

The other modules mend glyphs and the table MATH, because browsers lay formulas out otherwise than TeX. What each mend
is for, and when it may go:

- Combining accents get a width (`accents`): Chromium centres the accent of `<mover>` by its advance, which is 0.
  Until it centres the ink, or uses the accent's own TopAccentAttachment.
- All forms of √ are equally wide and end where the bar begins (`radical`): Chromium reserves the width of the widest
  form, and paints the bar half its thickness too high. Until it does neither.
- Tall brackets are at most a third wider than the plain one (`stretch.narrow_fences`): Chromium reserves the width of
  the widest form and centres the one it takes. Until it reserves that of the one it takes.
- Parts of arrows and bars overlap, and lines come in every length (`stretch.mend_assemblies`): in STIX Two Math 2.11
  last parts have their overlap at the wrong end, and ready-made lines jump by half an em. Until the font has it
  right.
- `˜` and `ˇ` stretch as U+0303 and U+030C do (`stretch.stretch_twins`): MathML Core's list of stretchy characters
  lacks the combining ones. Until it has them.
- Primes have the form for superscripts (`stix.enlarge_primes`): browsers do not ask for the feature `ssty`. Until
  they do.
- The distances of STIX Two Math (`stix.tune`): MathML Core sets scripts at letters as at boxes, and browsers round
  bars to pixels; these come near to TeX's look. A matter of taste, for good.

All were seen in Chromium 156. To see whether a mend can go, leave out its call in `subset.prepare` or `subset.mend`,
and run tests/browser/math/test_math_font_browser.py and test_math_look.py.
"""
