"""`plan`, `clock` and `due` say what the screens say, for they ask the same engine."""

from datetime import date

import pytest

from registry_app.domain.plan.records import Occurrence
from registry_app.services import obligations, plans
from tests.builders import a_registry, a_subject, at_desk

ON = date(2026, 5, 1)
INJURY, TREATED = date(2026, 1, 10), date(2026, 2, 9)
#: The rules that the occurrence starts.
CLOCKS = {"O4", "O9", "O10"}
#: What only a registry can know of a duty.
OWN = {"key", "patient", "steps", "about"}


@pytest.fixture
def file(tmp_path):
    """A registry with one patient and one occurrence."""
    desk = a_registry(tmp_path / "site.registry")
    subject = a_subject(desk, injury_date=INJURY, treatment_date=TREATED)
    happened = Occurrence(
        "", "E2", "made-up", subject.id, date(2026, 3, 30), date(2026, 3, 31)
    )
    obligations.add_occurrence(desk, happened)
    desk.close()
    return desk.path, subject.id


def told(duty):
    return {name: value for name, value in duty.items() if name not in OWN}


@pytest.fixture
def planned(command):
    return command(
        "plan", "--pack", "msc-iv-sci", "--injury", INJURY, "--treatment", TREATED,
        "--as-of", ON, "--json",
    ).data  # fmt: skip


def test_the_windows_are_those_of_the_patients_page(file, planned):
    path, subject_id = file
    desk = at_desk(path)
    made = plans.subject_plan(desk, subject_id, ON).windows
    desk.close()

    assert [(w["visit"], w["first"], w["last"]) for w in planned["windows"]] == [
        (w.visit.id, w.first.isoformat(), w.last.isoformat()) for w in made
    ]


def test_what_is_due_is_what_is_planned(command, file, planned):
    path, subject_id = file
    listed = command("due", path, "--as-of", ON, "--json").data["duties"]
    expected = {
        duty["key"].replace(":case", f":{subject_id}"): duty
        for duty in planned["obligations"]
    }
    found = {duty["key"]: duty for duty in listed if duty["rule"] not in CLOCKS}

    assert len(found) > 20
    assert set(found) <= set(expected)
    for key, duty in found.items():
        assert told(duty) == told(expected[key]), key
        assert [step["date"] for step in duty["steps"]] == [
            step["date"] for step in expected[key]["steps"]
        ], key


def test_a_clock_is_what_it_is_in_the_registry(command, file):
    path, _ = file
    listed = command("due", path, "--as-of", ON, "--json").data["duties"]
    of_rule = {duty["rule"]: duty for duty in listed}
    for rule, aware in (("O4", "2026-03-31"), ("O9", "2026-03-30")):
        ran = command("clock", "E2", "--aware", aware, "--as-of", ON, "--json")
        clocks = {clock["rule"]: clock for clock in (ran.data, *ran.data["also"])}
        found = of_rule[rule]
        assert {name: clocks[rule][name] for name in told(found)} == told(found)
