"""Which open scores keep a result open, found by making one of them certain at a time.

A score is *open* here when it can stand for more than one, as assumed for the
classification: not testable, unknown, not written, or starred and not normal.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.domains import Reading, interval
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.result import Classification
from registry_app.domain.isncsci.segments import DAP, ITEMS, NEEDED_ITEMS, VAC

#: So many open scores are tried one by one for a field; each is some work.
LOOKED_AT: Final = 12
#: What decides most often comes first.
_FIRST: Final = (VAC, DAP, *(i for i in NEEDED_ITEMS if i.endswith("_S4_5")))
_LOOKED_FOR: Final = (*_FIRST, *(i for i in NEEDED_ITEMS if i not in _FIRST))
_PLACE: Final = {item: n for n, item in enumerate(ITEMS)}


def _concerns(item: str, field: str) -> bool:
    """Whether an item can have a part in a field: a level looks at its own side."""
    kind, _, side = field.rpartition("_")
    if item in (VAC, DAP) or kind not in ("sensory", "motor", "zpp_sensory"):
        return True
    return item[0] == side[0].upper() and (kind == "motor" or "_M_" not in item)


class Narrowing(NamedTuple):
    """What a field would be for each score that an open item can turn out to be."""

    item: str
    written: str
    #: Score (or Yes, No) to the values of the field.
    outcomes: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def decides(self) -> bool:
        """Each score leaves one value."""
        return all(len(values) == 1 for _, values in self.outcomes)


def candidates(item: str, written: str) -> list[str]:
    """What an item can turn out to be; `written` is empty for an open one."""
    if item in (VAC, DAP):
        return [written] if written in ("Yes", "No") else ["Yes", "No"]
    low, high = interval(written, 5 if "_M_" in item else 2, Reading.ASSUMED)
    return [str(n) for n in range(low, high + 1)]


class OpenItems:
    """The open items of one exam, each tried out when it is first asked for."""

    def __init__(self, exam: Exam) -> None:
        values = exam.values
        self._code = exam.code
        open_ = (
            (item, values.get(item, ""), candidates(item, values.get(item, "")))
            for item in _LOOKED_FOR
        )
        self._open = [found for found in open_ if len(found[2]) > 1]
        self._tried: dict[str, list[tuple[str, Classification]]] = {}

    def __len__(self) -> int:
        return len(self._open)

    def narrowing(self, field: str, values: Sequence[str]) -> Iterator[Narrowing]:
        """Those of the first open items that can narrow the values of a field."""
        concerned = (found for found in self._open if _concerns(found[0], field))
        for item, written, scores in islice(concerned, LOOKED_AT):
            if item not in self._tried:
                self._tried[item] = [(s, self._with(item, s)) for s in scores]
            outcomes = tuple((s, r[field].values) for s, r in self._tried[item])
            if any(found != tuple(values) for _, found in outcomes):
                yield Narrowing(item, written, outcomes)

    def _with(self, item: str, score: str) -> Classification:
        place = _PLACE[item]
        code = {"Yes": "1", "No": "0"}.get(score, score)
        changed = f"{self._code[:place]}{code}{self._code[place + 1 :]}"
        return classify(Exam.from_code(changed))
