"""One duty: what is due, for whom, by when, by which rule; how it stands on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from registry_app.domain.message import Message, Told
from registry_app.domain.plan.pack import Basis, Confidence, Owner

RED_DAYS: Final = 7
AMBER_DAYS: Final = 30


class Standing(StrEnum):
    """How a duty stands on a day (REGULATION.md section 10)."""

    LATE = "late"  # past its last day, not done
    RED = "red"  # 7 days or fewer are left
    AMBER = "amber"  # 30 days or fewer
    GREEN = "green"  # more
    WAITING = "waiting"  # its first day has not come, or it has no day
    DONE = "done"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic: a day, what it is, and why."""

    day: date | None
    what: Message | Told
    note: Message | Told | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who has checked the rule against its text, when, by what."""

    by: str
    on: date
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of one key, the same on every day and under every order of entries.

    `key`: ``visit:baseline:SAP-0001-7``, ``O8:15``, ``O4:<occurrence>:2``.
    `trigger`: day 0. `opens`: the first day on which it can be done. `due`: the last
    one; None: it has none (an alarm of ours, or records to be kept). `alarm`: the
    earlier day where two ways of counting differ. `target`: the business day at or
    before `due`. `legal`: False where the day is a convention of this program.
    `confirmed` None and `basis.confidence` unconfirmed: 要確認.
    `ended`: why its rule does not hold any more (a reason, never silence).
    `period`: first and last day of the period it is about. `event`: the class of the
    occurrence that started its clock.
    """

    key: str
    rule: str
    name: Told
    owner: Owner
    basis: Basis
    trigger: date
    opens: date
    due: date | None
    subject_id: str = ""
    alarm: date | None = None
    target: date | None = None
    period: tuple[date, date] | None = None
    done: date | None = None
    evidence: str = ""
    receipt: str = ""
    not_applicable: str = ""
    not_applicable_on: date | None = None
    ended: Message | None = None
    legal: bool = True
    if_any: bool = False
    confirmed: Confirmed | None = None
    addressee: Told | None = None
    warning: Told | None = None
    form_id: str = ""
    event: str = ""

    @property
    def to_confirm(self) -> bool:
        """Whether 要確認 stands beside it wherever it appears."""
        unsure = self.basis.confidence is Confidence.UNCONFIRMED
        return unsure and self.confirmed is None

    @property
    def last_day(self) -> date | None:
        """The day that alarms: the earlier of two ways of counting."""
        return self.alarm or self.due

    @property
    def days_late(self) -> int:
        """By how many days it was done late; 0 where it was not, or has no day."""
        if self.done is None or self.due is None:
            return 0
        return max(0, (self.done - self.due).days)

    def days_left(self, on: date) -> int | None:
        """Days to the day that alarms; negative: late by so many."""
        last = self.last_day
        return None if last is None else (last - on).days

    def standing(self, on: date) -> Standing:
        """How it stands at the end of a day."""
        if self.done is not None and self.done <= on:
            return Standing.DONE
        if self.ended is not None:
            return Standing.NOT_APPLICABLE
        if self.not_applicable and (self.not_applicable_on or on) <= on:
            return Standing.NOT_APPLICABLE
        left = self.days_left(on)
        if left is None or on < self.opens:
            return Standing.WAITING
        if left < 0:
            return Standing.LATE
        if left <= RED_DAYS:
            return Standing.RED
        return Standing.AMBER if left <= AMBER_DAYS else Standing.GREEN
