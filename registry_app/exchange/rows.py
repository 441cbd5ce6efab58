"""What comes in from a file: rows of cells, each with the place it stood at.

Nothing here knows what a cell means; `registry_app.exchange.parse` does.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from registry_app.domain.errors import RegistryError
from registry_app.domain.isncsci.segments import (
    DAP,
    NON_KEY_ITEMS,
    VAC,
    Modality,
    Side,
    score_item,
    segments_of,
)
from registry_app.domain.message import Message, say
from registry_app.domain.names import plain

#: The columns about the patient and the visit, in the order of the template.
HEAD: Final = (
    *("patient", "arm", "sex", "birth_year", "injury_date", "treatment_date"),
    *("level_cause", "exam_date", "visit", "assessor", "blinded"),
)
#: The columns of the sheet, light touch first as on paper.
SHEET: Final = (
    *(
        score_item(side, modality, segment)
        for side in Side
        for modality in (Modality.LIGHT_TOUCH, Modality.PIN_PRICK, Modality.MOTOR)
        for segment in segments_of(modality)
    ),
    *(VAC, DAP, *NON_KEY_ITEMS),
)
COLUMNS: Final = (*HEAD, *SHEET)

#: More than this is not a list of exams; it is refused before it fills the memory.
MAX_BYTES: Final = 200_000_000
MAX_COLUMNS: Final = 1_000
MAX_LINE: Final = 1_000_000
MAX_CELL: Final = 200
#: So many characters of a cell are quoted in a sentence.
QUOTED: Final = 40


class Cell(NamedTuple):
    """What is written in a cell, and how the file itself names the place."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: its line, its cell if one is meant, and a sentence."""

    line: int
    cell: str
    message: Message


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a file, by the file's own column names. Empty cells are left out."""

    line: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Source:
    """A whole file as read: its columns, rows, what could not be read, what to know."""

    rows: tuple[SourceRow, ...] = ()
    columns: Mapping[str, str] | None = None
    """Column name to its place in the header; None where a file has no header."""
    problems: tuple[Problem, ...] = ()
    notices: tuple[Message, ...] = ()


class Unreadable(RegistryError):
    """The file as a whole cannot be read. `line` is where, 0 if nowhere special."""

    def __init__(self, key: str, *, line: int = 0, **params: object) -> None:
        super().__init__(key, **params)
        self.line = line


def name_of(text: str) -> str:
    """A column, a code or a visit as it is compared: width and dashes do not matter.

    The long-vowel mark is a dash only where no kana is around it.
    """
    folded = plain(text)
    return folded if folded.isascii() else unicodedata.normalize("NFKC", text).strip()


def quoted(text: str) -> str:
    """What was written, short enough for a sentence, control characters shown as ?."""
    shown = "".join("?" if unicodedata.category(c) == "Cc" else c for c in text)
    return shown if len(shown) <= QUOTED else f"{shown[:QUOTED]}..."


def why_not_text(text: str) -> Message | None:
    """Why the text of a cell is refused whatever its meaning; None if it is fine."""
    if len(text) > MAX_CELL:
        return say("import.cell-too-long", length=len(text), most=MAX_CELL)
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
        return say("import.control-character", text=quoted(text))
    if any(unicodedata.category(c) == "Co" for c in text):
        # Only the computers that the file comes from know what it looks like.
        return say("import.private-character")
    return None
