import subprocess
import sys

import pytest

from registry_app.cli.main import spoken
from registry_app.paths import settings_file
from registry_app.services.program import code_hash, program
from registry_app.words import Language


@pytest.mark.parametrize(
    ("argv", "environ", "language"),
    [
        ([], {}, Language.EN),
        ([], {"LANG": "ja_JP.UTF-8"}, Language.JA),
        ([], {"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, Language.EN),
        (["import", "--lang", "ja"], {}, Language.JA),
        (["report", "--lang=en"], {"LANG": "ja_JP"}, Language.EN),
        (["report", "--lang", "ja+en"], {"LANG": "ja_JP"}, Language.JA),
        (["--lang"], {}, Language.EN),
    ],
)
def test_the_language_is_named_or_that_of_the_system(argv, environ, language):
    assert spoken(argv, environ) is language


def test_the_language_that_the_user_has_chosen_goes_before_the_systems():
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('language = "ja"\n')

    assert spoken([], {"LANG": "en_GB"}) is Language.JA


def test_settings_that_cannot_be_read_keep_nobody_out():
    settings_file().parent.mkdir(parents=True)
    settings_file().write_bytes(b"\xff = [")

    assert spoken([], {}) is Language.EN


def test_it_says_which_program_it_is(command):
    told = command("--version")

    assert (told.status, told.err) == (0, "")
    assert told.out == f"{program()}\nsha256 {code_hash()}\n"


def test_help_lists_what_works_in_the_language_asked_for(command):
    told = command("--lang", "ja", "--help")

    assert told.status == 0
    for name in ("open", "demo", "create", "classify", "import", "report", "verify"):
        assert f"\n    {name} " in told.out
    assert "練習用レジストリ" in told.out


@pytest.mark.parametrize(
    "argv",
    [
        ("bench-press",),
        ("create", "x.registry"),
        ("import", "x.registry"),
        ("import", "x.registry", "in.csv", "--template", "t.xlsx"),
        ("report", "x.registry", "R99", "--patient", "SAP-0001-7"),
        ("report", "x.registry", "R5"),
        ("demo", "--patients", "many"),
    ],
)
def test_wrong_usage_is_exit_status_2(command, argv):
    told = command(*argv)

    assert (told.status, told.out) == (2, "")
    assert "usage: registry-app" in told.err


@pytest.mark.parametrize(("argv", "opened"), [((), None), (("open",), None)])
def test_without_a_subcommand_the_window_opens(command, windows, argv, opened):
    assert command(*argv).status == 0
    assert windows == [opened]


def test_open_shows_the_window_on_the_file(command, windows, registry):
    command("open", registry)

    assert windows == [registry]


def test_without_a_display_a_sentence_says_so(command, windows, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")

    told = command("open")

    assert (told.status, windows) == (1, [])
    assert "no display" in told.err


def test_starting_loads_neither_qt_nor_the_data_base_nor_readers_of_files():
    """A shell script calls the program often: it must not pay for what it leaves."""
    heavy = "PySide6 sqlalchemy sqlcipher3 alembic reportlab openpyxl xlsxwriter"
    code = (
        "import sys; from registry_app.cli.main import parser; "
        "from registry_app.words import Language, Words; "
        "parser(Words(Language.EN)).format_help(); import registry_app.__main__; "
        f"print([m for m in {heavy.split()} if m in sys.modules])"
    )

    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"


def test_the_program_runs_as_a_module_and_writes_utf_8_whatever_the_locale(tmp_path):
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "registry_app",
            "verify",
            "なし.registry",
            "--lang",
            "ja",
        ],
        capture_output=True,
        cwd=tmp_path,
        env={"PATH": "", "PYTHONIOENCODING": "cp932", "HOME": str(tmp_path)},
        check=False,
    )

    assert told.returncode == 1
    assert "「なし.registry」が見つかりません" in told.stderr.decode("utf-8")
