"""The SpO2 of an infusion, from the series that a form of the pack declares."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from registry_app.domain.figures.cells import columns, refs_of, rows, said
from registry_app.domain.figures.charts import SaturationCurve, cell
from registry_app.domain.figures.document import Table, Value
from registry_app.domain.message import Message, say
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.plan.pack import FormPlan, Item, Pack

#: The series of `Item.series` that is a saturation.
SERIES: Final = "spo2"
_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Infusion:
    """One form with its curve. `lowest`: the lowest value whose time is not known."""

    fact: ExamFact
    curve: SaturationCurve
    lowest: float | None = None


def infusion_curves(pack: Pack, exams: Iterable[ExamFact]) -> tuple[Infusion, ...]:
    """One for each completed form with a value of the series, by its day.

    The thresholds are those of the pack's signals that watch this very series.
    """
    plans = {
        form.id: form
        for form in pack.forms
        if any(item.series == SERIES for item in form.items)
    }
    found = (
        infusion
        for fact in exams
        if fact.complete and fact.instrument in plans
        if (infusion := _curve(pack, plans[fact.instrument], fact)) is not None
    )
    return tuple(sorted(found, key=lambda one: (one.fact.day, one.fact.form_id)))


def past(curve: SaturationCurve, value: float) -> bool:
    """Whether a value is past a threshold: under `below`, or fallen by `falls_by`."""
    low = curve.below is not None and value < curve.below
    return low or (
        curve.before is not None
        and curve.falls_by is not None
        and curve.before - value >= curve.falls_by
    )


def curve_table(infusion: Infusion, case: str) -> Table:
    """The values behind the curve, each with whether a signal rule is met."""
    return Table(
        _table_id(infusion.fact),
        say("case_report.table-curve", day=infusion.fact.day.isoformat()),
        columns(
            _head, ("curve-when", 88.0), ("curve-value", 40.0), ("curve-past", 40.0)
        ),
        rows(_values(infusion, case)),
    )


def _table_id(fact: ExamFact) -> str:
    return f"spo2-{fact.form_id}"


def _values(infusion: Infusion, case: str) -> Iterator[tuple[Value, ...]]:
    curve = infusion.curve
    refs = refs_of("form", [infusion.fact.form_id], case)
    found: list[tuple[Message, float]] = []
    if curve.before is not None:
        found.append((say("case_report.curve-before"), curve.before))
    found += [(_when(minutes), value) for minutes, value in curve.points]
    if infusion.lowest is not None:
        found.append((say("case_report.curve-lowest"), infusion.lowest))
    for n, (when, value) in enumerate(found):
        met = past(curve, value) and not (n == 0 and curve.before is not None)
        key = "curve-is-past" if met else "curve-not-past"
        shown = f"{value:g}"
        yield (
            said(when),
            Value(shown, shown, refs, strong=met),
            said(say(f"case_report.{key}"), met),
        )


def _when(minutes: float) -> Message:
    if minutes >= 2 * _HOUR and minutes % _HOUR == 0:
        return say("case_report.curve-at-hours", hours=f"{minutes / _HOUR:g}")
    return say("case_report.curve-at-minutes", minutes=f"{minutes:g}")


def _head(name: str) -> Message:
    return say(f"case_report.{name}")


def _curve(pack: Pack, form: FormPlan, fact: ExamFact) -> Infusion | None:
    items = [item for item in form.items if item.series == SERIES]
    values = [(item, v) for item in items if (v := _number(fact, item)) is not None]
    if not values:
        return None
    before = next((v for item, v in values if item.minutes == 0), None)
    points = sorted((float(item.minutes), v) for item, v in values if item.minutes)
    timeless = [v for item, v in values if item.minutes is None]
    below, falls_by = _thresholds(pack, form, {item.id for item in items})
    count = len(points) + (before is not None)
    table = _table_id(fact)
    cells = tuple(cell(table, f"{n}", "curve-value") for n in range(1, count + 1))
    curve = SaturationCurve(tuple(points), before, below, falls_by, cells=cells)
    return Infusion(fact, curve, min(timeless, default=None))


def _thresholds(
    pack: Pack, form: FormPlan, items: set[str]
) -> tuple[float | None, float | None]:
    facts = {f"lowest:{form.id}.{SERIES}", *(f"form:{form.id}.{one}" for one in items)}
    watched = [signal for signal in pack.signals if signal.fact in facts]
    below = [float(s.below) for s in watched if s.below is not None]
    falls = [float(s.falls_by) for s in watched if s.falls_by is not None]
    return max(below, default=None), min(falls, default=None)


def _number(fact: ExamFact, item: Item) -> float | None:
    """A value as it was written; None where it is no number."""
    try:
        number = Decimal(fact.values.get(item.id, ""))
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() else None
