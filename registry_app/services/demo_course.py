"""What surrounds a made-up patient: what was agreed, dates, kits, calls, the end.

Days count from the injury. What only one in a round of patients has is named by its
place in the round, so that a training registry has one of each.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from registry_app.domain.consent import Consent, Scope, Signer
from registry_app.domain.course import (
    Contact,
    ContactOutcome,
    ContactWay,
    EndReason,
    FollowUp,
)
from registry_app.domain.kit import Kit, Manufacture
from registry_app.domain.plan.pack import Pack
from registry_app.domain.referral import Referral
from registry_app.domain.subject import Arm, Subject
from registry_app.services.enrolment import Beside, Enrolment

#: The oddities that every so many patients come round again.
ROUND: Final = 24
#: Whose product was not made; who waits for it; whose first unit failed.
FAILED, WAITING, TWICE = 6, 15, 0
#: Whose injury was no trauma: enrolled all the same, as a deviation.
NO_TRAUMA: Final = 22
#: Who came just now, and has only what the referring hospital found.
NOT_EXAMINED: Final = 23
#: The day that is agreed, and the days that lead to the treatment.
_AGREED: Final = 14
#: The day on which the use of the product was decided.
DECIDED: Final = 14
_DATES: Final = {"decision": DECIDED, "blood-1": 16, "blood-2": 25, "marrow": 26}
_ASKED: Final = ("asked:facility", "asked:physician", "asked:written-consent")
_LATE_MARROW: Final = {19: 34}
_TOO_MANY_CELLS: Final = {13: "2.3e8"}
_PROXIES: Final = (0, 5, 13)
_NO_PROVISION: Final = (3, 20)
_PROVISION_BACK: Final = {4: 100}
_FOLLOW_UP_BACK: Final = {17: 120}
#: How a follow-up ended: on which day, and when the patient was last known alive.
_ENDS: Final = {
    1: (EndReason.DEATH, 255, 255),
    8: (EndReason.COMPLETED, 400, 400),
    9: (EndReason.TRANSFERRED, 215, 215),
    16: (EndReason.LOST, 380, 205),
    17: (EndReason.WITHDRAWN, 120, 120),
}
_PHONE, _LETTER, _MAIL = ContactWay.PHONE, ContactWay.LETTER, ContactWay.MAIL
_NOT_REACHED: Final = ContactOutcome.NOT_REACHED
#: Attempts: days before today, how, what came of it, and in how many days again.
_CALLS: Final[Mapping[int, tuple[tuple[int, ContactWay, ContactOutcome, int], ...]]] = {
    4: ((20, _PHONE, ContactOutcome.REACHED, 30),),
    5: ((9, _MAIL, ContactOutcome.REACHED, 0),),
    10: (
        (40, _PHONE, _NOT_REACHED, 7),
        (30, _PHONE, _NOT_REACHED, 7),
        (16, _LETTER, ContactOutcome.RETURNED, 14),
    ),
    12: ((25, ContactWay.HOSPITAL, ContactOutcome.MOVED, 0),),
    16: (
        (120, _PHONE, _NOT_REACHED, 7),
        (110, _LETTER, ContactOutcome.RETURNED, 0),
        (60, ContactWay.HOSPITAL, _NOT_REACHED, 0),
    ),
    18: ((45, _PHONE, ContactOutcome.REFUSED, 30),),
}


def day(injured: date, number: int) -> date:
    """So many days after the injury."""
    return injured + timedelta(days=number)


def beside(
    number: int,
    enrolment: Enrolment,
    today: date,
    people: Mapping[str, Any],
    pack: Pack,
    matched_to: str,
) -> Beside:
    """What an enrolment says beside who it is, as far as it has happened by today."""
    treated = enrolment.arm is Arm.TREATED
    since = (today - enrolment.injury_date).days
    days = {**_DATES, "marrow": _LATE_MARROW.get(number % ROUND, _DATES["marrow"])}
    age = _age(enrolment)
    asked = _ASKED if treated else ()
    reason = people["reason"]["eligibility"]
    return Beside(
        consents=tuple(_consents(number, enrolment, since, people["consent"])),
        dates={
            anchor: day(enrolment.injury_date, after)
            for anchor, after in days.items()
            if treated and after < since
        },
        answers={"age": age, **dict.fromkeys(asked, "yes")},
        reasons={criterion.id: reason for criterion in pack.criteria},
        source="" if treated else people["comparison"]["source"],
        matching={} if treated else {"age": age, "sex": enrolment.sex.value},
        matched_to="" if treated else matched_to,
        referral=_referral(number, enrolment, people["referral"]),
    )


def _referral(number: int, enrolment: Enrolment, by: str) -> Referral:
    """What came with somebody who has not been examined here yet."""
    if number % ROUND != NOT_EXAMINED:
        return Referral()
    return Referral("B", "C5", day(enrolment.injury_date, 1), by)


def _age(enrolment: Enrolment) -> str:
    born, injured = enrolment.birth_date, enrolment.injury_date
    if born is None:
        return ""
    before = (injured.month, injured.day) < (born.month, born.day)
    return str(injured.year - born.year - before)


def _consents(
    number: int, enrolment: Enrolment, since: int, people: Mapping[str, Any]
) -> Iterator[Consent]:
    nth = number % ROUND
    signed = min(_AGREED, since - 1)
    proxy = nth in _PROXIES
    relation = people["relations"][number % len(people["relations"])] if proxy else ""
    back = {
        Scope.PROVISION: _PROVISION_BACK.get(nth, since),
        Scope.FOLLOW_UP: _FOLLOW_UP_BACK.get(nth, since),
    }
    for scope in Scope:
        if scope is Scope.TREATMENT and enrolment.arm is Arm.COMPARISON:
            continue
        if scope is Scope.PROVISION and nth in _NO_PROVISION:
            continue
        gone = back.get(scope, since)
        yield Consent(
            "",
            "",
            scope,
            people[scope.value],
            day(enrolment.injury_date, signed),
            Signer.PROXY if proxy else Signer.PATIENT,
            relation,
            people["explained-by"],
            day(enrolment.injury_date, gone) if gone < since else None,
            people["withdrawn"] if gone < since else "",
        )


def kits(
    number: int,
    subject: Subject,
    today: date,
    people: Mapping[str, Any],
    new_id: Callable[[], str],
    chance: Random,
) -> Iterator[Kit]:
    """The units that were ordered for a patient of the treated arm."""
    nth, since = number % ROUND, subject.day(today)
    cells, weight = chance.randint(90, 150), chance.randint(58, 76)
    if subject.arm is Arm.COMPARISON or since <= _DATES["marrow"]:
        return
    ordered = day(subject.injury_date, _DATES["marrow"])
    code = f"DEMO-{number + 1:05d}"
    failed = nth in (FAILED, TWICE)
    if failed:
        yield Kit(
            new_id(),
            f"{code}-A",
            ordered - timedelta(days=6),
            subject.id,
            Manufacture.FAILED,
            not_given_on=ordered - timedelta(days=1),
            not_given=people["failed"],
        )
    if nth == FAILED:
        return
    given = subject.treatment_date
    kit = Kit(new_id(), f"{code}-B", ordered, subject.id)
    if given is None:
        yield kit
        return
    yield Kit(
        kit.id,
        kit.number,
        ordered,
        subject.id,
        Manufacture.SUCCEEDED,
        f"LOT-{number // 2 + 1:04d}",
        given,
        route=people["route"],
        operator=people["operator"],
        amounts={
            "cells": _TOO_MANY_CELLS.get(nth, f"{cells / 100:.2f}e8"),
            "weight": str(76 if nth in _TOO_MANY_CELLS else weight),
            "flow": f"0.{7 + number % 3}",
            "dilution": "3.5",
            "blood": "480",
        },
    )


def end(
    number: int, subject: Subject, today: date, people: Mapping[str, Any]
) -> FollowUp | None:
    """How the follow-up ended; None where it goes on."""
    found = _ENDS.get(number % ROUND)
    if found is None or found[1] >= subject.day(today):
        return None
    reason, ended, alive = found
    return FollowUp(
        subject.id,
        reason,
        day(subject.injury_date, ended),
        day(subject.injury_date, alive),
        people["hospital"] if reason is EndReason.TRANSFERRED else "",
        people[reason.value],
    )


def contacts(
    number: int,
    subject: Subject,
    today: date,
    people: Mapping[str, Any],
    new_id: Callable[[], str],
) -> Iterator[Contact]:
    """The attempts to reach a patient."""
    for ago, way, outcome, again in _CALLS.get(number % ROUND, ()):
        if ago < subject.day(today):
            on = today - timedelta(days=ago)
            yield Contact(
                new_id(),
                subject.id,
                on,
                way,
                outcome,
                people["by"],
                on + timedelta(days=again) if again else None,
                people["note"],
            )
