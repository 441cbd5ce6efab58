"""Safety signals of a completed form: what the pack asks to be looked at.

Of two exams only a fall that is certain is one: the best that the later sheet allows is
worse than the worst that the earlier one allows, by as much as the signal says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from registry_app.domain.isncsci.result import Interval
from registry_app.domain.isncsci.scale import GRADES
from registry_app.domain.message import Told
from registry_app.domain.plan.facts import Fact, form_facts, number
from registry_app.domain.plan.pack import FormPlan, Pack, Signal
from registry_app.domain.safety import Finding

#: Facts of an ISNCSCI sheet that a signal may look at, by how a finding calls them.
_OF_SHEETS: Final[Mapping[str, str]] = {"ais": "AIS", "motor": "UEMS + LEMS"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal that a form shows, and what was found."""

    signal: Signal
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a signal needs of an ISNCSCI exam; `ais`: every grade that is possible."""

    day: date
    ais: tuple[str, ...]
    motor: Interval


def sheet_signals(pack: Pack) -> tuple[Signal, ...]:
    """The signals that compare an ISNCSCI exam with the one before."""
    return tuple(
        signal
        for signal in pack.signals
        if signal.fact in _OF_SHEETS and signal.falls_by is not None
    )


def exam_hits(pack: Pack, before: Sheet, after: Sheet) -> tuple[Hit, ...]:
    """The signals that an exam shows against the completed one before it."""
    return tuple(
        Hit(signal, tuple(_sheets(signal.fact, (before, after))))
        for signal in sheet_signals(pack)
        if signal.falls_by is not None
        and _fall(signal.fact, before, after) >= signal.falls_by
    )


def _fall(fact: str, before: Sheet, after: Sheet) -> Decimal:
    """By how much it fell for certain; below 0 where nothing is certain."""
    if fact == "motor":
        return Decimal(before.motor.low - after.motor.high)
    if not before.ais or not after.ais:
        return Decimal(-1)
    worst = min(GRADES.index(grade) for grade in before.ais)
    return Decimal(worst - max(GRADES.index(grade) for grade in after.ais))


def _sheets(fact: str, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    for sheet in sheets:
        low, high = sheet.motor
        motor = f"{low}" if low == high else f"{low}–{high}"
        value = ", ".join(sheet.ais) if fact == "ais" else motor
        yield Finding(_OF_SHEETS[fact], sheet.day, value)


def form_hits(
    pack: Pack,
    form: FormPlan,
    day: date,
    values: Mapping[str, str],
    before: Mapping[str, str] | None = None,
) -> tuple[Hit, ...]:
    """The signals that a form shows, by itself or against the one `before` it."""
    facts, earlier = form_facts(form, values), form_facts(form, before or {})
    return tuple(
        Hit(signal, tuple(_items(form, signal, day, values)))
        for signal in pack.signals
        if signal.fact in facts and _shows(signal, facts, earlier)
    )


def _shows(
    signal: Signal, facts: Mapping[str, Fact], earlier: Mapping[str, Fact]
) -> bool:
    if signal.one_of:
        return str(facts[signal.fact]) in signal.one_of
    value, other = _number(facts, signal.fact), _number(earlier, signal.fact)
    if signal.compared_with:
        other = _number(facts, signal.compared_with)
    if value is None:
        return False
    if signal.below is not None and value < signal.below:
        return True
    if signal.within_hours is not None and value <= signal.within_hours:
        return True
    if signal.falls_by is None or other is None:
        return False
    return other - value >= signal.falls_by


def _number(facts: Mapping[str, Fact], fact: str) -> Decimal | None:
    said = facts.get(fact)
    return None if said is None else number(str(said))


def _items(
    form: FormPlan, signal: Signal, day: date, values: Mapping[str, str]
) -> Iterator[Finding]:
    """The items that a signal looked at; of a series the one that holds its least."""
    facts = form_facts(form, values)
    for fact in (signal.compared_with, signal.fact):
        kind, _, name = fact.partition(":")
        name = name.partition(".")[2]
        for item in form.items:
            said = values.get(item.id, "")
            least = kind == "lowest" and item.series == name and item.minutes != 0
            if item.id == name or (least and number(said) == facts[fact]):
                unit = item.unit.en if item.unit is not None else ""
                yield Finding(both(item.name), day, said, unit)
                break


def both(told: Told) -> str:
    """A name for a record, that is read for years: in both languages, once."""
    return told.ja if told.ja == told.en else f"{told.ja} / {told.en}"
