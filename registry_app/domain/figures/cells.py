"""Cells of a report: what is written; what is not is named, and never guessed."""

from collections.abc import Callable, Iterable
from datetime import date

from registry_app.domain.figures.document import (
    Column,
    FieldRow,
    Mark,
    Ref,
    Row,
    Said,
    Value,
)
from registry_app.domain.message import Message, in_halves, say
from registry_app.domain.trail import Plain

Refs = tuple[Ref, ...]


def written(text: str, refs: Refs = ()) -> Value:
    """A text as typed, in the reader's language where both are; else 未記載."""
    if text.strip():
        return Value(in_halves(text.strip()), text.strip(), refs)
    return Value(say("cover.not-written"), None, refs)


def day(value: date | None, refs: Refs = (), mark: Mark = Mark.NONE) -> Value:
    """A day as tables tell it, 2026-05-31; 未記載 where it is not known."""
    if value is None:
        return Value(say("cover.not-written"), None, refs)
    return Value(value.isoformat(), value.isoformat(), refs, mark=mark)


def number(value: int, refs: Refs = (), *, strong: bool = False) -> Value:
    """A count, with the records that were counted."""
    return Value(f"{value:,}", value, refs, strong)


def said(
    text: Said, data: Plain = None, refs: Refs = (), mark: Mark = Mark.NONE
) -> Value:
    """Words of the catalogue or of a pack."""
    return Value(text, data, refs, mark=mark)


def dash(refs: Refs = ()) -> Value:
    """Not applicable: —."""
    return Value("—", None, refs)


def joined(parts: Iterable[Said], file_key: str = "cover.and") -> Said:
    """Several sayings as one, in order; "" of none."""
    found: Said = ""
    for part in parts:
        found = part if found == "" else say(file_key, first=found, rest=part)
    return found


def fields(
    label: Callable[[str], Message], rows: Iterable[tuple[str, Value]]
) -> tuple[FieldRow, ...]:
    """Labelled values; `label` gives the words of each id."""
    return tuple(FieldRow(name, label(name), value) for name, value in rows)


def columns(
    head: Callable[[str], Message], *named: tuple[str, float]
) -> tuple[Column, ...]:
    """Columns of words by id and width in mm; `head` gives the words of each id."""
    return tuple(Column(name, head(name), width) for name, width in named)


def rows(found: Iterable[tuple[Value, ...]]) -> tuple[Row, ...]:
    """Rows that are named by their number."""
    return tuple(Row(f"{n}", cells) for n, cells in enumerate(found, 1))


def refs_of(kind: str, ids: Iterable[str], of: str = "") -> Refs:
    """References to records of one kind."""
    return tuple(Ref(kind, one, of) for one in ids)
