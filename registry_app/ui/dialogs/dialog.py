"""What every dialog has: whom it is about, its fields, and two buttons."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from registry_app.ui.frame import Banner, Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import Item, button, column, label, row
from registry_app.words import Words


class Dialog(QDialog):
    """Title, the patient's banner, what is asked; Enter goes on, Escape leaves."""

    def __init__(
        self, parent: QWidget, words: Words, look: Look, facts: Sequence[Fact]
    ) -> None:
        super().__init__(parent)
        self.words, self.look = words, look
        self._banner = Banner(look)
        self._banner.show_facts(facts)

    def lay_out(self, title: str, go: str, *items: Item) -> None:
        """Put the fields between banner and buttons."""
        words, look = self.words, self.look
        self.setWindowTitle(title)
        self.go = button(look, go, "primary", self.accept)
        self.go.setDefault(True)
        stop = button(look, words("app.cancel"), "", self.reject)
        inside = column(
            label(look, title, role="title"),
            4,
            *items,
            None,
            row(None, stop, self.go),
            margins=(24, 16, 24, 20),
        )
        self.setLayout(column(self._banner, inside, gap=0))
        self.setTabOrder(self.go, stop)
        self.setMinimumWidth(look.px(520))
