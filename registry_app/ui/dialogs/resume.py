"""Why a follow-up that had ended goes on."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.words import Words


class ResumeDialog(Asking[str]):
    """Gives the reason."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[str], object],
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.reason = self.line(
            words("contacts.resume-reason"), hint=words("patient.reason-hint")
        )
        self.ask(
            words("contacts.resume-title"), words("contacts.resume-go"), self.reason
        )
        self.reason.setFocus()

    def value(self) -> str | None:
        """The reason, which is needed."""
        return self.needed(self.reason) or None
