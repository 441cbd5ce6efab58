"""A page of every report: its header, its footer, its frame; and the two-fold count.

The same header and footer stand on each page. A page is held back until the last one
is known, so that it can say "page x / y".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from registry_app.reports import fonts
from registry_app.reports.contents import Late
from registry_app.reports.ink import Region, Word, write
from registry_app.reports.sheet import (
    BOTTOM,
    FINE,
    HEIGHT,
    INK,
    LEFT,
    MEASURE,
    RIGHT,
    RULE,
    RUN,
    THIN,
    TOP,
    WIDTH,
    Type,
    grey,
)
from registry_app.reports.text import Heading

_EDGE: Final = WIDTH - RIGHT


@dataclass(frozen=True, slots=True)
class Running:
    """What every page of one report says.

    `state`: what the box at the top right says. `owner`: whose registry.
    `cut`: the data cut. `number`, `software`, `digest`: in the footer, with `label`
    (that this is no official form) under them. `cover`: the first page is one, and says
    most of this itself.
    """

    state: str
    owner: str
    report: str
    cut: str
    number: str
    software: str
    digest: str
    label: str
    cover: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """All of it."""
        return (
            *(self.state, self.owner, self.report, self.cut, self.number),
            *(self.software, self.digest, self.label),
        )


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    language: str
    creator: str


def _put(canvas: Canvas, x: float, y: float, words: str, kind: Type) -> None:
    """One line; `y` is its baseline, millimetres from the top."""
    wide = kind.width(words)
    start = x * mm - {"left": 0, "center": wide / 2, "right": wide}[kind.align]
    canvas.setFont(kind.font, kind.size)
    canvas.setFillColor(grey(kind.ink))
    canvas.drawString(start, (HEIGHT - y) * mm, words)


def _rule(
    canvas: Canvas, x0: float, y: float, x1: float, weight: float, ink: float = INK
) -> None:
    canvas.setLineWidth(weight)
    canvas.setStrokeColor(grey(ink))
    canvas.line(x0 * mm, (HEIGHT - y) * mm, x1 * mm, (HEIGHT - y) * mm)


def _fitting(words: str, kind: Type, room: float) -> Type:
    """The type, smaller where the words need more than `room` millimetres."""
    return kind.but(size=kind.size * min(1.0, room * mm / (kind.width(words) or 1)))


def _boxed(
    canvas: Canvas, right: float, middle: float, words: str, kind: Type
) -> float:
    """Words in a thin box that ends at `right`; the width of the box."""
    wide, high = kind.width(words) / mm + 3, 4.2
    canvas.setLineWidth(THIN)
    canvas.setStrokeColor(grey(INK))
    top = (HEIGHT - middle - high / 2) * mm
    canvas.rect((right - wide) * mm, top, wide * mm, high * mm)
    base = middle + kind.size * 0.36 / mm
    _put(canvas, right - wide / 2, base, words, kind.but(align="center"))
    return wide


def _header(canvas: Canvas, run: Running, *, cover: bool) -> None:
    """Owner and report at the left; state, cut and version at the right."""
    _rule(canvas, 5, HEIGHT / 2, 9, FINE, RULE)  # where a two-hole punch is centred
    strong = RUN.but(bold=True, ink=INK, size=6.4)
    strong = _fitting(run.state, strong, 0.6 * MEASURE)
    room = MEASURE - _boxed(canvas, _EDGE, 11.2, run.state, strong) - 4
    if cover:
        return
    owner = RUN.but(bold=True, ink=INK, size=7.2)
    _put(canvas, LEFT, 12.4, run.owner, _fitting(run.owner, owner, room))
    cut = RUN.but(align="right")
    _put(canvas, _EDGE, 17.4, run.cut, cut)
    room = MEASURE - cut.width(run.cut) / mm - 4
    _put(canvas, LEFT, 17.4, run.report, _fitting(run.report, RUN, room))
    _rule(canvas, LEFT, 19.6, _EDGE, THIN)


def _footer(canvas: Canvas, run: Running, page: int, pages: int) -> None:
    _rule(canvas, LEFT, 280, _EDGE, FINE)
    line = f"{run.number}    {run.software}    sha256 {run.digest[:12]}"
    _put(canvas, LEFT, 284.3, line, RUN)
    strong = RUN.but(align="right", bold=True, size=8, ink=INK)
    _put(canvas, _EDGE, 284.3, f"{page} / {pages}", strong)
    _put(canvas, LEFT, 288, run.label, RUN.but(ink=INK))


#: Told of each page as it ends, counted from 1; what it raises ends the printing.
Ended = Callable[[int], None]


class _Counted(Canvas):
    """Holds its pages back until their number is known, and what is found on them.

    `places`: the pages of keys that are linked to, `late`: their numbers still to be
    set, `regions`: where values stand whose sources are known.
    """

    def __init__(self, *args: Any, run: Running, ended: Ended, **more: Any) -> None:
        more["initialFontName"] = fonts.REGULAR
        super().__init__(*args, **more)
        self._run, self._ended = run, ended
        self._held: list[dict[str, Any]] = []
        self.places: dict[str, int] = {}
        self.late: list[Late] = []
        self.regions: list[Region] = []

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        self._held.append(dict(self.__dict__))
        self._ended(len(self._held))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        places, late = self.places, self.late
        for number, page in enumerate(held := self._held, 1):
            self.__dict__.update(page)
            self.saveState()
            _header(self, self._run, cover=self._run.cover and number == 1)
            _footer(self, self._run, number, len(held))
            for one in late:
                if one.page == number - 1:
                    _set(self, one, places)
            self.restoreState()
            super().showPage()
        super().save()


def _set(canvas: Canvas, one: Late, places: Mapping[str, int]) -> None:
    """The number of the page of a place, at the end of its line of the contents."""
    said = f"{places[one.key]}"
    x = one.x - one.kind.width(said)
    write(canvas, [Word(x, 0, said, one.kind)], one.y)


class _Document(BaseDocTemplate):
    """One frame a page, and an outline of the headings."""

    def __init__(self, into: BytesIO, properties: Properties) -> None:
        super().__init__(
            into,
            pagesize=A4,
            title=properties.title,
            author=properties.author,
            subject=properties.subject,
            creator=properties.creator,
            lang=properties.language,
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.REGULAR,
        )
        self._headings = 0
        frame = Frame(
            LEFT * mm,
            BOTTOM * mm,
            MEASURE * mm,
            (HEIGHT - TOP - BOTTOM) * mm,
            *(0, 0, 0, 0),
            id="body",
        )
        self.addPageTemplates([PageTemplate("page", [frame])])

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        if isinstance(flowable, Heading) and not flowable.key:
            self._headings += 1
            key = f"heading-{self._headings}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(
                flowable.outline, key, flowable.level, closed=False
            )


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages as a PDF, and where values stand on them."""

    pdf: bytes
    regions: tuple[Region, ...]


def build(
    story: Sequence[Flowable],
    run: Running,
    properties: Properties,
    ended: Ended = lambda _page: None,
) -> Pages:
    """The pages, the same bytes for the same story. `ended`: told of each, from 1."""
    fonts.check(run.texts)
    into = BytesIO()
    regions: list[Region] = []

    def canvas(*args: Any, **more: Any) -> Canvas:
        made = _Counted(*args, run=run, ended=ended, **more)
        made.regions = regions
        return made

    _Document(into, properties).build(list(story), canvasmaker=canvas)
    return Pages(into.getvalue(), tuple(regions))
