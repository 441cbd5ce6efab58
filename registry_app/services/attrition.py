"""Attrition (脱落): whose follow-up has ended and why, and who is about to be lost."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from registry_app.domain.attrition import (
    CLOSING_DAYS,
    MISSED_DAYS,
    last_known_alive,
    risks,
)
from registry_app.domain.course import Contact, FollowUp
from registry_app.domain.message import Message, Told
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.hiding import hidden_subjects
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs
from registry_app.storage import coming, lists


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Somebody who may be lost; `why`: each sign of it."""

    subject_id: str
    last_known_alive: date
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Attrition:
    """All cases on a day: `followed` are followed up, `ended` are not any more.

    `at_risk`: of those who are followed up, who was silent the longest first, but for
    those of whom something is hidden: the visits that they missed would tell it.
    """

    on: date
    followed: int
    ended: tuple[FollowUp, ...]
    at_risk: tuple[AtRisk, ...]


@needs(Deed.LOOK)
def attrition(desk: Desk, on: date | None = None) -> Attrition:
    """Who was lost, and who may be, on a day; today, if none is named."""
    day = on or day_in_japan(desk.clock())
    names = {visit.id: visit.name for visit in protocol(desk).pack.visits}
    with desk.read() as reading:
        hidden = hidden_subjects(reading, desk)
        since = lists.since(reading)
        visited = lists.last_visits(reading)
        ended = [
            end
            for end in reading.find(FollowUp)
            if end.ended_on is not None and end.ended_on <= day
        ]
        contacts = defaultdict[str, list[Contact]](list)
        for contact in reading.find(Contact):
            if contact.on <= day:
                contacts[contact.subject_id].append(contact)
        first, last = (
            day - timedelta(days=MISSED_DAYS),
            day + timedelta(days=CLOSING_DAYS),
        )
        unmet = defaultdict[str, list[tuple[Told, date]]](list)
        for case, visit, closes in coming.unmet_visits(reading, first, last):
            if visit in names:
                unmet[case].append((names[visit], closes))
    gone = {end.id for end in ended}
    found = []
    for case, begun in since.items():
        if case in gone or case in hidden:
            continue
        seen = last_known_alive((begun, visited.get(case, begun)), contacts[case])
        assert seen is not None
        why = risks(day, seen, contacts[case], unmet[case])
        if why:
            found.append(AtRisk(case, seen, why))
    return Attrition(
        day,
        len(since) - len(gone),
        tuple(sorted(ended, key=lambda end: (end.ended_on or day, end.id))),
        tuple(sorted(found, key=lambda one: (one.last_known_alive, one.subject_id))),
    )
