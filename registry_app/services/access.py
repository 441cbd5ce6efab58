"""The access log: what is noted of each act, and what is read of it.

A screen opens through the window (ui/window_frame.py) and a command through its sign-in
(cli/desk.py): both note it there, so that none can forget. What leaves the registry
goes through ui/outside.py and cli/handing_over.py.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from registry_app.domain.access import Access, Act
from registry_app.domain.consent import Consent
from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import Refused
from registry_app.domain.handover import Consenting, Handover, Outgoing, consenting
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage import accesses
from registry_app.storage.work import Work

#: More than a person reads: the list shows the newest of those that fit.
MOST: Final = 10_000
#: As long as each may be (storage/trust_tables.py).
_LONG, _TEXT = 500, 300
#: Of more patients all consents are read: a query names no more values than this.
_FEW: Final = 1_000


@dataclass(frozen=True, slots=True)
class AccessQuery:
    """Which acts; "" and None: whatever it is. Days in Japan, both included."""

    person: str = ""
    act: Act | None = None
    subject_id: str = ""
    first: date | None = None
    last: date | None = None


@needs(Deed.OWN)
def opened(desk: Desk, what: str, subject_id: str = "") -> None:
    """Somebody looks at `what`; again within a few minutes, it is the same look.

    `what`: the name of a place (domain/access.py: PLACES), and behind a colon the
    record that is shown there.
    """
    desk.access.note(_act(desk, Act.OPENED, what, subject_id))


@needs(Deed.OWN)
def searched(desk: Desk, text: str, found: int) -> None:
    """Somebody has searched for words, and found so many patients."""
    if text.strip():
        act = _act(desk, Act.SEARCHED, text.strip())
        desk.access.note(replace(act, count=found))


@needs(Deed.OWN)
def printed(desk: Desk, what: str, subject_id: str = "") -> None:
    """A paper was printed, or saved as a PDF. `what`: its number."""
    desk.access.note(_act(desk, Act.PRINTED, what, subject_id))


@needs(Deed.OWN)
def exported(desk: Desk, leaving: Outgoing, said: Handover) -> None:
    """Data leave the registry.

    The log keeps of how many patients, and how many of them agree.
    """
    subjects = set(leaving.subjects)
    act = replace(
        _act(desk, Act.EXPORTED, leaving.what, leaving.one),
        count=len(subjects),
        purpose=said.purpose.strip()[:_LONG],
        basis=said.basis.value if said.basis is not None else "",
        recipient=said.recipient.strip()[:_TEXT],
        fields=" ".join(leaving.fields),
        consent=consents_of(desk, subjects).kept,
    )
    desk.access.note(act)


def _act(desk: Desk, act: Act, what: str, subject_id: str = "") -> Access:
    """An act of now; it gets its identity when it is written."""
    return Access("", desk.person.id, desk.clock(), act, what[:_TEXT], subject_id)


@needs(Deed.OWN)
def write_access(desk: Desk) -> None:
    """Write all that waits. Raises Refused where it cannot be; then it waits on.

    Of a desk that only reads nothing can be kept (services/reading.py).
    """
    if desk.store.shown is not None:
        return

    def write(noted: Sequence[Access]) -> None:
        with desk.begin() as work:
            known = _known(work, {one.subject_id for one in noted})
            for one in noted:
                # A command may be asked for a patient who is not there.
                of = one.subject_id if one.subject_id in known else ""
                work.save(replace(one, id=desk.new_id(), subject_id=of))

    desk.access.written(write)


def _known(work: Work, ids: Collection[str]) -> set[str]:
    return {one.id for one in work.find(Subject, id=list(ids))}


@needs(Deed.LOOK)
def access_ids(desk: Desk, query: AccessQuery) -> list[str]:
    """The newest acts that fit, at most `MOST`. What waits is written first.

    Where nothing can be written, what is there is shown all the same.
    """
    _have_written(desk)
    with desk.read() as reading:
        return accesses.access_ids(
            reading,
            person=query.person,
            act=query.act.value if query.act is not None else "",
            subject_id=query.subject_id,
            since=_begins(query.first),
            until=_begins(query.last, timedelta(days=1)),
            most=MOST,
        )


def _have_written(desk: Desk) -> None:
    with suppress(Refused):
        write_access(desk)


def _begins(day: date | None, later: timedelta = timedelta()) -> datetime | None:
    """When a day begins in Japan, or one after it."""
    return None if day is None else datetime.combine(day, time(), TOKYO) + later


@needs(Deed.LOOK)
def access_rows(desk: Desk, ids: Sequence[str]) -> list[Access]:
    """These acts, in the same order."""
    with desk.read() as reading:
        return accesses.access_rows(reading, list(ids))


@needs(Deed.LOOK)
def access_people(desk: Desk) -> list[str]:
    """Everybody of whom the log tells."""
    _have_written(desk)
    with desk.read() as reading:
        return accesses.people(reading)


@needs(Deed.OWN)
def consents_of(desk: Desk, subjects: Collection[str]) -> Consenting:
    """How many of these patients agree that their data go to others, today."""
    of_each: dict[str, list[Consent]] = {one: [] for one in subjects}
    asked = {"subject_id": list(of_each)} if len(of_each) <= _FEW else {}
    with desk.read() as reading:
        for consent in reading.find(Consent, **asked):
            if consent.subject_id in of_each:
                of_each[consent.subject_id].append(consent)
    return consenting(of_each.values(), day_in_japan(desk.clock()))
