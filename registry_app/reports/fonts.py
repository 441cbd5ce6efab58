"""The two fonts of every page, and what they cannot write.

reportlab has no fallback: a character that the font lacks would be an empty box. So
every string is checked before it is drawn, and a report with such a character is
refused with the list of them.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFont

from registry_app.domain.errors import Refused
from registry_app.paths import RESOURCES

REGULAR, BOLD = "NotoSansJP", "NotoSansJP-Bold"


def register() -> None:
    """Load both fonts once; a canvas then starts in one of them, never Helvetica."""
    if REGULAR in pdfmetrics.getRegisteredFontNames():
        return
    # reportlab 5.1 writes a wrong map for characters beyond U+FFFF: a name with
    # U+20BB7 would print right, and be copied and searched as another.
    setattr(ttfonts, "makeToUnicodeCMap", _to_unicode)  # noqa: B010 (not typed so)
    folder = RESOURCES / "fonts"
    pdfmetrics.registerFont(TTFont(REGULAR, str(folder / "NotoSansJP-Regular.ttf")))
    pdfmetrics.registerFont(TTFont(BOLD, str(folder / "NotoSansJP-Bold.ttf")))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )
    rl_config.canvas_basefontname = REGULAR
    rl_config.useA85 = 0  # pure Python, slow, and a quarter larger


def _to_unicode(name: str, subset: Iterable[int]) -> str:
    codes = [chr(code).encode("utf-16-be").hex().upper() for code in subset]
    rows = [f"<{n:02X}> <{code}>" for n, code in enumerate(codes)]
    out = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(rows) - 1:02X}>",
        "endcodespacerange",
    ]
    for first in range(0, len(rows), 100):
        part = rows[first : first + 100]
        out += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    end = ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(out + end)


#: Small digits that the fonts lack: below the line as plain ones (SpO2), above it with
#: the sign for a power (10^8), so that no figure changes.
_PLAIN: Final = {
    **{0x2080 + n: f"{n}" for n in range(10)},
    **{0x2070 + n: f"^{n}" for n in (0, 4, 5, 6, 7, 8, 9)},
}


def writable(text: str) -> str:
    """A text of a pack or of the catalogue as the fonts can write it."""
    return text if text.isascii() else text.translate(_PLAIN)


#: What is printed as a raised letter of its own: the marks of notes, and powers.
RAISED: Final = {
    **dict(zip("ᵃᵇᶜᵈᵉᶠᵍʰ", "abcdefgh", strict=True)),
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789\u2212", strict=True)),
}
_LOWERED: Final = {code: plain for code, plain in _PLAIN.items() if code >= 0x2080}


def lowered(text: str) -> str:
    """`writable` where what is raised will be set so (text.py)."""
    return text if text.isascii() else text.translate(_LOWERED)


def width(text: str, size: float, bold: bool) -> float:
    """The width of words in points."""
    return _width(text, bold) * size


@lru_cache(maxsize=1 << 16)
def _width(text: str, bold: bool) -> float:
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, 1))


def missing(text: str) -> set[str]:
    """The characters of `text` that the fonts cannot write; a line feed is none."""
    if text.isascii() and text.isprintable():
        return set()
    return set(text) - _written()


@cache
def _written() -> frozenset[str]:
    """Every character that the fonts can write, and the line feed."""
    font = pdfmetrics.getFont(REGULAR)
    assert isinstance(font, TTFont)
    return frozenset(map(chr, font.face.charToGlyph)) | {"\n"}


def check(texts: Iterable[str]) -> None:
    """Refuse texts that cannot be written whole, naming every missing character."""
    lost = sorted(set().union(*map(missing, texts)))
    if lost:
        raise Refused("report.no-glyph", characters=named(lost))


def named(characters: Iterable[str]) -> str:
    """Characters in order, each with its code point."""
    return ", ".join(map(_named, sorted(characters)))


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"{character} ({code})" if character.isprintable() else code
