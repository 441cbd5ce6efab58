import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from registry_app.domain.report import Kind
from registry_app.ui import outside
from registry_app.ui.background import Working
from registry_app.ui.dialogs.asking import line_of
from registry_app.ui.dialogs.handover import HandoverDialog
from registry_app.ui.dialogs.report import ReportDialog
from registry_app.ui.frame import Strip
from registry_app.ui.printing import Printing
from tests.builders import a_subject


@pytest.fixture
def printer(qtbot, desk, words, look):
    """Printing on a window of its own, and its strip."""
    window = QWidget()
    qtbot.addWidget(window)
    strip, working = Strip(words, look), Working(words, look)
    for part in (strip, working):
        part.setParent(window)
    return Printing(window, desk, words, look, strip, working), strip


def go(qtbot):
    """Press Enter in the dialog that is about to open."""

    def found():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReportDialog)
        qtbot.keyClick(dialog.go, Qt.Key.Key_Return)

    QTimer.singleShot(0, found)


def agree(qtbot, **said):
    """Fill in what it is for in the dialog that comes, and go on."""

    def found():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, HandoverDialog):
            QTimer.singleShot(10, found)
            return
        for name, text in said.items():
            line_of(getattr(dialog, name)).setText(text)
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, found)


def boxes(qtbot, words, look, kind):
    """The choices that a dialog shows."""
    dialog = ReportDialog(None, words, look, [], kind)
    qtbot.addWidget(dialog)
    dialog.show()
    return [box.text() for box in dialog.findChildren(QCheckBox) if box.isVisible()]


#: What is asked for from the menu; the others are made on the page of reports.
ASKED = (
    Kind.PATIENT_SUMMARY,
    Kind.OBLIGATIONS,
    Kind.ALL_CASE_LOG,
    Kind.TODAY,
    Kind.CARD,
)


@pytest.mark.parametrize("kind", ASKED)
def test_names_are_offered_only_on_the_paper_of_one_case(qtbot, words, look, kind):
    shown = " ".join(boxes(qtbot, words, look, kind))

    assert ("name" in shown) == kind.of_one_case
    assert ("Draft" in shown) == (kind not in (Kind.TODAY, Kind.CARD))


@pytest.mark.parametrize("kind", ASKED)
def test_each_kind_is_made_and_saved_under_its_number(
    qtbot, desk, printer, tmp_path, monkeypatch, kind
):
    subject = a_subject(desk)
    asked = []

    def ask_place(_parent, _words, _title, start, *_more):
        asked.append(start.name)
        return str(tmp_path / "out.pdf")

    monkeypatch.setattr(outside, "ask_place", ask_place)
    printed, strip = printer
    go(qtbot)
    printed.ask(subject.id if kind.of_one_case else "", [], kind)
    qtbot.waitUntil(lambda: strip.said != "", timeout=300_000)

    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert asked[0].startswith(f"{kind.letters}-")


def test_the_calendar_is_saved_under_the_site_and_the_day(
    qtbot, desk, printer, tmp_path, monkeypatch
):
    a_subject(desk)
    asked = []

    def ask_place(_parent, _words, _title, start, *_more):
        asked.append(start.name)
        return str(tmp_path / "out.ics")

    monkeypatch.setattr(outside, "ask_place", ask_place)
    printed, strip = printer
    agree(qtbot)
    printed.ask_calendar()
    qtbot.waitUntil(lambda: strip.said != "", timeout=300_000)

    assert (tmp_path / "out.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert asked == ["SAP-2026-04-01.ics"]


def test_rather_not_saved_is_said(qtbot, printer, monkeypatch):
    monkeypatch.setattr(outside, "ask_place", lambda *_: "")
    printed, strip = printer
    agree(qtbot)
    printed.ask_calendar()
    qtbot.waitUntil(lambda: strip.said != "", timeout=300_000)

    assert "not saved" in strip.said
