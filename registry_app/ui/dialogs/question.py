"""One question with two answers, of which the safe one is the default."""

from PySide6.QtWidgets import QMessageBox, QWidget


def sure(parent: QWidget, title: str, text: str, go: str, stop: str) -> bool:
    """Whether somebody wants to `go`; Enter and Escape both `stop`."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setText(text)
    yes = box.addButton(go, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(stop, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes
