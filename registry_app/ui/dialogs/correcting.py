"""A dialog that records something new, or corrects what is on record for a reason.

dialog = ContactDialog(…, save, known=contact)
correct_contact(desk, made, dialog.reason)      # in `save`
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import Item
from registry_app.words import Words

T = TypeVar("T")


class Correcting(Asking[T]):
    """`known`: what is on record, which is then filled in; None for something new."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[T], object],
        known: T | None,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.known = known
        self.why = self.line(words("patient.reason"), hint=words("patient.reason-hint"))
        self.places["trail.reason-needed"] = self.why

    @property
    def reason(self) -> str:
        """Why it is corrected; empty of something new."""
        return written(self.why)

    def ask_with_reason(self, new: str, other: str, go: str, *items: Item) -> None:
        """Lay out the fields; the title is `new` or `other`, `go` that of a new one."""
        if self.known is None:
            self.ask(new, go, *items)
        else:
            self.ask(other, self.words("patient.correct-go"), *items, self.why)

    def reasoned(self) -> bool:
        """Whether a reason is there, where one is needed; else it takes the keys.

        Ask before the other fields, so that the first one that is wrong has them.
        """
        if self.known is None or self.needed(self.why):
            return True
        self.why.setFocus()
        return False
