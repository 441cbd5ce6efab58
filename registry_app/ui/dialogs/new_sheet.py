"""Another recovery sheet: the one before opens nothing from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from registry_app.services.registry import new_recovery_sheet
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.dialogs.slow import SlowAsking
from registry_app.ui.look import Look
from registry_app.ui.start.recovery_sheet import RecoverySheet
from registry_app.ui.widgets import label
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class NewSheetDialog(SlowAsking[bool]):
    """The question before; then `result_of`: the halves."""

    def __init__(self, parent: QWidget, desk: Desk, words: Words, look: Look) -> None:
        super().__init__(parent, words, look, [], lambda _yes: new_recovery_sheet(desk))
        self.ask(
            words("people.sheet-title"),
            words("people.sheet-go"),
            label(look, words("people.sheet-ask"), wrap=True),
        )
        self.go.setDefault(False)
        self.stop.setDefault(True)

    def value(self) -> bool | None:
        """There is nothing to type."""
        return True


class SheetDialog(Dialog):
    """Both halves, until somebody says that they are kept."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        halves: tuple[str, str],
        site: str,
        file: str,
    ) -> None:
        super().__init__(parent, words, look, [])
        self.sheet = RecoverySheet(words, look)
        self.sheet.show_halves(halves, site, file)
        self.copied = QCheckBox(words("create.code-copied"))
        self.copied.toggled.connect(lambda on: self.go.setEnabled(on))
        title = words("people.sheet-title")
        self.lay_out(title, words("app.close"), self.sheet, 8, self.copied)
        self.stop.hide()
        self.go.setEnabled(False)

    def reject(self) -> None:
        """Not before they are kept: nobody can show them again."""
        if self.copied.isChecked():
            super().reject()


def make_new_sheet(parent: QWidget, desk: Desk, words: Words, look: Look) -> bool:
    """Ask, make it, and show it; whether it was made."""
    dialog = NewSheetDialog(parent, desk, words, look)
    made = bool(dialog.exec())
    if made:
        site, file = desk.registry.site, desk.path.name
        SheetDialog(parent, words, look, dialog.result_of, site, file).exec()
    dialog.deleteLater()
    return made
