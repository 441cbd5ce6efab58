import threading

import pytest
from PySide6.QtCore import QObject

from registry_app.domain.errors import Refused
from registry_app.ui.background import Task, Working


@pytest.fixture
def owner(qapp):
    return QObject()


def test_the_work_is_done_elsewhere_and_told_here(qtbot, owner):
    here, told = threading.get_ident(), []
    task = Task(owner, threading.get_ident)
    task.done.connect(lambda there: told.append((there, threading.get_ident())))

    with qtbot.waitSignal(task.done):
        task.start()

    assert told[0][0] != here
    assert told[0][1] == here


def test_a_refusal_is_told_as_such(qtbot, owner):
    def refuse():
        raise Refused("storage.foreign", file="x")

    task = Task(owner, refuse)
    with qtbot.waitSignal(task.failed) as told:
        task.start()

    assert told.args[0].message.key == "storage.foreign"


def test_a_bug_comes_up_in_the_gui_thread(qtbot, owner):
    with qtbot.captureExceptions() as caught:
        task = Task(owner, lambda: 1 / 0)
        with qtbot.waitSignal(task.ended):
            task.start()
        qtbot.waitUntil(lambda: len(caught) > 0)

    assert caught[0][0] is ZeroDivisionError


def test_what_takes_long_says_so_and_can_be_cancelled(qtbot, owner, look, words):
    go_on, told = threading.Event(), []
    task = Task(owner, go_on.wait)
    task.done.connect(told.append)
    working = Working(words, look)
    qtbot.addWidget(working)
    working.show()
    working.follow(task, "Making it")

    task.start()
    qtbot.waitUntil(working._bar.isVisible)
    working._cancel.click()
    go_on.set()
    qtbot.waitUntil(lambda: not working._bar.isVisible())

    assert told == []


def test_what_is_quick_shows_no_bar(qtbot, owner, look, words):
    task = Task(owner, lambda: None)
    working = Working(words, look)
    qtbot.addWidget(working)
    working.show()
    working.follow(task, "Making it")
    with qtbot.waitSignal(task.done):
        task.start()

    assert not working._bar.isVisible()
