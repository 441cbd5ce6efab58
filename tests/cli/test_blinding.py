"""Blinding from the shell: assigned, ended, broken, assessed, listed."""

import pytest

from registry_app.services.blinding import hidden_from_me
from tests.builders import USER, a_subject, an_exam, at_desk


@pytest.fixture
def case(registry):
    desk = at_desk(registry)
    subject = a_subject(desk)
    an_exam(desk, subject)
    desk.close()
    return subject.id


@pytest.fixture
def blinding(command, registry):
    def blinding(*told):
        return command("blinding", registry, *told)

    return blinding


def test_somebody_is_assigned_and_listed(blinding, case):
    told = blinding(
        *("assign", "--person", USER, "--what", "arm", "treatment"),
        *("--patient", case.lower(), "--on", "2026-02-01", "--json"),
    )
    (one,) = told.data["assignments"]
    assert one["to"] == ["arm", "treatment"]
    assert (one["patient"], one["since"], one["until"]) == (case, "2026-02-01", None)

    out = blinding().out
    assert one["id"] in out
    assert "Arm (treated or comparison)" in out
    assert "since 2026-02-01" in out


def test_without_a_patient_and_a_word_it_is_of_all(blinding, case, registry):
    (one,) = blinding("assign", "--person", USER, "--json").data["assignments"]
    assert one["patient"] is None
    assert one["to"] == ["arm", "treatment", "earlier"]
    desk = at_desk(registry)
    day = desk.clock()
    desk.close()
    assert one["since"] >= day.date().isoformat()


def test_an_assignment_is_ended(blinding, case, registry):
    given = ("assign", "--person", USER, "--on", "2026-02-01", "--json")
    (one,) = blinding(*given).data["assignments"]
    told = blinding(
        "end", one["id"], "--on", "2026-03-01", "--reason", "over", "--json"
    )
    assert told.data["assignments"][0]["until"] == "2026-03-01"
    assert "2026-02-01 to 2026-03-01" in blinding("list").out
    desk = at_desk(registry)
    assert hidden_from_me(desk, case) == frozenset()
    desk.close()


def test_an_unblinding_is_recorded_and_assessed(blinding, case):
    told = blinding(
        *("unblind", "--patient", case, "--person", USER, "--how", "accidental"),
        *("--on", "2026-02-01", "--what", "arm", "--reason", "a letter", "--json"),
    )
    (one,) = told.data["unblindings"]
    assert (one["how"], one["what"], one["why"]) == ("accidental", ["arm"], "a letter")
    assert one["assessed"] is None
    assert "Not yet" in blinding("list", "--patient", case).out

    told = blinding("assess", one["id"], "--text", "one exam", "--json")
    assert told.data["unblindings"][0]["assessed"] == "one exam"
    again = blinding("assess", one["id"], "--text", "two exams")
    assert again.status == 1
    assert blinding(
        *("assess", one["id"], "--text", "two exams", "--reason", "overlooked")
    ).out.endswith("Assessment: two exams\n")


@pytest.mark.parametrize(
    "told",
    [
        ("assign",),
        ("end", "x"),
        ("unblind", "--patient", "X", "--person", USER),
        ("assess", "x"),
        ("assign", "--person", USER, "--what", "nothing"),
    ],
)
def test_what_is_missing_is_wrong_usage(blinding, told):
    assert blinding(*told).status == 2


def test_a_patient_who_is_not_there_is_refused(blinding):
    assert blinding("list", "--patient", "SAP-9999-0").status == 1
    assert blinding("assign", "--person", "nobody").status == 1
