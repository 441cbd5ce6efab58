from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
)

from registry_app.domain.safety import (
    CaseState,
    CaseVersion,
    Expectedness,
    Judged,
    Seriousness,
    Suspect,
)
from registry_app.services.safety import case_file, safety_cases
from registry_app.services.safety_deeds import save_case
from registry_app.services.trail import trail_entries
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.dialogs.safety_case import NewEventDialog, TakeDialog
from registry_app.ui.dialogs.safety_version import (
    LetterDialog,
    SentDialog,
    VersionDialog,
)
from registry_app.ui.look import Look
from registry_app.ui.pages.safety_case import SafetyCasePage
from registry_app.words import Language, Words
from tests.builders import a_registry
from tests.ui.pages.plan_room import a_patient, answer
from tests.ui.pages.safety_room import HOLDER, a_case, a_foreign_action, a_signal


@pytest.fixture
def patient(desk):
    return a_patient(desk, treatment_date=date(2026, 3, 1))


@pytest.fixture
def show(qtbot, desk, words, look, changes):
    def shown(case):
        page = SafetyCasePage(desk, words, look, changes, case.id)
        qtbot.addWidget(page)
        page.resize(1298, 617)
        page.show()
        page.activateWindow()
        return page

    return shown


@pytest.fixture
def page(show, desk, patient):
    return show(a_case(desk, patient))


def saved(page):
    return case_file(page.desk, page.number)


def said(page):
    return " | ".join(page.aside.lines)


def part(page, name):
    page.form.go_to(name)
    return page.form.parts[name]


def save(qtbot, page, in_the_way=lambda: None):
    """Ctrl+S; `in_the_way` answers the dialog that is to open then."""
    page.activateWindow()  # it was another one's while a dialog was open
    qtbot.waitUntil(page.isActiveWindow)
    in_the_way()
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def press(segments, qtbot, key=Qt.Key.Key_Right):
    """By keys: the first choice is taken, then the next."""
    segments.setFocus()
    qtbot.keyClick(segments.focusProxy(), key)


def box_says(button_role):
    def found():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(b for b in box.buttons() if box.buttonRole(b) is button_role).click()

    QTimer.singleShot(0, found)


# ── what is always in view ───────────────────────────────────────────────────────


def test_class_why_and_both_clocks_stand_beside_every_tab(page):
    assert "Expectedness is undecided: taken as unexpected" in said(page)
    assert "If it were expected: E6" in said(page)
    assert "day 9 of 15 | 2026-04-07" in said(page)
    assert "MAH | day 9 of 15" in said(page)
    assert "Hospital | day 12 of 15" in said(page)
    assert "A guide, not a legal deadline" in said(page)
    assert "to confirm" in said(page)  # nobody has confirmed those rules
    assert "The relief service may cover this" in said(page)


def test_the_class_follows_a_judgement_before_it_is_saved(qtbot, page):
    expected = part(page, "expected")
    press(expected.expected, qtbot)
    assert expected.expected.value == Expectedness.EXPECTED.value
    qtbot.waitUntil(lambda: "If it were expected" not in said(page))

    labels = [each.text() for each in page.aside.findChildren(QLabel)]
    assert "E6" in labels
    assert saved(page).classed.event_class == "E2"


def test_who_judges_against_the_label_is_offered_the_one_in_force(qtbot, page):
    expected = part(page, "expected")
    assert expected.in_force.text() == "In force at onset: 3"
    press(expected.expected, qtbot)

    assert expected.label.input.text() == "3"


def test_a_judgement_without_a_label_is_refused_where_it_is_missing(qtbot, page):
    expected = part(page, "expected")
    press(expected.expected, qtbot)
    expected.label.input.clear()
    page.form.go_to("event")

    save(qtbot, page)

    assert page.form.tabs.currentIndex() == 3
    assert expected.label.problem
    assert page.unsaved
    assert saved(page).events[0].expected is Expectedness.UNDECIDED


# ── the form ─────────────────────────────────────────────────────────────────────


def test_none_of_them_answers_all_six_criteria_with_no(qtbot, page):
    serious = part(page, "serious")
    qtbot.keyClick(serious.none, Qt.Key.Key_Return)
    assert serious.found.text() == "Not serious"
    save(qtbot, page)

    (event,) = saved(page).events
    assert event.serious == {one.value: False for one in Seriousness}
    assert event.is_serious is False
    assert not page.unsaved


def test_one_open_criterion_still_counts_as_serious(qtbot, page):
    serious = part(page, "serious")
    serious.none.click()
    press(serious.criteria[Seriousness.DEATH], qtbot, Qt.Key.Key_Space)
    assert serious.criteria[Seriousness.DEATH].value == ""

    assert serious.found.text() == "Not judged: taken as serious"


def test_causality_is_judged_by_both_for_each_suspect_by_keys(qtbot, page):
    cause = part(page, "cause")
    page.form.tabs.setFocus()
    qtbot.keyClick(page.form.tabs, Qt.Key.Key_Return)
    for judge in ("reporter", "holder"):
        for suspect in Suspect:
            for _ in range(3):
                press(cause.judges[judge][suspect], qtbot)
    save(qtbot, page)

    file = saved(page)
    told = {one.value: Judged.RULED_OUT for one in Suspect}
    assert (file.events[0].by_reporter, file.events[0].by_holder) == (told, told)
    assert not file.events[0].suspected


def test_days_after_injury_and_treatment_are_counted_as_the_onset_is_typed(page):
    what = part(page, "event")
    assert what.days.text() == "day 68 after injury · day 18 after treatment"
    what.onset.line.setText("R8.3.31")

    assert what.days.text() == "day 80 after injury · day 30 after treatment"


def test_an_end_before_the_onset_is_refused_beside_its_field(qtbot, page):
    what = part(page, "event")
    qtbot.keyClicks(what.ended.line, "2026-03-01")
    save(qtbot, page)

    assert what.ended.problem
    assert saved(page).events[0].ended is None


def test_a_coded_term_is_kept_with_its_dictionary_and_version(qtbot, page):
    what = part(page, "event")
    for name, text in (
        ("dictionary", "Made-up terms"),
        ("version", "1.0"),
        ("code", "X1"),
        ("text", "Fever"),
    ):
        qtbot.keyClicks(what.coded[name].input, text)
    save(qtbot, page)

    assert saved(page).events[0].coded == {
        "dictionary": "Made-up terms",
        "version": "1.0",
        "code": "X1",
        "text": "Fever",
    }


def test_tests_are_added_line_by_line_and_one_needs_its_name(qtbot, page):
    tests = part(page, "tests")
    qtbot.keyClick(tests.add_button, Qt.Key.Key_Return)
    texts, day = tests.lines[0]
    qtbot.waitUntil(lambda: page.focusWidget() is texts["name"])
    qtbot.keyClicks(texts["value"], "12")
    save(qtbot, page)
    assert day.problem == "Name the test."

    qtbot.keyClicks(texts["name"], "CRP")
    qtbot.keyClicks(texts["unit"], "mg/L")
    day.line.setText("2026-03-20")
    save(qtbot, page)

    (event,) = saved(page).events
    found = event.tests["1"]
    assert (found.name, found.value, found.unit) == ("CRP", "12", "mg/L")
    assert found.on == date(2026, 3, 20)


def test_the_story_is_typed_on_several_lines(qtbot, page):
    story = part(page, "story")
    edit = story.texts["narrative"].edit
    qtbot.keyClicks(edit, "First")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClicks(edit, "second")
    save(qtbot, page)

    assert saved(page).case.narrative == "First\nsecond"


def test_a_class_chosen_by_hand_needs_why(qtbot, page):
    head = part(page, "head")
    head.class_.input.choose("E4")
    save(qtbot, page)
    assert head.class_why.problem

    qtbot.keyClicks(head.class_why.input, "A culture is pending")
    save(qtbot, page)

    assert saved(page).classed.event_class == "E4"
    assert "chosen by a person" in said(page)


def test_what_stood_there_is_changed_only_with_a_reason(qtbot, page):
    head = part(page, "head")
    head.title.input.clear()
    qtbot.keyClicks(head.title.input, "Fever after the infusion")

    save(qtbot, page, lambda: answer(ReasonDialog, lambda dialog: dialog.reject()))
    assert page.unsaved
    assert head.title.input.text() == "Fever after the infusion"

    def say_why(dialog):
        qtbot.keyClicks(dialog.reason.input, "Clearer")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    save(qtbot, page, lambda: answer(ReasonDialog, say_why))

    assert saved(page).case.title == "Fever after the infusion"
    reasons = {entry.reason for entry in trail_entries(page.desk, "safety_case")}
    assert "Clearer" in reasons


# ── several events ───────────────────────────────────────────────────────────────


def test_another_event_is_added_and_what_was_typed_of_each_is_kept(qtbot, page):
    def fill(dialog):
        qtbot.keyClicks(dialog.what.input, "Made-up rash")
        dialog.accept()

    answer(NewEventDialog, fill)
    page.deeds.add_event()
    assert page.form.event_box.count() == 2

    what = part(page, "event")
    qtbot.keyClicks(what.treatment.input, "Cooling")
    page.form.event_box.setCurrentIndex(1)
    page.form.event_box.activated.emit(1)
    assert what.what.input.text() == "Made-up rash"
    qtbot.keyClicks(what.treatment.input, "Ointment")
    page.form.event_box.setCurrentIndex(0)
    page.form.event_box.activated.emit(0)
    assert what.treatment.input.text() == "Cooling"
    save(qtbot, page)

    told = {event.what: event.treatment for event in saved(page).events}
    assert told == {"Made-up fever": "Cooling", "Made-up rash": "Ointment"}


def test_a_case_without_an_event_asks_nothing_of_one(show, desk):
    page = show(a_foreign_action(desk))

    assert not part(page, "serious").isEnabled()
    assert part(page, "story").isEnabled()
    assert page.subject_id == ""
    assert "relief" not in said(page)


# ── never lost ───────────────────────────────────────────────────────────────────


def test_leaving_asks_and_staying_keeps_what_was_typed(qtbot, page):
    head = part(page, "head")
    qtbot.keyClicks(head.reporter.input, "Ward nurse")

    box_says(QMessageBox.ButtonRole.RejectRole)
    assert not page.may_close()
    assert head.reporter.input.text() == "Ward nurse"

    box_says(QMessageBox.ButtonRole.AcceptRole)
    assert page.may_close()
    assert saved(page).case.reporter == "Ward nurse"


def test_throwing_away_leaves_the_case_as_it_was(qtbot, page):
    qtbot.keyClicks(part(page, "head").reporter.input, "Nobody")

    box_says(QMessageBox.ButtonRole.DestructiveRole)

    assert page.may_close()
    assert saved(page).case.reporter == ""


def test_a_change_that_was_taken_back_is_nothing_to_ask_about(qtbot, page):
    line = part(page, "head").reporter.input
    qtbot.keyClicks(line, "x")
    qtbot.keyClick(line, Qt.Key.Key_Backspace)

    assert page.may_close()


def test_what_is_typed_stays_while_the_case_changes_elsewhere(
    qtbot, page, desk, changes
):
    qtbot.keyClicks(part(page, "head").reporter.input, "Ward nurse")
    save_case(desk, replace(saved(page).case, narrative="x"))
    changes.plan.emit()

    assert part(page, "head").reporter.input.text() == "Ward nurse"
    with qtbot.waitSignal(page.refused):
        save(qtbot, page)
    assert page.unsaved


# ── drafts, versions, letters ────────────────────────────────────────────────────


def test_a_draft_is_taken_as_a_case_and_its_clock_begins(qtbot, show, desk, patient):
    a_signal(desk, patient)
    (line,) = safety_cases(desk)
    page = show(line.case)
    assert "No clock of a draft runs yet" in said(page)
    take = next(
        b for b in page.aside.findChildren(QPushButton) if b.text().startswith("Take")
    )

    def fill(dialog):
        dialog.accept()
        assert dialog.why.problem
        dialog.hospital.line.setText("2026-03-28")
        dialog.holder.line.setText("2026-03-30")
        qtbot.keyClicks(dialog.why.input, "Oxygen was needed")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answer(TakeDialog, fill)
    with qtbot.waitSignal(page.done):
        qtbot.keyClick(take, Qt.Key.Key_Return)

    file = saved(page)
    assert file.case.state is CaseState.OPEN
    assert "MAH | day 2 of 15 | 2026-04-14" in said(page)
    assert page.focusWidget() is page.form.tabs


def test_a_draft_that_is_no_case_stays_with_the_reason(qtbot, show, desk, patient):
    a_signal(desk, patient)
    (line,) = safety_cases(desk)
    page = show(line.case)

    def fill(dialog):
        dialog.accept()
        assert dialog.result() == 0  # nothing without a reason
        qtbot.keyClicks(dialog.reason.input, "The probe was off")
        dialog.accept()

    answer(ReasonDialog, fill)
    page.deeds.dismiss()

    file = saved(page)
    assert file.case.state is CaseState.NOT_A_CASE
    assert "The probe was off" in said(page)


def test_a_case_with_a_running_clock_is_not_closed(page):
    seen = []

    def fill(dialog):
        dialog.reason.input.setText("Recovered")
        dialog.accept()
        seen.append(dialog.strip.said)

    answer(ReasonDialog, fill)
    page.deeds.close()

    assert seen[0]
    assert saved(page).case.state is CaseState.OPEN


def test_later_information_restarts_the_clock_and_is_sent_with_its_receipt(qtbot, page):
    def later(dialog):
        dialog.day0.line.setText("2026-03-30")
        dialog.accept()
        assert dialog.what.problem  # later information says what is new
        qtbot.keyClicks(dialog.what.input, "CT is back")
        dialog.accept()

    answer(VersionDialog, later)
    page.deeds.add_version()
    versions = saved(page).case.versions
    assert versions["2"].day0 == date(2026, 3, 30)
    assert "day 2 of 15" in said(page)

    def sent(dialog):
        dialog.on.line.setText("2026-04-01")
        qtbot.keyClicks(dialog.receipt.input, "PMDA-1")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    page.form.go_to("versions")
    table = page.form._places.currentWidget().widget().table
    table.selectRow(0)
    answer(SentDialog, sent)
    qtbot.keyClick(table, Qt.Key.Key_Return)

    first = saved(page).case.versions["1"]
    assert (first.sent_on, first.receipt) == (date(2026, 4, 1), "PMDA-1")
    assert "done" in said(page)


def test_a_case_that_the_holder_does_not_know_gets_its_first_version(
    show, desk, patient
):
    page = show(a_case(desk, patient, versions={}))
    assert "Notice to the approval holder" in " ".join(
        each.text() for each in page.aside.findChildren(QLabel)
    )

    def fill(dialog):
        assert not dialog.significant.isVisible()
        dialog.day0.line.setText(HOLDER.isoformat())
        dialog.accept()

    answer(VersionDialog, fill)
    page.deeds.add_version()

    assert saved(page).case.versions["1"] == CaseVersion(HOLDER, event_class="E2")


def test_a_letter_is_recorded_with_its_receipt_number(qtbot, page):
    def fill(dialog):
        dialog.accept()
        assert dialog.who.problem
        for field, text in (
            (dialog.who, "PMDA"),
            (dialog.way, "Online"),
            (dialog.about, "A question"),
            (dialog.receipt, "Q-7"),
        ):
            qtbot.keyClicks(field.input, text)
        dialog.incoming.choose("in")
        dialog.accept()

    answer(LetterDialog, fill)
    page.deeds.add_letter()

    (letter,) = saved(page).letters
    assert (letter.who, letter.incoming, letter.receipt) == ("PMDA", True, "Q-7")


def test_what_is_typed_is_saved_before_anything_is_done(qtbot, page):
    qtbot.keyClicks(part(page, "head").reporter.input, "Ward nurse")
    answer(LetterDialog, lambda dialog: dialog.reject())
    page.deeds.add_letter()

    assert saved(page).case.reporter == "Ward nurse"


def test_the_report_of_the_case_is_asked_for_once_it_is_saved(qtbot, page):
    qtbot.keyClicks(part(page, "head").reporter.input, "Ward nurse")
    with qtbot.waitSignal(page.open_report) as asked:
        qtbot.keyClick(page.report_button, Qt.Key.Key_Return)

    assert asked.args == ["case-report", page.number]
    assert saved(page).case.reporter == "Ward nurse"


# ── SpO2 ─────────────────────────────────────────────────────────────────────────


def test_the_curve_that_opened_the_draft_is_read_by_keys(qtbot, show, desk, patient):
    a_signal(desk, patient)
    (line,) = safety_cases(desk)
    page = show(line.case)
    page.form.go_to("lung")
    lung = page.form._places.currentWidget().widget()
    (figure,) = lung.figures
    texts = [each.text() for each in lung.findChildren(QLabel)]
    assert "opened this case" in texts
    assert any(text.startswith("Signal: ") for text in texts)

    figure.chart.setFocus()
    for _ in range(2):
        qtbot.keyClick(figure.chart, Qt.Key.Key_Right)
    assert figure.chart.reading.sentence == "86 % · 30 min · past a threshold"

    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(figure.chart, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert figure.as_table
    model = figure.numbers.model()
    assert [model.index(0, at).data() for at in range(2)] == ["before", "98"]


def test_a_patient_without_such_values_is_told_where_they_are_written(page, words):
    page.form.go_to("lung")
    lung = page.form._places.currentWidget().widget()

    (none,) = [each.text() for each in lung.findChildren(QLabel)]
    assert none == words("safety_page.lung-none")


def test_a_case_out_of_scope_is_said_not_reportable_with_the_reason(qtbot, page):
    head = part(page, "head")
    press(head.reportable, qtbot)

    def say_why(dialog):
        qtbot.keyClicks(dialog.reason.input, "Another product")
        dialog.accept()

    save(qtbot, page, lambda: answer(ReasonDialog, say_why))

    assert saved(page).case.reportable is False
    assert not any(clock.runs and clock.legal for clock in saved(page).clocks)


def test_a_receipt_may_come_after_the_report_was_sent(qtbot, page):
    answer(SentDialog, lambda dialog: dialog.accept())
    page.deeds.record_sent("1")
    page.form.go_to("versions")
    view = page.form._places.currentWidget().widget()
    assert view.sent_button.isEnabled()

    def receipt(dialog):
        assert dialog.on.line.text() == "2026-04-01"
        qtbot.keyClicks(dialog.receipt.input, "PMDA-9")
        dialog.accept()

    answer(SentDialog, receipt)
    view.sent_button.click()

    assert saved(page).case.versions["1"].receipt == "PMDA-9"
    view = page.form._places.currentWidget().widget()
    assert not view.sent_button.isEnabled()


def test_a_report_of_the_hospitals_own_is_recorded_without_a_version(
    qtbot, tmp_path, words, look, changes
):
    desk = a_registry(tmp_path / "ipsc.registry", pack="ipsc-npc-sci")
    case = a_case(desk, judged=True, versions={})
    page = SafetyCasePage(desk, words, look, changes, case.id)
    qtbot.addWidget(page)
    page.show()
    page.form.go_to("versions")
    view = page.form._places.currentWidget().widget()
    answer(SentDialog, lambda dialog: dialog.accept())
    view.sent_button.click()

    found = saved(page)
    done = {clock.rule: clock.done for clock in found.clocks}
    assert done["D15"] == date(2026, 4, 1)
    assert found.case.versions == {}
    desk.close()


@pytest.mark.parametrize("language", Language)
def test_at_twice_the_size_of_text_nothing_hides_beside_the_page(
    qtbot, qapp, desk, look, changes, patient, language
):
    case = a_case(desk, patient)
    large = Look(text_size=200)
    large.apply(qapp)
    page = SafetyCasePage(desk, Words(language), large, changes, case.id)
    qtbot.addWidget(page)
    page.resize(1366 - large.px(68), 500)  # what the rail leaves of a small screen
    page.show()
    qapp.processEvents()
    areas = [one for one in page.findChildren(QScrollArea) if one.isVisible()]
    hidden = [one.horizontalScrollBar().maximum() for one in areas]
    look.apply(qapp)

    assert hidden
    assert not any(hidden)
