"""Counting for the periodic reports: patients and records as values with their sources.

Every count carries the records that were counted. Below 20 a share is told as n / N
alone, and that is the bold figure (PAPER.md section 6).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from registry_app.domain.figures.cells import Refs, dash, number
from registry_app.domain.figures.dataset import Patient
from registry_app.domain.figures.document import Align, Column, Mark, Ref, Value
from registry_app.domain.figures.statistics import (
    SMALL,
    between,
    proportion,
    quartiles,
    tenths,
)
from registry_app.domain.figures.statistics import number as number_of
from registry_app.domain.message import say
from registry_app.domain.plan.pack import Basis, Confidence
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.subject import Arm
from registry_app.domain.trail import Plain

#: A table of more rows is printed as a listing: a line a row, in one language.
LONG: Final = 60
MINUS: Final = "\u2212"
_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
#: Amounts from here on are told with a power of ten.
_LARGE: Final = 100_000

Period = tuple[date, date] | None


def column(name: str, width: float, align: Align = Align.RIGHT) -> Column:
    """A column of `periodic.head-…`; numbers stand right."""
    return Column(name, say(f"periodic.head-{name}"), width, align)


def words(name: str, width: float) -> Column:
    """A column of words."""
    return column(name, width, Align.LEFT)


def single(name: str, width: float) -> Column:
    """A column of single letters."""
    return column(name, width, Align.CENTRE)


def label(name: str) -> Value:
    """The name of a row, `periodic.row-…`."""
    return Value(say(f"periodic.row-{name}"))


def subjects(patients: Iterable[Patient]) -> Refs:
    """References to patients, by their case IDs."""
    # Not by `id`, which is a call: every patient stands behind a hundred numbers.
    return tuple([_subject(p.case.subject.id) for p in patients])


@lru_cache(maxsize=20_000)
def _subject(case_id: str) -> Ref:
    return Ref("subject", case_id, case_id)


def days_after(days: int | None) -> Value:
    """Days after a day 0, or before it: ``−15``; — where they are not known."""
    if days is None:
        return dash()
    return Value(f"{days:,}".replace("-", MINUS), days)


def people(patients: Sequence[Patient], *, strong: bool = False) -> Value:
    """How many patients, and who."""
    return number(len(patients), subjects(patients), strong=strong)


def part(found: Sequence[Patient], total: int) -> Value:
    """Patients out of N: ``12 / 64 (18.8 %)``; below 20 as ``4 / 13`` alone."""
    return part_of(len(found), total, subjects(found))


def part_of(n: int, total: int, refs: Refs = ()) -> Value:
    """N of N; ``0 / 0`` where there is nobody."""
    shown = f"{n:,} / {total:,}"
    if total >= SMALL:
        shown = f"{shown} ({tenths(Fraction(100 * n, total))} %)"
    return Value(shown, {"n": n, "total": total}, refs, total < SMALL)


def over(n: int, total: int, refs: Refs = ()) -> Value:
    """``4 / 64``, where a column beside it has the percentage."""
    return Value(f"{n:,} / {total:,}", {"n": n, "total": total}, refs, total < SMALL)


def exact_interval(n: int, total: int) -> Value:
    """The exact (Clopper-Pearson) 95 % interval in percent; — where there is nobody.

    From 20 on the percentage stands before it; n / N always stands beside it.
    """
    found = proportion(n, total)
    if found.exact is None:
        return dash()
    shown = between(found.exact)
    if not found.small and found.percent is not None:
        shown = f"{tenths(found.percent)} {shown}"
    return Value(shown, found.plain)


def upper_limit(n: int, total: int) -> Value:
    """The one-sided 95 % upper limit of an event that nobody had; else —."""
    found = proportion(n, total).upper
    return dash() if found is None else Value(tenths(found), f"{found!r}")


def within(day: date | None, period: Period) -> bool:
    """Whether a day lies in the period; both ends are in it."""
    return day is not None and period is not None and period[0] <= day <= period[1]


def in_period(count: Value, period: Period) -> Value:
    """A value of the period; — where the report has none."""
    return dash() if period is None else count


def median(values: Sequence[float], refs: Refs = ()) -> Value:
    """``45 (40–51.5)``: the median and its quartiles; — of none."""
    found = quartiles(values)
    if found is None:
        return dash(refs)
    low, middle, high = found.lower, found.median, found.upper
    shown = f"{amount(middle)} ({amount(low)}–{amount(high)})"
    if middle >= _LARGE:
        power = _power(middle)
        parts = (_scaled(one, power) for one in (middle, low, high))
        shown = "{} ({}–{}) ×10{}".format(*parts, _raised(power))
    data: dict[str, Plain] = {
        "n": len(values),
        "median": f"{middle!r}",
        "q1": f"{low!r}",
        "q3": f"{high!r}",
    }
    return Value(shown, data, refs)


def with_missing(value: Value, known: int, total: int) -> Value:
    """A median with the number of patients whose value is missing: ``2 (1–2) [6]``."""
    if known == total:
        return value
    data = value.data if isinstance(value.data, dict) else {"n": known}
    said = f"{value.shown} [{total - known:,}]"
    return Value(said, {**data, "missing": total - known}, value.refs)


def amount(value: float) -> str:
    """A figure with one decimal, a large one by a power of ten: ``1.2×10⁸``."""
    if abs(value) < _LARGE:
        return number_of(value).replace("-", MINUS)
    power = _power(value)
    return f"{_scaled(value, power)}×10{_raised(power)}"


def span(low: float, high: float) -> str:
    """From one figure to another, large ones by one power of ten."""
    if abs(high) < _LARGE:
        return f"{number_of(low)}–{number_of(high)}"
    power = _power(high)
    return f"{_scaled(low, power)}–{_scaled(high, power)} ×10{_raised(power)}"


def _power(value: float) -> int:
    return Decimal(repr(value)).adjusted()


def _scaled(value: float, power: int) -> str:
    """Two decimals of a figure, in units of a power of ten."""
    exact = Decimal(repr(value)).scaleb(-power)
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def _raised(power: int) -> str:
    return f"{power}".translate(_RAISED)


def treated(patients: Iterable[Patient], on: date) -> tuple[Patient, ...]:
    """The safety set: everybody who was given the product by a day."""
    return tuple(
        p
        for p in patients
        if p.case.subject.treatment_date and p.case.subject.treatment_date <= on
    )


def comparison(patients: Iterable[Patient]) -> tuple[Patient, ...]:
    """The comparison arm."""
    return tuple(p for p in patients if p.case.subject.arm is Arm.COMPARISON)


def to_confirm(protocol: Protocol, part_id: str, basis: Basis) -> Mark:
    """［要確認］ where nobody has confirmed a rule here."""
    unsure = basis.confidence is Confidence.UNCONFIRMED
    return Mark.TO_CONFIRM if unsure and not protocol.confirmed(part_id) else Mark.NONE


def baseline_visit(protocol: Protocol) -> str:
    """The visit that cohorts and endpoints start from; "" where the pack has none."""
    pack = protocol.pack
    named = (*(c.baseline for c in pack.cohorts), *(e.baseline for e in pack.endpoints))
    return next(iter(named), "")
