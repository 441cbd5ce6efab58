"""The list of 10,000 patients with five exams each, over an encrypted file."""

import statistics
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from registry_app.domain.subject import Arm
from registry_app.domain.visit import ISNCSCI, Form, Status, Visit
from registry_app.services import enrolment, registry, subjects
from registry_app.services.subjects import SubjectQuery
from tests.builders import INJURY, PASSWORD, USER, a_registry, a_sheet, an_enrolment

SUBJECTS, EXAMS, PAGE, ROUNDS = 10_000, 5, 100, 15
FAMILY = ("ヤマ", "カワ", "タニ", "モリ", "ノハラ", "イケ", "シマ", "ハヤシ")
GIVEN = ("イチ", "ジロウ", "サン", "ハナ", "ユキ", "ソラ", "ミノル")


def _fill(desk):
    with desk.begin() as work:
        case = enrolment.next_case_id(work, "SAP")
        for n in range(SUBJECTS):
            told = an_enrolment(
                arm=Arm.COMPARISON if n % 3 else Arm.TREATED,
                injury_date=INJURY - timedelta(days=n % 900),
                birth_date=None,
                family="架空",
                family_kana=FAMILY[n % 8] + FAMILY[n // 8 % 8],
                given_kana=GIVEN[n % 7],
                hospital_number=f"{n:07}",
            )
            work.save(told.subject(case))
            work.save(told.identity(case))
            for month in range(EXAMS):
                on = told.injury_date + timedelta(days=30 * month)
                visit = work.save(Visit(f"{case}-{month}", case, f"month-{month}", on))
                form = Form(visit.id, visit.id, ISNCSCI, on, Status.COMPLETE)
                sheet = a_sheet(R_M_C5=str((n + month) % 6), R_LT_C4=str(n % 3))
                work.save(replace(form, values=sheet))
            case = enrolment.case_id_after("SAP", int(case.split("-")[1]))


def measure() -> dict[str, object]:
    """Milliseconds, medians of ROUNDS; opening includes the guess of the password."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.registry"
        desk = a_registry(path)
        _fill(desk)
        desk.close()
        start = time.perf_counter()
        desk = registry.sign_in(path, USER, PASSWORD)
        subjects.subject_rows(desk, subjects.subject_ids(desk, SubjectQuery())[:PAGE])
        opened = (time.perf_counter() - start) * 1000
        found = {
            name: _time(desk, query)
            for name, query in {
                "by_case_id": SubjectQuery(),
                "by_reading": SubjectQuery(sort="kana"),
                "by_injury_date_descending": SubjectQuery(
                    sort="injury_date", descending=True
                ),
                "by_latest_exam": SubjectQuery(sort="latest_exam"),
                "by_latest_ais": SubjectQuery(sort="ais_latest"),
                "found_by_name": SubjectQuery(text="のはら"),
                "treated_only": SubjectQuery(arm=Arm.TREATED),
            }.items()
        }
        size = path.stat().st_size
        desk.close()
    return {
        "subjects": SUBJECTS,
        "exams_each": EXAMS,
        "file_mb": round(size / 1e6, 1),
        "opened_and_first_rows_ms": round(opened, 1),
        **{f"first_rows_{name}_ms": round(took, 1) for name, took in found.items()},
    }


def _time(desk, query):
    """The IDs of the whole list in this order, and the first rows of it."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ids = subjects.subject_ids(desk, query)
        subjects.subject_rows(desk, ids[:PAGE])
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000
