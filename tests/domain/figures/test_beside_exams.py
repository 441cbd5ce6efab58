from datetime import date

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.figures.beside_exams import beside_exams
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.safety import CaseState
from tests.domain.figures.made_up_safety import (
    NOT_SERIOUS,
    ON,
    ONE,
    TWO,
    a_patient,
    an_event,
    an_infection,
    infected,
    lung,
    protocol_of,
)

DAY = date(2026, 5, 8)


def found(cases=(), events=(), **told):
    protocol = protocol_of()
    case = a_patient(protocol, 1, DAY, **told).case
    return beside_exams(protocol, case, cases, events, ON)


def test_events_of_the_patient_are_told_by_onset_with_their_class():
    late = an_event(
        id="EV3", onset=date(2026, 5, 20), serious=NOT_SERIOUS, infection=False
    )
    undated = an_event(id="EV4", onset=None, serious={})
    rows = found(
        (lung(), infected()), (undated, late, an_event(), an_infection())
    ).safety

    assert [row.event for row in rows] == ["EV1", "EV3", "EV4"]
    assert [row.serious for row in rows] == [True, False, None]
    assert [(row.day, row.treated) for row in rows] == [(7, 0), (19, 12), (None, None)]
    assert [row.event_class for row in rows] == ["E2", "E9", "E2"]


def test_the_events_of_another_patient_and_of_no_case_are_left_out():
    no_case = lung(state=CaseState.NOT_A_CASE, closed_why="計測の誤り")

    assert found((no_case,), (an_event(),)).safety == ()
    assert found((lung(),), (an_event(subject_id=TWO),)).safety == ()


def test_totals_stand_by_visit_and_none_is_made_of_a_form_that_is_open():
    forms = (
        ExamFact("f1", "scim", DAY, True, "baseline", values={"total": "41"}),
        ExamFact("f2", "wisci", DAY, True, "baseline", values={"level": "9"}),
        ExamFact("f3", "scim", ON, False, "endpoint", values={"total": "50"}),
    )
    beside = found(exams=forms)
    (row,) = beside.function

    assert (row.on, row.visit, row.treated) == (DAY, "baseline", 0)
    assert {name: f"{value}" for name, value in row.values.items()} == {
        "scim": "41",
        "wisci": "9",
    }
    assert row.forms == ("f1", "f2")
    assert {"scim", "wisci"} <= set(beside.measures or ())


def test_each_consent_stands_as_it_is_on_the_day():
    taken = date(2026, 5, 20)
    first = Consent("c1", ONE, Scope.FOLLOW_UP, "架空 第1版", DAY, withdrawn_on=taken)
    later = Consent("c2", ONE, Scope.TREATMENT, "架空 第1版", DAY)
    rows = {row.scope: row for row in found(consents=(first, later)).consents}

    assert (rows[Scope.FOLLOW_UP].signed, rows[Scope.FOLLOW_UP].withdrawn) == (
        DAY,
        taken,
    )
    assert rows[Scope.TREATMENT].withdrawn is None
    assert rows[Scope.PROVISION].signed is None
