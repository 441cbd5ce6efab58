import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from registry_app.cli.report import write_new
from registry_app.domain.errors import Refused
from registry_app.services.reports import issued
from registry_app.services.subjects import correct_subject, open_subject
from registry_app.services.trail import head
from tests.builders import a_subject, an_exam, at_desk


@pytest.fixture
def subject(registry):
    """A case with one exam, in the registry that nobody has open."""
    desk = at_desk(registry)
    subject = a_subject(desk)
    an_exam(desk, subject)
    desk.close()
    return subject.id


def end_of(registry):
    desk = at_desk(registry)
    try:
        return head(desk)
    finally:
        desk.close()


@pytest.mark.parametrize("languages", ["ja", "en", "ja+en"])
def test_a_report_is_written_and_known_again(
    command, registry, subject, tmp_path, languages
):
    out = tmp_path / "out.pdf"

    told = command(
        "report", registry, "R5", "--patient", subject, "--lang", languages, "-o", out
    )

    assert told.status == 0
    text = "".join(page.extract_text() for page in PdfReader(out).pages)
    assert subject in text
    assert ("患者別追跡サマリー" in text) == ("ja" in languages)
    assert command("verify", registry, out).status == 0


def test_what_changed_since_and_what_is_not_ours_is_told(
    command, registry, subject, tmp_path
):
    out = tmp_path / "out.pdf"
    command("report", registry, "patient", "--patient", subject, "-o", out)
    desk = at_desk(registry)
    an_exam(desk, a_subject(desk), code="other")
    found = open_subject(desk, subject).subject
    correct_subject(desk, replace(found, birth_year=1979), "misread")
    desk.close()

    told = command("verify", registry, out, "--json")

    assert (told.status, told.data["standing"]) == (1, "changed since")
    assert told.data["changes_since"] == 1
    out.write_bytes(out.read_bytes() + b"%")
    assert command("verify", registry, out, "--json").data["standing"] == "altered"
    assert command("verify", registry, tmp_path / "no.pdf").status == 1


def test_with_json_alone_the_figures_come_and_nothing_is_issued(
    command, registry, subject, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    told = command("report", registry, "R5", "--patient", subject.lower(), "--json")

    assert told.data["report"]["kind"] == "patient-summary"
    desk = at_desk(registry)
    assert issued(desk) == ()
    desk.close()
    assert list(tmp_path.glob("*.pdf")) == []


def test_without_a_name_the_file_bears_the_number(
    command, registry, subject, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    command("report", registry, "R5", "--patient", subject)

    (pdf,) = tmp_path.glob("*.pdf")
    assert pdf.name.startswith(f"R5-{subject}-")


def test_a_file_that_is_there_is_kept_and_nothing_is_issued(
    command, registry, subject, tmp_path
):
    out = tmp_path / "out.pdf"
    out.write_text("mine")
    before = end_of(registry)

    told = command("report", registry, "R5", "--patient", subject, "-o", out)

    assert (told.status, out.read_text()) == (1, "mine")
    assert "exists already" in told.err
    assert end_of(registry) == before


@pytest.mark.parametrize(
    "argv",
    [
        ("--patient", "SAP-0009-Z", "-o", "out.pdf"),
        ("--patient", "SAP-0001-7", "--cut", "99999", "-o", "out.pdf"),
        ("--patient", "SAP-0001-7", "-o", "no-such-folder/out.pdf"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_no_file(
    command, registry, subject, tmp_path, monkeypatch, argv
):
    monkeypatch.chdir(tmp_path)

    told = command("report", registry, "R5", *argv)

    assert told.status == 1
    assert "Traceback" not in told.err
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path):
    place = tmp_path / "taken.pdf"
    place.mkdir()

    with pytest.raises(Refused, match=r"cli\.cannot-write"):
        write_new(place, b"%PDF")

    assert list(tmp_path.iterdir()) == [place]


def test_the_pdf_is_whole(command, registry, subject, tmp_path):
    out = tmp_path / "out.pdf"
    command("report", registry, "R5", "--patient", subject, "-o", out)

    assert PdfReader(io.BytesIO(out.read_bytes())).pages


@pytest.mark.parametrize("kind", ["R4", "obligations", "R6", "log", "today"])
def test_a_report_of_the_whole_registry_is_written_and_known_again(
    command, registry, subject, tmp_path, kind
):
    out = tmp_path / "out.pdf"

    told = command("report", registry, kind, "--lang", "ja+en", "-o", out)

    assert told.status == 0
    assert command("verify", registry, out).status == 0


def test_a_card_is_written_with_the_name_only_where_asked(
    command, registry, subject, tmp_path
):
    plain, named = tmp_path / "plain.pdf", tmp_path / "named.pdf"
    argv = ("report", registry, "card", "--patient", subject, "--lang", "ja")
    command(*argv, "-o", plain)
    command(*argv, "--identifiable", "-o", named)

    def said(file):
        return "".join(page.extract_text() for page in PdfReader(file).pages)

    assert "太郎" not in said(plain)
    assert "太郎" in said(named)


@pytest.mark.parametrize(
    "argv",
    [("R5",), ("card",), ("R4", "--patient", "SAP-0001-7")],
)
def test_a_case_is_named_for_the_kinds_of_one_case_and_only_for_them(
    command, registry, subject, tmp_path, argv
):
    told = command("report", registry, *argv, "-o", tmp_path / "out.pdf")

    assert told.status == 2
    assert not (tmp_path / "out.pdf").exists()


def test_a_report_of_the_whole_registry_holds_no_names(command, registry, tmp_path):
    out = tmp_path / "out.pdf"
    told = command("report", registry, "R6", "--identifiable", "-o", out)

    assert told.status == 1
    assert not out.exists()


def test_as_of_a_day_the_report_is_about_that_day(command, registry, subject):
    argv = ("report", registry, "R4", "--as-of", "2026-04-10", "--json")

    assert command(*argv).data["on"] == "2026-04-10"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31"])
def test_a_year_that_nobody_plans_in_is_refused_with_a_sentence(
    command, registry, subject, tmp_path, day
):
    out = tmp_path / "out.pdf"
    told = command("report", registry, "R4", "--as-of", day, "-o", out)
    assert told.status == 1
    assert not out.exists()
