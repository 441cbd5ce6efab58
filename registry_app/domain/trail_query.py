"""What somebody looks for in the trail."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """Which entries are wanted; what is empty asks for nothing.

    `person`: who wrote. `kind`: of record. `subject_id`: the patient whom the record is
    of; who only looked at the patient is asked for with the kind of accesses. `first`,
    `last`: days in Japan. `words`: in the reason. `item`: of the record, as the trail
    names it (``values.R_LT_C2``); a field asks for all its items. `record_id`: of one
    record of that kind.
    """

    person: str = ""
    kind: str = ""
    subject_id: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""
    item: str = ""
    record_id: str = ""
