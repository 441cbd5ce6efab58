"""The ten reports of a survey of three years: 90 treated, 90 not, all made up."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from registry_app.domain.plan.duty import Standing
from registry_app.domain.report import Kind, Transmittal
from registry_app.domain.signature import Meaning
from registry_app.services import (
    cuts,
    demo,
    evaluation,
    exams,
    obligations,
    protocol,
    report_texts,
    reports,
    safety,
    signing,
    subjects,
    transmittals,
    verifying,
)
from registry_app.services.verifying import Standing as Truth
from registry_app.words import Language
from tests.builders import CHEAP
from tests.reports.looking import outside, pages

LANGUAGES = {
    "ja": (Language.JA,),
    "en": (Language.EN,),
    "ja+en": (Language.JA, Language.EN),
}
TEN = [kind for kind in Kind if kind.archived]


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    path = tmp_path_factory.mktemp("survey") / "s.registry"
    desk = demo.make_training_registry(path, patients=180, cost=CHEAP)
    yield desk
    desk.close()


def about(desk, kind):
    """What a report of one patient or one safety case is about."""
    told = {}
    if kind.of_one_case:
        told["subject_id"] = subjects.subject_ids(desk, subjects.SubjectQuery())[3]
    if kind.of_safety_case:
        lines = safety.safety_cases(desk)
        told["about"] = next(
            line.case.id for line in lines if line.classed.event_class == "E2"
        )
    return told


@pytest.mark.parametrize("languages", LANGUAGES, ids=str)
@pytest.mark.parametrize("kind", TEN, ids=lambda kind: kind.letters)
def test_every_report_is_printed_within_its_margins_and_marked_as_a_draft(
    survey, kind, languages
):
    report = reports.make_report(
        survey, kind, LANGUAGES[languages], draft=True, **about(survey, kind)
    )

    if languages == "ja+en":
        assert outside(report.pdf) == []
    read = PdfReader(BytesIO(report.pdf))
    words = "".join(pages(report.pdf))
    assert ("下書き" in words or "草案" in words) == (languages != "en")
    assert "DRAFT" in words or languages == "ja"
    assert read.metadata.title
    # Its figures travel inside it, as the command line prints them.
    inside = read.attachments["figures.json"][0]
    assert json.loads(inside) == json.loads(json.dumps(report.figures))


def test_no_report_promises_anything(survey):
    kinds = (Kind.PERIODIC, Kind.EVALUATION)
    for kind in kinds:
        report = reports.make_report(survey, kind, LANGUAGES["ja+en"], draft=True)
        words = "".join(pages(report.pdf))
        for promise in ("有効性が証明", "画期的", "proven", "breakthrough", "p ="):
            assert promise not in words
        assert "検証中" in words
        assert "要確認" in words


def test_a_report_is_written_signed_handed_over_and_true_years_later(survey):
    cut = cuts.freeze(survey, "made up")
    report_texts.save_texts(
        survey, Kind.PERIODIC, cut.id, {"discussion": ("考察（架空）", "Discussion")}
    )
    first = reports.make_report(survey, Kind.PERIODIC, LANGUAGES["ja+en"])
    for meaning in Meaning:
        last = signing.sign(survey, first.number, meaning, demo.PASSWORD)

    assert verifying.verify_report(survey, last.pdf).standing is Truth.SAME
    words = PdfReader(BytesIO(last.pdf)).pages[0].extract_text()
    assert words.count("練習 管理者") == 3
    assert reports.filed_pdf(survey, first.number) == last.pdf

    duty = next(
        duty
        for duty in obligations.ledger_on(survey)
        if duty.rule == "O6" and duty.standing(cut.on) is not Standing.DONE
    )
    [filed] = [one for one in reports.issued(survey) if one.id == first.number]
    transmittals.transmit(
        survey,
        Transmittal(
            "",
            first.number,
            filed.sha256,
            "PMDA",
            "portal",
            cut.on,
            survey.person.id,
            "made-up receipt",
            cut.on,
            duty.key,
        ),
    )
    assert obligations.duty_of(survey, duty.key).done == cut.on

    subject = subjects.subject_ids(survey, subjects.SubjectQuery())[3]
    form = subjects.open_subject(survey, subject).exams[0].form
    values = {**form.values, "R_LT_C2": "1"}
    exams.save_exam(survey, replace(form, values=values), "misread (made up)")

    later = verifying.verify_report(survey, last.pdf)
    assert (later.standing, later.rebuilt) == (Truth.CHANGED_SINCE, True)
    assert form.id in {entry.id for entry in later.changes}
    assert form.id in {entry.id for entry in cuts.changed_since(survey, cut.id)}


def test_an_amendment_after_the_lock_is_marked_in_the_report(survey):
    assert evaluation.drift(survey) == ()
    protocol.set_setting(
        survey, "visit:endpoint", {"after": "60"}, "later, for this test (made up)"
    )

    assert evaluation.drift(survey) != ()
    report = reports.make_report(
        survey, Kind.EVALUATION, LANGUAGES["ja"], draft=True, on=date.today()
    )
    words = "".join(pages(report.pdf))
    assert "固定後変更" in words
