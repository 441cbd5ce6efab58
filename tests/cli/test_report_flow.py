"""A report from the shell: frozen, made, signed, handed over, verified."""

import json
from io import BytesIO

import pikepdf
import pytest

from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import Kind
from registry_app.services.obligations import ledger_on
from registry_app.services.reports import filed_pdf, issued
from registry_app.services.safety import safety_cases
from tests.builders import a_subject, an_exam, at_desk
from tests.services.report_room import CASE, a_case, a_patient
from tests.services.test_certificate import NAME, SECRET, a_key

WHOLE = ["R1", "R3", "R4", "R6", "R7", "R8", "R9", "R10"]
NAMES = {
    "periodic": "R1",
    "evaluation": "R3",
    "unknown": "R7",
    "infection": "R8",
    "use-record": "R9",
    "disclosure": "R10",
}


@pytest.fixture
def room(registry):
    """A patient with a safety case, in the registry that nobody has open."""
    desk = at_desk(registry)
    subject = a_patient(desk)
    a_case(desk, subject)
    desk.close()
    return subject.id


def issue(command, registry, tmp_path, kind, *more):
    """Make a report, and give its number and its file."""
    out = tmp_path / f"{kind}.pdf"
    told = command("report", registry, kind, "--lang", "en", "-o", out, "--json", *more)
    assert told.status == 0, told.err
    return told.data["report"]["number"], out


@pytest.mark.parametrize("kind", WHOLE)
def test_each_report_of_the_registry_is_written_with_its_figures_and_known_again(
    command, registry, room, tmp_path, kind
):
    out = tmp_path / "out.pdf"
    told = command("report", registry, kind, "--lang", "ja+en", "-o", out, "--json")

    assert told.status == 0
    assert told.data["report"]["number"].startswith(f"{kind}-")
    with pikepdf.open(BytesIO(out.read_bytes())) as pdf:
        assert "figures.csv" in pdf.attachments
        inside = pdf.attachments["figures.json"].get_file().read_bytes()
    # What is said on the terminal is what travels inside the file.
    assert json.loads(inside) == told.data
    assert command("verify", registry, out).status == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_report_has_a_name_beside_its_number(command, registry, room, name):
    told = command("report", registry, name, "--lang", "en", "--json")

    assert told.data["report"]["number"].startswith(f"{NAMES[name]}-")


def test_a_case_report_names_its_case(command, registry, room, tmp_path):
    number, _ = issue(command, registry, tmp_path, "R2", "--case", CASE.lower())
    assert number.startswith(f"R2-{CASE}-")
    thirty, _ = issue(command, registry, tmp_path, "R8", "--case", CASE)
    assert thirty.startswith(f"R8-{CASE}-")
    for wrong in (("R2",), ("R1", "--case", CASE)):
        assert command("report", registry, *wrong, "--json").status == 2
    unknown = command("report", registry, "R2", "--case", "SAP-S0099", "--json")
    assert unknown.status == 1


def test_a_period_of_its_own_stands_in_the_number(command, registry, room, tmp_path):
    period = ("--period", "2026-01-01..2026-03-31")
    number, out = issue(command, registry, tmp_path, "R1", *period)

    assert "-20260101-20260331-" in number
    assert command("verify", registry, out).status == 0
    for wrong in ("2026-01-01", "2026-03-31..2026-01-01", "x..y"):
        told = command("report", registry, "R1", "--period", wrong, "--json")
        assert (told.status, told.out) == (1, "")
    assert command("report", registry, "R6", *period, "--json").status == 1


def test_the_form_without_attachments_is_asked_for(command, registry, room, tmp_path):
    _, out = issue(command, registry, tmp_path, "R10", "--form", "1b")

    with pikepdf.open(BytesIO(out.read_bytes())) as pdf:
        assert len(pdf.attachments) == 0
    assert command("verify", registry, out).status == 0


def test_a_cut_is_frozen_listed_and_reported_from(command, registry, room, tmp_path):
    cut = command("cut", registry, "--purpose", "half-year", "--json").data
    assert (cut["number"], cut["purpose"]) == ("1", "half-year")
    assert command("cut", registry, "--json").data == cut
    other = command("cut", registry, "--purpose", "the panel")
    assert (other.status, other.out) == (1, "")
    assert "data cut 1 of" in other.err
    assert "'half-year'" in other.err
    desk = at_desk(registry)
    an_exam(desk, a_subject(desk), code="other")
    desk.close()

    since = command("cut", registry, "--since", "1", "--json").data
    assert {"subject", "form"} <= {one["kind"] for one in since["changes"]}
    told = command("report", registry, "R6", "--cut", "1", "--json")
    assert told.data["report"]["cut"]["seq"] == cut["seq"]
    assert command("report", registry, "R6", "--cut", "2", "--json").status == 1
    command("cut", registry)
    listed = command("cut", registry, "--list", "--json").data["cuts"]
    assert [one["number"] for one in listed] == ["2", "1"]
    assert "half-year" in command("cut", registry, "--list").out
    assert "Changes after cut 1" in command("cut", registry, "--since", "1").out


def test_a_report_is_signed_and_its_new_edition_written(
    command, registry, room, tmp_path
):
    number, first = issue(command, registry, tmp_path, "R10")
    out = tmp_path / "signed.pdf"
    argv = ("sign", registry, number, "--meaning", "prepared")

    told = command(*argv, "-o", out, "--json")

    assert [one["meaning"] for one in told.data["signatures"]] == ["prepared"]
    assert command("verify", registry, out).status == 0
    earlier = command("verify", registry, first, "--json")
    assert (earlier.status, earlier.data["earlier_edition"]) == (0, True)
    again = command(*argv)
    assert (again.status, len(again.err.splitlines())) == (1, 1)
    reviewed = command("sign", registry, number, "--meaning", "reviewed")
    assert all(line.endswith("+09:00") for line in reviewed.out.splitlines())
    assert command("sign", registry, number).status == 2


def test_a_certificate_goes_on_top_and_is_told_by_verify(
    command, registry, room, tmp_path
):
    number, _ = issue(command, registry, tmp_path, "R10")
    key, secret, out = (tmp_path / n for n in ("key.p12", "secret", "out.pdf"))
    key.write_bytes(a_key())
    secret.write_text(f"{SECRET}\n")
    argv = ("sign", registry, number, "--certificate", key)

    assert command(*argv).status == 2
    told = command(*argv, "--certificate-password-file", secret, "-o", out)

    assert told.status == 0
    assert NAME in command("verify", registry, out).out


def test_a_report_that_was_handed_over_closes_its_duty(
    command, registry, room, tmp_path
):
    number, _ = issue(command, registry, tmp_path, "R4")
    desk = at_desk(registry)
    duty = next(d for d in ledger_on(desk) if not d.subject_id and d.due is not None)
    today = day_in_japan(issued(desk)[0].made_at).isoformat()
    desk.close()
    argv = ("transmit", registry, number)
    said = ("--to", "PMDA", "--how", "window", "--on", today)

    assert command(*argv, "--receipt", "R-1").status == 1
    assert command(*argv, "--to", "PMDA").status == 2
    sent = command(*argv, *said, "--duty", duty.key, "--json").data
    assert (sent["to"], sent["duty"]) == ("PMDA", duty.key)
    later = command(*argv, "--receipt", "R-1", "--receipt-on", today, "--json")
    assert (later.data["id"], later.data["receipt"]) == (sent["id"], "R-1")
    log = command("transmit", registry, "--json").data["transmittals"]
    assert [one["report"] for one in log] == [number]
    due = command("due", registry, "--as-of", today, "--json").data["duties"]
    assert duty.key not in {one["key"] for one in due}


def test_what_is_kept_of_a_report_is_checked_by_its_number(
    command, registry, room, tmp_path
):
    number, out = issue(command, registry, tmp_path, "R10")

    assert command("verify", registry, "--number", number).status == 0
    assert command("verify", registry, "--number", "R10-SAP-1-J").status == 1
    assert command("verify", registry, out, "--number", number).status == 2
    desk = at_desk(registry)
    assert filed_pdf(desk, number) == out.read_bytes()
    assert issued(desk)[0].kind == Kind.DISCLOSURE.value
    desk.close()


def test_the_safety_cases_are_those_of_the_screen_with_their_clocks(
    command, registry, room
):
    desk = at_desk(registry)
    (line,) = safety_cases(desk)
    desk.close()

    told = command("safety", registry, "--json")

    (case,) = told.data["cases"]
    assert (case["number"], case["class"]) == (CASE, line.classed.event_class)
    assert [one["key"] for one in case["clocks"]] == [c.key for c in line.clocks]
    assert case["clocks"]
    for one, clock in zip(case["clocks"], line.clocks, strict=True):
        assert one["due"] == (clock.due and clock.due.isoformat())
        assert (one["day0"], one["of"]) == (clock.trigger.isoformat(), clock.of)
    printed = command("safety", registry, "--lang", "en").out
    assert CASE in printed
    assert "A guide, not a legal deadline  to be confirmed" in printed
    none = command("safety", registry, "--state", "closed", "--json")
    assert none.data["cases"] == []
    of_patient = command("safety", registry, "--patient", room.lower(), "--json")
    assert len(of_patient.data["cases"]) == 1
    nobody = command("safety", registry, "--patient", "SAP-9999-X", "--json")
    assert (nobody.status, nobody.out) == (1, "")
    assert "'SAP-9999-X' is not in this registry." in nobody.err
