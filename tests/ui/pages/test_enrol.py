from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from registry_app.domain.consent import Scope, Signer
from registry_app.domain.course import DeviationKind
from registry_app.domain.referral import Referral, reported
from registry_app.domain.subject import Arm
from registry_app.services.cases import case_of
from registry_app.services.subjects import SubjectQuery, subject_ids
from registry_app.ui.pages.enrol import EnrolPage
from registry_app.ui.widgets import Chip
from tests.builders import a_registry, a_subject


@pytest.fixture
def desk(tmp_path):
    desk = a_registry(tmp_path / "site.registry", pack="msc-iv-sci")
    yield desk
    desk.close()


@pytest.fixture
def page(qtbot, desk, words, look, changes):
    page = EnrolPage(desk, words, look, changes)
    qtbot.addWidget(page)
    page.resize(1298, 657)
    page.show()
    return page


def person(page, **told):
    page.who.family_kana.setText(told.get("kana", "べつ"))
    page.who.sex.choose("male")
    return page


def injured(page, on="2026-02-01", arm="treated", cause="traumatic"):
    page.injury.injury.line.setText(on)
    page.injury.cause.choose(cause)
    page.injury.arm.choose(arm)
    page.injury.arm.chosen.emit(arm)
    return page


def at_eligibility(page, **told):
    person(page).go_on()
    injured(page, **told).go_on()
    page.go_on()
    return page


def chips(widget):
    return [(chip.status, chip.text()) for chip in widget.findChildren(Chip)]


def test_what_is_wrong_is_said_in_place_and_nothing_is_lost(page):
    person(page, kana="Betsu").go_on()

    assert page.at == 0
    assert page.who.family_kana.text() == "Betsu"
    assert page.focusWidget() is page.who.family_kana

    person(page).go_on()
    injured(page, on="H31.5.1").go_on()

    assert page.at == 1
    assert page.injury.injury.problem
    assert page.injury.injury.line.text() == "H31.5.1"


def test_the_dates_carry_the_names_that_the_pack_gives_them(page, words):
    said = [field.input.accessibleName() for field in page.injury.dates.values()]

    assert "Marrow collection" in said
    assert len(said) == len(set(said)) >= 4


def test_a_treatment_before_day_0_is_told(page):
    person(page).go_on()
    injured(page).injury.treatment.line.setText("2026-01-31")
    page.go_on()

    assert page.at == 1
    assert page.injury.treatment.problem


def test_going_back_keeps_everything(page):
    at_eligibility(page)
    for _ in range(3):
        page.go_back()

    assert page.at == 0
    assert page.who.family_kana.text() == "ベツ"
    page.go_on()
    assert page.injury.injury.line.text() == "2026-02-01"
    assert page.injury.arm.value == "treated"


def test_a_comparison_patient_has_source_and_matching_and_no_treatment(page, desk):
    treated = a_subject(desk, family_kana="ミホン", given_kana="タロウ")
    person(page).go_on()
    injured(page, arm="comparison").injury.treatment.line.setText("2026-03-01")
    page.injury.source.setText("Concurrent, same site")
    page.injury.matched.setText(treated.id.lower())
    for line in page.injury.matching.values():
        line.setText("1")
    page.go_on()
    assert not page.consent.scopes[Scope.TREATMENT].isVisible()
    page.go_on()
    for field in page.eligibility.criteria.fields.values():
        field.input.setText("Comparison")
    page.go_on()

    case = case_of(desk, page.case_id)
    assert (case.subject.arm, case.subject.treatment_date) == (Arm.COMPARISON, None)
    assert case.course.source == "Concurrent, same site"
    assert case.course.matched_to == treated.id
    assert set(case.course.matching) == set(page.injury.matching)


def test_a_consent_document_covers_several_things_and_names_its_proxy(page, desk):
    person(page).go_on()
    injured(page).go_on()
    page.consent.scopes[Scope.TREATMENT].setChecked(True)
    page.consent.scopes[Scope.FOLLOW_UP].setChecked(True)
    page.consent.signer.choose("proxy")
    page.consent.signer.chosen.emit("proxy")
    page.go_on()
    assert page.at == 2
    assert page.focusWidget() is page.consent.document

    page.consent.document.setText("Leaflet 3")
    page.consent.signed.line.setText("2026-02-05")
    page.consent.relation.setText("Spouse")
    page.go_on()
    page.go_on()

    consents = case_of(desk, page.case_id).consents
    assert {c.scope for c in consents} == {Scope.TREATMENT, Scope.FOLLOW_UP}
    assert {(c.document, c.signer, c.relation) for c in consents} == {
        ("Leaflet 3", Signer.PROXY, "Spouse")
    }


def test_each_criterion_stands_with_verdict_value_and_source(page):
    at_eligibility(page)
    said = [label.text() for label in page.eligibility.findChildren(QLabel)]

    assert ("done", "Met") in chips(page.eligibility)
    assert ("open", "Not known yet") in chips(page.eligibility)
    assert "Traumatic" in said
    assert any("Met 1, not met 0" in text for text in said)


def test_what_the_referring_hospital_told_is_kept_as_reported(page, desk):
    person(page).go_on()
    told = injured(page).injury.told
    told.by.setText("Made-up hospital")
    page.go_on()
    assert page.at == 1  # by whom, but not what
    told.ais.choose("C")
    told.nli.choose("C6")
    told.on.line.setText("2026-01-31")
    page.go_on()
    assert (page.at, told.on.problem) == (
        1,
        "Before the injury: correct one of the dates.",
    )
    told.on.line.setText("2026-02-02")
    for _ in range(3):
        page.go_on()

    indication = case_of(desk, page.case_id).indication
    assert indication.facts["ais"] == "C"
    assert reported(indication.facts) == Referral(
        "C", "C6", date(2026, 2, 2), "Made-up hospital"
    )


def test_an_answer_decides_a_question_at_once(page):
    at_eligibility(page)
    before = chips(page.eligibility).count(("done", "Met"))
    fact = next(
        one.criterion.test.fact
        for one in page.eligibility.criteria._judged
        if one.criterion.test.fact.startswith("asked:")
    )
    page.eligibility.criteria._answer(fact, "yes")

    assert chips(page.eligibility).count(("done", "Met")) > before


def test_a_failed_criterion_asks_for_a_reason_and_becomes_a_deviation(page, desk):
    at_eligibility(page, cause="non-traumatic")
    assert ("overdue", "Not met") in chips(page.eligibility)
    page.go_on()
    assert page.case_id == ""
    assert len(subject_ids(desk, SubjectQuery())) == 0

    (field,) = page.eligibility.criteria.fields.values()
    assert field.problem
    field.input.setText("Decided by the board")
    page.go_back()
    page.go_on()
    page.go_on()

    (deviation,) = case_of(desk, page.case_id).deviations
    assert deviation.kind is DeviationKind.ELIGIBILITY
    assert deviation.reason == "Decided by the board"


def test_the_case_id_stands_large_at_the_end_and_enter_opens_it(page, desk):
    opened = []
    page.enrolled.connect(opened.append)
    at_eligibility(page).go_on()

    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert page.case_id in said
    assert opened == []
    page.go_on()
    assert opened == [page.case_id]
    case = case_of(desk, page.case_id)
    assert case.subject.injury_date == date(2026, 2, 1)
    assert case.indication is not None
    assert page.may_close()


def test_somebody_very_alike_is_asked_about_once_and_never_refused(page, desk):
    known = a_subject(desk, family_kana="ミホン", given_kana="タロウ")
    person(page, kana="みほん")
    page.who.given_kana.setText("たろう")
    page.who.birth.line.setText("1980-05-05")

    page.go_on()
    assert page.strip.isVisible()
    assert known.id in page.strip.said
    assert page.at == 0
    page.go_on()

    assert page.at == 1
