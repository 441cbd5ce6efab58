"""The trail as it is looked through: a page of entries at a time, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from registry_app.domain.dates import TOKYO
from registry_app.domain.rights import Deed
from registry_app.domain.trail import Entry
from registry_app.domain.trail_query import TrailQuery
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage import trail_search
from registry_app.storage.trail_search import Asked, Going

#: Entries of a page, where nobody says otherwise.
PAGE: Final = 100
#: Behind the newest entry of any trail.
_END: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class TrailPage:
    """What was found; `older`: go on before this entry, None: the trail ends here.

    `jumps`: those of the entries right before which the clock jumped.
    """

    entries: tuple[Entry, ...]
    older: int | None
    jumps: frozenset[int] = frozenset()


def _nothing_told(_found: Sequence[Entry], _share: float) -> None:
    """Nobody watches."""


@needs(Deed.LOOK)
def trail_page(
    desk: Desk,
    query: TrailQuery,
    before: int | None = None,
    most: int = PAGE,
    going: Going = _nothing_told,
) -> TrailPage:
    """The newest entries that are wanted, or the newest before one.

    `going`: told what was found since it was told last, and how much of the trail is
    looked through, 0 to 1; what it raises ends the search.
    """
    asked = _asked(query)
    got: list[Entry] = []
    older = 0
    with desk.read() as reading:
        slices = trail_search.found(
            reading.connection,
            desk.registry.site,
            asked,
            _END if before is None else before,
            most,
        )
        for part, share, ended in slices:
            got += part
            older = ended
            going(part, share)
        jumps = trail_search.after_jumps(reading.connection, [one.seq for one in got])
    return TrailPage(tuple(got), older or None, jumps)


@needs(Deed.LOOK)
def item_history(desk: Desk, kind: str, record_id: str, item: str) -> TrailPage:
    """Every entry that changed one item of one record, the newest first."""
    query = TrailQuery(kind=kind, record_id=record_id, item=item)
    return trail_page(desk, query, most=_END)


def _asked(query: TrailQuery) -> Asked:
    return Asked(
        person=query.person,
        kind=query.kind,
        subject_id=query.subject_id,
        since=_begins(query.first),
        until=_begins(query.last, timedelta(days=1)),
        words=query.words.strip(),
        item=query.item,
        record_id=query.record_id,
    )


def _begins(day: date | None, later: timedelta = timedelta()) -> datetime | None:
    """When a day begins in Japan, or one after it."""
    return None if day is None else datetime.combine(day, time(), TOKYO) + later
