from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMessageBox

from registry_app.domain.subject import Arm, Sex
from registry_app.domain.visit import Blinding
from registry_app.services.obligations import ledger_on
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from registry_app.ui import outside
from registry_app.ui.dialogs.new_exam import NewExamDialog
from registry_app.ui.dialogs.report import ReportDialog
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.enrol import EnrolPage
from registry_app.ui.pages.kits import KitsPage
from registry_app.ui.pages.obligations import ObligationsPage
from registry_app.ui.pages.patient import PatientPage
from registry_app.ui.pages.patients import PatientsPage
from registry_app.ui.pages.plan_settings import PlanSettingsPage
from registry_app.ui.pages.reports import ReportsPage
from registry_app.ui.pages.safety import SafetyPage
from registry_app.ui.pages.settings import SettingsPage
from registry_app.ui.pages.today import TodayPage
from registry_app.ui.pages.trail import TrailPage
from registry_app.ui.pages.worksheet import WorksheetPage
from tests.builders import a_draft, a_subject, an_exam


@pytest.fixture
def patient(desk):
    subject = a_subject(desk, family_kana="ミホン", given_kana="タロウ")
    an_exam(desk, subject, R_M_L2="3")
    return subject


def forget(window):
    """Nothing is to be asked when the window of a test closes."""
    if isinstance(window.page, EnrolPage):
        window.page.case_id = "done"


@pytest.fixture
def window(qtbot, desk, words, look, changes, patient):
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window, before_close_func=forget)
    window.show()
    window.activateWindow()
    window.show_patients()
    return window


def answer(dialog_type, do):
    """Do something to the dialog that is about to open."""

    def found():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, dialog_type)
        do(dialog)

    QTimer.singleShot(0, found)


def test_enter_opens_the_patient_and_the_banner_says_who_it_is(qtbot, window, patient):
    qtbot.keyClick(window.patients.table, Qt.Key.Key_Return)

    assert isinstance(window.page, PatientPage)
    assert window.banner.isVisible()
    values = [fact.value for fact in window.facts()]
    assert values[:2] == [patient.id, "ミホン タロウ"]
    assert patient.id in window.windowTitle()


def test_the_title_of_the_window_says_where_one_is(window, desk, patient, words):
    form = open_subject(desk, patient.id).exams[0].form
    titles = []
    for go in (
        window.show_patients,
        lambda: window.open_subject(patient.id),
        lambda: window.open_exam(form.id),
        window.enrol,
        window.show_settings,
    ):
        go()
        titles.append(window.windowTitle())

    assert len(set(titles)) == len(titles)
    assert all(title.endswith(words("app.title")) for title in titles)


def test_no_banner_stands_above_a_page_of_no_patient(qtbot, window, patient):
    window.open_subject(patient.id)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert window.page is window.patients
    assert not window.banner.isVisible()


def test_back_leads_from_the_sheet_to_its_patient_to_the_list(window, desk, patient):
    form = open_subject(desk, patient.id).exams[0].form
    window.open_exam(form.id)
    assert isinstance(window.page, WorksheetPage)

    window.go_back()
    assert isinstance(window.page, PatientPage)
    window.go_back()

    assert window.page is window.patients
    window.go_back()
    assert window.page is window.patients


def test_the_state_of_the_sheet_stands_in_the_bar(window, desk, patient):
    window.open_exam(a_draft(desk, patient, code="later").id)

    assert window.bar.state.isVisible()
    assert window.bar.state.text()

    window.show_patients()
    assert not window.bar.state.isVisible()


def test_a_patient_is_enrolled_by_keyboard_alone(qtbot, window, desk):
    before = len(subject_ids(desk, SubjectQuery()))
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = window.page
    assert isinstance(page, EnrolPage)

    def typed(text):
        qtbot.keyClicks(QApplication.focusWidget(), text)

    def enter(times=1):
        for _ in range(times):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    def press(key):
        qtbot.keyClick(QApplication.focusWidget(), key)

    def go_on():
        control = Qt.KeyboardModifier.ControlModifier
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, control)

    enter(4)  # names and kana
    typed("S55.5.6")
    enter()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    enter()
    typed("0099")
    go_on()
    typed("R8.2.1")
    enter(2)
    press(Qt.Key.Key_Right)
    go_on()  # to the consent, which comes later
    go_on()
    go_on()
    assert page.case_id
    assert QApplication.focusWidget() is page.go
    enter()

    assert isinstance(window.page, PatientPage)
    assert len(subject_ids(desk, SubjectQuery())) == before + 1
    enrolled = open_subject(desk, window.page.subject_id)
    assert enrolled.subject.injury_date == date(2026, 2, 1)
    assert enrolled.subject.sex is Sex.FEMALE
    assert enrolled.identity.birth_date == date(1980, 5, 6)
    assert enrolled.identity.hospital_number == "0099"


def throw_away(box):
    (button,) = (
        button
        for button in box.buttons()
        if box.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole
    )
    button.click()


def test_leaving_what_was_typed_is_asked_first(window):
    window.enrol()
    enrol_page = window.page
    enrol_page.who.family_kana.setText("べつ")
    answer(QMessageBox, lambda box: box.escapeButton().click())
    window.go_back()
    assert window.page is enrol_page

    answer(QMessageBox, throw_away)
    window.go_back()
    assert window.page is window.patients


def test_an_exam_is_begun_from_the_patient(qtbot, window, desk, patient):
    window.open_subject(patient.id)

    def fill(dialog):
        dialog.at.date.line.setText("R8.2.28")
        dialog.at.visit_box.choose("unscheduled")
        dialog.blinding.choose(str(Blinding.BLINDED))
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answer(NewExamDialog, fill)
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    assert isinstance(window.page, WorksheetPage)
    begun = open_subject(desk, patient.id).exams[-1]
    assert (begun.visit.code, begun.form.date) == ("unscheduled", date(2026, 2, 28))
    assert begun.form.blinding is Blinding.BLINDED


def test_an_exam_before_the_injury_is_not_begun(window, desk, patient):
    window.open_subject(patient.id)

    def fill(dialog):
        dialog.at.date.line.setText("2026-01-09")
        dialog.accept()
        assert dialog.at.date.problem
        dialog.reject()

    answer(NewExamDialog, fill)
    window.new_exam()

    assert len(open_subject(desk, patient.id).exams) == 1


def test_the_search_finds_by_half_width_kana_and_enter_opens(qtbot, window, desk):
    wanted = a_subject(desk, family_kana="サガス", given_kana="ヒト")
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.bar.search

    window.bar.search.setText("ｻｶﾞｽ")
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Return)

    assert window.page.subject_id == wanted.id
    assert window.bar.search.text() == ""


def test_the_list_follows_the_search_and_the_arm(qtbot, window, desk):
    a_subject(desk, family_kana="サガス", arm=Arm.COMPARISON)
    window.changes.subject.emit("")
    assert window.patients.model.rowCount() == 2

    window.patients.search("さがす")
    qtbot.waitUntil(lambda: window.patients.model.rowCount() == 1)
    window.patients.search("")
    qtbot.waitUntil(lambda: window.patients.model.rowCount() == 2)
    window.patients._filter("comparison")

    assert window.patients.model.rowCount() == 1


def test_a_report_is_made_and_saved_under_its_number(
    qtbot, window, patient, tmp_path, monkeypatch
):
    asked = []

    def ask_place(_parent, _words, _title, start, *_more):
        asked.append(start.name)
        return str(tmp_path / "out.pdf")

    monkeypatch.setattr(outside, "ask_place", ask_place)
    window.open_subject(patient.id)
    answer(ReportDialog, lambda dialog: qtbot.keyClick(dialog.go, Qt.Key.Key_Return))
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.strip.said != "", timeout=300_000)

    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert "out.pdf" in window.strip.said
    assert "ミホン" not in asked[0]


def walk(interface):
    yield interface
    for n in range(interface.childCount()):
        child = interface.child(n)
        if child is not None:
            yield from walk(child)


@pytest.mark.parametrize("place", ["patients", "enrol", "show_settings"])
def test_whatever_takes_the_focus_has_a_name(window, place):
    if place != "patients":
        getattr(window, place)()
    nameless = [
        interface.role()
        for interface in walk(QAccessible.queryAccessibleInterface(window))
        if interface.state().focusable
        and not interface.state().invisible
        and not interface.text(QAccessible.Text.Name)
        and interface.role() not in (QAccessible.Role.Cell, QAccessible.Role.Row)
    ]

    assert nameless == []


def test_another_theme_is_kept_and_announced(qtbot, window):
    window.show_settings()
    page = window.page
    assert isinstance(page, SettingsPage)

    with qtbot.waitSignal(window.changes.settings):
        page.theme.setFocus()
        qtbot.keyClick(page.theme.focusProxy(), Qt.Key.Key_Right)


def test_signing_out_is_announced(qtbot, window):
    with qtbot.waitSignal(window.signed_out):
        window.actions_by_name["sign-out"].trigger()


def test_the_wish_to_lock_is_announced(qtbot, window):
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_after_sign_in_one_is_on_today(qtbot, desk, words, look, changes, patient):
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window)

    assert isinstance(window.page, TodayPage)
    assert not window.banner.isVisibleTo(window)


@pytest.mark.parametrize(
    ("key", "page"),
    [
        (Qt.Key.Key_1, TodayPage),
        (Qt.Key.Key_2, PatientsPage),
        (Qt.Key.Key_3, ObligationsPage),
        (Qt.Key.Key_4, SafetyPage),
        (Qt.Key.Key_5, ReportsPage),
        (Qt.Key.Key_6, KitsPage),
        (Qt.Key.Key_7, TrailPage),
        (Qt.Key.Key_8, SettingsPage),
    ],
)
def test_every_place_of_the_rail_has_its_key(qtbot, window, key, page):
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)

    assert isinstance(window.page, page)


def test_back_leads_to_the_place_that_one_came_from(window, patient):
    for place, page in (
        (window.show_today, TodayPage),
        (window.show_obligations, ObligationsPage),
        (window.show_patients, PatientsPage),
    ):
        place()
        window.open_subject(patient.id)
        window.go_back()
        assert isinstance(window.page, page)


def test_a_duty_of_today_opens_in_the_ledger_and_back_leads_to_today(window):
    window.show_today()
    window.open_duty(ledger_on(window.desk)[0].key)

    assert isinstance(window.page, ObligationsPage)
    assert window.page.panel.shown.duty == ledger_on(window.desk)[0]
    window.go_back()
    assert isinstance(window.page, TodayPage)


def test_what_is_late_stands_at_the_rail_by_a_shape_and_a_word(window, words):
    window._mark("overdue")
    name = window.rail._items["duties"].accessibleName()
    assert words("ledger_page.late") in name

    window._mark("")
    assert window.rail._items["duties"].accessibleName() == words("ledger_page.title")


def test_what_is_to_confirm_is_one_press_away_from_the_ledger(window):
    window.show_obligations()
    window.page._to_confirm.click()

    assert isinstance(window.page, PlanSettingsPage)
    window.go_back()
    assert isinstance(window.page, ObligationsPage)


def test_a_page_that_was_left_is_no_longer_told_of_changes(window, patient, qapp):
    for go in (window.show_kits, window.show_obligations, window.show_plan):
        go()
        window.show_today()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    window.changes.subject.emit(patient.id)
    window.changes.plan.emit()

    assert isinstance(window.page, TodayPage)


def test_a_planned_visit_and_the_card_of_its_dates_open_their_dialogs(window, patient):
    window.open_subject(patient.id)
    seen = []

    def leave(dialog):
        seen.append(type(dialog))
        dialog.reject()

    answer(NewExamDialog, leave)
    window.page.begin_exam.emit(patient.id, "unscheduled")
    answer(ReportDialog, leave)
    window.page.print_card.emit(patient.id)

    assert seen == [NewExamDialog, ReportDialog]
