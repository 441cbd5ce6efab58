"""One ISNCSCI sheet, as far as it is filled in.

An exam is kept as a line of 136 characters, one for each item of ITEMS: that makes it
small, comparable at once, and quick to classify. `values` reads it back as it was
written.
"""

from collections.abc import Mapping
from itertools import compress
from types import MappingProxyType
from typing import Final, Self

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.segments import (
    DAP,
    ITEMS,
    KEY_MUSCLES,
    NEEDED_ITEMS,
    NON_KEY_ITEMS,
    VAC,
)

#: An item that nothing is written at.
OPEN: Final = "."
#: The character of each value. Letters stand for starred scores only, and digits for
#: certain ones only, so that both kinds of exam can be told by a look at the line.
#: RULES.md part 5. UNK (unknown, from an old record) is kept and classified as NT.
_OPEN_ENDED: Final = {"NT": "?", "UNK": "!", "NT*": "f", "NT**": "l"}
SENSORY_CODES: Final[Mapping[str, str]] = (
    {"0": "0", "1": "1", "2": "2"}
    | {"0*": "a", "1*": "b", "0**": "g", "1**": "h"}
    | _OPEN_ENDED
)
MOTOR_CODES: Final[Mapping[str, str]] = (
    {"0": "0", "1": "1", "2": "2", "3": "3", "4": "4", "5": "5"}
    | {"0*": "a", "1*": "b", "2*": "c", "3*": "d", "4*": "e"}
    | {"0**": "g", "1**": "h", "2**": "i", "3**": "j", "4**": "k"}
    | _OPEN_ENDED
)
ANAL_CODES: Final[Mapping[str, str]] = {"Yes": "1", "No": "0", "NT": "?", "UNK": "!"}
NON_KEY_CODES: Final[Mapping[str, str]] = {s: str(n) for n, s in enumerate(KEY_MUSCLES)}


def _codes_of(item: str) -> Mapping[str, str]:
    if item in (VAC, DAP):
        return ANAL_CODES
    if item in NON_KEY_ITEMS:
        return NON_KEY_CODES
    return MOTOR_CODES if "_M_" in item else SENSORY_CODES


#: What may be written at each item.
ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {i: tuple(_codes_of(i)) for i in ITEMS}
SENSORY_VALUES: Final = tuple(SENSORY_CODES)
MOTOR_VALUES: Final = tuple(MOTOR_CODES)
ANAL_VALUES: Final = tuple(ANAL_CODES)

_PLACES: Final = {item: (n, _codes_of(item)) for n, item in enumerate(ITEMS)}
_READ: Final = [{c: v for v, c in _codes_of(item).items()} for item in ITEMS]
_NEEDED: Final = len(NEEDED_ITEMS)
_BLANK: Final = OPEN * len(ITEMS)


def shortened(text: str) -> str:
    """What was read, for a sentence: never a page of it."""
    return text if len(text) <= 40 else f"{text[:40]}..."


class Exam:
    """What is written on a sheet: item to value, open items left out. Never changed.

    Raises InvalidValue for an item that is not on the sheet, or a value that cannot
    stand there.
    """

    __slots__ = ("_values", "code")

    #: One character an item, in the order of ITEMS.
    code: str
    _values: Mapping[str, str] | None

    def __init__(self, values: Mapping[str, str] = MappingProxyType({})) -> None:
        code = list(_BLANK)
        for item, value in values.items():
            place = _PLACES.get(item)
            if place is None:
                raise InvalidValue("isncsci.not-an-item", item=item)
            index, codes = place
            if value not in codes:
                raise InvalidValue(
                    "isncsci.not-a-value",
                    item=item,
                    value=shortened(value),
                    allowed=", ".join(codes),
                )
            code[index] = codes[value]
        self.code = "".join(code)
        self._values = None

    @classmethod
    def from_code(cls, code: str) -> Self:
        """The exam of a line of characters that is known to be sound."""
        exam = cls.__new__(cls)
        exam.code = code
        exam._values = None
        return exam

    @property
    def values(self) -> Mapping[str, str]:
        """Item to value, in the order of the sheet, open items left out."""
        if self._values is None:
            written = zip(ITEMS, _READ, self.code, strict=True)
            self._values = MappingProxyType(
                {item: read[c] for item, read, c in written if c != OPEN}
            )
        return self._values

    @property
    def missing(self) -> tuple[str, ...]:
        """The items that a classification needs and that are still open."""
        if self.code.find(OPEN, 0, _NEEDED) < 0:
            return ()
        return tuple(compress(NEEDED_ITEMS, map(OPEN.__eq__, self.code)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exam) and self.code == other.code

    def __hash__(self) -> int:
        return hash(self.code)

    def __repr__(self) -> str:
        return f"Exam({dict(self.values)!r})"
