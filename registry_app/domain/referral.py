"""What a referring hospital told of the injury: words, no exam of this registry.

Who is enrolled has seldom been examined here by then. The indication still needs the
grade at the decision (REGULATION.md section 2), so the grade that came with the patient
is kept with it, and is never taken for an exam that was made here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.scale import GRADES
from registry_app.domain.isncsci.segments import SEGMENTS

#: Levels that can be told: the segments of a neurological level, and intact.
LEVELS: Final = (*SEGMENTS[:-1], "INT")
_AIS: Final = "reported:ais"
_NLI: Final = "reported:nli"
_ON: Final = "reported:on"
_BY: Final = "reported:by"


@dataclass(frozen=True, slots=True)
class Referral:
    """AIS grade and level as they were reported; "" and None for what was not.

    `on`: the day of the exam they rest on. `by`: who made it, or which hospital.
    Raises InvalidValue for what is no grade or level, and for a day or a name without.
    """

    ais: str = ""
    nli: str = ""
    on: date | None = None
    by: str = ""

    def __post_init__(self) -> None:
        if self.ais and self.ais not in GRADES:
            raise InvalidValue("enrolment.reported-grade", text=self.ais)
        if self.nli and self.nli not in LEVELS:
            raise InvalidValue("enrolment.reported-level", text=self.nli)
        if (self.on or self.by) and not (self.ais or self.nli):
            raise InvalidValue("enrolment.reported-nothing")

    @property
    def facts(self) -> Mapping[str, str]:
        """As the frozen indication keeps it, by fact."""
        day = "" if self.on is None else self.on.isoformat()
        told = {_AIS: self.ais, _NLI: self.nli, _ON: day, _BY: self.by}
        return {name: text for name, text in told.items() if text}


def reported(facts: Mapping[str, str]) -> Referral:
    """What the facts of an indication say as reported; an empty one for nothing."""
    day = facts.get(_ON, "")
    return Referral(
        facts.get(_AIS, ""),
        facts.get(_NLI, ""),
        date.fromisoformat(day) if day else None,
        facts.get(_BY, ""),
    )
