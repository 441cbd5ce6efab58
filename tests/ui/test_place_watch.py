"""The window tells of the place of its file, once, and as soon as it is gone."""

import pytest

from registry_app.services.reading import sign_in_to_read
from registry_app.ui.main_window import MainWindow
from registry_app.ui.notice import Notice
from registry_app.ui.pages.worksheet import WorksheetPage
from registry_app.ui.place_watch import PlaceWatch
from tests.builders import (
    PASSWORD,
    USER,
    a_draft,
    a_registry,
    a_subject,
    at_desk,
)


@pytest.fixture
def open_window(qtbot, look, words, changes):
    """The window of a desk; closed at the end of the test."""

    def opened(desk):
        window = MainWindow(desk, words, look, changes)
        qtbot.addWidget(window)
        window.show()
        return window

    return opened


def test_a_warning_is_shown_until_it_was_read_once(qtbot, open_window, tmp_path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    desk = a_registry(folder / "site.registry", accepted_place=True)
    window = open_window(desk)
    qtbot.waitUntil(lambda: "Dropbox" in window.strip.said)
    window.strip._act.click()
    assert window.strip.said == ""

    again = PlaceWatch(window, desk, window.words, window.strip)
    with qtbot.waitSignal(again.looked_at):
        pass
    assert window.strip.said == ""
    desk.close()


def test_a_file_that_is_gone_is_told_as_soon_as_it_is_seen(
    qtbot, open_window, tmp_path
):
    desk = a_registry(tmp_path / "site.registry")
    window = open_window(desk)
    (tmp_path / "site.registry").rename(tmp_path / "moved")

    window.place.look()

    qtbot.waitUntil(lambda: "no longer" in window.strip.said)
    (tmp_path / "moved").rename(tmp_path / "site.registry")
    desk.close()


def test_a_desk_that_only_reads_says_so_under_its_bar(open_window, tmp_path):
    path = tmp_path / "site.registry"
    a_registry(path).close()
    desk = sign_in_to_read(path, USER, PASSWORD)
    window = open_window(desk)
    said = [one.said.text() for one in window.findChildren(Notice) if one.isVisible()]
    assert any("Read-only" in text for text in said)
    desk.close()
    writing = at_desk(path)
    window = open_window(writing)
    said = [one.said.text() for one in window.findChildren(Notice)]
    assert not any("Read-only" in text for text in said)
    writing.close()


def test_a_draft_that_is_only_read_can_be_left_again(open_window, tmp_path, qtbot):
    path = tmp_path / "site.registry"
    desk = a_registry(path)
    subject = a_subject(desk)
    form = a_draft(desk, subject)
    desk.close()
    reader = sign_in_to_read(path, USER, PASSWORD)
    window = open_window(reader)
    window.open_subject(subject.id)
    window.open_exam(form.id)
    assert isinstance(window.page, WorksheetPage)
    qtbot.keyClicks(window.focusWidget(), "2")

    window.show_patients()

    assert not isinstance(window.page, WorksheetPage)
    assert window.close()
    reader.close()
