"""Marks that a completed form, or one item of it, was compared with its source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from registry_app.domain.errors import Refused
from registry_app.domain.rights import Deed
from registry_app.domain.source_check import SourceCheck
from registry_app.domain.trail import Entry
from registry_app.domain.visit import Form, Status
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage import trail
from registry_app.storage.work import Reading

#: Where the values of a form stand, in the way the trail names its items.
_VALUES = "values."


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that was not withdrawn. `dropped`: the change that it has not survived."""

    check: SourceCheck
    dropped: Entry | None = None

    @property
    def holds(self) -> bool:
        """Whether what was compared has not been changed since, not even and back."""
        return self.dropped is None


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one form: that of the whole, if any, and the newest of each item.

    `written`: how many items the form says something of.
    """

    whole: Mark | None
    items: dict[str, Mark]
    written: tuple[str, ...]

    def of(self, item: str) -> Mark | None:
        """What holds for an item as ``values.R_LT_C2``: its own mark, or the whole's.

        One that has dropped is given only where none holds.
        """
        both = [one for one in (self.items.get(item), self.whole) if one is not None]
        return next((one for one in both if one.holds), both[0] if both else None)

    @property
    def verified(self) -> int:
        """How many of the written items a mark holds for."""
        found = (self.of(item) for item in self.written)
        return sum(one is not None and one.holds for one in found)

    @property
    def dropped(self) -> tuple[Mark, ...]:
        """The marks that are to be set again, or let be: nothing holds in their place.

        That of the whole form first.
        """
        gone = [] if self.whole is None or self.whole.holds else [self.whole]
        for item, mark in self.items.items():
            now = self.of(item)
            if not mark.holds and now is not None and not now.holds:
                gone.append(mark)
        return tuple(gone)


@needs(Deed.CHECK_SOURCE)
def mark_as_checked(desk: Desk, form_id: str, item: str = "") -> SourceCheck:
    """Say that a completed form, or one item of it, was compared with its source.

    `item`: as the trail names it, ``values.R_LT_C2``; "" for the whole form. Raises
    NotFound, or Refused: a draft, an item of which the form says nothing, a mark that
    holds already.
    """
    with desk.begin() as work:
        form = work.get(Form, form_id)
        if form.status is not Status.COMPLETE:
            raise Refused("source_check.not-complete")
        if item and item not in _written(form):
            raise Refused("source_check.no-value", item=item.removeprefix(_VALUES))
        known = marks_in(work, form)
        there = known.items.get(item) if item else known.whole
        if there is not None and there.holds:
            raise Refused("source_check.marked-already", person=there.check.person)
        new = SourceCheck(
            desk.new_id(), form_id, item, form.version, desk.person.id, desk.clock()
        )
        return work.save(new)


@needs(Deed.CHECK_SOURCE)
def withdraw_check(desk: Desk, check_id: str, reason: str) -> SourceCheck:
    """Take back a mark that was set by mistake, with its reason.

    Raises NotFound, or Refused: no reason, withdrawn already.
    """
    with desk.begin(reason) as work:
        check = work.get(SourceCheck, check_id)
        if check.withdrawn:
            raise Refused("source_check.withdrawn-already")
        return work.save(replace(check, withdrawn=True))


@needs(Deed.LOOK)
def marks_of(desk: Desk, form_id: str) -> Marks:
    """The marks of a form, and which of them hold. Raises NotFound."""
    with desk.read() as reading:
        return marks_in(reading, reading.get(Form, form_id))


@needs(Deed.LOOK)
def marks_of_forms(desk: Desk, form_ids: Iterable[str]) -> dict[str, Marks]:
    """The same of several forms, such as those of one patient, by form."""
    with desk.read() as reading:
        forms = reading.find(Form, id=tuple(form_ids))
        return {form.id: marks_in(reading, form) for form in forms}


def _written(form: Form) -> tuple[str, ...]:
    return tuple(f"{_VALUES}{item}" for item, said in form.values.items() if said)


def marks_in(reading: Reading, form: Form) -> Marks:
    """The marks of a form, of a view that is open already."""
    checks = reading.find(SourceCheck, form_id=form.id, withdrawn=False)
    least = min((one.form_version for one in checks), default=form.version)
    since: Sequence[Entry] = ()
    if least < form.version:  # the oldest first
        found = trail.entries(reading.connection, kind="form", ids=(form.id,))
        since = [entry for entry in found if entry.version > least][::-1]
    whole, items = None, {}
    for check in sorted(checks, key=_set_at):
        changed = (
            entry
            for entry in since
            if entry.version > check.form_version and _touches(entry, check.item)
        )
        mark = Mark(check, next(changed, None))
        if check.item:
            items[check.item] = mark
        else:
            whole = mark
    return Marks(whole, items, _written(form))


def _set_at(check: SourceCheck) -> tuple[int, datetime]:
    return check.form_version, check.at


def _touches(entry: Entry, item: str) -> bool:
    """Whether an entry changes an item: its value, its star, where it comes from."""
    if not item:
        return True
    key = item.partition(".")[2]
    return any(
        change.item == item or change.item.partition(".")[2] == key
        for change in entry.changes
    )
