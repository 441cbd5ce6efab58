"""What a change of the plan does: which duties begin, end and change.

A pack of another version, a confirmed setting, another regime: the duties are made
under both, and compared. Nothing is applied before somebody has accepted it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.records import Settled

#: What was done about a duty is no change of the plan.
_DONE: Final = {
    *("done", "evidence", "receipt", "form_id"),
    *("not_applicable", "not_applicable_on", "ended"),
}
_SAID: Final = tuple(field.name for field in fields(Duty) if field.name not in _DONE)


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """The difference of two sets of duties; `changes`: as it was, as it will be."""

    begins: tuple[Duty, ...] = ()
    ends: tuple[Duty, ...] = ()
    changes: tuple[tuple[Duty, Duty], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.begins or self.ends or self.changes)

    @property
    def subjects(self) -> frozenset[str]:
        """The cases that it touches."""
        touched = [*self.begins, *self.ends, *(after for _, after in self.changes)]
        return frozenset(duty.subject_id for duty in touched if duty.subject_id)


def change_plan(before: Iterable[Duty], after: Iterable[Duty]) -> ChangePlan:
    """What begins, ends and changes, in the order of the duties given.

    A duty ends when its key is gone, whatever had become of it, or when it is marked as
    ended; `ends` has it as it was.
    """
    was = {duty.key: duty for duty in before}
    will = {duty.key: duty for duty in after}
    begins, changes = [], []
    for key, duty in will.items():
        old = was.get(key)
        if old is None or (old.ended is not None and duty.ended is None):
            begins.append(duty)
        elif duty.ended is None and _said(old) != _said(duty):
            changes.append((old, duty))
    ends = [
        duty
        for key, duty in was.items()
        if key not in will or (duty.ended is None and will[key].ended is not None)
    ]
    return ChangePlan(tuple(begins), tuple(ends), tuple(changes))


def _said(duty: Duty) -> tuple[object, ...]:
    return tuple(getattr(duty, name) for name in _SAID)


def closing(
    plan: ChangePlan, settled: Mapping[str, Settled], reason: str, on: date
) -> tuple[Settled, ...]:
    """The records that keep every duty of `plan.ends` in the ledger, with the reason.

    What was done stays done; what is settled already needs no other record.
    """
    found = []
    for duty in plan.ends:
        old = settled.get(duty.key) or Settled(duty.key, duty.rule)
        if old.done_on is not None or old.not_applicable:
            continue
        record = replace(
            old,
            rule=duty.rule,
            subject_id=duty.subject_id,
            name_ja=duty.name.ja,
            name_en=duty.name.en,
            owner=duty.owner.value,
            trigger=duty.trigger,
            due=duty.due,
        )
        if duty.done is None:
            record = replace(record, not_applicable=reason, not_applicable_on=on)
        else:
            record = replace(record, done_on=duty.done, evidence=duty.evidence)
        found.append(record)
    return tuple(found)


def reopening(plan: ChangePlan, settled: Mapping[str, Settled]) -> tuple[Settled, ...]:
    """The records by which what begins again is owed again.

    Whoever said that a duty is not applicable said so under rules that have changed
    twice since: it is shown once more, rather than missed.
    """
    found = (settled.get(duty.key) for duty in plan.begins)
    return tuple(
        replace(record, not_applicable="", not_applicable_on=None)
        for record in found
        if record is not None and record.not_applicable
    )
