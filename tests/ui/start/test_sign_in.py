import subprocess
import sys

import pyotp
import pytest
from PySide6.QtCore import Qt

from registry_app.services import second_factor
from registry_app.services.registry import Face, look_at, sign_in
from registry_app.ui.notice import Notice
from registry_app.ui.start.sign_in import SignInView
from tests.builders import PASSWORD, USER, a_registry_with_code

HEAVY = ("sqlalchemy", "alembic", "reportlab", "pikepdf", "openpyxl", "pypdfium2")
FIRST_WINDOW = f"""
import sys
from pathlib import Path
from registry_app.ui.app import application, Program
seen = []
class Watched(Program):
    def _show(self, window):
        seen.extend(name for name in {HEAVY!r} if name in sys.modules)
        super()._show(window)
application()
program = Watched(application())
program.begin(Path("nowhere.registry") if sys.argv[1] == "sign-in" else None)
print(type(program.window.view).__name__, *seen, flush=True)
import os
os._exit(0)
"""


@pytest.fixture
def registry(tmp_path):
    """A registry that nobody is signed in to: its file and its recovery sheet."""
    path = tmp_path / "site.registry"
    desk, halves = a_registry_with_code(path)
    desk.close()
    return path, halves


@pytest.fixture
def view(qtbot, look, words, registry):
    view = SignInView(words, look, registry[0])
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: view.user.count() > 0)
    return view


def signed_in(qtbot, view, do):
    with qtbot.waitSignal(view.signed_in, timeout=300_000) as told:
        do()
    desk = told.args[0]
    desk.close()
    return desk


@pytest.mark.parametrize(
    ("start", "shown"), [("sign-in", "SignInView"), ("welcome", "WelcomeView")]
)
def test_the_first_window_waits_for_no_heavy_library(start, shown):
    run = subprocess.run(
        [sys.executable, "-c", FIRST_WINDOW, start],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stdout.split() == [shown], run.stderr


def test_it_shows_who_may_sign_in(view):
    assert view.user.value == USER


def test_the_password_and_enter_are_enough(qtbot, view):
    qtbot.keyClicks(view.password, PASSWORD)

    desk = signed_in(
        qtbot, view, lambda: qtbot.keyClick(view.password, Qt.Key.Key_Return)
    )

    assert desk.person.id == USER


def test_enter_before_the_users_are_listed_waits_for_them(qtbot, look, words, registry):
    view = SignInView(words, look, registry[0])
    qtbot.addWidget(view)
    view.password.setText(PASSWORD)
    qtbot.keyClick(view.password, Qt.Key.Key_Return)

    desk = signed_in(qtbot, view, view.show)

    assert desk.person.id == USER


def test_enter_looks_again_at_a_file_that_was_not_there(
    qtbot, look, words, registry, tmp_path
):
    away = tmp_path / "away.registry"
    view = SignInView(words, look, away)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: view._password.problem != "", timeout=300_000)
    registry[0].rename(away)

    view.password.setText(PASSWORD)
    desk = signed_in(
        qtbot, view, lambda: qtbot.keyClick(view.password, Qt.Key.Key_Return)
    )

    assert desk.path == away


def test_a_wrong_password_says_so_and_keeps_the_user(qtbot, view):
    view.password.setText("not it at all")
    view.go.click()

    qtbot.waitUntil(lambda: view._password.problem != "", timeout=300_000)
    assert view.user.value == USER
    assert view.password.selectedText() == "not it at all"
    assert view.go.isEnabled()


def test_who_has_a_second_factor_is_asked_for_its_code(qtbot, view, registry):
    path, _ = registry
    desk = sign_in(path, USER, PASSWORD)
    offer = second_factor.begin_second_factor(desk)
    code = pyotp.parse_uri(offer.uri).now()
    codes = second_factor.confirm_second_factor(desk, offer, code, PASSWORD)
    desk.close()
    view.password.setText(PASSWORD)
    view.go.click()
    qtbot.waitUntil(view._one_time.isVisible, timeout=300_000)
    assert view.one_time.hasFocus()
    view.one_time.setText("000000")
    qtbot.keyClick(view.one_time, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view._one_time.problem != "", timeout=300_000)
    view.one_time.setText(codes[0])

    desk = signed_in(
        qtbot, view, lambda: qtbot.keyClick(view.one_time, Qt.Key.Key_Return)
    )

    assert desk.person.id == USER


def test_the_recovery_sheet_gives_a_new_password(qtbot, view, registry):
    path, (first, second) = registry
    view.forgot.click()
    assert view._half.isVisible()
    view.code.setText(f" {second.lower()} ")
    view.half.setText(first)
    view.new.first.setText("a new long sentence")
    view.new.second.setText("a new long sentence")

    signed_in(qtbot, view, view.go.click)

    sign_in(path, USER, "a new long sentence").close()


def test_an_older_file_asks_for_its_one_code(qtbot, look, words, tmp_path):
    view = SignInView(words, look, tmp_path / "old.registry")
    qtbot.addWidget(view)
    view._show_face((Face("SAP", "msc-iv-sci", False, (USER,), 1), "", ()))
    view.show()
    view.forgot.click()

    assert view._code.isVisible()
    assert not view._half.isVisible()


def test_two_passwords_that_differ_are_not_taken(qtbot, view):
    view.forgot.click()
    view.new.first.setText("a new long sentence")
    view.new.second.setText("another sentence")

    view.go.click()

    assert view.new._twice.problem
    assert view.go.isEnabled()


def test_a_file_that_is_no_registry_is_told(qtbot, look, words, tmp_path):
    path = tmp_path / "letter.registry"
    path.write_text("Dear colleague")
    view = SignInView(words, look, path)
    qtbot.addWidget(view)
    view.show()

    qtbot.waitUntil(lambda: view._password.problem != "")
    assert "letter.registry" in view._password.problem


def test_looking_at_a_file_signs_nobody_in(registry):
    assert look_at(registry[0]).users == (USER,)


OTHER = """
import sys
from pathlib import Path
from tests.builders import at_desk
desk = at_desk(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
desk.close()
"""


def test_what_another_program_has_open_is_offered_to_be_read(qtbot, view):
    assert not view.read.isVisible()
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER, view.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout.readline() == b"open\n"
    view.password.setText(PASSWORD)
    qtbot.mouseClick(view.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.read.isVisible, timeout=300_000)
    assert USER in view.why.said.text()

    desk = signed_in(
        qtbot, view, lambda: qtbot.mouseClick(view.read, Qt.MouseButton.LeftButton)
    )

    assert desk.store.shown.holder.who == USER
    other.communicate()


def test_what_is_wrong_with_the_place_is_said_before_anybody_signs_in(
    qtbot, look, words, tmp_path
):
    folder = tmp_path / "Nextcloud"
    folder.mkdir()
    path = folder / "site.registry"
    desk, _ = a_registry_with_code(path, accepted_place=True)
    desk.close()
    view = SignInView(words, look, path)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: view.user.count() > 0)
    said = [one.said.text() for one in view.findChildren(Notice)]
    assert any("Nextcloud" in text for text in said)
