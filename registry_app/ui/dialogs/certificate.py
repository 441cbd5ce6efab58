"""The password of a key file, with which a copy of a report gets a PDF signature."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.asking import Asking, line_of
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


class CertificateDialog(Asking[str]):
    """The password is used once and not kept."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[str], object],
        *,
        file: str,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        name = words("reports_page.key-password")
        self.password = Field(look, name, Line(look, name, plain=True, secret=True))
        what = words("reports_page.certificate-what")
        self.ask(
            words("reports_page.certificate-title"),
            words("reports_page.certificate-go"),
            label(look, file, wrap=True),
            label(look, what, "text2", wrap=True),
            6,
            self.password,
        )
        self.password.setFocus()

    def value(self) -> str | None:
        """The password, as typed."""
        return line_of(self.password).text()
