"""A document as people read it: every cell of a table in one language, by its id."""

from registry_app.domain.figures.document import Fields, Table, walk
from registry_app.domain.message import Message, Told
from registry_app.words import Language, Words


def said(thing, language=Language.JA):
    if isinstance(thing, Message | Told):
        return Words(language).say(thing)
    return thing


def blocks(document):
    for section in (*document.sections, *document.appendix):
        yield from walk(section)


def table(document, name, language=Language.JA):
    """The rows of a table: a dictionary each, of column id to what is printed."""
    found = next(b for b in blocks(document) if isinstance(b, Table) and b.id == name)
    ids = [column.id for column in found.columns]
    return [
        dict(zip(ids, (said(c.shown, language) for c in row.cells), strict=True))
        for row in found.rows
    ]


def fields(document, name, language=Language.JA):
    found = next(b for b in blocks(document) if isinstance(b, Fields) and b.id == name)
    return {row.id: said(row.value.shown, language) for row in found.rows}


def cover(document, language=Language.JA):
    return {row.id: said(row.value.shown, language) for row in document.cover}


def everything(document, language):
    """Every text of a document; a missing key or parameter raises."""
    yield said(document.title, language)
    yield said(document.owner, language)
    yield said(document.addressee, language)
    yield from (said(notice, language) for notice in document.notices)
    for row in document.cover:
        yield said(row.label, language)
        yield said(row.value.shown, language)
    for section in (*document.sections, *document.appendix):
        yield said(section.title, language)
        for block in walk(section):
            for name in ("caption", "text", "title"):
                if hasattr(block, name):
                    yield said(getattr(block, name), language)
            yield from (said(n, language) for n in getattr(block, "notes", ()))
            if isinstance(block, Table):
                yield from (said(c.head, language) for c in block.columns)
                for row in block.rows:
                    yield from (said(cell.shown, language) for cell in row.cells)
            if isinstance(block, Fields):
                for row in block.rows:
                    yield said(row.label, language)
                    yield said(row.value.shown, language)


def widths(document):
    """The sum of the widths of each table, in mm, by its id."""
    return {
        b.id: sum(column.width for column in b.columns)
        for b in blocks(document)
        if isinstance(b, Table)
    }
