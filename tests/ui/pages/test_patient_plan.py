from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from registry_app.domain.consent import Scope
from registry_app.domain.course import (
    Contact,
    ContactOutcome,
    ContactWay,
    Deviation,
    DeviationKind,
    EndReason,
)
from registry_app.domain.subject import Arm
from registry_app.services.cases import case_of
from registry_app.services.consents import withdraw
from registry_app.services.courses import add_contact, contacts, set_comparison
from registry_app.services.deviations import add_deviation, deviations
from registry_app.services.forms import forms
from registry_app.services.kits import change
from registry_app.services.plans import UNSCHEDULED, subject_plan
from registry_app.services.protocol import protocol
from registry_app.services.subjects import correct_subject
from registry_app.services.trail import trail_entries
from registry_app.ui.charts import Chart
from registry_app.ui.dialogs.comparison import ComparisonDialog
from registry_app.ui.dialogs.consent import ConsentDialog, WithdrawDialog
from registry_app.ui.dialogs.contact import ContactDialog
from registry_app.ui.dialogs.dates import DatesDialog
from registry_app.ui.dialogs.deviation import DeviationDialog
from registry_app.ui.dialogs.end_follow_up import EndFollowUpDialog
from registry_app.ui.dialogs.form import FormDialog
from registry_app.ui.dialogs.hold import HoldDialog
from registry_app.ui.dialogs.new_exam import NewExamDialog, ask_new_exam
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.pages.patient import TABS, PatientPage
from registry_app.ui.pages.patient_contacts import ContactsTab
from registry_app.ui.pages.patient_documents import DocumentsTab
from registry_app.ui.pages.patient_treatment import TreatmentTab
from registry_app.ui.pages.patient_visits_tab import VisitsTab
from registry_app.ui.widgets import Chip
from tests.ui.pages.plan_room import (
    INJURED,
    a_patient,
    agreed,
    answer,
    dated,
    day,
    examined,
    ordered,
)


@pytest.fixture
def patient(desk):
    return a_patient(desk)


@pytest.fixture
def open_tab(qtbot, desk, words, look, changes, patient):
    def open_tab(name, kind):
        page = PatientPage(desk, words, look, changes, patient.id)
        qtbot.addWidget(page)
        page.resize(1298, 616)
        page.show()
        page.tabs.setCurrentIndex(TABS.index(name))
        tab = page.findChildren(kind)[-1]
        tab.page = page
        return tab

    return open_tab


def again(tab):
    """The tab that the page has made anew."""
    return tab.page.findChildren(type(tab))[-1]


def texts(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.text()]


def chips(widget):
    return [(chip.status, chip.text()) for chip in widget.findChildren(Chip)]


def newest_reason(desk):
    return trail_entries(desk)[0].reason


def press(widget, name):
    """Press the button that is named or worded so."""
    buttons = widget.findChildren(QPushButton)
    next(b for b in buttons if name in (b.accessibleName(), b.text())).click()


def rows(table):
    model = table.model()
    return {
        model.index(n, 0).data(): [
            model.index(n, at).data() for at in range(1, model.columnCount())
        ]
        for n in range(model.rowCount())
    }


# ── the timeline and the planned visits ──────────────────────────────────────────


def test_the_timeline_reads_exams_and_windows_by_day_and_leads_to_the_visit(
    qtbot, open_tab, desk, patient
):
    examined(desk, patient, 49, "baseline")
    tab = open_tab("visits", VisitsTab)
    page = tab.page
    chart = next(
        c for c in page.findChildren(Chart) if c.accessibleName() == "Timeline"
    )
    titles = [reading.title for reading in chart.readings]
    assert any(title.startswith("Baseline") for title in titles)
    counted = next(r for r in chart.readings if r.title.startswith("Day 49"))
    assert any(line.startswith("Counts for Baseline") for line in counted.lines)

    page.tabs.setCurrentIndex(0)
    at = next(n for n, t in enumerate(titles) if t.startswith("Primary endpoint"))
    chart.read(at)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Return)

    assert page.tabs.currentIndex() == TABS.index("visits")
    shown = page.findChildren(VisitsTab)[-1].planned
    assert any("Primary endpoint" in text for text in texts(shown._aside))


def test_each_planned_visit_says_its_window_its_state_and_the_exam_that_counts(
    open_tab, desk, patient
):
    examined(desk, patient, 47, "baseline")
    examined(desk, patient, 50, "baseline")
    tab = open_tab("visits", VisitsTab)
    found = next(v for k, v in rows(tab.planned.table).items() if "Baseline" in k)

    assert found[0] == f"{day(42)} to {day(56)}"
    assert found[1] == "42–56"
    assert found[2] == "Made"
    assert found[3].startswith(f"{day(50)}")


def test_the_detail_says_why_it_counts_what_else_was_examined_and_the_arithmetic(
    open_tab, desk, patient
):
    examined(desk, patient, 47, "baseline")
    examined(desk, patient, 50, "baseline")
    tab = open_tab("visits", VisitsTab)
    tab.show_visit("baseline")
    said = texts(tab.planned._aside)

    assert any("2" in text and "nearest" in text.lower() for text in said)
    assert f"Also examined in it: day 47, {day(47)}" in said
    assert INJURED.isoformat() in said
    assert day(49).isoformat() in said


def test_a_reason_outside_the_window_stands_with_the_visit(open_tab, desk, patient):
    examined(desk, patient, 60, "baseline", reason="Pneumonia")
    tab = open_tab("visits", VisitsTab)
    tab.show_visit("baseline")

    assert any("Pneumonia" in text for text in texts(tab.planned._aside))


def test_a_visit_whose_date_0_is_not_known_says_so(open_tab, desk):
    tab = open_tab("visits", VisitsTab)
    found = rows(tab.planned.table)
    unknown = [name for name, cells in found.items() if cells[2] == "Not known"]

    assert unknown
    assert all("date 0 not known yet" in found[name][0] for name in unknown)


def test_an_exam_is_begun_from_its_planned_visit(qtbot, open_tab, patient):
    tab = open_tab("visits", VisitsTab)
    asked = []
    tab.page.begin_exam.connect(lambda *told: asked.append(told))
    tab._begin("endpoint")

    assert asked == [(patient.id, "endpoint")]


def test_a_form_of_the_pack_is_recorded_and_a_wrong_number_stays_where_it_is(
    open_tab, desk, patient, words
):
    tab = open_tab("visits", VisitsTab)
    plan = next(p for p in tab._record.protocol.pack.forms if p.id == "wisci")
    (item,) = plan.items

    def fill(dialog):
        dialog.at.date.line.setText(day(50).isoformat())
        dialog.at.visit_box.choose(UNSCHEDULED)
        field = dialog.items.fields[item.id]
        if item.kind == "choice":
            field.input.setCurrentIndex(1)
        else:
            field.input.setText("999")
            dialog.accept()
            assert field.problem
            assert field.input.text() == "999"
            field.input.setText(str(item.least or 1))
        dialog.accept()
        assert dialog.result() == 1

    answer(FormDialog, fill)
    tab.record(plan)

    (entry,) = forms(desk, patient.id)
    assert entry.form.instrument == "wisci"
    assert rows(again(tab).forms)


# ── begin an exam ────────────────────────────────────────────────────────────────


def begin(qtbot, desk, words, look, patient, fill, visit=""):
    parent = QWidget()
    qtbot.addWidget(parent)
    answer(NewExamDialog, fill)
    return ask_new_exam(parent, desk, words, look, [], patient.id, visit)


def test_a_day_in_a_window_proposes_its_visit(qtbot, desk, words, look, patient):
    def fill(dialog):
        dialog.at.date.line.setText(day(50).isoformat())
        dialog.at.date.line.editingFinished.emit()
        assert dialog.at.visit_box.value == "baseline"
        assert dialog.at.chip.text() == "In window"
        assert not dialog.at.reason.isEnabled()
        dialog.accept()

    form = begin(qtbot, desk, words, look, patient, fill)
    assert form
    assert not case_of(desk, patient.id).deviations


def test_outside_its_window_it_names_what_the_day_fits_and_asks_why(
    qtbot, desk, words, look, patient
):
    def fill(dialog):
        dialog.at.date.line.setText(day(60).isoformat())
        dialog.at.date.line.editingFinished.emit()
        dialog.at.visit_box.choose("baseline")
        assert dialog.at.chip.text() == "Outside the window"
        assert "fits" in dialog.at.said.text()
        dialog.accept()
        assert dialog.result() == 0
        assert dialog.at.reason.problem
        dialog.at.reason.input.setText("Pneumonia")
        dialog.accept()

    assert begin(qtbot, desk, words, look, patient, fill)
    (deviation,) = case_of(desk, patient.id).deviations
    assert (deviation.rule, deviation.reason) == ("baseline", "Pneumonia")


# ── treatment ────────────────────────────────────────────────────────────────────


def test_the_dates_of_the_pack_are_recorded_and_a_correction_needs_a_reason(
    open_tab, desk, patient
):
    dated(desk, patient, marrow=20)
    tab = open_tab("treatment", TreatmentTab)

    def fill(dialog):
        dialog.fields["marrow"].line.setText(day(24).isoformat())
        dialog.accept()
        assert dialog.reason.problem
        dialog.reason.input.setText("Misread")
        dialog.accept()

    answer(DatesDialog, fill)
    tab.edit_dates()

    assert case_of(desk, patient.id).course.dates["marrow"] == day(24)
    assert f"{day(24)} · day 24" in texts(again(tab))


def test_a_kit_shows_dose_lot_and_cells_per_kg(open_tab, desk, patient):
    kit = ordered(desk, patient)
    given = replace(
        kit,
        lot="LOT-1",
        given_on=day(45),
        route="Intravenous",
        amounts={"cells": "1.2e8", "weight": "60", "flow": "0.8"},
    )
    reasons = dict.fromkeys(_criteria(desk), "Shown")
    change(desk, given, reasons=reasons)
    said = texts(open_tab("treatment", TreatmentTab))

    assert {"LOT-1", "Intravenous", "1.20×10⁸ cells", "2.00×10⁶ cells/kg"} <= set(said)
    assert "0.8 mL/min" in said


def _criteria(desk):
    return [criterion.id for criterion in protocol(desk).pack.criteria]


def test_criteria_stand_as_they_were_judged_at_enrolment(open_tab, desk, patient):
    examined(desk, patient, 10, UNSCHEDULED)
    tab = open_tab("treatment", TreatmentTab)

    assert ("done", "Met") in chips(tab)
    assert ("open", "Not known yet") in chips(tab)
    assert any("as judged on" in text for text in texts(tab))


def test_a_deviation_is_recorded_with_its_reason(open_tab, desk, patient):
    tab = open_tab("treatment", TreatmentTab)

    def fill(dialog):
        dialog.accept()
        assert dialog.because.problem
        dialog.because.input.setText("Stored too warm")
        dialog.accept()

    answer(DeviationDialog, fill)
    tab.deviate()

    assert "Deviations 1" in texts(again(tab))
    assert "Reason: Stored too warm" in texts(again(tab))


def test_a_deviation_is_corrected_for_a_reason_beside_its_own(open_tab, desk, patient):
    kind, day_ = DeviationKind.OTHER, day(30)
    add_deviation(desk, Deviation("", patient.id, kind, "", day_, "Stored too warm"))
    tab = open_tab("treatment", TreatmentTab)

    def fill(dialog):
        assert dialog.because.input.text() == "Stored too warm"
        assert dialog.on.take() == day_
        dialog.because.input.setText("Thawed too early")
        dialog.accept()
        assert dialog.why.problem
        dialog.why.input.setText("Misread the log")
        dialog.accept()

    answer(DeviationDialog, fill)
    press(tab, f"Correct: Other, {day_}")

    (deviation,) = deviations(desk, patient.id)
    assert (deviation.reason, deviation.version) == ("Thawed too early", 2)
    assert newest_reason(desk) == "Misread the log"


@pytest.fixture
def comparison(desk):
    return a_patient(desk, arm=Arm.COMPARISON, hospital_number="9")


def test_a_comparison_patient_has_its_source_in_the_place_of_kits(
    qtbot, desk, words, look, changes, comparison
):
    variable = "age"
    set_comparison(desk, comparison.id, "Same site", {variable: "40"})
    page = PatientPage(desk, words, look, changes, comparison.id)
    qtbot.addWidget(page)
    page.show()
    page.tabs.setCurrentIndex(TABS.index("treatment"))
    tab = page.findChild(TreatmentTab)
    assert {"Same site", "40"} <= set(texts(tab))
    assert "Kits" not in texts(tab)

    def fill(dialog):
        dialog.matched.input.setText("nobody")
        dialog.reason.input.setText("Matched later")
        dialog.accept()
        assert dialog.matched.problem
        dialog.matched.input.setText("")
        dialog.source.input.setText("Other site")
        dialog.accept()

    answer(ComparisonDialog, fill)
    tab.edit_comparison()
    assert case_of(desk, comparison.id).course.source == "Other site"


# ── documents ────────────────────────────────────────────────────────────────────


def test_without_consents_it_says_what_may_not_be_done(open_tab, patient):
    tab = open_tab("documents", DocumentsTab)

    assert chips(tab) == [("blocked", "Not allowed")] * 3
    assert not tab.withdraw_button.isEnabled()


def test_a_consent_is_recorded_and_the_banner_says_so(open_tab, desk, patient):
    tab = open_tab("documents", DocumentsTab)

    def fill(dialog):
        dialog.scope.choose(str(Scope.FOLLOW_UP))
        dialog.signed.line.setText(day(2).isoformat())
        dialog.accept()
        assert dialog.document.problem
        dialog.document.input.setText("Leaflet 3")
        dialog.signer.choose("proxy")
        dialog._signer_chosen("proxy")
        dialog.accept()
        assert dialog.relation.problem
        dialog.relation.input.setText("Spouse")
        dialog.accept()

    answer(ConsentDialog, fill)
    tab.add()

    found = rows(again(tab).table)["Follow-up"]
    assert found[0] == "Leaflet 3"
    assert "Proxy (Spouse)" in found
    facts = [(fact.status, fact.value) for fact in tab.page.facts]
    assert ("done", "Consent to follow-up") in facts


def test_a_withdrawal_says_first_what_it_ends_and_what_stays(open_tab, desk, patient):
    agreed(desk, patient, Scope.PROVISION)
    tab = open_tab("documents", DocumentsTab)

    def fill(dialog):
        said = " ".join(texts(dialog))
        assert "exports for others leave this case out" in said
        assert "Records of adverse events" in said
        dialog.accept()
        assert dialog.note.problem
        dialog.note.input.setText("By letter of the patient")
        dialog.accept()

    answer(WithdrawDialog, fill)
    tab.withdraw_button.click()

    (consent,) = case_of(desk, patient.id).consents
    assert consent.withdrawal_note == "By letter of the patient"
    assert not again(tab).withdraw_button.isEnabled()


def test_a_consent_is_corrected_for_a_reason(open_tab, desk, patient):
    agreed(desk, patient)
    tab = open_tab("documents", DocumentsTab)

    def fill(dialog):
        assert dialog.document.input.text() == "Leaflet 3"
        assert dialog.scope.value == str(Scope.FOLLOW_UP)
        dialog.document.input.setText("Leaflet 4")
        dialog.accept()
        assert dialog.why.problem
        dialog.why.input.setText("Wrong version")
        dialog.accept()

    answer(ConsentDialog, fill)
    tab.correct_button.click()

    (consent,) = case_of(desk, patient.id).consents
    assert (consent.document, consent.signed_on) == ("Leaflet 4", day(2))
    assert newest_reason(desk) == "Wrong version"


def test_a_withdrawal_by_mistake_is_taken_back_and_the_consent_holds_again(
    open_tab, desk, patient
):
    consent = agreed(desk, patient)
    withdraw(desk, consent.id, day(40), "By letter")
    tab = open_tab("documents", DocumentsTab)
    assert ("blocked", "Not allowed") in chips(tab)

    def fill(dialog):
        assert dialog.withdrawn.take() == day(40)
        dialog.withdrawn.line.setText(day(1).isoformat())
        dialog.why.input.setText("Letter of somebody else")
        dialog.accept()
        assert dialog.withdrawn.problem
        dialog.withdrawn.line.clear()
        dialog.accept()

    answer(ConsentDialog, fill)
    tab.correct_button.click()

    (consent,) = case_of(desk, patient.id).consents
    assert (consent.withdrawn_on, consent.withdrawal_note) == (None, "")
    assert ("done", "Allowed") in chips(again(tab))


def test_the_day_until_which_records_are_kept_is_said_with_every_rule(
    open_tab, desk, patient
):
    treated = replace(patient, treatment_date=day(49))
    correct_subject(desk, treated, "chart")
    tab = open_tab("documents", DocumentsTab)
    said = texts(tab.retention)

    assert "Kept until 2056-02-28" in said
    assert any(text.endswith("until 2046-02-28") for text in said)
    assert chips(tab.retention) == [("due", "To confirm")]


def test_a_legal_hold_is_set_and_lifted_for_a_reason(open_tab, desk, patient):
    first = open_tab("documents", DocumentsTab)

    def hold(dialog):
        dialog.accept()
        assert dialog.why.problem
        dialog.why.input.setText("Lawsuit")
        dialog.accept()

    answer(HoldDialog, hold)
    first.retention.deed_button.click()
    tab = again(first)
    assert ("blocked", "Legal hold") in chips(tab.retention)
    assert newest_reason(desk) == "Lawsuit"

    def lift(dialog):
        today = dialog.on.line.text()
        dialog.on.line.setText(day(1).isoformat())
        dialog.why.input.setText("Settled")
        dialog.accept()
        assert dialog.on.problem
        dialog.on.line.setText(today)
        dialog.accept()

    answer(HoldDialog, lift)
    tab.retention.deed_button.click()

    (held,) = case_of(desk, patient.id).holds
    assert (held.why, held.lifted_why) == ("Lawsuit", "Settled")
    assert ("blocked", "Legal hold") not in chips(again(first).retention)


# ── contacts ─────────────────────────────────────────────────────────────────────


def test_a_contact_is_logged_with_the_day_to_try_again(open_tab, desk, patient):
    tab = open_tab("contacts", ContactsTab)

    def fill(dialog):
        dialog.outcome.input.choose(str(ContactOutcome.NOT_REACHED))
        dialog.again.line.setText("2020-01-01")
        dialog.accept()
        assert dialog.again.problem
        dialog.again.line.setText("2026-05-01")
        dialog.accept()

    answer(ContactDialog, fill)
    tab.add()

    (contact,) = contacts(desk, patient.id)
    assert contact.again_on.isoformat() == "2026-05-01"
    assert any("Not reached" in text for text in texts(again(tab)))


def test_a_contact_is_corrected_for_a_reason(open_tab, desk, patient):
    outcome = ContactOutcome.NOT_REACHED
    told = {"by": "kato", "again_on": day(70), "note": "Busy"}
    add_contact(
        desk, Contact("", patient.id, day(60), ContactWay.MAIL, outcome, **told)
    )
    tab = open_tab("contacts", ContactsTab)

    def fill(dialog):
        assert dialog.on.take() == day(60)
        assert dialog.way.input.value == str(ContactWay.MAIL)
        assert dialog.again.take() == day(70)
        dialog.outcome.input.choose(str(ContactOutcome.REACHED))
        dialog.accept()
        assert dialog.why.problem
        dialog.why.input.setText("Was another patient")
        dialog.accept()

    answer(ContactDialog, fill)
    press(tab, "Correct...")

    (contact,) = contacts(desk, patient.id)
    assert (contact.outcome, contact.note) == (ContactOutcome.REACHED, "Busy")
    assert newest_reason(desk) == "Was another patient"


def test_the_end_of_a_follow_up_says_how_many_windows_end_and_can_be_undone(
    open_tab, desk, patient
):
    tab = open_tab("contacts", ContactsTab)

    def fill(dialog):
        day = dialog.on.take()
        ends = [
            window
            for window in subject_plan(desk, patient.id).windows
            if window.counted is None and window.last >= day
        ]
        assert dialog._effect.text().startswith("Windows that have not closed")
        assert f"end with it: {len(ends)}." in dialog._effect.text()
        dialog.reason.input.choose(str(EndReason.TRANSFERRED))
        dialog.alive.line.setText("2026-04-01")
        dialog.accept()
        assert dialog.to.problem
        dialog.to.input.setText("Other hospital")
        dialog.accept()

    answer(EndFollowUpDialog, fill)
    tab.end()
    tab = tab.page.findChildren(ContactsTab)[-1]
    tab.page = tab.window()
    assert ("blocked", "Ended: Transferred") in chips(tab)
    facts = [(fact.status, fact.value) for fact in tab.page.facts]
    assert ("blocked", "Follow-up ended: Transferred") in facts

    def go_on(dialog):
        dialog.accept()
        assert dialog.reason.problem
        dialog.reason.input.setText("Came back")
        dialog.accept()

    answer(ReasonDialog, go_on)
    tab.resume()
    assert ("now", "Followed up") in chips(again(tab))
