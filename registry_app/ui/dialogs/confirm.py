"""Confirm a rule against its text: the name of who does it stands beside it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


class ConfirmDialog(Asking[str]):
    """What it was checked against. `says`: the rule as it stands here, line by line."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[str], object],
        *,
        name: str,
        says: tuple[str, ...],
        person: str,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self.evidence = self.line(words("ledger_page.confirm-evidence"))
        lines = [label(look, each, "text2", wrap=True) for each in says if each]
        who = words("ledger_page.confirm-who", name=person)
        self.ask(
            words("ledger_page.confirm-title"),
            words("ledger_page.confirm-go"),
            label(look, name, wrap=True),
            *lines,
            6,
            self.evidence,
            label(look, who, "text2", "caption", wrap=True),
            8,
        )
        self.evidence.setFocus()

    def value(self) -> str | None:
        """What it was checked against."""
        return self.needed(self.evidence) or None
