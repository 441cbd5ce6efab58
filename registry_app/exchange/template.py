"""The empty workbook for an import: a row an exam, a column a cell, and its help."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from registry_app.domain.errors import Refused
from registry_app.domain.isncsci.exam import ALLOWED
from registry_app.domain.isncsci.segments import DAP, NON_KEY_ITEMS, VAC
from registry_app.domain.subject import Arm, Cause, Sex
from registry_app.exchange.rows import COLUMNS, HEAD
from registry_app.exchange.workbook import EXAMS_SHEET
from registry_app.words import Language, Words

_HELP_SHEET: Final = "help"
#: Rows with a list of what may stand in a cell.
_ROWS: Final = 5_000
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "arm": tuple(Arm),
    "sex": tuple(Sex),
    "level_cause": tuple(Cause),
    "blinded": ("true", "false"),
    **ALLOWED,
}
#: The same template gives the same bytes.
_MADE: Final = datetime(2026, 1, 1)


def write_template(path: Path) -> None:
    """Write the workbook. Raises Refused where a file is there, or none can be."""
    if path.exists():
        raise Refused("import.template-exists", name=path.name)
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import (
        FileCreateError,
    )

    book = Workbook(str(path))
    book.set_properties({"created": _MADE})
    # Text, so that Excel turns neither 1-5 into a day nor 0012 into 12.
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    needed = book.add_format(
        {"num_format": "@", "bold": True, "bottom": 1, "bg_color": "#E8EEF4"}
    )
    exams = book.add_worksheet(EXAMS_SHEET)
    _exams(exams, text, head, needed)
    _help(book.add_worksheet(_HELP_SHEET), head, book.add_format({"text_wrap": True}))
    try:
        book.close()
    except FileCreateError:
        raise Refused("import.template-not-written", name=path.name) from None


def _exams(sheet: Any, text: Any, head: Any, needed: Any) -> None:
    sheet.freeze_panes(1, 1)
    for index, column in enumerate(COLUMNS):
        about = column in HEAD
        sheet.set_column(index, index, 14 if about else 10, text)
        sheet.write_string(0, index, column, needed if about else head)
        if column in _CHOICES:
            choices = list(_CHOICES[column])
            rule = {"validate": "list", "source": choices, "error_type": "warning"}
            sheet.data_validation(1, index, _ROWS, index, rule)


def _help(sheet: Any, head: Any, wrapped: Any) -> None:
    """What each column means, in every language, and what may stand in it."""
    spoken = {language: Words(language) for language in Language}
    for index, words in enumerate(spoken.values()):
        sheet.write_string(0, 1 + index, words("import.help-meaning"), head)
    sheet.write_string(0, 0, spoken[Language.EN]("import.help-column"), head)
    last = 1 + len(spoken)
    sheet.write_string(0, last, spoken[Language.EN]("import.help-values"), head)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, last, 60, wrapped)
    sheet.freeze_panes(1, 1)
    for row, column in enumerate(COLUMNS, start=1):
        sheet.write_string(row, 0, column)
        for index, words in enumerate(spoken.values()):
            sheet.write_string(row, 1 + index, _meaning(column, words))
        sheet.write_string(row, last, ", ".join(_CHOICES.get(column, ())))


def _meaning(column: str, words: Words) -> str:
    if column in HEAD:
        return words(f"import.help-{column.replace('_', '-')}")
    if column in (VAC, DAP):
        return words(f"import.help-{column.lower()}")
    side, *rest = column.split("_", 2)
    where = words(f"import.help-side-{side.lower()}")
    if column in NON_KEY_ITEMS:
        return words("import.help-non-key", side=where)
    modality, segment = rest
    what = words(f"import.help-score-{modality.lower()}")
    return words(
        "import.help-score", side=where, what=what, segment=segment.replace("_", "-")
    )
