"""Rows of cells into what they say of a patient and an exam."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeAlias, TypeVar

from registry_app.domain.dates import read_date
from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.exam import ALLOWED
from registry_app.domain.isncsci.segments import DAP, NEEDED_ITEMS, NON_KEY_ITEMS, VAC
from registry_app.domain.message import say
from registry_app.domain.names import plain
from registry_app.domain.subject import Arm, Cause, Sex
from registry_app.domain.visit import Blinding
from registry_app.exchange.mapping import SourceMap, nearest_column
from registry_app.exchange.rows import (
    SHEET,
    Cell,
    Problem,
    Source,
    SourceRow,
    name_of,
    quoted,
    why_not_text,
)
from registry_app.words import Language, Words

_YEAR: Final = re.compile(r"(18|19|20)\d\d")
_SHEET: Final = frozenset(SHEET)
#: After so many unknown columns the file is no list of exams: no need to name them all.
_NAMED_COLUMNS: Final = 20

Code = TypeVar("Code", bound=StrEnum)
#: From a code to the key of its text.
_Key: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row, understood. None or empty: the row does not say.

    `patient`: a case ID of this registry, or the code of the source. `values`: item to
    score. `places`: our column to the name of its cell in the file.
    """

    line: int
    patient: str
    arm: Arm | None = None
    sex: Sex | None = None
    birth_year: int | None = None
    injury_date: date | None = None
    treatment_date: date | None = None
    level_cause: Cause | None = None
    exam_date: date | None = None
    visit: str = ""
    assessor: str = ""
    blinded: Blinding = Blinding.UNKNOWN
    values: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def place(self, column: str) -> str:
        """How the file names the cell of a column; the column if it left it out."""
        return self.places.get(column, column)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The rows that can be understood, by line, and everything that cannot."""

    rows: tuple[ImportRow, ...]
    problems: tuple[Problem, ...]


def parse_rows(source: Source, source_map: SourceMap) -> Parsed:
    """What the rows of a file say. A row with one wrong cell is left out as a whole."""
    problems = list(source.problems)
    ours = dict[str, str | None]()
    if source.columns is not None:
        problems += _header(source.columns, source_map)
    rows = []
    unknown = set[str]()
    for row in source.rows:
        wrong = list[Problem]()
        cells = dict[str, Cell]()
        for name, cell in row.cells.items():
            if name in source_map.ignore:
                continue
            if name not in ours:
                ours[name] = source_map.column(name)
            column = ours[name]
            if column is not None:
                cells[column] = cell
            elif source.columns is None and len(unknown) < _NAMED_COLUMNS:
                if name not in unknown:
                    wrong.append(_unknown(row.line, name, cell.place))
                unknown.add(name)
        parsed = _row(row, cells, source_map, wrong)
        problems += wrong
        if not wrong:
            rows.append(parsed)
    return Parsed(tuple(rows), tuple(problems))


def _header(columns: Mapping[str, str], source_map: SourceMap) -> Iterable[Problem]:
    """Columns that are unknown, mean the same as another, or are not there."""
    known = dict[str, str]()
    unknown = 0
    for name, place in columns.items():
        if name in source_map.ignore:
            continue
        column = source_map.column(name)
        if column is None:
            unknown += 1
            if unknown <= _NAMED_COLUMNS:
                yield _unknown(1, name, place)
        elif column in known:
            other = quoted(known[column])
            message = say("import.columns-alike", column=column, other=other)
            yield Problem(1, place, message)
        else:
            known[column] = name
    if unknown > _NAMED_COLUMNS:
        yield Problem(1, "", say("import.unknown-columns", number=unknown))
    if "patient" not in known:
        yield Problem(1, "patient", say("import.no-column", column="patient"))
    lost = [name for name in source_map.columns if name not in columns]
    if lost:
        name = quoted(lost[0])
        yield Problem(1, name, say("import.map-lost-column", column=name))


def _unknown(line: int, name: str, place: str) -> Problem:
    near = nearest_column(name)
    if near:
        message = say("import.unknown-column-near", column=quoted(name), near=near)
    else:
        message = say("import.unknown-column", column=quoted(name))
    return Problem(line, quoted(place), message)


def _row(
    row: SourceRow,
    cells: Mapping[str, Cell],
    source_map: SourceMap,
    wrong: list[Problem],
) -> ImportRow:
    """One row; what cannot be taken is added to `wrong`."""
    found = dict[str, Any]()
    values = dict[str, str]()
    plainly = not source_map.codes
    for column, cell in cells.items():
        if plainly and cell.text in ALLOWED.get(column, ()):
            # Nearly every cell of nearly every file: nothing is to be made of it.
            values[column] = cell.text
            continue
        refused = why_not_text(cell.text)
        if refused is not None:
            wrong.append(Problem(row.line, cell.place, refused))
            continue
        text = source_map.text(column, cell.text)
        try:
            if column in _SHEET:
                value = _score(column, text)
                if value:
                    values[column] = value
            else:
                found[column] = _READ[column](text)
        except InvalidValue as error:
            wrong.append(Problem(row.line, cell.place, error.message))
    if "patient" not in cells:
        wrong.append(Problem(row.line, "patient", say("import.no-patient")))
    places = {column: cell.place for column, cell in cells.items()}
    found.setdefault("patient", "")
    read = ImportRow(row.line, values=values, places=places, **found)
    if values and "exam_date" not in cells:
        wrong.append(Problem(row.line, "exam_date", say("import.no-exam-date")))
    if values and "visit" not in cells:
        wrong.append(Problem(row.line, "visit", say("import.no-visit")))
    if read.exam_date is not None and not _SHEET & cells.keys():
        place = read.place("exam_date")
        wrong.append(Problem(row.line, place, say("import.no-scores")))
    return read


def _score(item: str, text: str) -> str:
    """A score as it is stored; empty for what says that there is none."""
    written = plain(text).upper()
    allowed = ALLOWED[item]
    if item in (VAC, DAP):
        written = {"YES": "Yes", "NO": "No"}.get(written, written)
    elif item in NON_KEY_ITEMS:
        written = "" if written == "NONE" else written
        if not written:
            return ""
    if written in allowed:
        return written
    score = written.rstrip("*")
    if score != written and score in allowed:
        raise InvalidValue("import.star-on-normal", item=item, score=score)
    raise InvalidValue(
        "isncsci.not-a-value",
        item=item,
        value=quoted(text.strip()),
        allowed=", ".join(allowed),
    )


def _year(text: str) -> int:
    written = plain(text)
    if not _YEAR.fullmatch(written):
        raise InvalidValue("import.not-a-year", text=quoted(text.strip()))
    return int(written)


def _date(text: str) -> date:
    try:
        return read_date(text)
    except InvalidValue as error:
        raise InvalidValue(
            "import.date", text=quoted(text.strip()), why=error.message
        ) from None


@cache
def _spellings(codes: type[StrEnum], key: _Key) -> Mapping[str, StrEnum]:
    """A code by the ways to write it: as it is stored, or as a screen says it."""
    found = dict[str, StrEnum]()
    for language in Language:
        words = Words(language)
        for code in codes:
            spoken = words(key(code.replace(" ", "-")))
            found[plain(spoken).casefold()] = code
            found[code.casefold()] = code
    return found


def _coded(codes: type[Code], key: _Key) -> Callable[[str], Code]:
    def read(text: str) -> Code:
        code = _spellings(codes, key).get(plain(text).casefold())
        if code is None:
            allowed = ", ".join(codes)
            raise InvalidValue(
                "import.not-a-code", text=quoted(text.strip()), allowed=allowed
            )
        return codes(code)

    return read


_YES_NO: Final = {
    **dict.fromkeys(("true", "yes", "1"), Blinding.BLINDED),
    **dict.fromkeys(("false", "no", "0"), Blinding.KNOWS),
}


def _blinded(text: str) -> Blinding:
    known = _YES_NO.get(plain(text).casefold())
    return known or _blinding(text)


_blinding = _coded(Blinding, lambda code: f"import.blinding-{code}")

#: How the text of each column about patient and visit is read.
_READ: Final[Mapping[str, Callable[[str], object]]] = {
    "patient": name_of,
    "arm": _coded(Arm, lambda code: f"subject.arm-{code}"),
    "sex": _coded(Sex, lambda code: f"subject.sex-{code}"),
    "birth_year": _year,
    "injury_date": _date,
    "treatment_date": _date,
    "level_cause": _coded(Cause, lambda code: f"subject.cause-{code}"),
    "exam_date": _date,
    "visit": name_of,
    "assessor": str.strip,
    "blinded": _blinded,
}


def missing_columns(source: Source, source_map: SourceMap) -> tuple[str, ...]:
    """The scores that a table has no column for: they stay open in every exam.

    None are missing where a table has no score at all: it brings patients only.
    """
    if source.columns is None:
        return ()
    known = {source_map.column(name) for name in source.columns}
    if not known & _SHEET:
        return ()
    return tuple(item for item in NEEDED_ITEMS if item not in known)
