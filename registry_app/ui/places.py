"""Folders that file dialogs begin in."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def documents() -> Path:
    """Where people keep their files; their home where there is no such folder."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place))
    return found if found.is_dir() else Path.home()
