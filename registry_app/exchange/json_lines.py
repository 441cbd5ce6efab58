"""JSON Lines in: one object a line, an exam as nested values (docs/command-line.md)."""

import json
from collections.abc import Iterator
from typing import Any, Final

from registry_app.domain.isncsci.notation import MODALITIES, SIDES
from registry_app.domain.isncsci.segments import (
    DAP,
    VAC,
    non_key_item,
    score_item,
    segments_of,
)
from registry_app.domain.message import Message, say
from registry_app.exchange.rows import (
    MAX_LINE,
    Cell,
    Problem,
    Source,
    SourceRow,
    quoted,
)
from registry_app.exchange.text import decoded

_EXAM: Final = "exam"
_ANAL: Final = {"vac": VAC, "dap": DAP}
_NON_KEY: Final = "lowest_non_key_muscle"


class _Wrong(Exception):
    """A line that cannot be read as a whole."""

    def __init__(self, message: Message, cell: str = "") -> None:
        super().__init__(message.key)
        self.message, self.cell = message, cell


def read_json_lines(data: bytes) -> Source:
    """The rows of a JSON Lines file. Blank lines are passed over."""
    text, notices = decoded(data)
    rows, problems = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            cells = dict[str, Cell]()
            for name, cell, wrong in _cells(_parsed(line)):
                if wrong is not None:
                    problems.append(Problem(number, cell.place, wrong))
                else:
                    cells[name] = cell
        except _Wrong as wrong_line:
            problems.append(Problem(number, wrong_line.cell, wrong_line.message))
        else:
            rows.append(SourceRow(number, cells))
    return Source(tuple(rows), None, tuple(problems), notices)


def _parsed(line: str) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise _Wrong(say("import.line-too-long", length=len(line), most=MAX_LINE))
    try:
        value = json.loads(line, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise _Wrong(say("import.not-json", column=error.colno)) from None
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets nested without end.
        raise _Wrong(say("import.not-json", column=1)) from None
    if not isinstance(value, dict):
        raise _Wrong(say("import.not-an-object"))
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a key written twice would silently lose a value."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Wrong(say("import.key-twice", name=quoted(key)), quoted(key))
        found[key] = value
    return found


_Found = tuple[str, Cell, Message | None]


def _cells(row: dict[str, Any]) -> Iterator[_Found]:
    """Column name, cell, and why it cannot be taken; null and "" are open."""
    for key, value in row.items():
        if key == _EXAM:
            yield from _exam(value)
        elif isinstance(value, bool):
            yield key, Cell(str(value).lower(), key), None
        elif isinstance(value, int | str):
            text = str(value)
            if text.strip():
                yield key, Cell(text, key), None
        elif value is not None:
            yield key, Cell("", quoted(key)), say("import.not-a-text")


def _exam(exam: Any) -> Iterator[_Found]:
    if exam is None:
        return
    if not isinstance(exam, dict):
        yield "", Cell("", _EXAM), say("import.not-a-sheet")
        return
    for key, value in exam.items():
        place = f"{_EXAM}.{key}"
        if key in _ANAL:
            yield from _score(_ANAL[key], value, place)
        elif key not in SIDES:
            yield _unknown(place, (*SIDES, *_ANAL))
        elif not isinstance(value, dict):
            yield "", Cell("", place), say("import.not-a-sheet")
        else:
            yield from _side(key, value)


def _side(side_key: str, half: dict[str, Any]) -> Iterator[_Found]:
    side = SIDES[side_key]
    for key, value in half.items():
        place = f"{_EXAM}.{side_key}.{key}"
        if key == _NON_KEY:
            yield from _score(non_key_item(side), value, place)
        elif key not in MODALITIES:
            yield _unknown(place, (*MODALITIES, _NON_KEY))
        elif not isinstance(value, dict):
            yield "", Cell("", place), say("import.not-a-sheet")
        else:
            modality = MODALITIES[key]
            segments = segments_of(modality)
            for segment, score in value.items():
                where = f"{place}.{segment}"
                if segment in segments:
                    item = score_item(side, modality, segment)
                    yield from _score(item, score, where)
                else:
                    yield _unknown(where, segments)


def _score(item: str, value: Any, place: str) -> Iterator[_Found]:
    if isinstance(value, str):
        if value.strip():
            yield item, Cell(value, place), None
    elif value is not None:
        yield item, Cell("", place), say("import.score-not-a-string")


def _unknown(place: str, allowed: tuple[str, ...]) -> _Found:
    message = say("import.unknown-key", allowed=", ".join(allowed))
    return "", Cell("", quoted(place)), message
