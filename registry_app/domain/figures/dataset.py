"""All that a report about the whole registry is counted from, as of one data cut."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from registry_app.domain.blinding import Unblinding
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.isncsci.result import Interval
from registry_app.domain.kit import Kit, KitState
from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.cohorts import CohortStanding
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import Window
from registry_app.domain.publication import Publication
from registry_app.domain.report import ReportText, Transmittal
from registry_app.domain.safety import Event, Letter, SafetyCase
from registry_app.domain.visit import Blinding


@dataclass(frozen=True, slots=True)
class ExamDetail:
    """What reports need of a completed ISNCSCI sheet beside its grade.

    `totals`: by name (``uems``, ``lems``, ``motor``, ``lt``, ``pp``) the interval of
    what is possible: cells that were not testable are worst and best. `rates`: the
    form that it is a second, independent rating of; such a one counts for nothing else.
    `blinding`: as the sheet says. `broken`: what its assessor knew by that day.
    """

    fact: ExamFact
    visit_id: str
    assessor: str
    blinding: Blinding
    totals: Mapping[str, Interval]
    rates: str = ""
    broken: Unblinding | None = None

    @property
    def knew(self) -> Blinding:
        """What the assessor knew of the treatment; an unblinding outdoes the sheet."""
        told = self.broken is not None and self.broken.tells
        return Blinding.KNOWS if told else self.blinding


@dataclass(frozen=True, slots=True)
class Patient:
    """One case with what its plan says. `exams`: completed ISNCSCI sheets by form id.

    `windows`: by the id of the planned visit.
    """

    case: Case
    windows: Mapping[str, Window]
    cohort: CohortStanding
    exams: Mapping[str, ExamDetail] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The case ID."""
        return self.case.subject.id

    def counted(self, visit_id: str) -> ExamFact | None:
        """The exam that counts for a planned visit."""
        window = self.windows.get(visit_id)
        return None if window is None else window.counted

    def given(self, on: date) -> bool:
        """Whether the product had been given by a day."""
        day = self.case.subject.treatment_date
        return day is not None and day <= on

    def set_aside(self, on: date) -> bool:
        """Not given by then, and every unit that was ordered was set aside."""
        kits = self.case.kits
        aside = bool(kits) and all(kit.state is KitState.NOT_GIVEN for kit in kits)
        return aside and not self.given(on)


@dataclass(frozen=True)
class Dataset:
    """Everything, in order of ids. `on`: the day of the cut, in Japan.

    `period`: both days included; None: from the approval on. `first`: the day on which
    the registry's data begin for cumulative tables (the approval, or None).
    `texts`: by slot. `duties`: the ledger on that day.
    """

    protocol: Protocol
    on: date
    period: tuple[date, date] | None
    patients: tuple[Patient, ...]
    kits: tuple[Kit, ...] = ()
    cases: tuple[SafetyCase, ...] = ()
    events: tuple[Event, ...] = ()
    letters: tuple[Letter, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    publications: tuple[Publication, ...] = ()
    transmittals: tuple[Transmittal, ...] = ()
    unblindings: tuple[Unblinding, ...] = ()
    texts: Mapping[str, ReportText] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
