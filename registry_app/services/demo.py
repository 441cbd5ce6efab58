"""The training registry: made-up patients, visibly so, to practise on."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import platformdirs

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.segments import DAP, VAC
from registry_app.domain.person import Role
from registry_app.domain.subject import Arm, Cause, Sex
from registry_app.domain.visit import (
    ISNCSCI,
    Blinding,
    Form,
    StarNote,
    StarReason,
    Status,
    Visit,
)
from registry_app.paths import RESOURCES
from registry_app.services.desk import Clock, Desk, now, random_id
from registry_app.services.enrolment import Enrolment, next_case_id
from registry_app.services.exams import save
from registry_app.services.made_up import course
from registry_app.services.registry import add_person, create
from registry_app.storage.keys import STANDARD, Cost
from registry_app.storage.work import Work

#: Everybody may know these: a training registry holds nothing to protect.
ADMINISTRATOR: Final = "demo"
INVESTIGATOR: Final = "assessor"
PASSWORD: Final = "training"
PACK: Final = "msc-iv-sci"
PATIENTS: Final = 24
SEED: Final = 1

#: Patients of one transaction.
_AT_ONCE: Final = 100
#: The oddities that every so many patients come round again.
_ROUND: Final = 24
_CAST_AT_FIRST, _NO_ANAL_EXAM, _NOT_EXAMINED = 4, 9, 23
_PLEXOPATHY: Final = {7: "4**", 14: "4*"}
_LAST_IS_DRAFT: Final = (2, 11)
_CAST: Final = ("L_M_C7", "L_M_C8", "L_LT_C7", "L_LT_C8", "L_PP_C7", "L_PP_C8")
_PLEXUS: Final = "R_M_C5"
_STILL_OPEN: Final = tuple(f"L_M_{s}" for s in ("L2", "L3", "L4", "L5", "S1"))


def training_place() -> Path:
    """Where a training registry goes if nobody says; one that is there is kept."""
    folder = platformdirs.user_data_path("registry-app", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        path = folder / f"training{suffix}.registry"
        if not path.exists():
            return path
        number += 1


def make_training_registry(
    path: Path,
    *,
    patients: int = PATIENTS,
    seed: int = SEED,
    clock: Clock = now,
    cost: Cost = STANDARD,
) -> Desk:
    """Make a training registry and sign its administrator in.

    The same seed on the same day gives the same patients. Raises Refused where the
    file cannot be made, InvalidValue for a number of patients below one.
    """
    if patients < 1:
        raise InvalidValue("demo.no-patients")
    people = tomllib.loads((RESOURCES / "demo" / "people.toml").read_text("utf-8"))
    chance = Random(seed)

    def new_id() -> str:
        return f"{chance.getrandbits(128):032x}"

    desk, _ = create(
        path,
        pack=PACK,
        site=people["site"],
        user=ADMINISTRATOR,
        display_name=people["administrator"],
        password=PASSWORD,
        training=True,
        clock=clock,
        new_id=new_id,
        cost=cost,
    )
    try:
        add_person(
            desk,
            INVESTIGATOR,
            people["investigator"],
            Role.INVESTIGATOR,
            PASSWORD,
            cost=cost,
        )
        today = clock().astimezone().date()
        for start in range(0, patients, _AT_ONCE):
            with desk.begin() as work:
                for number in range(start, min(start + _AT_ONCE, patients)):
                    _write_patient(desk, work, number, today, people, chance)
    except BaseException:  # half of a training registry is of no use to anybody
        desk.close()
        path.unlink()
        raise
    return replace(desk, new_id=random_id)


def _write_patient(
    desk: Desk,
    work: Work,
    number: int,
    today: date,
    people: dict[str, Any],
    chance: Random,
) -> None:
    """Enrol the n-th patient, with all exams until today."""
    since = _days_since_injury(number)
    enrolment = _enrolment(number, today - timedelta(days=since), today, people, chance)
    id = next_case_id(work, desk.registry.site)  # noqa: A001
    subject = work.save(enrolment.subject(id))
    identity = enrolment.identity(id)
    if identity is not None:
        work.save(identity)
    if number % _ROUND == _NOT_EXAMINED:
        return
    injury = course(number, chance)
    treatment = subject.treatment_date
    treated_on = None if treatment is None else subject.day(treatment)
    days = [visit for visit in _visits(treated_on, chance) if visit[1] < since]
    for nth, (code, day) in enumerate(days):
        on = subject.injury_date + timedelta(days=day)
        visit = work.save(Visit(desk.new_id(), id, code, on))
        form = Form(
            desk.new_id(),
            visit.id,
            ISNCSCI,
            on,
            status=Status.COMPLETE,
            assessor=people["assessors"][(number + nth) % len(people["assessors"])],
            blinding=_blinding(subject.arm, number, nth),
            values=injury.sheet(day),
        )
        last = nth == len(days) - 1
        save(work, _with_oddities(form, number, people, first=nth == 0, last=last))


def _days_since_injury(number: int) -> int:
    """From a few days to some fourteen months; who is not examined came just now."""
    return 4 if number % _ROUND == _NOT_EXAMINED else 430 - number * 53 % 415


def _enrolment(
    number: int, injured: date, today: date, people: dict[str, Any], chance: Random
) -> Enrolment:
    arm = Arm.COMPARISON if number % 3 == 2 else Arm.TREATED
    treatment = injured + timedelta(days=chance.randint(44, 54))
    treated = arm is Arm.TREATED and treatment < today
    sex = Sex.FEMALE if number % 4 == 3 else Sex.MALE
    families, given = people["families"], people["given"][sex]
    family, family_kana = families[number % len(families)]
    name, kana = given[number // 2 % len(given)]
    age = timedelta(days=chance.randint(20 * 365, 70 * 365))
    return Enrolment(
        arm=arm,
        sex=sex,
        injury_date=injured,
        cause=Cause.TRAUMATIC,
        treatment_date=treatment if treated else None,
        birth_date=injured - age,
        family=family,
        given=name,
        family_kana=family_kana,
        given_kana=kana,
        hospital_number=f"DEMO-{number + 1:05d}",
    )


def _visits(treated_on: int | None, chance: Random) -> Iterator[tuple[str, int]]:
    """Visit codes and days since injury, near the plan of CLINICAL.md section 7.

    The baseline (49 +- 7 days) lies before the treatment, where there is one.
    """
    yield "acute", chance.randint(3, 13)
    yield "baseline", treated_on - chance.randint(1, 2) if treated_on else 49
    yield "day-90", chance.randint(84, 96)
    yield "month-6", chance.randint(168, 192)
    yield "year-1", chance.randint(352, 378)


def _blinding(arm: Arm, number: int, nth: int) -> Blinding:
    if arm is Arm.COMPARISON or (number + nth) % 3:
        return Blinding.BLINDED
    return Blinding.KNOWS if nth % 2 else Blinding.UNKNOWN


def _with_oddities(
    form: Form,
    number: int,
    people: dict[str, Any],
    *,
    first: bool,
    last: bool,
) -> Form:
    """What happens at real bedsides: casts, refusals, old lesions, exams cut short."""
    nth = number % _ROUND
    values = dict(form.values)
    if nth == _CAST_AT_FIRST and first:
        values |= dict.fromkeys(_CAST, "NT")
        form = replace(form, comment=people["comment-cast"])
    if nth == _NO_ANAL_EXAM and first:
        values |= dict.fromkeys((VAC, DAP), "NT")
        form = replace(form, comment=people["comment-anal"])
    if nth in _PLEXOPATHY:
        values[_PLEXUS] = _PLEXOPATHY[nth]
        note = StarNote(
            StarReason.PLEXOPATHY,
            normal=_PLEXOPATHY[nth].endswith("**"),
            text=people["note-plexopathy"],
        )
        form = replace(form, stars={_PLEXUS: note}, comment=people["comment-star"])
    if nth in _LAST_IS_DRAFT and last:
        for item in _STILL_OPEN:
            del values[item]
        form = replace(form, status=Status.DRAFT)
    return replace(form, values=values)
