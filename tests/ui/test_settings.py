from dataclasses import replace
from pathlib import Path

import pytest

from registry_app.ui.settings import (
    RECENT,
    Settings,
    ThemeChoice,
    read_settings,
    write_settings,
)
from registry_app.words import Language


def test_settings_read_back_as_they_were_kept(tmp_path):
    file = tmp_path / "here" / "settings.toml"
    chosen = Settings(Language.JA, ThemeChoice.DARK, 150, ("/a.registry",))

    write_settings(file, chosen)

    assert read_settings(file) == chosen


@pytest.mark.parametrize(
    "text",
    ["", "no toml at all", "language = 'xx'\ntext_size = 90\nrecent = [3]\ntheme = 1"],
)
def test_a_file_that_is_wrong_keeps_nobody_out(tmp_path, text):
    file = tmp_path / "settings.toml"
    file.write_text(text, "utf-8")

    assert read_settings(file) == Settings()


def test_what_else_stands_in_the_file_is_kept(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("# mine\nelse = 1\n", "utf-8")

    write_settings(file, replace(Settings(), text_size=125))

    assert "# mine" in file.read_text("utf-8")
    assert "else = 1" in file.read_text("utf-8")


def test_the_last_file_comes_first_and_only_once(tmp_path):
    settings = Settings()
    for n in (*range(RECENT + 2), 5):
        settings = settings.opened(tmp_path / f"{n}.registry")

    names = [Path(path).name for path in settings.recent]
    assert names[:2] == ["5.registry", f"{RECENT + 1}.registry"]
    assert len(names) == len(set(names)) == RECENT
