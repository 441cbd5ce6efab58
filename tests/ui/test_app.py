from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from registry_app.domain.errors import Refused
from registry_app.domain.person import Role
from registry_app.paths import settings_file
from registry_app.services.registry import add_person, change_password
from registry_app.ui.app import Program, application
from registry_app.ui.assessor_window import AssessorWindow
from registry_app.ui.look import Theme
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.people import PeoplePage
from registry_app.ui.pages.settings import SettingsPage
from registry_app.ui.settings import Settings, ThemeChoice, read_settings
from registry_app.ui.start.sign_in import SignInView
from registry_app.ui.start.welcome import WelcomeView
from registry_app.words import Language
from tests.builders import CHEAP, PASSWORD, a_registry, at_desk


@pytest.fixture
def program(qtbot, look, monkeypatch):
    program = Program(application())
    yield program
    program._close_desk()
    program.window.close()
    program.window.deleteLater()
    look.apply(application())


@pytest.fixture
def registry(tmp_path):
    path = tmp_path / "site.registry"
    a_registry(path).close()
    return path


def enter(qtbot, program, path):
    program.show_sign_in(path)
    qtbot.waitUntil(lambda: program.window.view.user.count() > 0)
    view = program.window.view
    view.password.setText(PASSWORD)
    view.go.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=300_000)


def test_without_a_registry_it_begins_with_the_welcome(program):
    program.begin()

    assert isinstance(program.window.view, WelcomeView)


def test_it_begins_with_the_sign_in_of_the_last_registry(program, registry):
    program.settings = Settings().opened(registry)

    program.begin()

    assert isinstance(program.window.view, SignInView)
    assert program.window.view.path == registry.resolve()


def test_signing_in_and_out_leaves_the_file_free(qtbot, program, registry):
    enter(qtbot, program, registry)
    assert read_settings(settings_file()).recent == (str(registry),)

    program.window.sign_out()

    view = program.window.view
    assert isinstance(view, SignInView)
    qtbot.waitUntil(lambda: view.user.count() > 0)
    assert view.user.value == program.user
    enter(qtbot, program, registry)


def test_a_training_registry_is_made_with_one_press(qtbot, program, tmp_path):
    program.train(tmp_path / "training.registry")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=300_000)

    assert program.look.training
    assert program.window.patients.model.rowCount() > 0


def test_language_and_theme_change_at_once_and_the_page_stays(qtbot, program, registry):
    enter(qtbot, program, registry)
    program.window.show_settings()
    page = program.window.page

    page._keep(replace(page._settings, language=Language.JA, theme=ThemeChoice.DARK))

    assert isinstance(program.window.page, SettingsPage)
    assert program.words.language is Language.JA
    assert program.look.theme is Theme.DARK


def test_qts_own_dialogs_speak_japanese_too(program):
    program.settings = replace(Settings(), language=Language.JA)
    program.welcome()
    dialog = QFileDialog(program.window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)

    assert "キャンセル" in [b.text() for b in dialog.findChildren(QPushButton)]


def test_a_file_that_cannot_be_made_is_told_in_the_strip(qtbot, program, tmp_path):
    program.train(tmp_path / "no such folder" / "training.registry")

    qtbot.waitUntil(lambda: program.window.strip.said != "", timeout=300_000)
    assert "training.registry" in program.window.strip.said


def test_the_password_of_a_training_registry_is_no_secret(qtbot, program, tmp_path):
    program.train(tmp_path / "training.registry")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=300_000)

    program.window.sign_out()
    view = program.window.view
    qtbot.waitUntil(lambda: view.user.count() > 0)

    assert "training" in view._password._hint
    assert program.look.training


def test_a_blinded_assessor_has_a_window_of_their_own(qtbot, program, registry):
    desk = at_desk(registry)
    add_person(
        desk, "sato", "架空 評価者", Role.BLINDED_ASSESSOR, "quince jelly", cost=CHEAP
    )
    desk.close()
    desk = at_desk(registry, "sato", "quince jelly")
    change_password(desk, "quince jelly", PASSWORD, cost=CHEAP)
    desk.close()
    program.show_sign_in(registry)
    qtbot.waitUntil(lambda: program.window.view.user.count() > 0)
    view = program.window.view
    view.user.choose("sato")
    view.password.setText(PASSWORD)
    view.go.click()

    qtbot.waitUntil(lambda: isinstance(program.window, AssessorWindow), timeout=300_000)

    program.window.sign_out()
    assert isinstance(program.window.view, SignInView)
    assert program.desk is None


def test_an_administrator_is_told_of_wrong_passwords_at_sign_in(
    qtbot, program, registry
):
    with pytest.raises(Refused):
        at_desk(registry, password="guess")
    enter(qtbot, program, registry)

    assert program.words("people.troubles-told", count=1) in program.window.strip.said
    program.window.strip._act.click()

    assert isinstance(program.window.page, PeoplePage)
