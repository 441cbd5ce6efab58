"""XLSX in: the sheet of exams of a workbook, its cells as text."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from registry_app.domain.message import Message, say
from registry_app.exchange.rows import (
    MAX_BYTES,
    MAX_COLUMNS,
    Problem,
    Source,
    Unreadable,
)
from registry_app.exchange.table import from_table

#: The sheet that is read if there is one of that name; else the first.
EXAMS_SHEET: Final = "exams"
#: What the older .xls begins with, and an .xlsx that is locked by a password.
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0"


def read_xlsx(data: bytes) -> Source:
    """The rows of a workbook; the cell of a problem is named as in Excel, like D5.

    A formula is refused: what it gives depends on who opened the file last.
    """
    if data.startswith(_COMPOUND_FILE):
        raise Unreadable("import.locked-workbook")
    problems: list[Problem] = []
    source = from_table(_sheet(data, problems), lambda n, i, _: f"{_letters(i)}{n}")
    return Source(source.rows, source.columns, (*problems, *source.problems))


def _sheet(data: bytes, problems: list[Problem]) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > 4 * MAX_BYTES:
                raise Unreadable("import.too-big", most=4 * MAX_BYTES // 1_000_000)
        return list(_lines(data, problems))
    except Unreadable:
        raise
    except Exception:
        # A damaged workbook makes its reader fail in any of a dozen ways (missing
        # part, broken XML, cut stream …); each of them means only this to the user.
        raise Unreadable("import.damaged-workbook") from None


def _lines(data: bytes, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    # Imported here, for it takes a third of a second that only a workbook is worth.
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # It warns of parts that it does not keep, such as lists: none of them is read.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True)
        names = book.sheetnames
        sheet: Any = book[EXAMS_SHEET if EXAMS_SHEET in names else names[0]]
        # What a file says of its own size is often wrong.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            texts = []
            for index, cell in enumerate(cells[: MAX_COLUMNS + 1]):
                text, wrong = _text(cell.value, cell.data_type)
                texts.append(text)
                if wrong is not None:
                    place = f"{_letters(index)}{number}"
                    problems.append(Problem(number, place, wrong))
            yield number, texts
        book.close()


def _text(value: object, kind: str) -> tuple[str, Message | None]:
    """A typed cell as it would be written; numbers and days as ISO writes them."""
    if value is None:
        return "", None
    if kind == "f":
        return "", say("import.formula")
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), None
    if isinstance(value, datetime):
        if value.time() != time():
            return "", say("import.time-of-day")
        return value.date().isoformat(), None
    if isinstance(value, date):
        return value.isoformat(), None
    return str(value), None


def _letters(index: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
