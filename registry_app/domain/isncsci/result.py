"""What a classification says: sets of possible values, one star a field, intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple


class Possible(NamedTuple):
    """Every value that some completion of the open cells gives (RULES.md 2.2, 2.3).

    Rostral to caudal, ``NA`` first, ``INT`` last; grades A to E. `star`: the set under
    the assumed scores is not the set under the examined ones.
    """

    values: tuple[str, ...]
    star: bool = False

    @property
    def certain(self) -> bool:
        """Only one value is possible."""
        return len(self.values) == 1


class Interval(NamedTuple):
    """A sum of examined scores, between the least and the greatest it can be."""

    low: int
    high: int

    @property
    def certain(self) -> bool:
        """The sum is determined."""
        return self.low == self.high


#: The fields of a result, in the order of the sheet's six steps.
FIELDS: Final = (
    "sensory_right",
    "sensory_left",
    "motor_right",
    "motor_left",
    "nli",
    "completeness",
    "ais",
    "zpp_sensory_right",
    "zpp_sensory_left",
    "zpp_motor_right",
    "zpp_motor_left",
)
#: Each total and its maximum (RULES.md 1.10).
TOTALS: Final[Mapping[str, int]] = {
    "uer": 25,
    "uel": 25,
    "uems": 50,
    "ler": 25,
    "lel": 25,
    "lems": 50,
    "motor_right": 50,
    "motor_left": 50,
    "ltr": 56,
    "ltl": 56,
    "lt": 112,
    "ppr": 56,
    "ppl": 56,
    "pp": 112,
}


@dataclass(frozen=True, slots=True)
class Classification:
    """The result of one exam; `fields` by FIELDS, `totals` by TOTALS."""

    fields: Mapping[str, Possible]
    totals: Mapping[str, Interval]
    missing: tuple[str, ...] = ()

    def __getitem__(self, field: str) -> Possible:
        return self.fields[field]
