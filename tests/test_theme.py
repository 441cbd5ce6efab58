"""The colours: legible by computation, and written down in one place only."""

import re
import tomllib

import pytest

from registry_app.paths import RESOURCES, ROOT

TOKENS = tomllib.loads((RESOURCES / "theme" / "tokens.toml").read_text("utf-8"))
MODES = ("light", "dark")
TEXT, OUTLINE = 4.5, 3.0  # WCAG 2: contrast of text (1.4.3), of parts (1.4.11)
#: Paper has greys of its own: a report, the palette of its figures, a workbook.
PAPER = ("reports/", "drawing/palette.py", "exchange/template.py")
COLOUR = re.compile(
    r"""["']\#[0-9A-Fa-f]{3,8}["']|\bQColor\(\s*\d|\bGlobalColor\.(?!transparent)"""
)


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The ratio of WCAG 2, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _pairs(mode):
    plain, score, chart = (
        TOKENS[mode],
        TOKENS["score"][mode],
        TOKENS["chart"][mode],
    )
    grounds = ("background", "surface", "raised", "sunken", "accent_weak")
    for text in ("text1", "text2", "text3"):
        for ground in grounds:
            yield text, ground, plain[text], plain[ground], TEXT
    for text in ("accent", "training"):
        for ground in ("background", "surface", "raised", f"{text}_weak"):
            yield text, ground, plain[text], plain[ground], TEXT
        for ground in (text, f"{text}_hover"):
            yield "on_accent", ground, plain["on_accent"], plain[ground], TEXT
    for text in ("done", "due", "overdue", "blocked"):
        for ground in (*grounds[:3], "accent_weak", f"{text}_weak"):
            yield text, ground, plain[text], plain[ground], TEXT
        yield "text1", f"{text}_weak", plain["text1"], plain[f"{text}_weak"], TEXT
    cells = {k: v for k, v in score.items() if isinstance(v, str)}
    cells |= {f"motor_{n}": ground for n, ground in enumerate(score["motor"])}
    for name in ("star_outline", "fill_hatch"):
        yield name, "surface", cells.pop(name), plain["surface"], OUTLINE
    for name, ground in cells.items():
        yield "text1", f"score.{name}", plain["text1"], ground, TEXT
        yield "text2", f"score.{name}", plain["text2"], ground, TEXT
        yield "accent", f"score.{name}", plain["accent"], ground, OUTLINE
    for number, line in enumerate(chart["series"]):
        for ground in (plain["surface"], chart["window"]):
            yield f"series {number}", ground, line, ground, TEXT
    yield "text3", "chart.window", plain["text3"], chart["window"], TEXT
    for ground in ("background", "surface", "raised"):
        yield "border_strong", ground, plain["border_strong"], plain[ground], OUTLINE
    outline = TOKENS["bodymap"][mode]["outline"]
    yield "bodymap.outline", "surface", outline, plain["surface"], OUTLINE


@pytest.mark.parametrize("mode", MODES)
def test_every_pair_of_colours_that_is_read_has_enough_contrast(mode):
    weak = [
        f"{text} on {ground}: {contrast(one, other):.2f}, not {least}"
        for text, ground, one, other, least in _pairs(mode)
        if contrast(one, other) < least
    ]

    assert weak == []


def test_both_themes_name_the_same_colours():
    for group in (TOKENS, TOKENS["score"], TOKENS["chart"], TOKENS["bodymap"]):
        assert set(group["light"]) == set(group["dark"])


def test_no_colour_is_written_outside_the_theme_and_the_paper():
    package = ROOT / "registry_app"
    places = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(package.rglob("*.py"))
        if not path.relative_to(package).as_posix().startswith(PAPER)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if COLOUR.search(line)
    ]

    assert places == []
