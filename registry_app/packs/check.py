"""What a pack must hold to beyond its tables: what it points to, and what can be."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from registry_app.domain.isncsci.scale import GRADES
from registry_app.domain.message import say
from registry_app.domain.plan.pack import (
    Basis,
    Booklet,
    Cohort,
    Comparator,
    ComparatorShare,
    Criterion,
    Endpoint,
    FormPlan,
    Item,
    Machine,
    Origin,
    Pack,
    PlannedVisit,
    Product,
    ReportKind,
    Rule,
    Signal,
    Special,
    Target,
    Test,
    When,
)
from registry_app.packs.check_facts import fact_exists, values_of
from registry_app.packs.check_machine import machine
from registry_app.packs.check_rules import LONGEST, rule, series
from registry_app.packs.check_safety import signal, special, when
from registry_app.packs.found import (
    Known,
    Mistake,
    forward,
    ordered,
    together,
)
from registry_app.packs.parse import DAYS, MONTHS
from registry_app.packs.schema import elements, key_of

#: The instrument that has an engine and a sheet of its own.
ISNCSCI: Final = "isncsci"
_STAGES: Final = ("enrolment", "treatment")
_KINDS: Final = ("number", "choice", "date", "text", "yes-no")
_UNITS: Final = ("grades", "points", "percent")
#: So long may ids be, that the keys of duties fit where they are stored.
_LONGEST: Final[Mapping[type, int]] = {PlannedVisit: 36, Rule: LONGEST, Booklet: 17}


def mistakes(
    pack: Pack, lost: Collection[tuple[str, str]] = frozenset()
) -> Iterator[Mistake]:
    """Each mistake, by the path of its key. `lost`: what could not be read (parse)."""
    known = Known(pack, lost)
    yield from _origins(known)
    yield from series(known)
    arms: set[str] = set()
    for path, element in elements(pack):
        yield from _basis(known, path, element)
        longest = _LONGEST.get(type(element))
        if longest is not None and len(element.id) > longest:
            yield f"{path}.id", say("packs.long-id", most=longest)
        check = _CHECKS.get(type(element))
        if check is not None:
            yield from check(known, path, element)
        if isinstance(element, Target):
            if element.arm in arms:
                yield f"{path}.arm", say("packs.twice", id=element.arm)
            arms.add(element.arm)


def _basis(known: Known, path: str, element: Any) -> Iterator[Mistake]:
    basis = getattr(element, "basis", None)
    if not isinstance(basis, Basis):
        return
    here = f"{path}.{key_of(Basis, 'sources')}"
    if not basis.sources:
        yield here, say("packs.empty")
    yield from known.missing(here, basis.sources, "sources")
    yield from ordered(f"{path}.valid_to", basis.valid_from, basis.valid_to)


def _origins(known: Known) -> Iterator[Mistake]:
    """Day 0 of a case has one anchor; no other date is kept twice either."""
    origins = [anchor.origin for anchor in known.pack.anchors]
    if Origin.INJURY not in origins and not known.lost:
        yield "anchor", say("packs.no-day-0", origin=Origin.INJURY)
    for origin in (Origin.INJURY, Origin.TREATMENT, Origin.CONSENT):
        held = [a for a in known.pack.anchors if a.origin is origin]
        for anchor in held[1:]:
            yield f"anchor[{anchor.id}].origin", say("packs.twice", id=origin)


def _product(_: Known, path: str, product: Product) -> Iterator[Mistake]:
    plain = [q.id for q in product.quantities if q.ratio is None]
    for quantity in product.quantities:
        for id in quantity.ratio or ():  # noqa: A001
            if id not in plain:
                here = f"{path}.quantity[{quantity.id}].ratio"
                yield here, say("packs.dangling", id=id, known=", ".join(plain))


def _form(_: Known, path: str, form: FormPlan) -> Iterator[Mistake]:
    if form.id == ISNCSCI and form.items:
        yield f"{path}.item", say("packs.own-sheet")
    if form.id != ISNCSCI and not form.items:
        yield f"{path}.item", say("packs.empty")


def _item(_: Known, path: str, item: Item) -> Iterator[Mistake]:
    if item.kind not in _KINDS:
        yield f"{path}.kind", say("packs.not-one-of", known=", ".join(_KINDS))
    if (item.kind == "choice") != bool(item.choices):
        yield f"{path}.choice", say("packs.choices")
    if item.kind != "number":
        for key in ("unit", "least", "most"):
            if getattr(item, key) is not None:
                yield f"{path}.{key}", say("packs.only-number")
    yield from ordered(f"{path}.least", item.least, item.most)
    if item.series and item.kind != "number":
        yield f"{path}.series", say("packs.only-number")
    if item.minutes is not None and not item.series:
        yield path, say("packs.together", keys="series, minutes")
    if item.minutes is not None and item.minutes < 0:
        yield f"{path}.minutes", say("packs.backwards")


def _visit(known: Known, path: str, visit: PlannedVisit) -> Iterator[Mistake]:
    yield from known.missing(f"{path}.anchor", [visit.anchor], "anchors")
    yield from known.missing(f"{path}.forms", visit.forms, "forms")
    if visit.precedes:
        yield from known.missing(f"{path}.precedes", [visit.precedes], "anchors")
    for key in ("forms", "arms"):
        if not getattr(visit, key):
            yield f"{path}.{key}", say("packs.empty")
    for key in ("before", "after", "target_before", "target_after"):
        days = getattr(visit, key) or 0
        if days < 0:
            yield f"{path}.{key}", say("packs.backwards")
        if days > DAYS:
            yield f"{path}.{key}", say("packs.too-long")
    # Repeated visits too: a window beyond the calendar would close every list.
    if abs(visit.at.months) > MONTHS or abs(visit.at.days) > DAYS:
        yield f"{path}.at", say("packs.too-long")
    inner = (visit.target_before, visit.target_after)
    yield from together(path, *inner, keys="target_before, target_after")
    for key, wished in zip(("before", "after"), inner, strict=True):
        yield from ordered(f"{path}.target_{key}", wished, getattr(visit, key))


def _test(known: Known, path: str, test: Test) -> Iterator[Mistake]:
    yield from fact_exists(known, f"{path}.fact", test.fact)
    bounds = test.least is not None or test.most is not None
    if bounds == bool(test.one_of):
        yield path, say("packs.one-of-or-range")
    yield from ordered(f"{path}.least", test.least, test.most)
    values = values_of(known.pack, test.fact)
    if values is not None and not set(test.one_of) <= set(values):
        yield f"{path}.one_of", say("packs.not-one-of", known=", ".join(values))
    if values is not None and bounds:
        yield path, say("packs.no-range", fact=test.fact)


def _criterion(_: Known, path: str, criterion: Criterion) -> Iterator[Mistake]:
    if criterion.stage not in _STAGES:
        yield f"{path}.stage", say("packs.not-one-of", known=", ".join(_STAGES))


def _cohort(known: Known, path: str, cohort: Cohort) -> Iterator[Mistake]:
    yield from known.missing(f"{path}.baseline", [cohort.baseline], "visits")
    if not cohort.tests:
        yield f"{path}.test", say("packs.empty")


def _endpoint(known: Known, path: str, endpoint: Endpoint) -> Iterator[Mistake]:
    yield from known.missing(f"{path}.cohort", [endpoint.cohort], "cohorts")
    yield from known.missing(f"{path}.baseline", [endpoint.baseline], "visits")
    yield from known.missing(f"{path}.at", [endpoint.at], "visits")
    yield from fact_exists(known, f"{path}.measure", endpoint.measure)
    if endpoint.at == endpoint.baseline:
        yield f"{path}.at", say("packs.same", other="baseline")
    if endpoint.by == 0:
        yield f"{path}.by", say("packs.zero")
    if endpoint.unit not in _UNITS:
        yield f"{path}.unit", say("packs.not-one-of", known=", ".join(_UNITS))
    if endpoint.measure == "ais" and not set(endpoint.order) <= set(GRADES):
        yield f"{path}.order", say("packs.not-one-of", known=", ".join(GRADES))
    if (endpoint.unit == "grades") != (len(endpoint.order) > 1):
        yield f"{path}.order", say("packs.grades")


def _comparator(_: Known, path: str, comparator: Comparator) -> Iterator[Mistake]:
    window = (comparator.first_day, comparator.last_day)
    yield from together(path, *window, keys="first_day, last_day")
    yield from ordered(f"{path}.last_day", *window)
    columns = [column.id for column in comparator.columns]
    for at, row in enumerate(comparator.rows, 1):
        for key in row.figures:
            if key not in columns:
                here = f"{path}.row[{at}].figures.{key}"
                yield here, say("packs.dangling", id=key, known=", ".join(columns))
    if comparator.share is not None:
        yield from _share(f"{path}.share", comparator.share, columns)


def _share(
    path: str, share: ComparatorShare, columns: Sequence[str]
) -> Iterator[Mistake]:
    if share.grade not in GRADES:
        known = ", ".join(GRADES)
        yield f"{path}.grade", say("packs.dangling", id=share.grade, known=known)
    if share.by < 1:
        yield f"{path}.by", say("packs.not-positive")
    if not share.of:
        yield f"{path}.of", say("packs.empty")
    for name in share.of:
        if name not in columns:
            known = ", ".join(columns)
            yield f"{path}.of", say("packs.dangling", id=name, known=known)


def _booklet(known: Known, path: str, booklet: Booklet) -> Iterator[Mistake]:
    yield from known.missing(f"{path}.after", [booklet.after], "visits")
    if not booklet.steps:
        yield f"{path}.step", say("packs.empty")
    for step in booklet.steps:
        here = f"{path}.step[{step.id}]"
        yield from forward(f"{here}.due", step.due)
        if len(step.id) > _LONGEST[Booklet]:
            yield f"{here}.id", say("packs.long-id", most=_LONGEST[Booklet])


def _report(known: Known, path: str, report: ReportKind) -> Iterator[Mistake]:
    if report.rule:
        yield from known.missing(f"{path}.rule", [report.rule], "rules")


def _target(_: Known, path: str, target: Target) -> Iterator[Mistake]:
    if target.number < 1:
        yield f"{path}.number", say("packs.not-positive")


_CHECKS: Final[Mapping[type, Callable[[Known, str, Any], Iterator[Mistake]]]] = {
    Product: _product,
    FormPlan: _form,
    Item: _item,
    PlannedVisit: _visit,
    Test: _test,
    Criterion: _criterion,
    Cohort: _cohort,
    Endpoint: _endpoint,
    Comparator: _comparator,
    Signal: signal,
    Special: special,
    When: when,
    Booklet: _booklet,
    Machine: machine,
    Rule: rule,
    ReportKind: _report,
    Target: _target,
}
