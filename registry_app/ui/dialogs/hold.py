"""Hold the records of a patient beyond every rule of retention, or lift a hold."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.hold import LegalHold
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


class HoldDialog(Asking[LegalHold]):
    """A day and a reason: of setting a hold, or of lifting the one that is `known`."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[LegalHold], object],
        *,
        subject_id: str,
        today: date,
        known: LegalHold | None = None,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._subject_id, self._known = subject_id, known
        deed = "set" if known is None else "lift"
        self.on = self.day(words(f"retention.{deed}-on"), today, today)
        self.why = self.line(
            words(f"retention.{deed}-why"), hint=words("retention.why-hint")
        )
        self.places = {
            "retention.lifted-before-set": self.on,
            "retention.day-in-future": self.on,
        }
        what = words(f"retention.{deed}-what")
        self.ask(
            words(f"retention.{deed}-title"),
            words(f"retention.{deed}-go"),
            label(look, what, "text2", wrap=True),
            4,
            self.on,
            self.why,
        )
        self.on.setFocus()

    def value(self) -> LegalHold | None:
        """The hold, set or lifted."""
        why, day = self.needed(self.why), self.on.take(required=True)
        if not self.right(self.on, self.why) or day is None:
            return None
        if self._known is None:
            return LegalHold("", self._subject_id, day, why)
        return replace(self._known, lifted_on=day, lifted_why=why)
