import logging

import pytest
from PySide6.QtWidgets import QPushButton

from registry_app.domain.errors import Refused
from registry_app.ui.problems import BugDialog, Problems, bug_report, start_log


def broken(name):
    raise ValueError(name)


def caught(name):
    try:
        broken(name)
    except ValueError as error:
        return error


def test_the_report_of_a_bug_says_where_and_never_what():
    report = bug_report(caught("架空 太郎"))

    assert "ValueError" in report
    assert "broken" in report
    assert "架空" not in report


def test_a_bug_is_logged_and_shown_once(caplog):
    shown, problems = [], None

    def show(report):
        shown.append(report)
        problems._tell(caught("again"))

    problems = Problems(show, shown.append)
    with caplog.at_level(logging.ERROR):
        problems._tell(caught("架空 太郎"))

    assert len(shown) == 1
    assert "架空" not in caplog.text


def test_a_refusal_that_nobody_caught_is_still_a_sentence():
    said, shown = [], []

    Problems(shown.append, said.append)._tell(Refused("storage.foreign", file="x"))

    assert (len(said), shown) == (1, [])


def test_the_report_can_be_copied(qtbot, qapp, look, words):
    dialog = BugDialog(words, look, "where")
    qtbot.addWidget(dialog)
    copy = dialog.findChildren(QPushButton)[0]

    copy.click()

    assert qapp.clipboard().text() == "where"


@pytest.fixture
def own_log():
    """The handlers of the log are as before when the test is over."""
    log = logging.getLogger("registry_app")
    before = list(log.handlers)
    yield log
    for handler in set(log.handlers) - set(before):
        log.removeHandler(handler)
        handler.close()


def test_the_log_is_kept_in_a_file(tmp_path, own_log):
    start_log(tmp_path / "logs")

    own_log.error("bug: here")

    kept = (tmp_path / "logs" / "registry-app.log").read_text("utf-8")
    assert "ERROR bug: here" in kept


def test_a_place_that_cannot_hold_the_log_keeps_nobody_out(tmp_path, own_log):
    (tmp_path / "logs").write_text("a file")

    start_log(tmp_path / "logs")

    assert own_log.handlers == []
