"""What a protocol pack declares: one product, its visits, its rules, and their sources.

A pack is data. Nothing here knows a product, an anchor, a form or an endpoint by name;
only `isncsci` as the instrument that has an engine of its own (domain/isncsci).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry_app.domain.message import Told
from registry_app.domain.plan.pack_base import (
    Basis,
    Confidence,
    Origin,
    Owner,
    Pick,
    RuleKind,
    Span,
)
from registry_app.domain.plan.pack_owed import (
    Booklet,
    BookletStep,
    Machine,
    Preset,
    ReportKind,
    Rule,
    State,
)
from registry_app.domain.plan.pack_safety import EventClass, Signal, Special, When
from registry_app.domain.subject import Arm

#: A pack is one vocabulary; its parts stand in modules of their own.
__all__ = [
    "Anchor",
    "BaseDate",
    "Basis",
    "Booklet",
    "BookletStep",
    "Choice",
    "Cohort",
    "Comparator",
    "ComparatorRow",
    "Condition",
    "Confidence",
    "Criterion",
    "Endpoint",
    "EventClass",
    "FormPlan",
    "Item",
    "Label",
    "Machine",
    "Origin",
    "Owner",
    "Pack",
    "Pick",
    "PlannedVisit",
    "Preset",
    "Product",
    "Quantity",
    "ReportKind",
    "Rule",
    "RuleKind",
    "Signal",
    "Source",
    "Span",
    "Special",
    "State",
    "Target",
    "Test",
    "When",
]


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
    """One place of a form. `kind`: number, choice, date, text, yes-no.

    `series`: what is measured again and again, such as ``spo2``. `minutes`: when, from
    the begin of the treatment; 0: before it, None: at some time after.
    """

    id: str
    name: Told
    kind: str
    unit: Told | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[Choice, ...] = ()
    series: str = ""
    minutes: int | None = None


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
class ComparatorShare:
    """Which of its figures say who got better by so many grades or more.

    `grade`: at the baseline. `of`: the columns that are added up, in percent of N, or
    as `counted` people. So a series can be drawn beside the own results.
    """

    grade: str
    by: int
    of: tuple[str, ...]
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Comparator:
    """Published or concurrent people without the product.

    `first_day`, `last_day`: its baseline window in days since injury; a comparison with
    another baseline window is not comparable, and says so. `share` None: nothing in it
    can be drawn beside an endpoint of grades.
    """

    id: str
    name: Told
    basis: Basis
    first_day: int | None = None
    last_day: int | None = None
    columns: tuple[Choice, ...] = ()
    rows: tuple[ComparatorRow, ...] = ()
    share: ComparatorShare | None = None


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
    specials: tuple[Special, ...] = ()
    events: tuple[EventClass, ...] = ()
    rules: tuple[Rule, ...] = ()
    booklets: tuple[Booklet, ...] = ()
    reports: tuple[ReportKind, ...] = ()
    targets: tuple[Target, ...] = ()
