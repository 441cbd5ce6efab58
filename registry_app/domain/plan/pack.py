"""What a protocol pack declares: one product, its visits, its rules, and their sources.

A pack is data. Nothing here knows a product, an anchor, a form or an endpoint by name;
only `isncsci` as the instrument that has an engine of its own (domain/isncsci).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from registry_app.domain.message import Told
from registry_app.domain.subject import Arm


class Confidence(StrEnum):
    """How sure a rule is: the marks [A], [B] and [U] of the sources."""

    CONFIRMED = "confirmed"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


class Owner(StrEnum):
    """Who owes a duty. The program never implies that another one has filed it."""

    HOLDER = "mah"
    HOSPITAL = "hospital"
    PHYSICIAN = "physician"


class Origin(StrEnum):
    """Where the date of an anchor is kept."""

    INJURY = "injury_date"  # Subject.injury_date, the day 0 of every case
    TREATMENT = "treatment_date"  # Subject.treatment_date
    CONSENT = "consent"  # the first consent to the treatment
    DATE = "date"  # Course.dates, under the anchor's id


class Pick(StrEnum):
    """Which of several exams in a window counts."""

    NEAREST = "nearest"  # to the centre; of two the earlier
    FIRST = "first"
    LAST = "last"


class RuleKind(StrEnum):
    """How the date of a duty is found."""

    TERM = "term"  # the end of the term of the regime, and `due` from it (may be < 0)
    CLOCK = "clock"  # `due` after somebody became aware of an occurrence
    PERIOD = "period"  # every `every` from a base date, and `due` after each period
    ONCE = "once"  # a base date and `due`
    SUBJECT = "subject"  # a subject's anchor and `due`; done by another anchor
    RETENTION = "retention"  # records are kept until a subject's anchor and `due`
    KIT = "kit"  # a kit that belongs to nobody, `due` after it was ordered
    ALARM = "alarm"  # as CLOCK, but the day is ours: no law names one


@dataclass(frozen=True, slots=True)
class Span:
    """A distance in calendar months, then days. 7 years are 84 months."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule rests on. `valid_from` and `valid_to` are both included.

    `sources`: ids of `Pack.sources`. `citation`: the article, in words.
    """

    sources: tuple[str, ...]
    confidence: Confidence
    citation: Told | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the rule is valid on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Label:
    """One version of the product's label (添付文書); rules say what it asks for."""

    version: str
    name: Told
    basis: Basis


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount written in the treatment record; `ratio`: computed from two others."""

    id: str
    name: Told
    unit: Told
    basis: Basis
    ratio: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """What is given, and followed up. `facts`: further lines for the cover."""

    name: Told
    generic: Told
    basis: Basis
    number: str = ""
    route: Told | None = None
    labels: tuple[Label, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the approval, in words."""

    id: str
    text: Told
    basis: Basis


@dataclass(frozen=True, slots=True)
class BaseDate:
    """A date of the product or of the registry that duties are counted from.

    `value` None: to be set, and confirmed, in this registry.
    """

    id: str
    name: Told
    basis: Basis
    value: date | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date of a subject that windows and duties are counted from."""

    id: str
    name: Told
    origin: Origin
    basis: Basis


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of an item."""

    id: str
    name: Told


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a form. `kind`: number, choice, date, text, yes-no."""

    id: str
    name: Told
    kind: str
    unit: Told | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FormPlan:
    """An instrument. Without items it is entered on a sheet of its own (isncsci)."""

    id: str
    name: Told
    basis: Basis
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit and its window: `anchor` + `at`, from `before` days to `after` days.

    `target_before`, `target_after`: the narrower, wished-for days. `forms`: the first
    one decides whether the visit was made. `precedes`: an anchor before whose day the
    counted exam should lie, or it is flagged. `primary`: may serve a primary endpoint.
    `owed`: missing it is a duty missed; else it is an offer. `duty`: the id of the
    obligation in the sources, such as O11.
    """

    id: str
    name: Told
    anchor: str
    at: Span
    before: int
    after: int
    forms: tuple[str, ...]
    basis: Basis
    arms: tuple[Arm, ...] = (Arm.TREATED, Arm.COMPARISON)
    target_before: int | None = None
    target_after: int | None = None
    pick: Pick = Pick.NEAREST
    precedes: str = ""
    primary: bool = True
    owed: bool = True
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """A question about one fact of a subject (domain/plan/facts.py lists them).

    `one_of`: the values that pass; else the range `least` to `most`, both included.
    """

    fact: str
    one_of: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a subject must be, at `stage` enrolment or treatment.

    `guide`: the source gives it as a guide (目安), so that failing it is said softly;
    it is a deviation all the same.
    """

    id: str
    name: Told
    stage: str
    test: Test
    basis: Basis
    guide: bool = False


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who is looked at together, by facts at the `baseline` visit's counted exam."""

    id: str
    name: Told
    baseline: str
    tests: tuple[Test, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What is looked for in a cohort: `measure` at visit `at` against its baseline.

    `order`: the grades from worst to best, for an ordinal measure. `by`: how much
    better counts, in grades, points or percent (`unit`); below zero: a fall is better.
    """

    id: str
    name: Told
    cohort: str
    measure: str
    baseline: str
    at: str
    by: Decimal
    unit: str
    basis: Basis
    order: tuple[str, ...] = ()
    primary: bool = False


@dataclass(frozen=True, slots=True)
class ComparatorRow:
    """One published series: figures by their column, in percent or as written."""

    study: str
    baseline: Told
    n: int | None
    figures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparator:
    """Published or concurrent people without the product.

    `first_day`, `last_day`: its baseline window in days since injury; a comparison with
    another baseline window is not comparable, and says so.
    """

    id: str
    name: Told
    basis: Basis
    first_day: int | None = None
    last_day: int | None = None
    columns: tuple[Choice, ...] = ()
    rows: tuple[ComparatorRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """A safety signal: when `fact` falls so low or so far, a case is looked at.

    `compared_with`: the fact it fell from; without it the exam before. `within_hours`
    alone: `fact` is a number of hours, and so few are the signal.
    """

    id: str
    name: Told
    fact: str
    basis: Basis
    below: Decimal | None = None
    falls_by: Decimal | None = None
    compared_with: str = ""
    within_hours: int | None = None


@dataclass(frozen=True, slots=True)
class EventClass:
    """A kind of occurrence that starts clocks, such as E2."""

    id: str
    name: Told
    basis: Basis


@dataclass(frozen=True, slots=True)
class Preset:
    """One of several cadences of which a person must confirm one; fields as Rule."""

    id: str
    name: Told
    every: Span
    due: Span
    later: Span | None = None
    later_from: Span | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One obligation.

    `counts_from`: a base date (period, once), an anchor (subject, retention), or
    ``holder`` / ``hospital``, whose awareness is day 0 (clock, alarm). `later`: the
    periods' length in place of `every`, from `later_from` after the base date on (half
    a year at first, then a year). `on`: the event classes that start it.
    `otherwise`: another distance in place of `due` that holds where `otherwise_when`
    says so (translation). `done_by`: the anchor that fulfils it, or of a term the state
    of the regime. `regimes`: the states in which it holds; empty: in each. `restarts`:
    later information starts the clock again. `if_any`: owed only if there is something
    to report. `series`: rules of one series share their periods, the one valid at the
    end of a period has it. `legal`: False where no law or agreement names the day.
    `warning`: what must be known beside the date.
    """

    id: str
    name: Told
    owner: Owner
    kind: RuleKind
    due: Span
    basis: Basis
    addressee: Told | None = None
    counts_from: str = ""
    every: Span | None = None
    later: Span | None = None
    later_from: Span | None = None
    on: tuple[str, ...] = ()
    otherwise: Span | None = None
    otherwise_when: Told | None = None
    done_by: str = ""
    arms: tuple[Arm, ...] = (Arm.TREATED, Arm.COMPARISON)
    regimes: tuple[str, ...] = ()
    restarts: bool = False
    if_any: bool = False
    series: str = ""
    legal: bool = True
    warning: Told | None = None
    presets: tuple[Preset, ...] = ()


@dataclass(frozen=True, slots=True)
class BookletStep:
    """One hand-over of a booklet, `due` after the step before it."""

    id: str
    name: Told
    owner: Owner
    due: Span


@dataclass(frozen=True, slots=True)
class Booklet:
    """One part (分冊) of the survey form, handed over step by step.

    `after`: the visit whose window's last day is day 0 of the first step.
    """

    id: str
    name: Told
    after: str
    steps: tuple[BookletStep, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class State:
    """A state of the regime. `next`: where it can go by a dated entry.

    `runs`: the term runs in it, and ends it as `Machine.lapses_to` if nothing was
    done. `continues`: past the term the approval stays in force (Art. 23-26(6)).
    """

    id: str
    name: Told
    next: tuple[str, ...] = ()
    runs: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of the regime and its term, counted from base date `counted_from`."""

    initial: str
    states: tuple[State, ...]
    basis: Basis
    counted_from: str = ""
    term: Span | None = None
    extension: Span | None = None
    lapses_to: str = ""
    extends: str = ""  # the state that an extension leads to


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that the pack asks for; `rule`: the obligation that it serves."""

    id: str
    name: Told
    owner: Owner
    basis: Basis
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """How many people of an arm the plan foresees."""

    arm: Arm
    number: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Source:
    """A source by its id: what was read, and where."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Pack:
    """All of one pack. `made_up`: an example, of no real product, and marked so."""

    id: str
    version: int
    name: Told
    sources: tuple[Source, ...]
    made_up: bool = False
    product: Product | None = None
    machine: Machine | None = None
    base_dates: tuple[BaseDate, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    forms: tuple[FormPlan, ...] = ()
    visits: tuple[PlannedVisit, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    matching: tuple[Choice, ...] = ()
    signals: tuple[Signal, ...] = ()
    events: tuple[EventClass, ...] = ()
    rules: tuple[Rule, ...] = ()
    booklets: tuple[Booklet, ...] = ()
    reports: tuple[ReportKind, ...] = ()
    targets: tuple[Target, ...] = ()
