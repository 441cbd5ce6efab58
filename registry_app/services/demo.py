"""The training registry: made-up patients, visibly so, to practise on."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import platformdirs

from registry_app.domain.errors import InvalidValue
from registry_app.domain.person import Role
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.subject import Arm, Cause, Sex, Subject
from registry_app.paths import RESOURCES
from registry_app.services import demo_course, demo_duties, demo_safety
from registry_app.services.cases import case
from registry_app.services.demo_course import ROUND
from registry_app.services.demo_exams import write_exams
from registry_app.services.desk import Clock, Desk, now, random_id
from registry_app.services.enrolment import (
    Enrolment,
    freeze_indication,
    next_case_id,
    save_enrolment,
)
from registry_app.services.kits import save_kit
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
#: With more patients than two rounds it is a survey of three years, with as many of the
#: comparison arm as treated (90 and 90 of 180): their places in a round.
_SURVEY: Final = 2 * ROUND
_YEARS, _MONTHS = 1096, 415
_COMPARED: Final = frozenset({2, 5, 7, 8, 10, 11, 12, 14, 17, 18, 20, 23})


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
        today = day_in_japan(clock())
        unmatched: list[str] = []
        for start in range(0, patients, _AT_ONCE):
            with desk.begin() as work:
                for number in range(start, min(start + _AT_ONCE, patients)):
                    since = _days_since_injury(number, patients)
                    arm = _arm(number, patients)
                    matched = arm is Arm.COMPARISON and unmatched
                    twin = unmatched.pop() if matched else ""
                    case_id = _write_patient(
                        desk, work, number, arm, since, today, people, chance, twin
                    )
                    if arm is Arm.TREATED:
                        unmatched.append(case_id)
        with desk.begin() as work:
            demo_duties.write_product(work, desk, today, people)
            patients_made = list(work.find(Subject))
        demo_safety.write_safety(desk, patients_made, today, people)
        demo_safety.write_plan(desk, today, people)
        with desk.begin() as work:
            demo_duties.settle_past(work, desk, today, people)
    except BaseException:  # half of a training registry is of no use to anybody
        desk.close()
        path.unlink()
        raise
    return replace(desk, new_id=random_id)


def _write_patient(
    desk: Desk,
    work: Work,
    number: int,
    arm: Arm,
    since: int,
    today: date,
    people: dict[str, Any],
    chance: Random,
    twin: str,
) -> str:
    """Enrol the n-th patient, with all that was until today; gives the case ID.

    `since`: days since the injury. `twin`: the treated case that a comparison is
    matched to.
    """
    followed = desk.planner.plan(work).protocol
    injured = today - timedelta(days=since)
    enrolment = _enrolment(number, arm, injured, today, people, chance)
    id = next_case_id(work, desk.registry.site)  # noqa: A001
    more = demo_course.beside(number, enrolment, today, people, followed.pack, twin)
    decided = min(demo_course.day(injured, demo_course.DECIDED), today)
    subject = save_enrolment(work, desk, followed, id, enrolment, more, decided=decided)
    reasons = dict.fromkeys(
        (criterion.id for criterion in followed.pack.criteria),
        people["reason"]["treatment"],
    )
    units = demo_course.kits(number, subject, today, people["kit"], desk.new_id, chance)
    for kit in units:
        save_kit(work, desk, followed, kit, "", reasons, {})
    for contact in demo_course.contacts(
        number, subject, today, people["contact"], desk.new_id
    ):
        work.save(contact)
    ended = demo_course.end(number, subject, today, people["end"])
    if ended is not None:
        work.save(ended)
    if number % ROUND != demo_course.NOT_EXAMINED:
        write_exams(work, desk, number, subject, ended, today, people, chance)
    # The decision rested on the first exam, which was made before it.
    freeze_indication(work, followed, case(work, id), more, decided)
    return id


def _days_since_injury(number: int, patients: int) -> int:
    """From a few days to 14 months, or 3 years; who is not examined came just now."""
    if number % ROUND == demo_course.NOT_EXAMINED:
        return 4
    span = _YEARS if patients > _SURVEY else _MONTHS
    return 15 + span - number * 53 % span


def _arm(number: int, patients: int) -> Arm:
    survey = number % ROUND in _COMPARED
    compared = survey if patients > _SURVEY else number % 3 == 2
    return Arm.COMPARISON if compared else Arm.TREATED


def _enrolment(
    number: int,
    arm: Arm,
    injured: date,
    today: date,
    people: dict[str, Any],
    chance: Random,
) -> Enrolment:
    treatment = injured + timedelta(days=chance.randint(44, 54))
    untreated = number % ROUND in (demo_course.FAILED, demo_course.WAITING)
    treated = arm is Arm.TREATED and treatment < today and not untreated
    sex = Sex.FEMALE if number % 4 == 3 else Sex.MALE
    families, given = people["families"], people["given"][sex]
    family, family_kana = families[number % len(families)]
    name, kana = given[number // 2 % len(given)]
    age = timedelta(days=chance.randint(20 * 365, 70 * 365))
    return Enrolment(
        arm=arm,
        sex=sex,
        injury_date=injured,
        cause=Cause.NON_TRAUMATIC
        if number % ROUND == demo_course.NO_TRAUMA
        else Cause.TRAUMATIC,
        treatment_date=treatment if treated else None,
        birth_date=injured - age,
        family=family,
        given=name,
        family_kana=family_kana,
        given_kana=kana,
        hospital_number=f"DEMO-{number + 1:05d}",
        address=people["addresses"][number % len(people["addresses"])],
    )
