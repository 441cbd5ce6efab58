"""Data cuts (データ固定): frozen points of the trail, and what came after them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NoReturn

from registry_app.domain.cut import DataCut
from registry_app.domain.errors import Refused
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import NOT_DATA
from registry_app.domain.rights import Deed
from registry_app.domain.texts import line
from registry_app.domain.trail import Entry, Head
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_all_shown
from registry_app.services.planning import protocol_of
from registry_app.services.program import program
from registry_app.services.rights import needs
from registry_app.storage import trail
from registry_app.storage.derived import ENGINE
from registry_app.storage.work import Reading

#: Who may sign in stands on no report.
_PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Point:
    """An entry of the trail, and when it was written."""

    head: Head
    at: datetime

    @property
    def day(self) -> date:
        """The day in Japan."""
        return day_in_japan(self.at)


@needs(Deed.REPORT)
def freeze(desk: Desk, purpose: str = "") -> DataCut:
    """Freeze the data as they are; a cut since which none has changed is given again.

    `purpose`: in words, printed with the cut. Raises Refused for another purpose than
    that of the cut which is given again: a cut is one point of the trail, and what was
    said of it when it was frozen stays.
    """
    with desk.begin() as work:
        found = cut_at(desk, work, still(work) or point(work), purpose)
        if not found.version:
            return work.save(found)
        if line(purpose) not in ("", found.purpose):
            _refuse_other_purpose(found)
        return found


def _refuse_other_purpose(cut: DataCut) -> NoReturn:
    if cut.purpose:
        raise Refused(
            "report_service.frozen-for", cut=cut.id, on=cut.on, purpose=cut.purpose
        )
    raise Refused("report_service.frozen", cut=cut.id, on=cut.on)


@needs(Deed.LOOK)
def cut_at(desk: Desk, reading: Reading, at: Point, purpose: str = "") -> DataCut:
    """The cut at a point of the trail; one that is not there yet has no version."""
    known = reading.find(DataCut)
    for cut in known:
        if cut.seq == at.head.seq:
            return cut
    pack = protocol_of(Reading(reading.connection, at.head.seq)).pack
    return DataCut(
        id=f"{max((int(cut.id) for cut in known), default=0) + 1}",
        seq=at.head.seq,
        head=at.head.head,
        on=at.day,
        pack=pack.id,
        pack_version=pack.version,
        engine=ENGINE,
        program=program(),
        frozen_by=desk.person.id,
        frozen_at=desk.clock(),
        purpose=line(purpose),
    )


def still(reading: Reading) -> Point | None:
    """The point of the newest cut, if no data have changed since."""
    newest = max(reading.find(DataCut), key=lambda cut: cut.seq, default=None)
    if newest is None or any(True for _ in _data(reading, newest.seq)):
        return None
    return point(reading, newest.seq)


@needs(Deed.LOOK)
def cuts(desk: Desk) -> tuple[DataCut, ...]:
    """Every cut, the newest first."""
    with desk.read() as reading:
        return tuple(sorted(reading.find(DataCut), key=lambda one: -int(one.id)))


@needs(Deed.LOOK)
def cut_numbered(desk: Desk, number: str) -> DataCut:
    """A cut by its number. Raises Refused where there is none."""
    with desk.read() as reading:
        found = reading.find(DataCut, id=number)
    if not found:
        raise Refused("report_service.no-such-cut", cut=number)
    return found[0]


@needs(Deed.LOOK)
def changed_since(desk: Desk, cut_id: str) -> tuple[Entry, ...]:
    """What of the data was written after a cut, the newest first.

    Raises Refused while anything is hidden from the person at the desk.
    """
    check_all_shown(desk)
    cut = cut_numbered(desk, cut_id)
    with desk.read() as reading:
        return tuple(_data(reading, cut.seq))


@needs(Deed.LOOK)
def cut_as_of(desk: Desk, day: date) -> int:
    """The newest trail entry of data on or before a day in Japan.

    Raises Refused where the registry is younger than that.
    """
    with desk.read() as reading:
        for entry in trail.entries(reading.connection):
            if entry.kind not in NOT_DATA and day_in_japan(entry.at) <= day:
                return entry.seq
    raise Refused("report.nothing-yet", day=day.isoformat())


def point(reading: Reading, seq: int | None = None) -> Point:
    """The entry with this number, or the newest one of data. Raises Refused."""
    if seq is None:
        entries = trail.entries(reading.connection)
        found = next(entry for entry in entries if entry.kind not in NOT_DATA)
    elif (there := trail.entry_at(reading.connection, seq)) is None:
        raise Refused("report.no-such-cut", cut=seq)
    else:
        found = there
    return Point(Head(found.seq, found.head), found.at)


def _data(reading: Reading, after: int) -> Iterator[Entry]:
    """The entries of data that came after one, the newest first."""
    for entry in trail.entries(reading.connection, after=after):
        if entry.kind not in NOT_DATA and entry.kind != _PERSON:
            yield entry
