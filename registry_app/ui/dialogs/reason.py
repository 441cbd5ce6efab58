"""Ask for the reason of something that the trail keeps."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


class ReasonDialog(Asking[str]):
    """`what` says what will happen; there is nothing done without a reason."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[str], object],
        *,
        title: str,
        go: str,
        name: str,
        what: str,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.reason = self.line(words("ledger_page.reason"))
        self.ask(
            title,
            go,
            label(look, name, wrap=True),
            label(look, what, "text2", "caption", wrap=True),
            4,
            self.reason,
        )
        self.reason.setFocus()

    def value(self) -> str | None:
        """The reason."""
        return self.needed(self.reason) or None
