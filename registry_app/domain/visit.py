"""Visits, and the forms filled in at them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry_app.domain.isncsci.exam import Exam

ISNCSCI = "isncsci"


class Status(StrEnum):
    """How far a form has come. A completed form is only corrected, with a reason."""

    DRAFT = "draft"
    COMPLETE = "complete"


class Blinding(StrEnum):
    """What the assessor knew (CLINICAL.md section 8)."""

    BLINDED = "blinded"
    KNOWS = "knows treatment"
    UNKNOWN = "unknown"


class How(StrEnum):
    """Where a value comes from. A value that is not named was examined."""

    EXAMINED = "examined"
    FILLED = "filled"
    CARRIED = "carried"
    IMPORTED = "imported"
    SECOND_ENTRY = "second entry"


class StarReason(StrEnum):
    """What else than the cord injury affects a score (RULES.md part 6)."""

    PLEXOPATHY = "plexopathy"
    NEUROPATHY = "peripheral neuropathy"
    MYONEURAL = "pre-existing myoneural disease"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class StarNote:
    """What must be said of a starred score: the reason, and the decision.

    `normal`: consider the score normal for the classification; None: not decided yet.
    """

    reason: StarReason | None = None
    normal: bool | None = None
    text: str = ""

    @property
    def answered(self) -> bool:
        """Both the reason and the decision are given; “other” also needs words."""
        said = self.reason is not None and self.normal is not None
        return said and (self.reason is not StarReason.OTHER or bool(self.text))


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a subject. `code` names it in the plan, such as ``baseline``."""

    id: str
    subject_id: str
    code: str
    date: date
    version: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """One form of one visit; of an ISNCSCI exam, the whole sheet.

    `values`: item to what is written there. `how`: item to provenance, examined ones
    left out. `stars`: starred item to its note. `own`: the examiner's own
    classification (``nli``, ``ais``), made before the program's. `prior_deficit`:
    whether a deficit was documented before (grade E needs one, RULES.md 1.6). `rates`:
    the sheet that this one is a second, independent rating of; it counts for nothing
    but the agreement of assessors.
    """

    id: str
    visit_id: str
    instrument: str
    date: date
    status: Status = Status.DRAFT
    assessor: str = ""
    blinding: Blinding = Blinding.UNKNOWN
    values: Mapping[str, str] = field(default_factory=dict)
    how: Mapping[str, How] = field(default_factory=dict)
    stars: Mapping[str, StarNote] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    prior_deficit: bool | None = None
    comment: str = ""
    rates: str = ""
    version: int = 0

    @property
    def exam(self) -> Exam:
        """The scores of an ISNCSCI form. Raises InvalidValue if they are not scores."""
        return Exam(self.values)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Starred items whose reason or decision is still to be given."""
        none = StarNote()
        return tuple(
            item
            for item, value in self.values.items()
            if "*" in value and not self.stars.get(item, none).answered
        )
