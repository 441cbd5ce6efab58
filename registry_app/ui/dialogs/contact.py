"""Record an attempt to reach a patient and when to try again, or correct it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.course import Contact, ContactOutcome, ContactWay
from registry_app.ui.dialogs.asking import written
from registry_app.ui.dialogs.correcting import Correcting
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.words import Words


class ContactDialog(Correcting[Contact]):
    """A new Contact has no ID; saving gives it one."""

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
        by: str = "",
        known: Contact | None = None,
    ) -> None:
        super().__init__(parent, words, look, facts, save, known)
        self._subject_id = subject_id
        way, outcome = ContactWay.PHONE, ContactOutcome.REACHED
        first = known or Contact("", subject_id, today, way, outcome, by)
        self.on = self.day(words("contacts.on"), today, first.on)
        self.way = self.choice(
            words("contacts.way"),
            [(str(way), words.say(way.told)) for way in ContactWay],
            str(first.way),
        )
        self.outcome = self.choice(
            words("contacts.outcome"),
            [(str(outcome), words.say(outcome.told)) for outcome in ContactOutcome],
            str(first.outcome),
        )
        self.by = self.line(words("contacts.by"), first.by)
        self.again = self.day(
            words("contacts.again-on"), today, first.again_on, future=True
        )
        self.note = self.line(words("contacts.note"), first.note)
        self.places["course.again-before"] = self.again
        self.ask_with_reason(
            words("contacts.add-title"),
            words("contacts.correct-title"),
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
        reasoned = self.reasoned()
        on, again = self.on.take(required=True), self.again.take()
        if not self.right(self.on, self.again) or on is None or not reasoned:
            return None
        return Contact(
            self.known.id if self.known else "",
            self._subject_id,
            on,
            ContactWay(written(self.way)),
            ContactOutcome(written(self.outcome)),
            written(self.by),
            again,
            written(self.note),
            self.known.version if self.known else 0,
        )
