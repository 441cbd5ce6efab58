"""Files that want to pass for ours: every one is told, and none stops the check."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from registry_app.domain.report import Kind
from registry_app.reports.claim import claim, with_claim
from registry_app.services.verifying import Standing, verify_report
from tests.builders import a_registry
from tests.services.report_room import a_patient, made

#: More than fits into a number of the database.
BIG = "9" * 30


def a_filed_report(desk):
    subject = a_patient(desk)
    return subject, made(desk, Kind.DISCLOSURE, subject)


@pytest.fixture
def furnish():
    return a_filed_report


@pytest.fixture
def subject(given):
    return given[0]


@pytest.fixture
def filed(given):
    return given[1]


def saved_again(pdf, change=lambda opened: None, **how):
    """The same document as another program writes it."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        into = BytesIO()
        opened.save(into, **how)
    return into.getvalue()


def other_figures(opened):
    """The attached figures say something else."""
    for name in list(opened.attachments):
        other = pikepdf.AttachedFileSpec(opened, b"{}", filename=name)
        opened.attachments[name] = other


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"linearize": True},
        {"change": other_figures},
        {"encryption": pikepdf.Encryption(owner="plum", user="")},
        {"encryption": pikepdf.Encryption(owner="plum", user="blossom")},
    ],
)
def test_a_filed_report_that_was_written_again_is_not_the_same(desk, filed, how):
    standing = verify_report(desk, saved_again(filed.pdf, **how)).standing

    assert standing in (Standing.ALTERED, Standing.NOT_OURS)


@pytest.mark.parametrize("pdf", [b"", b"\0" * 99, b"hello", b"%PDF-1.7\n"])
def test_what_is_no_report_at_all_is_not_ours(desk, pdf):
    assert verify_report(desk, pdf).standing is Standing.NOT_OURS


def test_a_report_of_another_registry_that_bears_our_name_is_altered(
    desk, filed, tmp_path
):
    other = a_registry(tmp_path / "other.registry", new_id=lambda: "ot-1")
    try:
        theirs = made(other, Kind.DISCLOSURE, a_patient(other)).pdf
    finally:
        other.close()
    assert verify_report(desk, theirs).standing is Standing.NOT_OURS

    ours = theirs.replace(b"ot-1", desk.registry.id.encode())
    assert ours != theirs
    for pdf in (ours, filed.pdf + theirs, filed.pdf * 2):
        assert verify_report(desk, pdf).standing is Standing.ALTERED


def forged(desk, draft, marks, **options):
    """A draft of ours that says something else of itself, under another number."""

    def change(opened):
        said = dict(p.split("=") for p in f"{opened.docinfo['/Options']}".split("; "))
        said |= options
        opened.docinfo["/Options"] = "; ".join(f"{k}={said[k]}" for k in sorted(said))
        for name, value in marks.items():
            opened.docinfo[f"/{name}"] = value

    plain = pikepdf.ObjectStreamMode.disable
    pdf = saved_again(draft.pdf, change, object_stream_mode=plain)
    return with_claim(pdf, claim(desk.registry.id, "R10-SAP-777-J"))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CARD])
@pytest.mark.parametrize("on", [date.min, date.max])
def test_no_day_that_a_file_names_stops_the_check(desk, subject, kind, on):
    draft = made(desk, Kind.DISCLOSURE, subject, draft=True)
    case = subject.id if kind.of_one_case else ""
    marks = {"ReportKind": kind.value, "SubjectId": case}

    for told in ({"on": on.isoformat()}, {"period": f"{on}..{on}"}):
        pdf = forged(desk, draft, marks, **told)
        assert verify_report(desk, pdf).standing is Standing.ALTERED


@pytest.mark.parametrize(
    ("marks", "options"),
    [
        ({"CutSequence": BIG}, {}),
        ({"CutSequence": "9" * 5000}, {}),
        ({"CutSequence": "-1"}, {}),
        ({"ReportKind": "R99"}, {}),
        ({"ReportKind": "case-report"}, {"about": "SAP-S9"}),
        ({}, {"written": BIG, "frozen": "1"}),
        ({}, {"written": BIG}),
        ({}, {"signed": BIG}),
        ({}, {"signed": "-1"}),
        ({}, {"revision": BIG}),
        ({}, {"form": "2u"}),
        ({}, {"languages": ""}),
        ({}, {"languages": "ja+ja+ja"}),
        ({}, {"frozen": "\0"}),
    ],
)
def test_no_mark_that_a_file_bears_stops_the_check(desk, subject, marks, options):
    draft = made(desk, Kind.DISCLOSURE, subject, draft=True)
    assert verify_report(desk, draft.pdf).standing is Standing.SAME

    standing = verify_report(desk, forged(desk, draft, marks, **options)).standing

    told = (Standing.ALTERED, Standing.TRAIL_SHORTER, Standing.TRAIL_OTHER)
    assert standing in told
