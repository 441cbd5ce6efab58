"""The other forms of made-up patients: scores, background, the infusion watched."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any, Final

from registry_app.domain.subject import Subject
from registry_app.domain.visit import Blinding, Form, Status, Visit
from registry_app.services.demo_course import ROUND
from registry_app.services.desk import Desk
from registry_app.services.made_up import Course
from registry_app.storage.work import Work

#: The visits with more than a sheet of scores.
WITH_SCALES: Final = ("baseline", "endpoint", "month-12", "month-24")
#: Every so many patients a second assessor rates the endpoint too; one of them
#: disagrees about a muscle.
_RATED_TWICE, _DIFFERS = 5, 3
#: The lowest saturation of patients of the round whose lungs gave a signal, and the
#: hours after which oxygen was given; the others stay near where they began.
_LOW: Final = {3: (87, "1"), 16: (91, "")}
_MINUTES: Final = (15, 30, 45, 60, 75, 90, 105, 120, 360, 1440)
_WORST_AT: Final = 60
#: Every so many patients nobody wrote down the background, or not the whole of it.
_NO_BACKGROUND, _UNKNOWN = 7, 11


def scales(
    work: Work, desk: Desk, visit: Visit, sheet: Form, injury: Course, day: int
) -> None:
    """SCIM III, WISCI II and pain of one visit."""
    for instrument, values in _scales(injury, day):
        work.save(
            Form(
                desk.new_id(),
                visit.id,
                instrument,
                visit.date,
                Status.COMPLETE,
                sheet.assessor,
                values=values,
            )
        )


def background(work: Work, desk: Desk, number: int, visit: Visit, sheet: Form) -> None:
    """What can make patients differ beside the product; of most of them."""
    if number % _NO_BACKGROUND == _NO_BACKGROUND - 1:
        return
    work.save(
        Form(
            desk.new_id(),
            visit.id,
            "background",
            visit.date,
            Status.COMPLETE,
            sheet.assessor,
            values=_background(number),
        )
    )


def _background(number: int) -> dict[str, str]:
    """By the number alone: two of three were operated on, one of five had steroid."""
    operated, other = number % 3 != 0, number % 13 < 2
    unknown = number % _UNKNOWN == 0
    values = {
        "bony-injury": "yes" if number % 5 < 2 else "no",
        "surgery": "yes" if operated else "no",
        "surgery-day": f"{number % 4}" if operated and not unknown else "",
        "steroid": "unknown" if unknown else "yes" if number % 5 == 3 else "no",
        "ventilation": "part-of-day" if number % 11 == 4 else "none",
        "rehabilitation": f"{8 + number % 13}",
        "other-therapy": "yes" if other else "no",
        "expectation": f"{5 + number % 6}" if number % 5 else "",
    }
    return {item: value for item, value in values.items() if value}


def _scales(injury: Course, day: int) -> Iterator[tuple[str, dict[str, str]]]:
    """They follow the grade; the total of SCIM is the sum of its parts."""
    better = "ABCDE".index(injury.grade(day)) + min(day, 360) // 120
    parts = {
        "self-care": min(20, 3 + 3 * better),
        "respiration-sphincter": min(40, 12 + 4 * better),
        "mobility": min(40, 2 + 5 * better),
    }
    values = {**parts, "total": sum(parts.values())}
    scim = {item: str(value) for item, value in values.items()}
    yield "scim", scim | {"mode": "observed"}
    yield "wisci", {"level": str(max(0, 4 * better - 8))}
    pain = 1 + better % 4
    kind = "below-level" if better % 2 else "nociceptive"
    yield (
        "pain",
        {
            "average": str(pain),
            "worst": str(pain + 2),
            "type": kind,
            "new-onset": "no",
        },
    )


def second_rating(
    work: Work, desk: Desk, number: int, sheet: Form, people: dict[str, Any]
) -> None:
    """The same visit as another assessor found it, who did not see the first sheet."""
    if number % _RATED_TWICE or sheet.status is not Status.COMPLETE:
        return
    others = [name for name in people["assessors"] if name != sheet.assessor]
    values = dict(sheet.values)
    if number % _DIFFERS == 0 and values["R_M_L2"].isdigit():
        values["R_M_L2"] = str(min(5, int(values["R_M_L2"]) + 1))
    work.save(
        replace(
            sheet,
            id=desk.new_id(),
            assessor=others[0],
            blinding=Blinding.BLINDED,
            values=values,
            rates=sheet.id,
            version=0,
        )
    )


def infusion(
    work: Work,
    desk: Desk,
    number: int,
    subject: Subject,
    people: dict[str, Any],
    chance: Random,
) -> None:
    """The saturation before, in and after the infusion."""
    on = subject.treatment_date
    if on is None:
        return
    before = chance.randint(96, 99)
    lowest, oxygen = _LOW.get(number % ROUND, (before - chance.randint(0, 2), ""))
    series = {
        f"spo2-{minutes}": str(lowest if minutes == _WORST_AT else before - 1)
        for minutes in _MINUTES
    }
    values = {
        "spo2-before": str(before),
        **series,
        "spo2-lowest": str(lowest),
        "oxygen-start": oxygen,
        "flow-stopped": "yes" if oxygen else "no",
        "dvt-prophylaxis": "yes",
    }
    if oxygen:
        values["work-up"] = people["infusion"]["work-up"]
    visit = work.save(Visit(desk.new_id(), subject.id, "infusion", on))
    said = {item: value for item, value in values.items() if value}
    work.save(
        Form(
            desk.new_id(),
            visit.id,
            "infusion",
            on,
            Status.COMPLETE,
            people["investigator"],
            Blinding.KNOWS,
            values=said,
        )
    )
