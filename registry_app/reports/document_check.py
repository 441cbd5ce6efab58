"""What of a document cannot be written: every character, and where it stands."""

from collections.abc import Iterator

from registry_app.domain.errors import Refused
from registry_app.domain.figures.document import (
    Document,
    Fields,
    Figure,
    Prose,
    Said,
    Section,
    Table,
    Written,
    walk,
)
from registry_app.domain.figures.document_data import Numbers, numbering
from registry_app.reports import fonts
from registry_app.reports.paper import Paper
from registry_app.reports.voice import Voice

#: So many places are named; a name that recurs stands in hundreds of rows.
_MOST = 12
#: So much of the first cell names a row: a case ID, the beginning of a term.
_SHORT = 24


def check(document: Document, paper: Paper) -> None:
    """Refuse a document with characters that the fonts lack.

    Raises Refused that names them with the table and row, or the section, of each.
    """
    voice = paper.voice
    found: dict[str, set[str]] = {}
    for place, text in _texts(document, voice):
        if lost := _lost(text):
            found.setdefault(place, set()).update(lost)
    if found:
        places = [
            voice.lead(
                "document.no-glyph-at", characters=fonts.named(lost), place=place
            )
            for place, lost in [*found.items()][:_MOST]
        ]
        more = ["…"] if len(found) > _MOST else []
        raise Refused("document.no-glyph", places=", ".join([*places, *more]))
    fonts.check(paper.running.texts)


def _lost(text: str) -> set[str]:
    return fonts.missing(text) - fonts.RAISED.keys()


def _texts(document: Document, voice: Voice) -> Iterator[tuple[str, str]]:
    """Every text with its place in words."""
    numbers = numbering(document)

    def both(said: Said) -> str:
        return "".join(voice.said(said))

    yield "1", both(document.title)
    for said in (document.period, document.addressee, document.owner):
        yield "1", both(said or "")
    for notice in document.notices:
        yield "1", both(notice)
    for row in document.cover:
        place = voice.lead("document.cover-place", field=both(row.label))
        yield place, both(row.label) + both(row.value.shown)
    for top in (*document.sections, *document.appendix):
        yield numbers.sections[top.id], both(top.title)
        for block in walk(top):
            match block:
                case Section():
                    yield numbers.sections[block.id], both(block.title)
                case Table():
                    yield from _table(block, numbers, voice)
                case Fields():
                    for row in block.rows:
                        yield both(row.label), both(row.value.shown)
                case Prose():
                    yield numbers.sections[top.id], both(block.text)
                case Written():
                    typed = fonts.lowered(block.ja + block.en)
                    yield numbers.sections[top.id], typed
                case Figure():
                    number = numbers.figures[block.id]
                    name = voice.lead("report.figure-number", n=number)
                    for said in (block.caption, *block.notes):
                        yield name, both(said)


def _table(table: Table, numbers: Numbers, voice: Voice) -> Iterator[tuple[str, str]]:
    name = voice.lead("report.table-number", n=numbers.tables[table.id])
    for said in (table.caption, *table.notes, *(c.head for c in table.columns)):
        yield name, "".join(voice.said(said))
    rows = [
        # Nearly every row can be written: it is looked at as one text.
        "".join(
            [
                shown
                if isinstance(shown := cell.shown, str)
                else "".join(voice.said(shown))
                for cell in row.cells
            ]
        )
        for row in table.rows
    ]
    # As can nearly every table, and it is of few characters.
    if not _lost(fonts.lowered("".join(set().union(*rows)))):
        return
    for row, text in zip(table.rows, rows, strict=True):
        first = fonts.lowered("".join(voice.said(row.cells[0].shown)))[:_SHORT]
        yield f"{name} {first}", fonts.lowered(text)
