"""The access log from the terminal: each command leaves its trace, and it is read."""

import argparse

import pytest

from registry_app.cli.main import parser
from registry_app.domain.report import Kind
from registry_app.services import access
from registry_app.services.access import AccessQuery
from registry_app.services.reports import issued, make_report
from registry_app.words import Language, Words
from tests.builders import a_subject, an_exam, at_desk

#: These open no registry, or make one that holds nobody yet.
NOBODY_IS_SHOWN = {
    *("open", "demo", "create", "classify", "plan", "clock", "packs"),
    *("restore",),
}


@pytest.fixture
def subject(registry):
    desk = at_desk(registry)
    subject = a_subject(desk)
    an_exam(desk, subject)
    make_report(desk, Kind.OBLIGATIONS, (Language.EN,))
    desk.close()
    return subject.id


def commands():
    """Every subcommand that there is."""
    whole = parser(Words(Language.EN))
    (found,) = (
        one for one in whole._actions if isinstance(one, argparse._SubParsersAction)
    )
    return set(found.choices)


def log(registry):
    """What the log says, the oldest first."""
    desk = at_desk(registry)
    ids = access.access_ids(desk, AccessQuery())
    found = access.access_rows(desk, ids)[::-1]
    desk.close()
    return [(one.act.value, one.what, one.subject_id) for one in found]


#: What is typed behind each command and its file, and what the log says of it.
SHOWN = {
    "due": ([], []),
    "safety": (["--patient", "{subject}"], []),
    "access": (["--patient", "{subject}"], []),
    "people": ([], []),
    "blinding": (["list", "--patient", "{subject}"], []),
    "cut": (["--list"], []),
    "transmit": ([], []),
    "verify": ([], []),
    "import": (["{rows}"], []),
    "backup": (["{folder}"], []),
    "drill": ([], []),
    "trail": ([], [("exported", "trail-csv")]),
    "self-check": ([], []),
    "lock": (["registry", "--reason", "complete"], []),
    "unlock": (["registry", "--reason", "a letter"], []),
    "validation": (["-o", "{out}"], [("printed", "VALIDATION-")]),
    "control-sheet": (
        ["--month", "2026-04", "-o", "{out}"],
        [("printed", "CONTROL-")],
    ),
    "report": (
        ["R5", "--patient", "{subject}", "-o", "{out}"],
        [("opened", "paper:patient-summary"), ("printed", "R5")],
    ),
    "sign": (
        ["{number}", "--meaning", "prepared", "-o", "{out}"],
        [("opened", "report:"), ("printed", "R4")],
    ),
    "export": (["ics", "-o", "{out}"], [("exported", "ics")]),
}


def test_every_command_either_shows_nobody_or_leaves_its_trace():
    assert commands() == NOBODY_IS_SHOWN | set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_each_command_is_on_record_with_what_it_shows_prints_or_exports(
    command, registry, subject, tmp_path, name
):
    desk = at_desk(registry)
    number = issued(desk)[0].id
    desk.close()
    rows = tmp_path / "rows.csv"
    rows.write_text("patient,arm,sex,injury_date,exam_date,visit,R_LT_C2\n")
    told = {
        "subject": subject,
        "number": number,
        "rows": rows,
        "folder": tmp_path / "copies",
        "out": tmp_path / "out.file",
    }
    (tmp_path / "copies").mkdir()
    typed, more = SHOWN[name]

    ran = command(name, registry, *(part.format(**told) for part in typed))

    assert ran.status in (0, 1)
    of = subject if "{subject}" in typed else ""
    first, *others = log(registry)
    assert first == ("opened", f"command:{name}", of)
    assert len(others) == len(more)
    for (act, what, _), (wanted, begins) in zip(others, more, strict=True):
        assert act == wanted
        assert what.startswith(begins)


def test_what_names_people_is_an_export_with_its_purpose(
    command, registry, subject, tmp_path
):
    command(
        *("report", registry, "R5", "--patient", subject, "--identifiable"),
        *("-o", tmp_path / "out.pdf", "--purpose", "診療", "--basis", "consent"),
        *("--recipient", "架空病院"),
    )

    told = command("access", registry, "--act", "exported", "--json").data["accesses"]

    (one,) = told
    assert one["what"].startswith("R5-")
    assert (one["patient"], one["count"]) == (subject, 1)
    assert (one["purpose"], one["basis"], one["recipient"]) == (
        "診療",
        "consent",
        "架空病院",
    )
    assert one["fields"] == "identity patient-summary"
    assert one["consent"] == "agree 0, withdrew 0, none 1"


def test_a_command_of_the_contract_goes_on_without_a_purpose(
    command, registry, subject, tmp_path
):
    out = tmp_path / "out.pdf"
    told = command(
        *("report", registry, "R5", "--patient", subject, "--identifiable", "-o", out)
    )
    assert told.status == 0

    (one,) = command("access", registry, "--act", "exported", "--json").data["accesses"]

    assert (one["purpose"], one["basis"], one["recipient"]) == (None, None, None)


def test_an_unknown_basis_is_wrong_usage(command, registry, tmp_path):
    out = tmp_path / "x.ics"
    told = command("export", registry, "ics", "-o", out, "--basis", "opt-out")

    assert told.status == 2
    assert not out.exists()


def test_the_log_is_asked_for_by_patient_person_and_days(command, registry, subject):
    command("safety", registry, "--patient", subject)

    told = command("access", registry, "--patient", subject.lower(), "--person", "kato")
    assert "command:safety" in told.out
    assert subject in told.out
    assert "+09:00" in told.out
    none = command("access", registry, "--to", "2020-01-01", "--json")
    assert none.data == {"accesses": []}
    assert command("access", registry, "--from", "2020-13-01").status == 1
