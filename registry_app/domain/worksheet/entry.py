"""How an examiner works through a sheet: the order of the cells, and what is typed."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.exam import ALLOWED
from registry_app.domain.isncsci.segments import (
    DAP,
    DERMATOMES,
    KEY_MUSCLES,
    NON_KEY_ITEMS,
    VAC,
    Modality,
    Side,
    score_item,
    segments_of,
)

#: The six columns as on paper: the cells of both sides meet at the body map.
COLUMNS: Final = (
    (Side.RIGHT, Modality.MOTOR),
    (Side.RIGHT, Modality.LIGHT_TOUCH),
    (Side.RIGHT, Modality.PIN_PRICK),
    (Side.LEFT, Modality.LIGHT_TOUCH),
    (Side.LEFT, Modality.PIN_PRICK),
    (Side.LEFT, Modality.MOTOR),
)
ANAL_ITEMS: Final = (VAC, DAP)


class Order(StrEnum):
    """The way an examiner works through the sheet."""

    COLUMNS = "columns"
    SIDE_BY_SIDE = "side-by-side"
    ROWS = "rows"


def column(side: Side, modality: Modality) -> tuple[str, ...]:
    """The items of one column, from the neck down."""
    return tuple(score_item(side, modality, s) for s in segments_of(modality))


def place_of(item: str) -> tuple[Side, Modality, str]:
    """Side, modality and segment of a score."""
    side, modality, segment = item.split("_", 2)
    return Side(side), Modality(modality), segment


_COLUMN_OF: Final[Mapping[str, tuple[str, ...]]] = {
    item: column(*which) for which in COLUMNS for item in column(*which)
}


def column_of(item: str) -> tuple[str, ...]:
    """The column a score stands in; empty for an item that is no score."""
    return _COLUMN_OF.get(item, ())


def below(item: str) -> tuple[str, ...]:
    """The items under this one in its column."""
    cells = column_of(item)
    return cells[cells.index(item) + 1 :] if cells else ()


@cache
def walk(order: Order) -> tuple[str, ...]:
    """Every item in the order of work; the anal exam and the non-key muscles last."""
    if order is Order.COLUMNS:
        scores = [item for which in COLUMNS for item in column(*which)]
    else:
        blocks = [list(COLUMNS)]
        if order is Order.SIDE_BY_SIDE:
            blocks = [
                [COLUMNS[0]],
                list(COLUMNS[1:3]),
                list(COLUMNS[3:5]),
                [COLUMNS[5]],
            ]
        scores = [
            score_item(side, modality, segment)
            for block in blocks
            for segment in DERMATOMES
            for side, modality in block
            if segment in segments_of(modality)
        ]
    return (*scores, *ANAL_ITEMS, *NON_KEY_ITEMS)


def neighbour(item: str, order: Order, steps: int) -> str:
    """The item so many steps on (or back, if negative), kept inside the sheet."""
    way = walk(order)
    return way[max(0, min(len(way) - 1, way.index(item) + steps))]


def beside(item: str, right: int, down: int) -> str:
    """The item beside another one, as arrow keys go over the sheet."""
    if item in ANAL_ITEMS or item in NON_KEY_ITEMS:
        foot = (*ANAL_ITEMS, *NON_KEY_ITEMS)
        if down < 0:
            side = Side.RIGHT if item in (foot[0], foot[2]) else Side.LEFT
            return column(side, Modality.LIGHT_TOUCH)[-1]
        return foot[max(0, min(3, foot.index(item) + right))]
    own_side, own_modality, segment = place_of(item)
    here = (own_side, own_modality)
    cells = column(*here)
    if down:
        at = cells.index(item) + down
        if at >= len(cells):
            return ANAL_ITEMS[0 if here[0] is Side.RIGHT else 1]
        return cells[max(0, at)]
    at = COLUMNS.index(here) + right
    if not 0 <= at < len(COLUMNS):
        return item
    side, modality = COLUMNS[at]
    if modality is Modality.MOTOR and segment not in KEY_MUSCLES:
        return item
    return f"{side}_{modality}_{segment}"


_WORDS: Final = {"N": "NT", ".": "NT", "U": "UNK", "?": "UNK"}
_ANSWERS: Final = {"1": "Yes", "Y": "Yes", "YES": "Yes", "0": "No", "NO": "No"}


def parse(item: str, text: str) -> str:
    """What is meant by what was typed at an item.

    Full-width letters and digits count as plain ones. ``n`` and ``.`` are not
    testable and ``u`` unknown everywhere: VAC and DAP take 1 and 0, so that ``n``
    never says No.
    Raises InvalidValue with what may stand there.
    """
    typed = unicodedata.normalize("NFKC", text).strip().upper()
    plain = typed.rstrip("*")
    stars = typed[len(plain) :]
    plain = _WORDS.get(plain, plain)
    if item in ANAL_ITEMS:
        plain = _ANSWERS.get(plain, plain)
    value = plain + stars
    allowed = ALLOWED[item]
    if value in allowed:
        return value
    if stars and plain in allowed:
        raise InvalidValue("worksheet.no-star", value=plain)
    said = ", ".join(a for a in allowed if "*" not in a and a != "UNK")
    raise InvalidValue("worksheet.not-a-score", text=text.strip(), allowed=said)


def shown(value: str) -> str:
    """A value as it is written on paper: with one star, whatever was decided."""
    return value.replace("**", "*")


def starred(value: str) -> bool:
    """Whether a value carries a star."""
    return value.endswith("*")


def can_star(item: str, value: str) -> bool:
    """Whether a star can be put at this value (RULES.md 2.1: not at a normal one)."""
    return f"{value.rstrip('*')}*" in ALLOWED[item]


#: Segments of the lowest non-key muscle by the digit that stands in their name.
NON_KEY_DIGITS: Final[Mapping[str, tuple[str, ...]]] = {
    digit: tuple(s for s in KEY_MUSCLES if s.endswith(digit)) for digit in "12345678"
}


def non_key_for(digit: str, now: str) -> str | None:
    """The non-key segment meant by a digit: ``5`` is C5 and, pressed again, L5."""
    choices = NON_KEY_DIGITS.get(digit, ())
    if not choices:
        return None
    at = choices.index(now) + 1 if now in choices else 0
    return choices[at % len(choices)]
