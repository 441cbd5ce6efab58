"""One ISNCSCI sheet, as far as it is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.segments import (
    DAP,
    ITEMS,
    KEY_MUSCLES,
    NEEDED_ITEMS,
    NON_KEY_ITEMS,
    VAC,
)

#: RULES.md part 5. UNK (unknown, from an old record) is kept and classified as NT.
SENSORY_VALUES: Final = (
    *("0", "1", "2", "NT", "0*", "1*", "NT*", "0**", "1**", "NT**", "UNK"),
)
MOTOR_VALUES: Final = (
    *("0", "1", "2", "3", "4", "5", "NT", "0*", "1*", "2*", "3*", "4*", "NT*"),
    *("0**", "1**", "2**", "3**", "4**", "NT**", "UNK"),
)
ANAL_VALUES: Final = ("Yes", "No", "NT", "UNK")


def _values_of(item: str) -> tuple[str, ...]:
    if item in (VAC, DAP):
        return ANAL_VALUES
    if item in NON_KEY_ITEMS:
        return KEY_MUSCLES
    return MOTOR_VALUES if "_M_" in item else SENSORY_VALUES


#: What may be written at each item.
ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {i: _values_of(i) for i in ITEMS}


@dataclass(frozen=True, slots=True)
class Exam:
    """What is written on a sheet: item to value, open items left out.

    Raises InvalidValue for an item that is not on the sheet, or a value that cannot
    stand there.
    """

    values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for item, value in self.values.items():
            allowed = ALLOWED.get(item)
            if allowed is None:
                raise InvalidValue("isncsci.not-an-item", item=item)
            if value not in allowed:
                raise InvalidValue(
                    "isncsci.not-a-value",
                    item=item,
                    value=value,
                    allowed=", ".join(allowed),
                )

    @property
    def missing(self) -> tuple[str, ...]:
        """The items that a classification needs and that are still open."""
        return tuple(item for item in NEEDED_ITEMS if item not in self.values)
