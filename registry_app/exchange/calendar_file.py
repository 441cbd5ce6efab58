"""A calendar file (iCalendar, RFC 5545): one all-day event for each due date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDay:
    """One event. `uid` never changes, so that a later file moves it."""

    uid: str
    day: date
    summary: str
    description: str
    owner: str


def calendar_file(
    name: str, days: Iterable[DueDay], stamp: datetime, program: str
) -> bytes:
    """The file. `stamp`: when it was made, in UTC; no event takes anybody's time."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{program}//{program}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for each in days:
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", each.day)
        event.add("dtend", each.day + _DAY)
        event.add("summary", each.summary)
        event.add("description", each.description)
        event.add("categories", [each.owner])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
