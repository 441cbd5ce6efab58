"""Who is about to be lost: what a case shows before its follow-up breaks off.

The numbers of days are conventions of this program, not of a law or a guideline: they
ask somebody to call, and decide nothing.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from registry_app.domain.course import Contact, ContactOutcome
from registry_app.domain.message import Message, Told, say

#: Nobody has seen or reached the patient for more than a yearly visit and a month.
SILENT_DAYS: Final = 395
#: An owed visit without an exam, whose window closes in so many days.
CLOSING_DAYS: Final = 14
#: A missed window asks for a call for so long; later only the silence counts.
MISSED_DAYS: Final = 180

_SEEN: Final = (ContactOutcome.REACHED, ContactOutcome.REFUSED)


def last_known_alive(seen: Iterable[date], contacts: Iterable[Contact]) -> date | None:
    """The newest day on which the patient was seen, or answered."""
    answered = (contact.on for contact in contacts if contact.outcome in _SEEN)
    return max((*seen, *answered), default=None)


def failed_since_reached(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """The attempts since the patient was last reached, oldest first."""
    failed: list[Contact] = []
    for contact in sorted(contacts, key=lambda contact: (contact.on, contact.id)):
        failed = [] if contact.outcome in _SEEN else [*failed, contact]
    return tuple(failed)


def risks(
    on: date,
    alive: date | None,
    contacts: Iterable[Contact],
    visits: Iterable[tuple[Told, date]],
) -> tuple[Message, ...]:
    """Why somebody whose follow-up has not ended may be lost; empty: nothing points so.

    `visits`: owed visits that were not made, each with the last day of its window.
    """
    told = []
    for visit, last in visits:
        left = (last - on).days
        if 0 <= left <= CLOSING_DAYS:
            told.append(say("course.risk-closing", visit=visit, day=last.isoformat()))
        elif -MISSED_DAYS <= left < 0:
            told.append(say("course.risk-missed", visit=visit, day=last.isoformat()))
    found = tuple(contacts)
    failed = failed_since_reached(found)
    if failed:
        newest = failed[-1]
        told.append(
            say(
                "course.risk-not-reached",
                number=len(failed),
                day=newest.on.isoformat(),
                outcome=newest.outcome.told,
            )
        )
    again = [contact.again_on for contact in found if contact.again_on]
    newest_day = max((contact.on for contact in found), default=None)
    if again and newest_day is not None and newest_day < max(again) <= on:
        told.append(say("course.risk-call-again", day=max(again).isoformat()))
    if alive is not None and (on - alive).days > SILENT_DAYS:
        told.append(say("course.risk-silent", days=(on - alive).days))
    return tuple(told)
