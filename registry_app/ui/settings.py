"""The user's own settings, in a TOML file: how it looks, and which files were open.

They change no meaning and hold no patient data. A file that cannot be read is taken as
if it was not there: a wish about colours must never keep anybody out of a registry.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication

from registry_app.ui.look import TEXT_SIZES, Theme
from registry_app.words import Language

#: How many recent files are kept.
RECENT = 10


class ThemeChoice(StrEnum):
    """What the user wants; the system's own choice may change while we run."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def system_language() -> Language:
    """Japanese on a Japanese system, else English."""
    japanese = QLocale.system().language() == QLocale.Language.Japanese
    return Language.JA if japanese else Language.EN


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has chosen. `recent`: registry files, the last one first."""

    language: Language = field(default_factory=system_language)
    theme: ThemeChoice = ThemeChoice.SYSTEM
    text_size: int = 100
    recent: tuple[str, ...] = ()

    @property
    def colours(self) -> Theme:
        """The theme to show now."""
        if self.theme is not ThemeChoice.SYSTEM:
            return Theme(self.theme)
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return Theme.DARK if dark else Theme.LIGHT

    def opened(self, path: Path) -> "Settings":
        """With that file as the most recent one."""
        name = str(path.resolve())
        others = tuple(other for other in self.recent if other != name)
        return replace(self, recent=(name, *others)[:RECENT])

    def without(self, path: str) -> "Settings":
        """With that file taken off the recent ones."""
        return replace(self, recent=tuple(p for p in self.recent if p != path))


def read_settings(file: Path) -> Settings:
    """The settings of a file; what is missing or wrong in it is as by default."""
    try:
        written: Mapping[str, Any] = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        written = {}
    default = Settings()
    language, theme = written.get("language"), written.get("theme")
    size, recent = written.get("text_size"), written.get("recent")
    return Settings(
        Language(language) if language in tuple(Language) else default.language,
        ThemeChoice(theme) if theme in tuple(ThemeChoice) else default.theme,
        size if size in TEXT_SIZES else default.text_size,
        tuple(p for p in recent if isinstance(p, str)) if recent else (),
    )


def write_settings(file: Path, settings: Settings) -> None:
    """Keep them; what else stands in the file is left as it is."""
    import tomlkit  # only needed when something has changed

    try:
        document = tomlkit.parse(file.read_text("utf-8"))
    except (OSError, ValueError):
        document = tomlkit.document()
    document["language"] = str(settings.language)
    document["theme"] = str(settings.theme)
    document["text_size"] = settings.text_size
    document["recent"] = list(settings.recent)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(tomlkit.dumps(document), "utf-8")
