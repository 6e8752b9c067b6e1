"""The colours in which diagrams are drawn: those of the theme on light pages, and the tokens that they stand for."""

# What is drawn in one of these follows the page: the colours of tokens.css on light pages -> its custom properties.
INK, STRONG, SOFT, LINE = "#22262c", "#0c0f13", "#5a626d", "#e1e2de"
GROUND, BOX, RAISED, MARK = "#fbfbf9", "#f2f3f4", "#ffffff", "#fbe7ae"
BLUE, GREEN, VIOLET, RED, ACCENT = "#1c5aa6", "#1d6b3a", "#6f42a8", "#b3201f", "#9a3d0b"
TOKENS = {
    INK: "--ink",
    STRONG: "--ink-strong",
    "#000000": "--ink-strong",
    SOFT: "--ink-soft",
    LINE: "--line",
    GROUND: "--bg",
    BOX: "--code-bg",
    RAISED: "--raised",
    MARK: "--mark",
    BLUE: "--blue",
    GREEN: "--green",
    VIOLET: "--violet",
    RED: "--red",
    ACCENT: "--accent",
}
# Series: lines and slices that must be told apart, and pale grounds of the same hues, on which ink can be read.
SERIES = (BLUE, ACCENT, GREEN, VIOLET, RED, "#0f6b73", "#8a2f6b", "#6b5d00", "#35507a", "#7a4a2a", "#3f6212", "#5b3a8c")
PALE = (
    *("#d3e0f2", "#f3dccf", "#d2e8d9", "#e4d9f1", "#f6d6d3", "#cfe7e9"),
    *("#f0d8e8", "#ece6c0", "#d5dcea", "#ecdccf", "#dfead0", "#ddd6ee"),
)
# Shapes as drawn by hand that merman draws plainly, and without colours.
ROUGH = "".join(
    f".rough-node {shape}:not([fill]){{fill:{BOX};stroke:{SOFT};stroke-width:1.3}}"
    for shape in ("path", "circle", "ellipse", "rect", "polygon")
)
FONT = "Arial,Helvetica,sans-serif"  # of which the program that draws knows how wide letters are
SIZE = 16  # CSS pixels


def mermaid_variables() -> dict[str, str]:
    """Return Mermaid's theme variables. Source: Mermaid docs, "Theme Variables Reference Table"; its theme-base.js."""
    return {
        "background": GROUND,
        "fontFamily": FONT,
        "fontSize": f"{SIZE}px",
        **_of(
            BOX, "primaryColor mainBkg actorBkg labelBoxBkgColor classBackground compositeTitleBackground altBackground"
        ),
        **_of(BOX, "stateBkg requirementBackground rowEven attributeBackgroundColorEven personBkg sectionBkgColor"),
        **_of(BOX, "sectionBkgColor2 quadrant1Fill quadrant3Fill activationBkgColor"),
        **_of(RAISED, "secondaryColor tertiaryColor clusterBkg compositeBackground rowOdd attributeBackgroundColorOdd"),
        **_of(RAISED, "altSectionBkgColor quadrant2Fill quadrant4Fill vertLineColor"),
        **_of(SOFT, "primaryBorderColor secondaryBorderColor nodeBorder actorBorder labelBoxBorderColor stateBorder"),
        **_of(
            SOFT, "requirementBorderColor activationBorderColor noteBorderColor signalColor lineColor defaultLinkColor"
        ),
        **_of(SOFT, "transitionColor relationColor arrowheadColor actorLineColor specialStateColor innerEndBackground"),
        **_of(
            SOFT, "personBorder quadrantExternalBorderStrokeFill quadrantInternalBorderStrokeFill pieOuterStrokeColor"
        ),
        **_of(LINE, "tertiaryBorderColor clusterBorder gridColor border1 border2"),
        **_of(INK, "primaryTextColor secondaryTextColor tertiaryTextColor textColor nodeTextColor actorTextColor"),
        **_of(INK, "signalTextColor labelTextColor loopTextColor noteTextColor classText labelColor stateLabelColor"),
        **_of(INK, "transitionLabelColor requirementTextColor relationLabelColor sequenceNumberColorX taskTextColor"),
        **_of(INK, "taskTextDarkColor taskTextLightColor taskTextOutsideColor pieSectionTextColor pieLegendTextColor"),
        **_of(INK, "quadrant1TextFill quadrant2TextFill quadrant3TextFill quadrant4TextFill quadrantPointTextFill"),
        **_of(INK, "quadrantXAxisTextFill quadrantYAxisTextFill commitLabelColor tagLabelColor attributeTextColor"),
        **_of(STRONG, "titleColor pieTitleTextColor quadrantTitleFill"),
        **_of(
            GROUND,
            "edgeLabelBackground relationLabelBackground sequenceNumberColor commitLabelBackground pieStrokeColor",
        ),
        "noteBkgColor": MARK,
        "tagLabelBackground": MARK,
        "tagLabelBorder": SOFT,
        "quadrantPointFill": BLUE,
        "todayLineColor": RED,
        "taskBkgColor": PALE[0],
        "taskBorderColor": BLUE,
        "activeTaskBkgColor": PALE[7],
        "activeTaskBorderColor": SOFT,
        "doneTaskBkgColor": LINE,
        "doneTaskBorderColor": SOFT,
        "critBkgColor": PALE[4],
        "critBorderColor": RED,
        "taskTextClickableColor": BLUE,
        "excludeBkgColor": LINE,
        "errorBkgColor": PALE[4],
        "errorTextColor": RED,
        "pieOpacity": "1",
        "pieStrokeWidth": "1px",
        "pieOuterStrokeWidth": "1px",
        **_series(),
    }


def _series() -> dict[str, str]:
    """Return the variables of what must be told apart."""
    return {
        **{f"pie{number}": color for number, color in enumerate(PALE, start=1)},
        **{f"cScale{number}": color for number, color in enumerate(PALE)},
        **{f"cScalePeer{number}": SERIES[number] for number in range(12)},
        **{f"cScaleInv{number}": SERIES[number] for number in range(12)},
        **{f"cScaleLabel{number}": INK for number in range(12)},
        **{f"surface{number}": PALE[number] for number in range(5)},
        **{f"surfacePeer{number}": SERIES[number] for number in range(5)},
        **{f"fillType{number}": PALE[number] for number in range(8)},
        **{f"git{number}": SERIES[number] for number in range(8)},
        **{f"gitInv{number}": PALE[number] for number in range(8)},
        **{f"gitBranchLabel{number}": GROUND for number in range(8)},
        **{f"actor{number}": SERIES[number] for number in range(6)},
        **{f"venn{number}": PALE[number - 1] for number in range(1, 9)},
    }


def mermaid_settings(*, strong: bool = False) -> dict[str, object]:
    """Return Mermaid's configuration: the base theme with our variables, and what has settings of its own besides.

    `strong`: series are lines, not grounds.
    """
    axis = {"xAxisLabelColor": INK, "xAxisTitleColor": INK, "xAxisTickColor": SOFT, "xAxisLineColor": SOFT}
    axis |= {name.replace("xAxis", "yAxis"): color for name, color in axis.items()}
    charts = {"backgroundColor": "transparent", "titleColor": STRONG, "plotColorPalette": ",".join(SERIES), **axis}
    variables = {
        **mermaid_variables(),
        **({f"cScale{number}": color for number, color in enumerate(SERIES)} if strong else {}),
        "xyChart": charts,
        "radar": {"axisColor": SOFT, "graticuleColor": LINE, "curveOpacity": 0.25},
        "packet": {"startByteColor": INK, "endByteColor": INK, "labelColor": INK, "titleColor": STRONG,
                   "blockStrokeColor": SOFT, "blockFillColor": BOX},
    }  # fmt: skip
    return {"theme": "base", "fontFamily": FONT, "themeVariables": variables}


def _of(color: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), color)
