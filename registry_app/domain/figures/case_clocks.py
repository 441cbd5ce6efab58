"""The clocks of one safety case: who owes a report, from which day 0, until when."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from registry_app.domain.figures.cells import columns, dash, day, refs_of, rows, said
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import Mark, Ref, Said, Table, Value
from registry_app.domain.message import Message, say
from registry_app.domain.plan.citation import distance
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.pack import Owner, RuleKind
from registry_app.domain.report import Kind
from registry_app.domain.safety import SafetyCase

#: The version of the initial report; the key of its clock names no version.
FIRST: Final = "1"


def clocks_of(case: SafetyCase, dataset: Dataset) -> tuple[Duty, ...]:
    """The duties that the case has started, by day 0; its key stands in theirs."""
    found = [duty for duty in dataset.duties if case.id in duty.key.split(":")[1:2]]
    return tuple(sorted(found, key=lambda duty: (duty.trigger, duty.key)))


def next_clock(case: SafetyCase, dataset: Dataset) -> Duty | None:
    """The clock on the cover, of who owes this report: the running one that ends next.

    Later information starts a clock of its own; it moves none that still runs. Where
    all are met, the newest. None where the class starts none.
    """
    letters = Kind.CASE_REPORT.letters
    kinds = (kind for kind in dataset.protocol.pack.reports if kind.id == letters)
    owner = next((kind.owner for kind in kinds), Owner.HOLDER)
    # Not the notice to somebody else, and not the alarm of a duty without a day.
    reports = {
        rule.id
        for rule in dataset.protocol.rules()
        if rule.kind is RuleKind.CLOCK and not rule.done_by and rule.owner is owner
    }
    found = [duty for duty in clocks_of(case, dataset) if duty.rule in reports]
    running = [duty for duty in found if _runs(case, duty, dataset.on)]
    if running:
        return min(running, key=lambda duty: (duty.last_day or date.max, duty.key))
    return next(reversed(found), None)


def _runs(case: SafetyCase, duty: Duty, on: date) -> bool:
    """Whether it is neither met nor taken off, and its version was not sent."""
    version = case.versions.get((duty.key.split(":")[2:3] or [FIRST])[0])
    if version is not None and version.sent_on is not None:
        return False
    return duty.standing(on) not in (Standing.DONE, Standing.NOT_APPLICABLE)


def case_clocks(case: SafetyCase, dataset: Dataset) -> Table:
    """Every clock with its arithmetic: day 0, the distance, the day it ends on."""
    return Table(
        "clocks",
        say("case_report.table-clocks"),
        columns(
            _head,
            ("clock-owner", 18.5),
            ("clock-rule", 41.5),
            ("clock-version", 8.0),
            ("clock-day-0", 17.5),
            ("distance", 15.5),
            ("due", 25.0),
            ("target", 18.0),
            ("standing", 24.0),
        ),
        rows(_clocks(case, dataset)),
        notes=(say("case_report.note-clocks"), say("case_report.note-guide")),
    )


def _head(name: str) -> Message:
    return say(f"case_report.{name}")


def _clocks(case: SafetyCase, dataset: Dataset) -> Iterator[tuple[Value, ...]]:
    rules = {rule.id: rule for rule in dataset.protocol.rules()}
    for duty in clocks_of(case, dataset):
        ref = (
            Ref("safety_case", case.id, case.id),
            *refs_of("settled", [duty.key] if duty.done else [], case.id),
        )
        rule = rules.get(duty.rule)
        number = duty.key.split(":")[2:3]
        mark = Mark.TO_CONFIRM if duty.to_confirm else Mark.NONE
        due: Value = day(duty.last_day, ref, mark)
        if duty.last_day is not None and not duty.legal:
            guide = say("case_report.guide-short", day=duty.last_day.isoformat())
            due = said(guide, duty.last_day.isoformat(), ref, mark)
        yield (
            said(say(f"print.owner-{duty.owner.value}"), duty.owner.value, ref),
            said(say("case_report.clock", id=duty.rule, name=duty.name), duty.rule),
            Value(number[0] if number else "1", number[0] if number else "1", ref),
            day(duty.trigger, ref),
            dash() if rule is None else said(_plus(distance(rule.due))),
            due,
            day(duty.target, ref) if duty.target else dash(ref),
            said(_standing(duty, dataset), duty.standing(dataset.on).value, ref),
        )


def _plus(span: Message) -> Said:
    return say("case_report.plus", span=span)


def _standing(duty: Duty, dataset: Dataset) -> Said:
    """Done on a day, not owed, or how many days are left to the end of the clock."""
    standing = duty.standing(dataset.on)
    if standing is Standing.DONE and duty.done is not None:
        late = duty.days_late
        if late:
            done = duty.done.isoformat()
            return say("case_report.done-late", day=done, days=late)
        return say("case_report.done", day=duty.done.isoformat())
    if standing is Standing.NOT_APPLICABLE:
        return say("case_report.not-owed")
    left = duty.days_left(dataset.on)
    if left is None:
        return say("case_report.no-day")
    elapsed = (dataset.on - duty.trigger).days
    key = "running" if left >= 0 else "over"
    return say(
        f"case_report.{key}", elapsed=elapsed, whole=elapsed + left, days=abs(left)
    )
