"""Two years in a day: two products, thirty-four patients, what becomes of a plan."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count

import pytest
from pypdf import PdfReader

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import DeviationKind, EndReason, FollowUp
from registry_app.domain.errors import Refused
from registry_app.domain.kit import Kit, Manufacture
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.records import Occurrence
from registry_app.domain.report import Kind
from registry_app.domain.subject import Arm
from registry_app.services import (
    courses,
    deviations,
    due,
    enrolment,
    exams,
    kits,
    obligations,
    plans,
    protocol,
    regime,
    registry,
    reports,
    subjects,
    trail,
    verifying,
)
from registry_app.words import Language
from tests.builders import PASSWORD, USER, a_registry, a_sheet, an_enrolment

BOTH = (Language.JA, Language.EN)
COMPLETE_CERVICAL = {
    **{f"{s}_{m}_{level}": "0" for s in "RL" for m in ("LT", "PP") for level in (
        *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6)),
        "C7", "C8", "S1", "S2", "S3", "S4_5",
    )},
    **{f"{s}_M_{level}": "0" for s in "RL" for level in (
        "C7", "C8", "T1", "L2", "L3", "L4", "L5", "S1",
    )},
    "VAC": "No",
    "DAP": "No",
}  # fmt: skip


class Years:
    """A clock that goes where it is told: nine in the morning in Japan, and later."""

    def __init__(self, day):
        self.day, self._seconds = day, count()

    def __call__(self):
        start = datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)
        return start + timedelta(seconds=next(self._seconds))


class Hospital:
    """One registry, and the people who work with it."""

    def __init__(self, path, pack, begins):
        self.path, self.clock = path, Years(begins)
        self.desk = a_registry(path, pack=pack, clock=self.clock)

    def restart(self):
        """Everybody goes home; the file is opened again."""
        self.desk.close()
        self.desk = registry.sign_in(self.path, USER, PASSWORD, clock=self.clock)

    def enrol(self, number, injury, arm=Arm.TREATED, asked=(), **told):
        enrolled = an_enrolment(
            arm=arm,
            injury_date=injury,
            treatment_date=None,
            hospital_number=f"{number:07}",
            given_kana="タロウ" * (number % 3 + 1),
            birth_date=date(1980, 1, 1) + timedelta(days=number),
        )
        consents = [
            Consent("", "", scope, "leaflet 3", self.clock.day)
            for scope in (Scope.TREATMENT, Scope.FOLLOW_UP)
        ]
        answers = dict.fromkeys((f"asked:{name}" for name in asked), "yes")
        more = {"source": "same hospital"} if arm is Arm.COMPARISON else {}
        return enrolment.enrol(
            self.desk, enrolled, consents=consents, answers=answers, **more, **told
        )

    def examine(self, case, code, on, reason="", **values):
        form = exams.begin_exam(self.desk, case, code, on, USER, reason=reason)
        sheet = a_sheet(**{**COMPLETE_CERVICAL, **values})
        return exams.complete_exam(self.desk, replace(form, values=sheet))

    def window(self, case, visit):
        found = plans.subject_plan(self.desk, case).windows
        return next(window for window in found if window.visit.id == visit)

    def standing(self, key):
        return obligations.duty_of(self.desk, key).standing(self.clock.day)


def _text(pdf):
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_thirty_patients_of_a_conditional_product(tmp_path):
    begins = date(2025, 3, 1)
    here = Hospital(tmp_path / "msc.registry", "msc-iv-sci", begins)
    asked = ("facility", "physician", "written-consent")
    injuries = [begins + timedelta(days=7 * n) for n in range(30)]
    arms = [Arm.COMPARISON if n % 3 == 2 else Arm.TREATED for n in range(30)]
    late, missed, corrected = 3, 6, 9
    cases, todo = {}, {}

    def plan(day, step, number):
        todo.setdefault(day, []).append((step, number))

    for number, injury in enumerate(injuries):
        plan(injury + timedelta(days=9), "enrol", number)
        plan(injury + timedelta(days=47), "baseline", number)
        plan(injury + timedelta(days=180), "endpoint", number)
        if arms[number] is Arm.TREATED:
            plan(injury + timedelta(days=30), "order", number)
            plan(injury + timedelta(days=50), "treat", number)
    ordered = {}
    for day in sorted(todo):
        here.clock.day = day
        for step, number in todo[day]:
            injury, case = injuries[number], cases.get(number)
            if step == "enrol":
                found = here.enrol(number, injury, arms[number], asked)
                cases[number] = found.id
            elif step == "order":
                courses.set_dates(
                    here.desk,
                    case,
                    {
                        "blood-1": injury + timedelta(days=14),
                        "blood-2": injury + timedelta(days=28),
                        "marrow": injury + timedelta(days=29),
                    },
                )
                kit = Kit("", f"K-{number:03}", day, case)
                ordered[number] = kits.order(here.desk, kit).kit
            elif step == "baseline" and number != missed:
                here.examine(case, "baseline", day)
            elif step == "treat":
                amounts = {"cells": "100000000", "weight": "60", "flow": "0.8"}
                given = replace(
                    ordered[number],
                    manufacture=Manufacture.SUCCEEDED,
                    lot=f"L-{number // 4}",
                    given_on=day,
                    amounts={**amounts, "dilution": "3"},
                )
                ordered[number] = kits.change(here.desk, given).kit
            elif step == "endpoint" and number != late:
                here.examine(case, "endpoint", day, R_M_C7="1", DAP="Yes")
    assert len(cases) == 30

    # One baseline was never made: it stays late until somebody says why.
    key = f"visit:baseline:{cases[missed]}"
    assert here.standing(key) is Standing.LATE
    here.restart()
    assert key in {duty.key for duty in due.due(here.desk)}
    obligations.not_applicable(here.desk, key, "Was in another hospital")
    assert here.standing(key) is Standing.NOT_APPLICABLE

    # One endpoint comes late: the exam is kept, with a reason, and fits no window.
    day = injuries[late] + timedelta(days=214)
    here.clock.day = max(here.clock.day, day)
    with pytest.raises(Refused):
        here.examine(cases[late], "endpoint", day)
    form = here.examine(cases[late], "endpoint", day, reason="Snowed in")
    assert here.window(cases[late], "endpoint").counted is None
    (kept,) = [
        one
        for one in deviations.deviations(here.desk, cases[late])
        if one.kind is DeviationKind.WINDOW
    ]
    assert (kept.form_id, kept.reason) == (form.id, "Snowed in")

    # An injury date was wrong by ten days: windows follow, and the trail says why.
    case = cases[corrected]
    before = here.window(case, "endpoint")
    found = subjects.open_subject(here.desk, case).subject
    moved = replace(found, injury_date=found.injury_date - timedelta(days=10))
    subjects.correct_subject(here.desk, moved, "Ambulance sheet read again")
    after = here.window(case, "endpoint")
    assert (before.first - after.first, before.last - after.last) == (
        timedelta(days=10),
        timedelta(days=10),
    )
    entry = trail.trail_entries(here.desk, "subject", case)[0]
    assert entry.reason == "Ambulance sheet read again"

    # The term is extended before it ends, and the application filed within it.
    here.clock.day = date(2025, 12, 10)
    assert here.standing("O1") is Standing.AMBER
    extend = regime.regime_plan(
        here.desk, "extended", date(2025, 12, 5), "letter of 5 Dec", years=1
    )
    assert "O1" in {after.key for _, after in extend.plan.changes}
    assert regime.regime(here.desk).state.id == "conditional"
    regime.accept_regime(here.desk, extend)
    assert obligations.duty_of(here.desk, "O1").due == date(2026, 12, 28)
    assert obligations.duty_of(here.desk, "O1").alarm == date(2026, 12, 27)
    here.restart()
    here.clock.day = date(2026, 11, 20)
    apply = regime.regime_plan(here.desk, "applied", date(2026, 11, 16), "receipt 77")
    regime.accept_regime(here.desk, apply)
    assert here.standing("O1") is Standing.DONE
    here.clock.day = date(2027, 1, 5)
    assert regime.regime(here.desk).past_term

    # The periodic report has no base date until one is set and confirmed.
    assert "unset:O2" in {duty.key for duty in due.due(here.desk)}
    values = {"date": "2019-06-01"}
    protocol.set_setting(here.desk, "date:designated", values, "letter", "letter 12")
    protocol.confirm(here.desk, "rule:O2", "approval letter, page 3")
    owed = [d for d in obligations.ledger_on(here.desk) if d.rule == "O2"]
    assert [d.key for d in owed if d.key.endswith(":1")] == ["O2:1"]
    assert not any(duty.to_confirm for duty in owed)

    # An occurrence runs against the holder; later information starts it again.
    seen = Occurrence(
        "", "E2", "fever", cases[0], holder_aware=date(2026, 12, 24), note="made up"
    )
    seen = obligations.add_occurrence(here.desk, seen)
    first = obligations.duty_of(here.desk, f"O4:{seen.id}")
    assert first.due == date(2027, 1, 8)
    obligations.follow_up_information(
        here.desk, seen.id, date(2027, 1, 4), "culture positive"
    )
    again = obligations.duty_of(here.desk, f"O4:{seen.id}:1")
    assert again.due == date(2027, 1, 19)
    obligations.settle(here.desk, first.key, date(2027, 1, 5), "R2 draft", "PMDA-1")
    assert here.standing(first.key) is Standing.DONE

    # Somebody dies; what was to come is not owed any more, what was missed still is.
    courses.end_follow_up(
        here.desk,
        FollowUp(
            cases[1],
            EndReason.DEATH,
            date(2027, 1, 3),
            last_known_alive=date(2027, 1, 3),
        ),
    )
    later = [d for d in plans.subject_plan(here.desk, cases[1]).duties if d.ended]
    assert later
    assert all("death" not in duty.key for duty in later)

    # A kit that nobody owns is found, on paper as on the screen.
    kits.order(here.desk, Kit("", "K-900", date(2026, 12, 1)))
    sums = kits.reconciliation(here.desk)
    assert (sums.ordered, sums.given, sums.pending, sums.difference) == (21, 20, 1, 0)
    assert sums.unmatched == ("K-900",)
    log = reports.make_report(here.desk, Kind.ALL_CASE_LOG, BOTH)
    assert "K-900" in _text(log.pdf)
    assert cases[0] in _text(log.pdf)
    status = reports.make_report(here.desk, Kind.OBLIGATIONS, BOTH)
    assert "要確認" in _text(status.pdf)
    here.restart()
    for report in (log, status):
        verdict = verifying.verify_report(here.desk, report.pdf)
        assert verdict.standing is verifying.Standing.SAME
        assert verdict.rebuilt
    kits.order(here.desk, Kit("", "K-901", date(2027, 1, 4)))
    verdict = verifying.verify_report(here.desk, log.pdf)
    assert verdict.standing is verifying.Standing.CHANGED_SINCE
    assert trail.verify(here.desk).problems == ()
    here.desk.close()


def test_four_patients_of_a_research_product(tmp_path):
    begins = date(2025, 3, 3)
    here = Hospital(tmp_path / "ipsc.registry", "ipsc-npc-sci", begins)
    for name in ("plan-submitted", "plan-accepted"):
        values = {"date": "2025-02-01"}
        protocol.set_setting(here.desk, f"date:{name}", values, "letter", "letter 1")
    asked = [
        criterion.test.fact.removeprefix("asked:")
        for criterion in protocol.protocol(here.desk).pack.criteria
        if criterion.test.fact.startswith("asked:")
    ]
    cases = []
    for number in range(4):
        injury = begins + timedelta(days=60 * number)
        here.clock.day = injury + timedelta(days=10)
        cases.append(here.enrol(number, injury, asked=asked).id)
        here.clock.day = injury + timedelta(days=13)
        here.examine(cases[-1], "unscheduled", here.clock.day)
        kit = kits.order(here.desk, Kit("", f"V-{number}", here.clock.day, cases[-1]))
        late = number == 3  # the fourth transplant comes after day 28
        here.clock.day = injury + timedelta(days=33 if late else 20)
        given = replace(
            kit.kit, given_on=here.clock.day, lot="S-1", amounts={"cells": "2000000"}
        )
        if late:
            with pytest.raises(Refused):
                kits.change(here.desk, given)
        kept = plans.subject_plan(here.desk, cases[-1]).judged
        reasons = {one.criterion.id: "Theatre was closed" for one in kept}
        kits.change(here.desk, given, reasons=reasons if late else {})
    found = [d.rule for d in deviations.deviations(here.desk, cases[3])]
    assert found
    lot = [kit for kit in kits.kits(here.desk) if kit.lot == "S-1"]
    assert {kit.subject_id for kit in lot} == set(cases)

    # MRI visits are owed; the yearly report is late by count, with the warning.
    here.restart()
    here.clock.day = date(2026, 5, 2)
    annual = obligations.duty_of(here.desk, "annual:1")
    assert annual.due == date(2026, 5, 1)
    assert annual.warning is not None
    assert here.standing("annual:1") is Standing.LATE
    obligations.settle(here.desk, "annual:1", date(2026, 5, 2), "receipt of committee")
    assert obligations.duty_of(here.desk, "annual:1").days_late == 1
    overdue = [d for d in due.due(here.desk) if d.subject_id == cases[0]]
    assert overdue

    for kind in (Kind.OBLIGATIONS, Kind.ALL_CASE_LOG):
        report = reports.make_report(here.desk, kind, (Language.JA,))
        assert verifying.verify_report(here.desk, report.pdf).rebuilt
    assert trail.verify(here.desk).problems == ()
    here.desk.close()
