"""The dates of a case that the pack counts from and nothing else records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.plan.pack import Anchor
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Dated:
    """Every date by its anchor, and why one that was there is another now."""

    dates: Mapping[str, date]
    reason: str


class DatesDialog(Asking[Dated]):
    """A field for each anchor; a reason only where a date that was known changes."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Dated], object],
        *,
        anchors: Sequence[Anchor],
        dates: Mapping[str, date],
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._before = dates
        self.fields = {
            anchor.id: self.day(words.say(anchor.name), today, dates.get(anchor.id))
            for anchor in anchors
        }
        self.reason = self.line(
            words("treatment.dates-reason"), hint=words("treatment.dates-reason-hint")
        )
        self.ask(
            words("treatment.dates-title"),
            words("treatment.dates-go"),
            *self.fields.values(),
            self.reason,
        )
        next(iter(self.fields.values()), self.reason).setFocus()

    def value(self) -> Dated | None:
        """The dates, if each can be read."""
        taken = {id_: field.take() for id_, field in self.fields.items()}
        if not self.right(*self.fields.values()):
            return None
        shown = set(self.fields)
        dates = {id_: day for id_, day in self._before.items() if id_ not in shown}
        dates |= {id_: day for id_, day in taken.items() if day is not None}
        changed = any(dates.get(id_) != day for id_, day in self._before.items())
        reason = self.needed(self.reason) if changed else written(self.reason)
        if not self.right(self.reason):
            return None
        return Dated(dates, reason)
