"""Before a report says who somebody is: it is asked once, and never the default."""

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


class NamesDialog(Dialog):
    """Accepted: names, dates of birth and hospital numbers are to stand in it."""

    def __init__(self, parent: QWidget, words: Words, look: Look) -> None:
        super().__init__(parent, words, look, [])
        self.lay_out(
            words("reports_page.names-title"),
            words("reports_page.names-go"),
            label(look, words("reports_page.names-what"), wrap=True),
            12,
        )
        self.go.setDefault(False)
        self.stop.setDefault(True)
        self.stop.setFocus()
