"""What is typed waits for who typed it, whatever ends the sitting."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from registry_app.services.drafts import mine
from registry_app.services.exams import begin_exam
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.dialogs.contact import ContactDialog
from registry_app.ui.dialogs.draft_comparison import ComparingDialog
from registry_app.ui.dialogs.draft_list import DraftsDialog
from registry_app.ui.dialogs.keeping import Offer
from registry_app.ui.inputs import Line
from registry_app.ui.keeper import TITLE, Keeper
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.patient import TABS
from registry_app.ui.recovery import Recovery
from registry_app.ui.typed import put_in, typed
from registry_app.ui.widgets import Segments
from tests.builders import INJURY, a_subject


class Asked(Asking[str]):
    """Fields of every kind; a choice brings up one more."""

    def __init__(self, parent, words, look, saved=lambda _: None):
        super().__init__(parent, words, look, [], saved)
        self.note = self.line("note")
        self.kind = self.choice("kind", [("a", "First"), ("b", "Second")], "a")
        self.way = Segments(look, [("x", "X"), ("y", "Y")], "way", "x")
        self.lines = {"one": Line(look, "one")}
        self.ask("made up", "ok", self.note, self.kind, self.way, self.lines["one"])

    def value(self):
        return self.note.input.text()


class WithSecret(Asking[str]):
    """What asks for a password."""

    def __init__(self, parent, words, look):
        super().__init__(parent, words, look, [], lambda _: None)
        self.note = self.line("note")
        self.secret = Line(look, "password", secret=True)
        self.ask("secret", "ok", self.note, self.secret)


@pytest.fixture
def subject(desk):
    return a_subject(desk)


@pytest.fixture
def window(qtbot, desk, words, look, changes, subject):
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    window.open_subject(subject.id)
    return window


@pytest.fixture
def keeper(window, desk):
    return Keeper(window, desk)


@pytest.fixture
def asked(window, keeper, words, look):
    dialog = Asked(window.page, words, look)
    dialog.open()
    return dialog


def again(window, words, look):
    dialog = Asked(window.page, words, look)
    dialog.open()
    return dialog


def offer_of(dialog):
    return next(iter(dialog.findChildren(Offer)), None)


def test_fields_are_told_by_name_and_put_back_as_typed(qtbot, asked, window):
    asked.note.input.setText("half a sen")
    asked.kind.input.choose("b")
    asked.way.choose("y")
    asked.lines["one"].setText("1")
    told = typed(asked)

    other = Asked(window.page, asked.words, asked.look)
    assert typed(other) != told
    assert put_in(other, told) == {}
    assert typed(other) == told
    assert put_in(other, {"gone|Gone": "said"}) == {"gone|Gone": "said"}
    other.deleteLater()


def test_nothing_typed_is_nothing_kept(asked, keeper, desk):
    keeper.journal()

    assert mine(desk) == ()


def test_what_is_typed_is_kept_in_one_record_and_gone_once_saved(
    asked, keeper, desk, subject
):
    asked.note.input.setText("half")
    keeper.journal()
    asked.note.input.setText("half a sentence")
    keeper.journal()

    (draft,) = mine(desk)
    assert draft.subject_id == subject.id
    assert draft.values[TITLE] == "made up"
    assert "half a sentence" in draft.values.values()
    asked.accept()
    assert mine(desk) == ()


def test_it_is_written_within_seconds_without_being_asked(qtbot, asked, keeper, desk):
    keeper._timer.setInterval(10)
    asked.note.input.setText("half")

    qtbot.waitUntil(lambda: len(mine(desk)) == 1)


def test_a_dialog_with_a_secret_is_kept_nowhere(window, keeper, words, look, desk):
    dialog = WithSecret(window, words, look)
    dialog.open()
    dialog.note.input.setText("beside it")
    dialog.secret.setText("quince")
    keeper.journal()

    assert mine(desk) == ()
    dialog.reject()


def test_leaving_asks_and_keeps_a_draft_by_default(qtbot, asked, keeper, desk):
    asked.note.input.setText("half")

    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert asked.isVisible()
    assert asked._leaving.keep.isDefault()
    qtbot.keyClick(asked._leaving.keep, Qt.Key.Key_Return)

    assert not asked.isVisible()
    assert len(mine(desk)) == 1


def test_leaving_goes_back_to_the_field_or_discards(qtbot, asked, keeper, desk):
    asked.note.input.setText("half")
    asked.note.input.setFocus()
    keeper.journal()

    asked.close()
    assert asked.isVisible()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert asked.focusWidget() is asked.note.input
    asked.stop.click()
    asked._leaving.drop.click()

    assert asked.result() == QDialog.DialogCode.Rejected
    assert mine(desk) == ()


def test_nothing_unsaved_closes_at_once(qtbot, asked, keeper):
    qtbot.keyClick(asked, Qt.Key.Key_Escape)

    assert not asked.isVisible()


def test_a_draft_is_offered_in_its_window_and_never_put_in_by_itself(
    qtbot, asked, keeper, desk, window, words, look
):
    asked.note.input.setText("half")
    keeper.stop()
    asked.reject()
    Keeper(window, desk)

    dialog = again(window, words, look)
    assert dialog.note.input.text() == ""
    offer_of(dialog).compare.click()
    (shown,) = dialog.findChildren(ComparingDialog)
    assert shown.table.model().rowCount() == 3
    shown.accept()
    offer_of(dialog).take.click()
    assert dialog.note.input.text() == "half"
    dialog.accept()
    assert mine(desk) == ()


def test_a_draft_that_is_discarded_is_offered_no_more(
    asked, keeper, desk, window, words, look
):
    asked.note.input.setText("half")
    asked._leave_a_draft()
    dialog = again(window, words, look)

    offer_of(dialog).drop.click()
    dialog.reject()

    assert mine(desk) == ()
    assert offer_of(again(window, words, look)) is None


def test_the_draft_of_another_patient_is_not_offered(
    asked, keeper, desk, window, words, look
):
    asked.note.input.setText("half")
    asked._leave_a_draft()
    other = a_subject(desk)
    window.open_subject(other.id)

    assert offer_of(again(window, words, look)) is None


def test_the_page_of_an_enrolment_is_kept_too(qtbot, keeper, window, desk):
    window.enrol()
    window.page.who.family.setText("架空")
    keeper.journal()

    (draft,) = mine(desk)
    assert draft.place == "EnrolPage"
    window.page.left_a_draft = True
    keeper.leave()
    assert mine(desk) == (draft,)
    window.page.who.family.clear()  # or closing asks


def test_a_dialog_of_the_program_opens_again_with_what_was_typed(
    qtbot, keeper, window, desk, subject
):
    recovery = Recovery(window, keeper)
    recovery.offer()
    assert window.findChildren(DraftsDialog) == []

    def leave_a_draft(dialog):
        dialog.note.input.setText("mother")
        dialog._leave_a_draft()

    typing(leave_a_draft)
    window.page.tabs.setCurrentIndex(TABS.index("contacts"))
    window.page.tab.add()
    window.show_patients()

    recovery.offer()
    (shown,) = window.findChildren(DraftsDialog)
    assert shown.chosen.patient == subject.id
    found = []
    typing(lambda dialog: (found.append(dialog.note.input.text()), dialog.reject()))
    shown.go.click()

    assert found == ["mother"]
    assert mine(desk) == ()


def typing(deed):
    """Do it to the contact that comes up and waits."""

    def there():
        found = QApplication.activeModalWidget()
        if isinstance(found, ContactDialog):
            QTimer.singleShot(0, found, lambda: deed(found))
        else:
            QTimer.singleShot(5, there)

    QTimer.singleShot(5, there)


def press(monkeypatch, key, words):
    """Answer every question so."""

    def exec_(box):
        next(one for one in box.buttons() if one.text() == words(key)).click()

    monkeypatch.setattr(QMessageBox, "exec", exec_)


def test_the_list_compares_and_discards(
    qtbot, asked, keeper, desk, window, words, look, monkeypatch
):
    asked.note.input.setText("half")
    asked._leave_a_draft()
    Recovery(window, keeper).show()
    (shown,) = window.findChildren(DraftsDialog)

    shown.compare.click()
    (beside,) = shown.findChildren(ComparingDialog)
    assert beside.isVisible()
    beside.accept()
    press(monkeypatch, "drafts.drop-keep", words)
    shown.discard.click()
    assert len(mine(desk)) == 1
    press(monkeypatch, "drafts.drop", words)
    shown.discard.click()

    assert mine(desk) == ()
    assert shown.chosen is None
    assert not shown.go.isEnabled()


def test_a_sheet_that_a_power_cut_left_is_in_the_list(
    qtbot, keeper, desk, window, subject
):
    form = begin_exam(desk, subject.id, "unscheduled", INJURY, "kato")
    Recovery(window, keeper).offer()
    (shown,) = window.findChildren(DraftsDialog)
    assert not shown.discard.isEnabled()

    shown.go.click()

    assert window.page.record_id == form.id
