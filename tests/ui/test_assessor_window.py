"""The window of a blinded assessor, of a treated patient and of another."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from registry_app.domain.blinding import Hidden
from registry_app.domain.person import Role
from registry_app.domain.visit import Status
from registry_app.services.blinding import blinding_of
from registry_app.services.drafts import mine
from registry_app.services.registry import add_person
from registry_app.ui.assessor_recovery import AssessorRecovery
from registry_app.ui.assessor_window import AssessorWindow
from registry_app.ui.dialogs.draft_list import DraftsDialog
from registry_app.ui.dialogs.keeping import Offer
from registry_app.ui.dialogs.new_assessment import NewAssessmentDialog
from registry_app.ui.dialogs.unblinding import UnblindingDialog
from registry_app.ui.isncsci.earlier import Earlier
from registry_app.ui.keeper import Keeper
from registry_app.ui.pages.assessment_sheet import AssessmentSheetPage
from tests.builders import CHEAP, INJURY, PASSWORD, a_sheet, an_exam
from tests.services.test_assessing import (  # noqa: F401
    TREATED,
    blind,
    comparison,
    treated,
)
from tests.ui.test_accessible import stops, unnamed

TITLES = ("windowTitle", "toolTip", "accessibleName", "accessibleDescription")


@pytest.fixture
def window(qtbot, desk, blind, treated, comparison, words, look, changes):  # noqa: F811
    add_person(desk, "hanako", "架空 花子", Role.ENTRY, PASSWORD, cost=CHEAP)
    # An exam before: its assessor and its result are nobody's here.
    an_exam(desk, treated, INJURY + timedelta(days=3), R_M_C5="NT")
    window = AssessorWindow(blind, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    return window


def seen(window):
    """Every word of a window or a page: shown, read aloud, or beside the mouse."""
    found = []
    for one in (window, *window.findChildren(QWidget)):
        found += [getattr(one, name)() for name in TITLES]
        if isinstance(one, QLabel | QAbstractButton | QLineEdit):
            found.append(one.text())
        if isinstance(one, QTableView):
            model = one.model()
            for line in range(model.rowCount()):
                for at in range(model.columnCount()):
                    found.append(f"{model.index(line, at).data()}")
    return [text for text in found if text]


def choose(window, subject):
    keys = list(window.list._rows)
    window.list.table.selectRow(
        next(n for n, k in enumerate(keys) if k.startswith(subject.id))
    )


def in_dialog(qtbot, kind, act):
    """Do something in the dialog that comes up next."""

    def found():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            try:
                act(dialog)
            finally:
                if dialog.isVisible():
                    dialog.reject()
        else:
            QTimer.singleShot(20, found)

    QTimer.singleShot(0, found)


def begin(qtbot, window, subject):
    choose(window, subject)
    in_dialog(qtbot, NewAssessmentDialog, lambda dialog: dialog.go.click())
    window.list.open_chosen()
    assert isinstance(window.page, AssessmentSheetPage)
    return window.page


def test_the_sheets_of_both_arms_are_word_for_word_the_same(
    qtbot,
    window,
    treated,  # noqa: F811
    comparison,  # noqa: F811
):
    told = []
    for subject in (treated, comparison):
        page = begin(qtbot, window, subject)
        told.append([text.replace(subject.id, "*") for text in seen(page)])
        window.show_list()

    assert "49 days after injury · day 49" in told[0]
    assert told[0] == told[1]


def test_nothing_tells_the_treatment_or_an_earlier_result(
    qtbot,
    desk,
    window,
    treated,  # noqa: F811
):
    page = begin(qtbot, window, treated)
    told = " ".join(seen(window))

    assert TREATED.isoformat() not in told
    assert not page.summary.findChildren(Earlier)
    assert page.head._grey.text() == ""
    assert not page.head.print.isVisible()
    assert not page.exam.wanted
    assert desk.person.display_name not in told


def test_an_exam_is_done_by_the_keys_and_its_result_goes_with_it(
    qtbot,
    desk,
    window,
    comparison,  # noqa: F811
):
    choose(window, comparison)
    in_dialog(qtbot, NewAssessmentDialog, lambda dialog: dialog.go.click())
    qtbot.keyClick(window.list.table, Qt.Key.Key_Return)
    page = window.page
    page.editor.restart(replace(page.editor.form, values=a_sheet()))

    page.complete()

    assert window.page is window.list
    (done,) = (one for one in window.list._rows.values() if one.complete)
    with desk.read() as reading:
        form = reading.get(type(page.editor.form), done.form_id)
    assert form.status is Status.COMPLETE
    choose_done = [key for key in window.list._rows if key == done.form_id]
    window.list.table.selectRow(list(window.list._rows).index(choose_done[0]))
    window.list.open_chosen()
    assert window.page is window.list
    assert not window.list.go.isEnabled()


def test_a_draft_is_gone_on_with(qtbot, window, comparison):  # noqa: F811
    page = begin(qtbot, window, comparison)
    form = page.editor.form
    window.go_back()
    assert window.page is window.list
    assert window.list.chosen.form_id == form.id
    window.list.open_chosen()
    assert window.page.editor.form.id == form.id


def test_what_the_assessor_came_to_know_is_recorded(
    qtbot,
    desk,
    window,
    treated,  # noqa: F811
):
    def fill(dialog):
        assert not dialog.person.isVisible()
        dialog.what[Hidden.ARM].setChecked(True)
        dialog.why.input.setText("a letter")
        dialog.go.click()

    choose(window, treated)
    in_dialog(qtbot, UnblindingDialog, fill)
    window.list.ask_known()

    (one,) = blinding_of(desk, treated.id).unblindings
    assert (one.person, one.revealed) == ("hanako", {Hidden.ARM})


def test_a_refusal_of_the_dialog_names_what_is_missing(
    qtbot,
    desk,
    window,
    treated,  # noqa: F811
):
    def fill(dialog):
        dialog.go.click()
        assert dialog.strip.said
        dialog.what[Hidden.ARM].setChecked(True)
        dialog.go.click()
        assert dialog.why.problem

    choose(window, treated)
    in_dialog(qtbot, UnblindingDialog, fill)
    window.list.ask_known()
    assert blinding_of(desk).unblindings == ()


@pytest.fixture
def keeper(qtbot, window, blind):  # noqa: F811
    keeper = Keeper(window, blind)
    yield keeper
    keeper.stop()


def test_what_was_typed_of_one_patient_is_never_offered_of_another(
    qtbot,
    blind,  # noqa: F811
    window,
    keeper,
    treated,  # noqa: F811
    comparison,  # noqa: F811
):
    def leave(dialog):
        dialog.why.input.setText("a letter")
        dialog._leave_a_draft()

    choose(window, treated)
    in_dialog(qtbot, UnblindingDialog, leave)
    window.list.ask_known()
    (draft,) = mine(blind)
    assert draft.subject_id == treated.id

    offers = []
    for subject in (comparison, treated):
        choose(window, subject)
        in_dialog(
            qtbot,
            UnblindingDialog,
            lambda dialog: offers.append(dialog.findChildren(Offer)),
        )
        window.list.ask_known()
    assert [len(one) for one in offers] == [0, 1]


def test_the_list_of_drafts_leads_back_to_the_dialog_and_to_the_sheet(
    qtbot,
    blind,  # noqa: F811
    window,
    keeper,
    treated,  # noqa: F811
    comparison,  # noqa: F811
):
    page = begin(qtbot, window, comparison)
    form = page.editor.form
    window.go_back()

    def leave(dialog):
        dialog.why.input.setText("a letter")
        dialog._leave_a_draft()

    choose(window, treated)
    in_dialog(qtbot, UnblindingDialog, leave)
    window.list.ask_known()
    recovery = AssessorRecovery(window, keeper)
    window.drafts_asked.emit()
    (shown,) = window.findChildren(DraftsDialog)
    assert {one.patient for one in shown.waiting} == {treated.id, comparison.id}
    shown.reject()

    found = []

    def read(dialog):
        QTest.qWait(20)
        found.append(dialog.why.input.text())

    (draft,) = mine(blind)
    in_dialog(qtbot, UnblindingDialog, read)
    recovery.open(draft)
    assert found == ["a letter"]
    recovery.open_sheet(form.id)
    assert window.page.editor.form.id == form.id


def test_tab_comes_to_every_stop_of_the_list_and_enter_begins(
    qtbot,
    window,
    treated,  # noqa: F811
):
    choose(window, treated)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert QApplication.focusWidget() is window.list.table
    wanted = set(stops(window.list))
    reached = {QApplication.focusWidget()}
    for _ in range(3 * len(wanted)):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert wanted <= reached
    assert unnamed(window.list) == ()


def test_without_an_exam_to_do_it_says_so(qtbot, desk, blind, words, look, changes):  # noqa: F811
    window = AssessorWindow(blind, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    assert window.list.none.isVisible()
    assert not window.list.go.isEnabled()
