"""The lock of the screen: nothing is seen, nothing is lost."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from registry_app.services.session import seal_trail
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Line
from registry_app.ui.lock import Lock
from registry_app.ui.main_window import MainWindow
from registry_app.ui.start.sign_in import SignInView
from tests.builders import PASSWORD, a_subject
from tests.ui.test_app import enter, program, registry  # noqa: F401

MARK = "架空の患者"


class Asked(Dialog):
    """A dialog about a patient, with a field."""

    def __init__(self, parent, words, look):
        super().__init__(parent, words, look, [Fact("", MARK)])
        self.line = Line(look, "note")
        self.lay_out(MARK, "ok", self.line)


@pytest.fixture
def window(qtbot, desk, words, look, changes):
    a_subject(desk)
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def lock(window, desk, words, look):
    lock = Lock(window, desk, words, look)
    yield lock
    lock.unlock()


@pytest.fixture
def nested(qtbot, window, words, look):
    """A dialog on a dialog; in the upper one somebody is typing."""
    lower = Asked(window, words, look)
    lower.open()
    upper = Asked(lower, words, look)
    upper.open()
    upper.activateWindow()
    upper.line.setFocus()
    qtbot.keyClicks(upper.line, "half a sentence")
    upper.line.setSelection(5, 3)
    return lower, upper


def others(lock):
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one is not lock.view
    ]


def seen(window):
    return [
        child
        for child in window.findChildren(QWidget)
        if child.isVisible() and child.window() is window
    ]


def of_one_colour(window):
    picture = window.grab().toImage()
    first = picture.pixel(0, 0)
    points = [
        (x, y)
        for x in range(0, picture.width(), 7)
        for y in range(0, picture.height(), 5)
    ]
    return all(picture.pixel(*point) == first for point in points)


def unlock(qtbot, lock, password=PASSWORD):
    lock.view.password.setText(password)
    lock.view.go.click()
    qtbot.waitUntil(lambda: lock.view is None or lock.view.go.isEnabled())


def test_of_no_window_anything_is_seen_nor_read(qtbot, window, lock, nested, words):
    lock.lock()

    assert len(others(lock)) >= 3
    for one in others(lock):
        assert seen(one) == []
        assert of_one_colour(one)
        assert one.windowTitle() == words("app.title")
        names = [
            QAccessible.queryAccessibleInterface(child).text(QAccessible.Text.Name)
            for child in seen(one)
        ]
        assert names == []
    assert MARK not in lock.view.windowTitle()


def test_the_keys_lock_it_from_a_dialog_too(qtbot, window, lock, nested):
    _, upper = nested
    qtbot.keyClick(upper, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert lock.view is not None


def test_the_keys_reach_nothing_but_the_password(qtbot, window, lock, nested):
    lock.lock()

    assert QApplication.activeModalWidget() is lock.view
    qtbot.waitUntil(lock.view.password.hasFocus)
    qtbot.keyClick(lock.view, Qt.Key.Key_Escape)
    lock.view.close()
    assert lock.view is not None
    assert lock.view.isVisible()


def test_unlocked_one_is_back_at_the_same_field_with_what_was_typed(
    qtbot, window, lock, nested
):
    lower, upper = nested
    before = upper.geometry(), upper.windowTitle(), window.windowTitle()
    lock.lock()

    unlock(qtbot, lock)

    assert lock.view is None
    assert lower.isVisible()
    assert upper.isVisible()
    qtbot.waitUntil(upper.line.hasFocus)
    assert upper.line.text() == "half a sentence"
    assert (upper.line.selectionStart(), upper.line.selectedText()) == (5, "a s")
    assert (upper.geometry(), upper.windowTitle(), window.windowTitle()) == before
    assert window.bar.isVisible()


def test_a_wrong_password_uncovers_nothing_and_is_counted(qtbot, desk, window, lock):
    lock.lock()

    unlock(qtbot, lock, "guess")

    assert lock.view is not None
    assert seen(window) == []
    assert desk.store.area.tries_of(desk.person.id).count == 1
    unlock(qtbot, lock)
    assert lock.view is None


def test_a_dialog_that_waits_for_its_answer_goes_on_waiting(
    qtbot, window, lock, words, look
):
    asked = Asked(window, words, look)

    def while_it_waits():
        qtbot.keyClicks(asked.line, "so far")
        lock.lock()
        assert seen(asked) == []
        unlock(qtbot, lock)
        asked.accept()

    QTimer.singleShot(0, while_it_waits)

    assert asked.exec() == QDialog.DialogCode.Accepted
    assert asked.line.text() == "so far"


def test_what_comes_up_while_it_is_locked_is_covered(qtbot, window, lock, words, look):
    lock.lock()
    late = Asked(window, words, look)
    late.open()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is lock.view)

    assert seen(late) == []
    unlock(qtbot, lock)
    assert late.line.isVisible()
    late.reject()


def test_an_open_menu_goes_and_what_was_copied_is_gone(qtbot, window, lock):
    menu = QMenu(window)
    menu.addAction(MARK)
    menu.popup(window.pos())
    QApplication.clipboard().setText(MARK)

    lock.lock()

    assert not menu.isVisible()
    assert QApplication.clipboard().text() == ""


def test_nobody_at_the_keys_locks_it_and_somebody_does_not(qtbot, window, lock):
    assert lock.idle.isActive()
    assert lock.idle.interval() == 10 * 60_000
    lock.idle.stop()
    qtbot.keyClick(window, Qt.Key.Key_Shift)
    assert lock.idle.isActive()

    lock.idle.setInterval(1)
    lock.idle.start()
    qtbot.waitUntil(lambda: lock.view is not None)
    lock.idle.setInterval(600_000)  # or it locks again as this ends


def test_what_is_being_typed_is_kept_before_it_locks(qtbot, window, lock):
    with qtbot.waitSignal(lock.locking):
        lock.lock()


def test_somebody_else_takes_over(qtbot, program, registry):  # noqa: F811
    enter(qtbot, program, registry)
    window = program.window
    asked = Asked(window, program.words, program.look)
    asked.open()
    window.lock()
    (lock,) = window.findChildren(Lock)

    lock.view.another.click()

    qtbot.waitUntil(lambda: not isinstance(program.window, MainWindow))
    assert isinstance(program.window.view, SignInView)
    assert program.desk is None
    assert program.window.view.isVisible()
    assert program.window.windowTitle().startswith("Sign in")
    enter(qtbot, program, registry)
    assert seal_trail(program.desk) is None  # it was sealed as the first one left
