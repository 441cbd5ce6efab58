import io
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pikepdf
import pypdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from registry_app.domain.consent import Scope, Signer
from registry_app.domain.errors import Refused
from registry_app.domain.figures.beside_exams import (
    BesideExams,
    ConsentRow,
    FunctionRow,
    SafetyRow,
)
from registry_app.domain.figures.document import Ref
from registry_app.domain.message import Told
from registry_app.domain.safety import CaseState, Outcome
from registry_app.domain.subject import Arm
from registry_app.reports.archive import marks_of, options_of
from registry_app.reports.patient_summary import patient_summary
from tests.reports.looking import outside, pages
from tests.reports.made_up import (
    CASE,
    EN,
    INJURY,
    JA,
    a_sheet,
    a_subject,
    a_summary,
    an_exam,
    an_identity,
    an_issue,
)

BESIDE = BesideExams(
    safety=(
        SafetyRow(
            event="event-1",
            case="SAP-S0001",
            state=CaseState.OPEN,
            what="架空の発熱",
            onset=INJURY + timedelta(days=40),
            day=40,
            treated=3,
            serious=None,
            event_class="E9",
            outcome=Outcome.RECOVERED,
        ),
    ),
    measures={"scale": Told("架空の尺度", "Made-up scale")},
    function=(
        FunctionRow(INJURY, 0, -37, "baseline", {"scale": Decimal(17)}, ("form-s",)),
    ),
    consents=(
        ConsentRow(
            Scope.TREATMENT,
            INJURY,
            "架空 第1版",
            Signer.PATIENT,
            date(2026, 2, 1),
            "consent-1",
        ),
        ConsentRow(Scope.PROVISION),
    ),
)
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
LONG = "見本大学医学部附属病院 脊椎脊髄病センター 評価者 " * 6


@cache
def the_usual_paper():
    """The summary with nothing special about it; many tests look at it."""
    return patient_summary(a_summary(), an_issue())


def test_the_same_summary_gives_the_same_bytes():
    once = patient_summary(a_summary(), an_issue())

    assert patient_summary(a_summary(), an_issue()) == once


def test_case_number_cut_and_page_of_pages_stand_on_every_page():
    found = pages(the_usual_paper())

    for number, page in enumerate(found, 1):
        for words in (CASE, "2026-05-31 14:02 +09:00", "#412", "試案様式"):
            assert words in page
        assert f"{number} / {len(found)}" in page
        assert "練習・架空データ TRAINING" in page


def test_japanese_leads_and_english_accompanies():
    text = "".join(pages(the_usual_paper()))

    assert "患者別追跡サマリー" in text
    assert "Per-patient follow-up summary" in text


def test_in_english_alone_no_japanese_is_printed_but_what_was_recorded():
    exams = [
        an_exam(14, a_sheet(), assessor="E05"),
        an_exam(91, a_sheet("C6"), assessor="E05"),
    ]
    text = "".join(pages(patient_summary(a_summary(exams), an_issue((EN,)))))

    assert JAPANESE.findall(text) == []


def test_in_japanese_alone_no_english_title_is_printed():
    text = "".join(pages(patient_summary(a_summary(), an_issue((JA,)))))

    assert "Per-patient" not in text


def test_an_uncertain_sum_is_printed_as_a_range():
    text = "".join(pages(the_usual_paper()))
    last = a_summary().rows[2].result.totals["lems"]

    assert last.low < last.high
    assert f"{last.low}–{last.high}" in text


def test_the_header_names_the_pack_in_the_language_that_leads():
    pack = Told("架空のパック", "A made-up pack")
    issues = (an_issue((JA,), pack=pack), an_issue((EN,), pack=pack), an_issue((EN,)))
    said = ("架空のパック 施設 SAP", "A made-up pack, site SAP", "follow-up, site SAP")

    for issue, words in zip(issues, said, strict=True):
        first = pages(patient_summary(a_summary(), issue))[0]
        assert words in first.replace("\u3000", " ")


def test_an_exam_without_a_grade_prints_a_dash():
    normal = an_exam(14, a_sheet("S4_5", VAC="Yes", DAP="Yes"))
    graded = a_summary([normal, an_exam(91, a_sheet("C6"))])
    never = replace(normal, form=replace(normal.form, prior_deficit=False))
    ungraded = a_summary([never, an_exam(91, a_sheet("C6"))])

    assert "E → A" in pages(patient_summary(graded, an_issue()))[0]
    assert "— → A" in pages(patient_summary(ungraded, an_issue()))[0]


def test_names_are_printed_only_in_an_identifiable_report():
    identity = an_identity()
    hidden = a_summary(identity=identity)
    shown = a_summary(identity=identity, identifiable=True)

    assert "架空 太郎" not in "".join(pages(patient_summary(hidden, an_issue())))
    text = "".join(pages(patient_summary(shown, an_issue(identifiable=True))))
    assert "架空 太郎" in text
    assert "個人情報を含む" in text


def test_a_name_beyond_the_basic_plane_is_found_again_by_searching():
    identity = an_identity(family="\U00020bb7野")
    summary = a_summary(identity=identity, identifiable=True)

    assert "\U00020bb7野" in "".join(pages(patient_summary(summary, an_issue())))


def test_what_looks_like_markup_is_printed_as_it_was_written():
    exams = [an_exam(14, a_sheet(), assessor="A~B **C** ^D^ &amp;")]

    assert "A~B **C** ^D^ &amp;" in "".join(
        pages(patient_summary(a_summary(exams), an_issue()))
    )


def test_characters_that_the_font_lacks_are_all_named_and_nothing_is_made():
    exams = [an_exam(14, a_sheet(), assessor="\U0001f600 \u0e01")]

    with pytest.raises(Refused, match=r"report\.no-glyph") as refusal:
        patient_summary(a_summary(exams), an_issue())
    named = refusal.value.message.params["characters"]
    assert "U+1F600" in named
    assert "U+0E01" in named


@pytest.mark.parametrize(
    "summary",
    [
        pytest.param(lambda: a_summary([]), id="no exam"),
        pytest.param(lambda: a_summary([an_exam(0, {})]), id="an empty sheet"),
        pytest.param(lambda: a_summary([an_exam(14, a_sheet())]), id="one exam"),
        pytest.param(
            lambda: a_summary(subject=a_subject(arm=Arm.COMPARISON)), id="comparison"
        ),
        pytest.param(
            lambda: a_summary(
                [
                    an_exam(day, a_sheet("T6"), assessor=LONG)
                    for day in range(3, 1803, 45)
                ]
            ),
            id="forty exams with long names",
        ),
        pytest.param(
            lambda: a_summary(
                [an_exam(9, dict.fromkeys(a_sheet(), "NT"), code="x" * 64)] * 2
            ),
            id="nothing testable",
        ),
        pytest.param(
            lambda: a_summary(
                identity=an_identity(family=LONG, hospital_number="9" * 64),
                identifiable=True,
            ),
            id="long identity",
        ),
    ],
)
@pytest.mark.parametrize("languages", [(JA,), (EN,), (JA, EN)], ids="+".join)
def test_everything_stays_within_the_measure(summary, languages):
    made = summary()
    pdf = patient_summary(
        made, an_issue(languages, identifiable=made.identity is not None, draft=True)
    )

    assert outside(pdf) == []


def test_every_font_is_embedded_and_known_by_its_characters():
    with pikepdf.open(io.BytesIO(the_usual_paper())) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
                assert "/ToUnicode" in font


def test_the_file_says_what_it_is_and_where_it_comes_from():
    pdf = the_usual_paper()
    info = pypdf.PdfReader(io.BytesIO(pdf)).metadata

    assert info.title == f"患者別追跡サマリー {CASE}"
    assert marks_of(pdf) | {"ContentDigest": ""} == {
        "RegistryId": "registry-1",
        "ReportNumber": f"R5-{CASE}-412-JE",
        "ReportKind": "patient-summary",
        "SubjectId": CASE,
        "CutSequence": "412",
        "CutHead": "9f3c" * 16,
        "ContentDigest": "",
        "EngineVersion": "isncsci-1",
        "TemplateVersion": "R5-7",
        "Options": "languages=ja+en",
    }
    assert options_of(pdf) == {"languages": "ja+en"}


def test_it_claims_to_be_an_archive_file_with_a_colour_profile():
    with pikepdf.open(io.BytesIO(the_usual_paper())) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>3</pdfaid:part>" in xmp
        assert f"患者別追跡サマリー {CASE}" in xmp
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert str(pdf.Root.Lang) == "ja-JP"


def test_what_is_no_pdf_carries_no_marks():
    assert marks_of(b"not a PDF") == {}
    assert options_of(b"") == {}


def test_events_function_and_consent_stand_beside_the_exams():
    summary = replace(a_summary(), on=INJURY, beside=BESIDE)
    text = "".join(pages(patient_summary(summary, an_issue((EN,)))))

    for said in ("SAP-S0001", "架空の発熱", "not judged", "E9", "recovered"):
        assert said in text
    for said in ("Made-up scale", "17", "taken back on 2026-02-01", "none on record"):
        assert said in text


def test_a_row_tells_where_it_stands_and_which_records_are_behind_it():
    found = []
    summary = replace(a_summary(), on=INJURY, beside=BESIDE)
    pdf = patient_summary(summary, an_issue((EN,)), found.extend)
    (event,) = (
        one for one in found if Ref("event", "event-1", "SAP-S0001") in one.refs
    )
    text = pypdfium2.PdfDocument(pdf)[event.page].get_textpage()
    high = A4[1]
    row = text.get_text_bounded(event.x0, high - event.y1, event.x1, high - event.y0)

    assert "架空の発熱" in row
    assert "E9" in row
    assert "Class" not in row
    forms = {ref.id for one in found for ref in one.refs if ref.kind == "form"}
    assert {f"form-{day}" for day in (14, 91, 182, 233)} <= forms


def test_visits_stand_under_the_names_of_the_plan():
    names = {"baseline": Told("架空の基準時", "Made-up baseline")}
    summary = replace(a_summary(), on=INJURY, beside=BESIDE, visit_names=names)
    text = "".join(pages(patient_summary(summary, an_issue((EN,)))))

    assert "Made-up baseline" in text


@pytest.mark.parametrize("identifiable", [False, True])
@pytest.mark.parametrize("languages", [(JA,), (EN,), (JA, EN)], ids="+".join)
def test_who_it_is_and_both_courses_stand_on_the_first_page(languages, identifiable):
    summary = replace(
        a_summary(identity=an_identity(), identifiable=identifiable),
        on=INJURY,
        beside=BESIDE,
    )
    issue = an_issue(languages, identifiable=identifiable)
    first = pages(patient_summary(summary, issue))[0]

    assert CASE in first
    for n in (1, 2):
        assert (f"図 {n}" if languages[0] == JA else f"Figure {n}") in first
