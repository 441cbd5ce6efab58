"""Record an attempt to reach a patient, and when to try again."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.course import Contact, ContactOutcome, ContactWay
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.words import Words


class ContactDialog(Asking[Contact]):
    """Gives a Contact without an ID; saving gives it one."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Contact], object],
        *,
        subject_id: str,
        today: date,
        by: str,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._subject_id = subject_id
        self.on = self.day(words("contacts.on"), today, today)
        self.way = self.choice(
            words("contacts.way"),
            [(str(way), words.say(way.told)) for way in ContactWay],
        )
        self.outcome = self.choice(
            words("contacts.outcome"),
            [(str(outcome), words.say(outcome.told)) for outcome in ContactOutcome],
        )
        self.by = self.line(words("contacts.by"), by)
        self.again = self.day(words("contacts.again-on"), today, future=True)
        self.note = self.line(words("contacts.note"))
        self.places = {"course.again-before": self.again}
        self.ask(
            words("contacts.add-title"),
            words("contacts.add-go"),
            self.on,
            self.way,
            self.outcome,
            self.by,
            self.again,
            self.note,
        )
        self.on.setFocus()

    def value(self) -> Contact | None:
        """The attempt, if everything is said."""
        on, again = self.on.take(required=True), self.again.take()
        if not self.right(self.on, self.again) or on is None:
            return None
        return Contact(
            "",
            self._subject_id,
            on,
            ContactWay(written(self.way)),
            ContactOutcome(written(self.outcome)),
            written(self.by),
            again,
            written(self.note),
        )
