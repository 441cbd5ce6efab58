"""Folders that file dialogs begin in, and the question where to save."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def documents() -> Path:
    """Where people keep their files; their home where there is no such folder."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place))
    return found if found.is_dir() else Path.home()


def ask_place(parent: QWidget, title: str, start: Path, kinds: str = "") -> str:
    """The file in which to save, `start` proposed; the empty text for rather not.

    A name without an ending gets that of `start`, so that the file is found again. To
    write over an older file is asked about by the dialog.
    """
    dialog = QFileDialog(parent, title, str(start.parent), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(start.suffix)
    dialog.selectFile(start.name)
    chosen = dialog.selectedFiles() if dialog.exec() else [""]
    dialog.deleteLater()
    return chosen[0]
