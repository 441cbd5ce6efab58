"""The body map: sensation of one exam, or the change between two.

Level and change are told by ground *and* pattern (tokens.toml, [hatch]), a change also
by + and −, so that nothing is lost in grey. What is open is white.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from registry_app.domain.figures.sensation import Change, Level, Place
from registry_app.drawing.body import BodyArt, Region
from registry_app.drawing.palette import Palette
from registry_app.drawing.patterns import Pattern, segments
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import (
    Fill,
    Hatch,
    Mark,
    Picture,
    Shape,
    Sign,
    Stroke,
    Text,
)

#: Below this many pixels a unit, only the landmarks are named and no detail is drawn.
SMALL: Final = 0.4
#: From here on the key points and key muscles are drawn.
LARGE: Final = 0.8
#: What a change is marked with, in words as in the drawing.
SIGNS: Final = {Change.BETTER: "+", Change.WORSE: "\u2212"}
#: How wide a caption may be, in units; beside a head more would reach into it.
_ROOM, _ROOM_BESIDE_HEAD = 190.0, 96.0
_CAPTIONS: Final = {
    "front": "drawing.front",
    "back": "drawing.back",
    "palm": "drawing.palm",
    "dorsum": "drawing.dorsum",
    "perianal": "drawing.perianal",
    "R": "drawing.right",
    "L": "drawing.left",
}
States = Mapping[Place, Level] | Mapping[Place, Change]


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is shown: its ground, its pattern, a whole or a dotted edge."""

    ground: str
    pattern: Pattern | None = None
    edged: bool = True


def look_of(state: Level | Change, palette: Palette) -> Look:
    """The ground and the pattern of a state."""
    match state:
        case Level.ALTERED:
            return Look(palette.level_1, Pattern.DOTS)
        case Level.ABSENT:
            return Look(palette.level_0, Pattern.LINES)
        case Level.NOT_TESTABLE | Change.UNKNOWN:
            return Look(palette.not_testable, Pattern.CROSS)
        case Level.OPEN:
            return Look(palette.open, edged=False)
        case Change.BETTER:
            return Look(palette.up, Pattern.PLUS)
        case Change.WORSE:
            return Look(palette.down, Pattern.MINUS)
        case _:
            return Look(palette.level_2)


def pitch_of(pattern: Pattern) -> float:
    """Pixels from one mark of a pattern to the next (tokens.toml, [hatch])."""
    return 5.0 if pattern is Pattern.CROSS else 4.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every part of the drawing needs to know."""

    art: BodyArt
    states: States
    palette: Palette
    scale: float

    @property
    def px(self) -> float:
        """One pixel, in units of the drawing."""
        return 1 / self.scale

    def look(self, region: Region) -> Look:
        state = self.states.get((region.segment, region.side), Level.OPEN)
        return look_of(state, self.palette)


def body_map(
    art: BodyArt,
    states: States,
    width: float,
    pen: Pen,
    *,
    marked: str = "",
) -> Picture:
    """The map, to be shown `width` pixels wide (260 to 1100), which decides what fits.

    `states`: from `sensation.levels` or `sensation.changes`; a place without one is
    open. `marked`: the id of the region under the cursor. On paper give 1.75 times the
    points: print is finer than a screen. The picture is in units of the art.
    """
    sheet = _Sheet(art, states, pen.palette, width / art.width)
    shapes = [
        *_grounds(sheet),
        *_lines(sheet, marked),
        *_points(sheet),
        *_names(sheet),
        *_captions(sheet, pen),
    ]
    return Picture(art.width, art.height, tuple(shapes))


def _grounds(sheet: _Sheet) -> list[Shape]:
    """Grounds, then patterns; the borders drawn over them hide the seams."""
    palette, px = sheet.palette, sheet.px
    out: list[Shape] = []
    for rings in sheet.art.face:
        out.append(Fill(rings, palette.ground))
    hatches: list[Shape] = []
    for region in sheet.art.regions:
        look = sheet.look(region)
        out.append(Fill(region.rings, look.ground, region.id))
        if look.pattern is not None:
            pitch = max(pitch_of(look.pattern) * px, 5.6)
            lines = segments(look.pattern, region.box, pitch)
            weight = 1.25 if look.pattern is Pattern.DOTS else 0.75
            hatches.append(
                Hatch(region.rings, lines, palette.soft, max(weight * px, 0.9))
            )
    return out + hatches


def _lines(sheet: _Sheet, marked: str) -> list[Shape]:
    """Borders of dermatomes, the fine drawing, silhouettes, the marked region."""
    art, palette, px = sheet.art, sheet.palette, sheet.px
    border = max(0.7 * px, 1.2)
    dots = (1.5 * px, 2.5 * px)
    out: list[Shape] = []
    for region in art.regions:
        dash = () if sheet.look(region).edged else dots
        out.append(Stroke(region.rings, palette.outline, border * 0.7, True, dash))
    if sheet.scale >= SMALL:
        out += [
            Stroke(d.rings, palette.outline, max(0.6 * d.width, 0.5 * px), False)
            for d in art.details
        ]
    out += [
        Stroke(s.rings, palette.outline, max(1.1 * px, 2.0), s.closed)
        for s in art.silhouettes
    ]
    out += [
        Stroke(r.rings, palette.accent, max(2.2 * px, 3.0))
        for r in art.regions
        if r.id == marked
    ]
    return out


def _points(sheet: _Sheet) -> list[Shape]:
    """Key sensory points as dots, key muscles as diamonds, where there is room."""
    if sheet.scale < LARGE:
        return []
    text, ground = sheet.palette.text, sheet.palette.ground
    out: list[Shape] = [
        Mark(*at, Sign.CIRCLE, 6.4 if inset else 4.6, text, ground)
        for at, inset in sheet.art.key_points
    ]
    out += [
        Mark(*at, Sign.DIAMOND, 8.4, text, ground, filled=False)
        for at in sheet.art.muscles
    ]
    return out


def _names(sheet: _Sheet) -> list[Shape]:
    """Names of dermatomes and signs of change, wherever they can be read."""
    out: list[Shape] = []
    small = sheet.scale < SMALL
    once = {name for name, _ in sheet.art.landmarks} if small else set()
    for region in sheet.art.regions:
        if region.view in _INSETS:
            out += _inset_name(sheet, region)
        elif region.segment not in once:
            out += _body_name(sheet, region)
    if small:
        text, ground = sheet.palette.text, sheet.palette.ground
        out += [
            Text(*at, name, 8.0 * sheet.px, text, halo=ground)
            for name, at in sheet.art.landmarks
        ]
    return out


_INSETS: Final = ("palm", "dorsum", "perianal")


def _sign(sheet: _Sheet, region: Region) -> str:
    state = sheet.states.get((region.segment, region.side), Level.OPEN)
    return SIGNS.get(state, "") if isinstance(state, Change) else ""


def _halo(sheet: _Sheet, region: Region) -> str | None:
    look = sheet.look(region)
    return look.ground if look.pattern is not None else None


def _inset_name(sheet: _Sheet, region: Region) -> list[Shape]:
    size = min(max(34 * sheet.scale, 8.5), 13.0) * sheet.px
    text, halo = sheet.palette.text, _halo(sheet, region)
    sign, name = _sign(sheet, region), region.segment.replace("_", "-")
    out: list[Shape] = []
    if sign:
        out.append(Text(*region.sign_at, sign, 1.3 * size, text, True, halo=halo))
    if name == "S4-5":  # one name for both sides
        halo = sheet.palette.ground
    out.append(Text(*region.at, name, size, text, True, halo=halo))
    return out


def _body_name(sheet: _Sheet, region: Region) -> list[Shape]:
    sign, name = _sign(sheet, region), region.segment.replace("_", "-")
    room, width = region.room * sheet.scale, region.breadth * sheet.scale
    most = 8.0 if sheet.scale < SMALL else 10.0
    both = sign and width > 0.62 * most * (len(name) + 1) and room > 9
    text = name + sign if both else sign or name
    if len(text) == 1:
        size, least = min(max(min(room, width) * 1.4, 9.0), 15.0), 0.0
    else:
        size, least = min(room * 0.95, width / (0.64 * len(text)), most), 7.0
    too_narrow = len(text) > 1 and width < len(text) * size
    if size < least or (sheet.scale < SMALL and too_narrow):
        return []
    ink, halo = sheet.palette.text, _halo(sheet, region)
    return [Text(*region.at, text, size * sheet.px, ink, bool(sign), halo=halo)]


def _captions(sheet: _Sheet, pen: Pen) -> list[Shape]:
    """Sides and views; smaller words go first when there is no room."""
    out: list[Shape] = []
    for caption in sheet.art.captions:
        large = caption.size > 30  # the R and L of the patient: always needed
        if large or caption.size * sheet.scale >= 7.0:
            text = pen.words(_CAPTIONS[caption.key])
            beside = caption.key in ("front", "back")
            room = _ROOM_BESIDE_HEAD if beside else _ROOM
            fitting = room / (pen.measure(text, 1.0, large) or 1)
            size = max(min(caption.size, fitting), 9.0 * sheet.px if large else 0.0)
            out.append(Text(*caption.at, text, size, sheet.palette.soft, large))
    return out
