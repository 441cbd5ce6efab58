"""Assign somebody blind, end it, say what an unblinding means for the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.blinding import BlindAssignment, Hidden, Unblinding
from registry_app.domain.names import plain
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.dialogs.unblinding import ticked, ticks
from registry_app.ui.frame import Fact
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import column, label
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who is blind to what, since when; `subject_id` "": of every patient."""

    person: str
    to: frozenset[Hidden]
    since: date
    subject_id: str


class AssignBlindDialog(Asking[Assigned]):
    """`people`: who may still sign in, each with the name shown."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[Assigned], object],
        *,
        people: Sequence[tuple[str, str]],
        today: date,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self.person = self.choice(words("blinding_ui.person"), people, people[0][0])
        self.to = ticks(words, look)
        for box in self.to.values():
            box.setChecked(True)
        self.patient = self.line(
            words("blinding_ui.patient"), hint=words("blinding_ui.patient-hint")
        )
        self.since = self.day(words("blinding_ui.since"), today, today, future=True)
        self.places = {
            "blinding.retired": self.person,
            "blinding.blind-already": self.person,
            "storage.no-such-record": self.patient,
        }
        what = label(look, words("blinding_ui.to"), "text2", "caption", MEDIUM)
        self.ask(
            words("blinding_ui.assign-title"),
            words("blinding_ui.assign-go"),
            label(look, words("blinding_ui.assign-about"), "text2", wrap=True),
            4,
            self.person,
            column(what, *self.to.values(), 6, gap=3),
            self.patient,
            self.since,
        )
        self.person.setFocus()

    def value(self) -> Assigned | None:
        """What is to be recorded; that nothing is ticked is said by the service."""
        since = self.since.take(required=True)
        if not self.right(self.since) or since is None:
            return None
        return Assigned(
            written(self.person),
            ticked(self.to),
            since,
            plain(written(self.patient)).upper(),
        )


class EndBlindDialog(Asking[tuple[date, str]]):
    """The last day, and why."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[tuple[date, str]], object],
        *,
        known: BlindAssignment,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        last = max(today, known.since)
        self.until = self.day(words("blinding_ui.until-day"), today, last, future=True)
        self.reason = self.line(words("blinding_ui.reason"))
        self.places = {
            "blinding.ends-before-it-begins": self.until,
            "trail.reason-needed": self.reason,
        }
        self.ask(
            words("blinding_ui.end-title"),
            words("blinding_ui.end-go"),
            label(look, words("blinding_ui.end-about"), "text2", wrap=True),
            4,
            self.until,
            self.reason,
        )
        self.until.setFocus()

    def value(self) -> tuple[date, str] | None:
        """The day and the reason."""
        until, reason = self.until.take(required=True), self.needed(self.reason)
        if not self.right(self.until, self.reason) or until is None:
            return None
        return until, reason


class AssessUnblindingDialog(Asking[tuple[str, str]]):
    """What it means for the data; a correction of it asks for a reason, too."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[tuple[str, str]], object],
        *,
        known: Unblinding,
        exams: int,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.assessed = self.line(
            words("blinding_ui.assessed"),
            known.assessed,
            words("blinding.why-hint"),
        )
        self.reason = self.line(words("blinding_ui.reason"))
        self.reason.setVisible(bool(known.assessed))
        self.places = {
            "blinding.needs-assessment": self.assessed,
            "trail.reason-needed": self.reason,
        }
        told = words("blinding_ui.assess-about", count=exams, why=known.why)
        self.ask(
            words("blinding_ui.assess-title"),
            words("blinding_ui.assess-go"),
            label(look, told, "text2", wrap=True),
            4,
            self.assessed,
            self.reason,
        )
        self.assessed.setFocus()

    def value(self) -> tuple[str, str]:
        """The assessment and the reason; what is missing is said by the service."""
        return written(self.assessed), written(self.reason)


class WhichPatientDialog(Asking[str]):
    """The case ID of a patient; `find` refuses one that is not there."""

    def __init__(
        self, parent: QWidget, words: Words, look: Look, find: Callable[[str], object]
    ) -> None:
        super().__init__(parent, words, look, [], find)
        self.patient = self.line(words("assessing.case"))
        self.places = {"storage.no-such-record": self.patient}
        self.ask(
            words("blinding.record-title"), words("blinding_ui.next"), self.patient
        )
        self.patient.setFocus()

    def value(self) -> str | None:
        """The case ID as it is kept."""
        typed = plain(self.needed(self.patient)).upper()
        return typed if self.right(self.patient) else None
