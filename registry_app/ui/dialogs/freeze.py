"""Freeze the data: what for, in words; the cut gets its number."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


class FreezeDialog(Asking[str]):
    """What the cut is for; nothing has to be written."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[str], object],
        why: str = "",
    ) -> None:
        """`why`: a sentence for what asked for it."""
        super().__init__(parent, words, look, [], save)
        self.purpose = self.line(words("reports_page.freeze-purpose"))
        said = words("reports_page.freeze-what")
        self.ask(
            words("reports_page.freeze-title"),
            words("reports_page.freeze-go"),
            *([label(look, why, wrap=True)] if why else []),
            label(look, said, "text2", wrap=True),
            6,
            self.purpose,
        )
        self.purpose.setFocus()

    def value(self) -> str | None:
        """The purpose."""
        return written(self.purpose)
