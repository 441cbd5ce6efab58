"""Who may do what: one table of deeds and roles (FEATURES.md F51).

Every service of a desk names its deed (services/rights.py). Nobody is given more than
the work needs; an administrator may do all of it, for at a small hospital one person
runs the registry. What an administrator cannot do is sign for somebody else.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from registry_app.domain.message import Message, say
from registry_app.domain.person import Role


class Deed(StrEnum):
    """Something that a service does for a person."""

    OWN = "own"  # one's own password, the day, the plan in force: nobody's data
    ASSESS = "assess"  # an ISNCSCI sheet: begin it, fill it in, complete it
    LOOK = "look"  # patients, safety, duties, reports, the trail
    ENTER = "enter"  # enrol patients, and what is recorded of them
    SETTLE = "settle"  # duties: done, not applicable, answered
    SAFETY = "safety"  # safety cases, events, letters, receipts
    PLAN = "plan"  # the pack, its settings, the regime, the evaluation plan
    REPORT = "report"  # cuts, texts of reports, filing, handing over
    SIGN = "sign"  # one's own signature
    LOCK = "lock"  # nothing of these records changes any more
    UNLOCK = "unlock"  # until somebody opens the lock
    CHECK_SOURCE = "check-source"  # compared with the source document
    BLIND = "blind"  # who is blind to what, and what an unblinding means
    KEEP = "keep"  # backups: taken away, proved, restored
    PEOPLE = "people"  # who may sign in, and as what

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"rights.deed-{self.value}")


_ALL: Final = frozenset(Role)
_SEEING: Final = _ALL - {Role.BLINDED_ASSESSOR}
_WRITING: Final = _SEEING - {Role.READ_ONLY}
_SENIOR: Final = _WRITING - {Role.ENTRY}

#: The roles that each deed is for.
MAY: Final[Mapping[Deed, frozenset[Role]]] = {
    Deed.OWN: _ALL,
    Deed.ASSESS: _ALL - {Role.READ_ONLY, Role.SAFETY},
    Deed.LOOK: _SEEING,
    Deed.ENTER: _WRITING - {Role.SAFETY},
    Deed.SETTLE: _WRITING,
    Deed.SAFETY: _SENIOR,
    Deed.PLAN: frozenset({Role.DATA_MANAGER, Role.ADMINISTRATOR}),
    Deed.REPORT: _SENIOR,
    Deed.SIGN: _SENIOR,
    Deed.LOCK: frozenset({Role.INVESTIGATOR, Role.DATA_MANAGER, Role.ADMINISTRATOR}),
    Deed.UNLOCK: frozenset({Role.DATA_MANAGER, Role.ADMINISTRATOR}),
    Deed.CHECK_SOURCE: frozenset(
        {Role.INVESTIGATOR, Role.DATA_MANAGER, Role.ADMINISTRATOR}
    ),
    Deed.BLIND: frozenset({Role.INVESTIGATOR, Role.DATA_MANAGER, Role.ADMINISTRATOR}),
    Deed.KEEP: frozenset({Role.DATA_MANAGER, Role.ADMINISTRATOR}),
    Deed.PEOPLE: frozenset({Role.ADMINISTRATOR}),
}


def may(role: Role, deed: Deed) -> bool:
    """Whether a role is given a deed."""
    return role in MAY[deed]
