"""Figures of a document: the chart drawn, its caption and notes below.

What is drawn is pressed like the number in the table that says the same.
"""

from collections.abc import Iterator

from reportlab.lib.units import mm

from registry_app.domain.figures.cells_of import CellsOf
from registry_app.domain.figures.document import Figure, Said
from registry_app.drawing.charts import draw_chart
from registry_app.drawing.shapes import Box, Picture
from registry_app.reports.fonts import writable
from registry_app.reports.plate import Plate, Source
from registry_app.reports.sheet import BODY_HEIGHT, MEASURE, NOTE
from registry_app.reports.summary_figures import pen
from registry_app.reports.tables import Caption
from registry_app.reports.text import Text, raised
from registry_app.reports.voice import Voice

#: A figure takes at most so much of a page, mm: its heading stands above it.
_HIGHEST = BODY_HEIGHT - 24.0


def figure_plate(figure: Figure, number: str, voice: Voice, cells: CellsOf) -> Plate:
    """The plate with its number; as wide as the measure, if it is not too high so.

    `cells`: of the document that the figure stands in.
    """

    def said(words: Said) -> tuple[str, str]:
        lead, second = voice.said(words)
        return writable(lead), writable(second)

    picture = draw_chart(figure.chart, said, MEASURE * mm, pen(voice))
    notes = [
        Text(raised("  ".join(filter(None, voice.said(note)))), NOTE)
        for note in figure.notes
    ]
    sources = [*_sources(picture, voice, cells)]
    caption = Caption(number, *voice.said(figure.caption))

    def plate(width: float) -> Plate:
        key = f"figure-{figure.id}"
        return Plate(picture, width, caption, notes=notes, key=key, sources=sources)

    whole = plate(MEASURE)
    high = whole.wrap(0, 0)[1] / mm
    return whole if high <= _HIGHEST else plate(MEASURE * _HIGHEST / high)


def _sources(picture: Picture, voice: Voice, cells: CellsOf) -> Iterator[Source]:
    """The places of a picture that lead to the cell of a table with records behind."""
    for shape in picture.shapes:
        if not isinstance(shape, Box) or not shape.ref:
            continue
        found = cells.found(shape.ref)
        if found is None or not found.value.refs:
            continue
        said = (found.table.caption, found.row.cells[0].shown, found.column.head)
        label = "  ".join(filter(None, (voice.said(one)[0] for one in said)))
        yield Source(shape, found.value.refs, label)
