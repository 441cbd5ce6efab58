"""What is due, from 100 to 100,000 patients with all obligations; one patient's plan.

The largest registry is the one before it, ten times over: its rows of cases and duties
are copied under other case IDs, since to enrol so many would take minutes.
"""

import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import Course
from registry_app.domain.plan.windows import windows
from registry_app.domain.subject import Arm
from registry_app.domain.visit import ISNCSCI, Form, Status, Visit
from registry_app.services import due, registry, subjects
from registry_app.services.cases import case_of
from registry_app.services.enrolment import case_id_after, next_case_id
from registry_app.services.protocol import protocol
from registry_app.storage import tables
from registry_app.storage.plan_tables import planned
from tests.builders import (
    PASSWORD,
    USER,
    a_clock,
    a_registry,
    a_sheet,
    an_enrolment,
)

SIZES, TIMES, ROUNDS = (100, 1_000, 10_000), 10, 7
TODAY = date(2026, 4, 1)


def _fill(desk, number):
    """Injuries of the last 900 days; every one examined at day 49, if it has come."""
    with desk.begin() as work:
        case = next_case_id(work, "SAP")
        for n in range(number):
            treated = n % 3 == 0
            injury = TODAY - timedelta(days=n % 900)
            told = an_enrolment(
                arm=Arm.TREATED if treated else Arm.COMPARISON,
                injury_date=injury,
                treatment_date=injury + timedelta(days=35) if treated else None,
                birth_date=None,
                hospital_number=f"{n:07}",
            )
            work.save(told.subject(case))
            work.save(told.identity(case))
            work.save(Course(case, {"decision": injury + timedelta(days=10)}))
            signed = injury + timedelta(days=9)
            work.save(Consent(case, case, Scope.TREATMENT, "leaflet 1", signed))
            on = injury + timedelta(days=49)
            if on <= TODAY and n % 4:
                visit = work.save(Visit(case, case, "baseline", on))
                form = Form(case, visit.id, ISNCSCI, on, Status.COMPLETE)
                work.save(replace(form, values=a_sheet(R_M_C5=str(n % 6))))
            case = case_id_after("SAP", int(case.split("-")[1]))


def _ten_times(desk):
    """Copy every case and its duties under nine other site codes."""
    with desk.begin() as work:
        for index in planned.indexes:  # made again at the end, which is quicker
            index.drop(work.connection)
        for digit in range(1, TIMES):
            for table in (tables.subject, tables.identity, planned):
                own = [
                    sa.func.replace(c, "SAP-", f"SA{digit}-")
                    if c.name in ("id", "key", "subject_id")
                    else c
                    for c in table.columns
                ]
                names = [c.name for c in table.columns]
                rows = sa.select(*own).where(table.columns[names[0]].contains("SAP-"))
                work.connection.execute(table.insert().from_select(names, rows))
        for index in planned.indexes:
            index.create(work.connection)
        work.wrote = True


def measure() -> dict[str, object]:
    """Milliseconds, medians of ROUNDS; the first look is after a sign-in."""
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.registry"
            desk = a_registry(path)
            start = time.perf_counter()
            _fill(desk, size)
            found[f"enrolled_and_planned_{size}_s"] = _seconds(start)
            found |= _lists(path, desk, size)
        desk = _open(path)
        found |= _one_patient(desk)
        _ten_times(desk)
        found |= _lists(path, desk, size * TIMES)
    return found


def _open(path):
    clock = a_clock(datetime(2026, 4, 1, 9, tzinfo=UTC))
    return registry.sign_in(path, USER, PASSWORD, clock=clock)


def _lists(path, desk, size):
    desk.close()
    desk = _open(path)
    start = time.perf_counter()
    due.today(desk)
    first = (time.perf_counter() - start) * 1000
    with desk.read() as reading:
        query = sa.select(sa.func.count()).select_from(planned)
        rows = reading.connection.scalar(query)
    duties = len(due.due(desk))
    found = {
        f"duties_kept_for_{size}": rows,
        f"today_first_{size}_ms": round(first, 1),
        f"today_{size}_ms": _median(lambda: due.today(desk)),
        f"due_list_{size}_ms": _median(lambda: due.due(desk), 3),
        f"due_list_{size}_duties": duties,
    }
    desk.close()
    return found


def _one_patient(desk):
    case = subjects.subject_ids(desk, subjects.SubjectQuery())[90]
    by = protocol(desk)

    def plan():
        with desk.read() as reading:
            one = case_of(desk, case)
            desk.planner.plan(reading).duties(one)
            windows(by, one)

    days = iter(range(1, ROUNDS + 1))

    def correct():
        subject = case_of(desk, case).subject
        moved = subject.injury_date - timedelta(days=next(days))
        subjects.correct_subject(desk, replace(subject, injury_date=moved), "chart")

    return {
        "one_patients_plan_ms": _median(plan),
        "one_injury_date_corrected_and_planned_again_ms": _median(correct),
    }


def _median(act, rounds=ROUNDS):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return round(statistics.median(times) * 1000, 1)


def _seconds(start):
    return round(time.perf_counter() - start, 1)
