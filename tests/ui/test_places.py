from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from registry_app.ui.places import ask_place


def answered(qtbot, words, start, typed, key=Qt.Key.Key_Return):
    """What comes of typing a name into the dialog, and what it proposed."""
    proposed = []

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        line = dialog.focusWidget()
        assert isinstance(line, QLineEdit)
        proposed.append(line.text())
        line.setText(typed)
        qtbot.keyClick(line, key)

    parent = QWidget()
    qtbot.addWidget(parent)
    QTimer.singleShot(0, answer)
    return ask_place(parent, words, "Save", start, "PDF (*.pdf)"), proposed[0]


def test_a_name_without_an_ending_gets_the_one_proposed(qtbot, words, tmp_path):
    start = tmp_path / "R5-1.pdf"

    assert answered(qtbot, words, start, "mine") == (
        str(tmp_path / "mine.pdf"),
        "R5-1.pdf",
    )


def test_escape_saves_nowhere(qtbot, words, tmp_path):
    chosen, _ = answered(qtbot, words, tmp_path / "R5-1.pdf", "mine", Qt.Key.Key_Escape)

    assert chosen == ""
