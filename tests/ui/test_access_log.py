"""No page is shown, and nothing leaves, without a record in the access log."""

import ast
import importlib
import pkgutil

import pytest
from PySide6.QtCore import Qt

from registry_app.domain.access import PLACES
from registry_app.paths import ROOT
from registry_app.services import access
from registry_app.services.access import AccessQuery
from registry_app.ui import finder as finders
from registry_app.ui import pages
from registry_app.ui.access_writer import AccessWriter
from registry_app.ui.main_window import MainWindow
from registry_app.ui.page import Page
from registry_app.ui.pages.settings_places import SETTINGS_PLACES
from registry_app.words import Language, Words
from tests.builders import a_subject, an_exam
from tests.services.report_room import CASE, a_case

UI = sorted((ROOT / "registry_app" / "ui").rglob("*.py"))
#: What leads out of the registry, and the only places that may call it. The recovery
#: sheet, the settings, the self-check and the support bundle hold nobody's data; a
#: backup is encrypted as the file is.
WAYS_OUT = {
    "ask_place": {
        *("outside.py", "create.py", "recovery_sheet.py", "restore.py"),
        "help_commands.py",
    },
    "print_pdf": {"outside.py"},
    "QPrinter": {"pdf_print.py", "recovery_sheet.py", "self_check.py"},
    "QPrintDialog": {"pdf_print.py", "recovery_sheet.py", "self_check.py"},
    "write_bytes": {"outside.py", "help_commands.py"},
    "write_text": {"recovery_sheet.py", "settings.py", "place_watch.py"},
}


def all_pages():
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        importlib.import_module(module.name)
    found, todo = set(), [Page]
    while todo:
        below = todo.pop().__subclasses__()
        todo += below
        found |= {one for one in below if one.__module__.startswith("registry_app.")}
    return found


def log(desk):
    """What the log says, the oldest first."""
    ids = access.access_ids(desk, AccessQuery())
    found = access.access_rows(desk, ids)[::-1]
    return [(one.act.value, one.what, one.subject_id) for one in found]


@pytest.fixture
def subject(desk):
    return a_subject(desk)


@pytest.fixture
def window(qtbot, desk, words, look, changes, subject):
    made = MainWindow(desk, words, look, changes)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_page_has_a_name_in_the_log_and_words_for_it():
    names = {page.log_name() for page in all_pages()}

    assert names <= PLACES
    for language in Language:
        words = Words(language)
        assert all(words(f"access.at-{name}", record="") for name in PLACES)


def test_no_file_and_no_paper_leaves_by_another_way():
    found = {name: set() for name in WAYS_OUT}
    for path in UI:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = getattr(called, "attr", getattr(called, "id", ""))
                if name in found:
                    found[name].add(path.name)

    assert found == WAYS_OUT


def test_a_page_is_noted_by_the_window_that_shows_it(desk, window, subject):
    form = an_exam(desk, subject)
    window.show_patients()
    window.open_subject(subject.id)
    window.open_exam(form.id)
    a_case(desk, subject)
    window.open_safety_case(CASE)

    assert log(desk) == [
        ("opened", "today", ""),
        ("opened", "patients", ""),
        ("opened", "patient", subject.id),
        ("opened", f"worksheet:{form.id}", subject.id),
        ("opened", f"safety-case:{CASE}", subject.id),
    ]


@pytest.mark.parametrize("place", SETTINGS_PLACES, ids=lambda place: place.name)
def test_the_pages_behind_the_settings_are_noted_too(desk, window, place):
    window.show_place(place.name)

    assert log(desk)[-1] == ("opened", place.page.log_name(), "")


def test_words_are_noted_when_the_person_pauses_and_not_before(
    qtbot, desk, window, subject
):
    for text in ("S", "SA", "SAP"):
        window.bar.search.setText(text)
        window.finder._find()
    assert "searched" not in {act for act, *_ in log(desk)}
    window.finder._pause.timeout.emit()

    assert log(desk)[-1] == ("searched", "SAP", "")


def test_who_chooses_has_searched(qtbot, desk, window, subject):
    window.bar.search.setText(subject.id)
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Return)

    assert log(desk)[-2:] == [
        ("searched", subject.id, ""),
        ("opened", "patient", subject.id),
    ]
    assert finders.PAUSE_MS > finders._DEBOUNCE_MS


def test_what_waits_is_written_behind_the_pages(qtbot, desk, window):
    (writer,) = window.findChildren(AccessWriter)
    assert desk.access.waits
    writer.write()
    qtbot.waitUntil(lambda: not writer._busy)

    assert not desk.access.waits
    assert log(desk) == [("opened", "today", "")]
