"""Safety: events (不具合・有害事象) and the cases that report them, version by version.

A case is one file: of one patient, or of a foreign report, the literature, a defect. It
holds one event or several. Nothing is judged by silence: what nobody has answered is
undecided, and an undecided event is reported as the graver one (services/safety.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say


class Seriousness(StrEnum):
    """What makes an event serious (重篤, REGULATION.md section 5; text unconfirmed)."""

    DEATH = "death"
    DISABILITY = "disability"
    MAY_LEAD = "may lead to death or disability"
    HOSPITAL = "hospitalisation or its prolongation"
    COMPARABLE = "comparably serious"
    CONGENITAL = "congenital in the next generation"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"safety.serious-{self.name.lower().replace('_', '-')}")


class Expectedness(StrEnum):
    """Whether the label describes it: nature, severity and specificity (既知・未知)."""

    UNDECIDED = "undecided"
    EXPECTED = "expected"
    UNEXPECTED = "unexpected"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"safety.expected-{self.value}")


class Suspect(StrEnum):
    """What an event may come from; the causality is judged for each."""

    PRODUCT = "product"
    HARVEST = "harvest"  # blood draws and marrow collection
    PROCEDURE = "procedure"  # infusion or operation
    INJURY = "injury"  # the injury itself, or background

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"safety.suspect-{self.value}")


class Judged(StrEnum):
    """A judgement of causality. Only what is ruled out is not suspected."""

    SUSPECTED = "suspected"
    UNKNOWN = "unknown"
    RULED_OUT = "ruled out"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"safety.judged-{self.value.replace(' ', '-')}")


class Outcome(StrEnum):
    """What became of an event (転帰)."""

    UNKNOWN = "unknown"
    RECOVERED = "recovered"
    RECOVERING = "recovering"
    NOT_RECOVERED = "not recovered"
    SEQUELAE = "recovered with sequelae"
    FATAL = "fatal"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"safety.outcome-{self.value.replace(' ', '-')}")


class CaseOrigin(StrEnum):
    """Where a case comes from."""

    DOMESTIC = "domestic"
    FOREIGN = "foreign"
    LITERATURE = "literature"
    FOREIGN_ACTION = "foreign action"  # halt, recall, disposal, safety measure
    RESEARCH = "research"
    DEFECT = "defect"  # of the product, without harm

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"safety.origin-{self.value.replace(' ', '-')}")


class CaseState(StrEnum):
    """How far a case has come. A draft was opened by a signal and is to be judged."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    NOT_A_CASE = "not a case"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"safety.state-{self.value.replace(' ', '-')}")


def _check_keys(key: str, found: Mapping[str, object], known: type[StrEnum]) -> None:
    """Raise InvalidValue for an answer to something that is not asked."""
    names = [one.value for one in known]
    for name in found:
        if name not in names:
            raise InvalidValue(key, name=name, known=", ".join(names))


@dataclass(frozen=True, slots=True)
class Finding:
    """One test: what was measured, when, what came out."""

    name: str
    on: date | None = None
    value: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a case.

    `what`: as reported. `coded`: a term of a licensed set, by ``dictionary``,
    ``version``, ``code``, ``text`` and ``group`` (its organ class); none is shipped.
    `serious`: Seriousness value to yes or no; what is left out is not judged.
    `label`: the version of the label that `expected` was judged against. `frequency`:
    its frequency cannot be predicted, or its change signals a hazard. `infection`:
    whether it is one, suspected of coming from the product; None: not judged.
    `by_reporter`, `by_holder`: Suspect value to Judged. `special`: the event of special
    interest of the pack it is one of. `tests`: ``1``, ``2`` … to what was found.
    """

    id: str
    case_id: str
    what: str
    subject_id: str = ""
    coded: Mapping[str, str] = field(default_factory=dict)
    onset: date | None = None
    ended: date | None = None
    serious: Mapping[str, bool] = field(default_factory=dict)
    expected: Expectedness = Expectedness.UNDECIDED
    label: str = ""
    expected_why: str = ""
    frequency: bool = False
    infection: bool | None = None
    by_reporter: Mapping[str, Judged] = field(default_factory=dict)
    by_holder: Mapping[str, Judged] = field(default_factory=dict)
    outcome: Outcome = Outcome.UNKNOWN
    treatment: str = ""
    special: str = ""
    tests: Mapping[str, Finding] = field(default_factory=dict)
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.what.strip():
            raise InvalidValue("safety.no-event")
        if self.onset and self.ended and self.ended < self.onset:
            raise InvalidValue("safety.ended-before-onset")
        if self.expected is not Expectedness.UNDECIDED and not self.label.strip():
            raise InvalidValue("safety.no-label")
        # A key that nobody knows would count, and stand on no report.
        _check_keys("safety.no-such-criterion", self.serious, Seriousness)
        for judged in (self.by_reporter, self.by_holder):
            _check_keys("safety.no-such-suspect", judged, Suspect)

    @property
    def is_serious(self) -> bool | None:
        """Serious, not serious (every criterion was answered no), or not judged."""
        if any(self.serious.values()):
            return True
        judged = all(kind.value in self.serious for kind in Seriousness)
        return False if judged else None

    @property
    def fatal(self) -> bool:
        """Whether it led to death."""
        death = self.serious.get(Seriousness.DEATH.value, False)
        return death or self.outcome is Outcome.FATAL

    @property
    def suspected(self) -> bool:
        """Whether it is suspected to come from product, harvest or procedure.

        Unknown counts as suspected; only what reporter and holder have both ruled out
        does not (REGULATION.md section 5).
        """
        both = (self.by_reporter, self.by_holder)
        return any(
            judge.get(suspect.value) is not Judged.RULED_OUT
            for judge in both
            for suspect in Suspect
            if suspect is not Suspect.INJURY
        )


@dataclass(frozen=True, slots=True)
class CaseVersion:
    """One version of a case: an initial report or later information.

    `day0`: the day on which the holder (or its agent) learned of it, in Japan: day 0 of
    its clock. `what`: what is new. `significant`: it starts the clock again.
    `event_class`: the class then, such as E2. `sent_on`, `receipt`: when it was
    reported, and the number that PMDA gave.
    """

    day0: date
    what: str = ""
    significant: bool = True
    event_class: str = ""
    sent_on: date | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class SafetyCase:
    """One case; `id` is its number, such as SAP-S0001.

    `title`: in a few words, without a name. `signal`, `form_id`: the signal that opened
    it, and the form that showed it. `special`: the event of special interest.
    `hospital_aware`: when the hospital learned of it. `chosen_class`: the class that a
    person chose in place of the computed one, for `chosen_why`. `versions`: ``1``,
    ``2`` …; the first is day 0 of the holder. `closed_why`: why it is closed, or no
    case. `reportable`: False: not reportable after all.
    """

    id: str
    title: str
    origin: CaseOrigin = CaseOrigin.DOMESTIC
    state: CaseState = CaseState.OPEN
    subject_id: str = ""
    signal: str = ""
    form_id: str = ""
    special: str = ""
    hospital_aware: date | None = None
    reporter: str = ""
    chosen_class: str = ""
    chosen_why: str = ""
    versions: Mapping[str, CaseVersion] = field(default_factory=dict)
    history: str = ""
    concomitant: str = ""
    narrative: str = ""
    reporter_comment: str = ""
    holder_comment: str = ""
    measures: str = ""
    reportable: bool = True
    closed_why: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise InvalidValue("safety.no-title")
        closed = self.state in (CaseState.CLOSED, CaseState.NOT_A_CASE)
        if closed and not self.closed_why.strip():
            raise InvalidValue("safety.closed-without-why")
        if self.chosen_class and not self.chosen_why.strip():
            raise InvalidValue("safety.class-without-why")


@dataclass(frozen=True, slots=True)
class Letter:
    """One piece of the correspondence about a case; `incoming`: it came to us."""

    id: str
    case_id: str
    on: date
    incoming: bool
    who: str
    way: str
    about: str
    receipt: str = ""
    version: int = 0
