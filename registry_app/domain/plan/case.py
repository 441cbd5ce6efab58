"""One case as the plan sees it: the subject, its dates, its exams, what was agreed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import Course, Deviation, FollowUp, Indication
from registry_app.domain.hold import LegalHold
from registry_app.domain.kit import Kit
from registry_app.domain.plan.pack import Anchor, Origin
from registry_app.domain.plan.records import Settled
from registry_app.domain.subject import Subject


@dataclass(frozen=True, slots=True)
class ExamFact:
    """What the plan needs of one form: its day, and of an ISNCSCI sheet its grade.

    `ais`, `nli`: every value that is possible; empty for other instruments. `values`:
    item to what was written, of a form that the pack declares.
    """

    form_id: str
    instrument: str
    day: date
    complete: bool
    visit_code: str = ""
    ais: tuple[str, ...] = ()
    nli: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """All that the plan of one subject is made from. `settled`: by the duty's key."""

    subject: Subject
    course: Course
    exams: tuple[ExamFact, ...] = ()
    consents: tuple[Consent, ...] = ()
    kits: tuple[Kit, ...] = ()
    follow_up: FollowUp | None = None
    indication: Indication | None = None
    deviations: tuple[Deviation, ...] = ()
    settled: Mapping[str, Settled] = field(default_factory=dict)
    holds: tuple[LegalHold, ...] = ()

    def hold(self, on: date) -> LegalHold | None:
        """The legal hold that is in force on a day."""
        return next((one for one in self.holds if one.holds(on)), None)

    def day_of(self, anchor: Anchor) -> date | None:
        """The day of an anchor; None while it is not known."""
        if anchor.origin is Origin.INJURY:
            return self.subject.injury_date
        if anchor.origin is Origin.TREATMENT:
            return self.subject.treatment_date
        if anchor.origin is Origin.CONSENT:
            signed = [
                consent.signed_on
                for consent in self.consents
                if consent.scope is Scope.TREATMENT
            ]
            return min(signed, default=None)
        return self.course.dates.get(anchor.id)
