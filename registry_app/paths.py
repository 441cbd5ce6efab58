"""Where the program's own files and the user's data live."""

import sys
from pathlib import Path

import platformdirs

#: The checkout, or the folder into which a bundle was unpacked.
ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
RESOURCES = ROOT / "resources"
MIGRATIONS = ROOT / "migrations"


def settings_file() -> Path:
    """The user's own settings (language, theme, recent files): never patient data."""
    folder = platformdirs.user_config_path("registry-app", appauthor=False)
    return folder / "settings.toml"


def log_folder() -> Path:
    """Where the log is written; it holds identifiers, never a value."""
    return platformdirs.user_log_path("registry-app", appauthor=False)


def own_packs() -> Path:
    """Where a hospital lays protocol packs of its own, a folder each; may be absent."""
    return platformdirs.user_data_path("registry-app", appauthor=False) / "packs"
