"""Folders that file dialogs begin in, and the questions for a file."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from registry_app.words import Words


def documents() -> Path:
    """Where people keep their files; their home where there is no such folder."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place))
    return found if found.is_dir() else Path.home()


def ask_place(
    parent: QWidget, words: Words, title: str, start: Path, kinds: str = ""
) -> str:
    """The file in which to save, `start` proposed; the empty text for rather not.

    A name without an ending gets that of `start`, so that the file is found again. To
    write over an older file is asked about by the dialog.
    """
    dialog = _dialog(parent, words, title, start.parent, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(start.suffix)
    dialog.selectFile(start.name)
    return _chosen(dialog)


def ask_file(parent: QWidget | None, words: Words, title: str, kinds: str) -> str:
    """A file to open; the empty text for rather not."""
    dialog = _dialog(parent, words, title, documents(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _chosen(dialog)


def _dialog(
    parent: QWidget | None, words: Words, title: str, folder: Path, kinds: str
) -> QFileDialog:
    """The system's own dialog, else Qt's, whose labels are not all translated."""
    dialog = QFileDialog(parent, title, str(folder), kinds)
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, words("app.folder"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, words("app.file-type"))
    return dialog


def _chosen(dialog: QFileDialog) -> str:
    files = dialog.selectedFiles() if dialog.exec() else [""]
    dialog.deleteLater()
    return files[0]
