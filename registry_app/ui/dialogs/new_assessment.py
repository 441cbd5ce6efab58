"""The day of a blinded exam, and why it lies outside its window if it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry_app.services.assessing import ToAssess, begin_assessment
from registry_app.services.protocol import today_in_japan
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class NewAssessmentDialog(Asking[tuple[date, str]]):
    """Today is proposed; paper sheets are entered later."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[tuple[date, str]], object],
        *,
        window: str,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.on = self.day(words("assessing.day"), today, today)
        self.reason = self.line(words("assessing.reason"))
        self.places = {"course.out-of-window-blinded": self.reason}
        self.ask(
            words("assessing.begin-title"),
            words("assessing.begin"),
            label(look, window, "text2", wrap=True),
            4,
            self.on,
            self.reason,
        )
        self.on.setFocus()

    def value(self) -> tuple[date, str] | None:
        """The day and the reason."""
        on = self.on.take(required=True)
        if not self.right(self.on) or on is None:
            return None
        return on, written(self.reason)


def ask_new_assessment(
    parent: QWidget,
    desk: Desk,
    words: Words,
    look: Look,
    facts: Sequence[Fact],
    one: ToAssess,
) -> str:
    """Ask for the day and begin one's own sheet; its form ID, "" where it was left."""
    begun: list[str] = []

    def save(told: tuple[date, str]) -> None:
        form = begin_assessment(desk, one.subject_id, one.visit_code, *told)
        begun.append(form.id)

    first, last = one.first.isoformat(), one.last.isoformat()
    dialog = NewAssessmentDialog(
        parent,
        words,
        look,
        facts,
        save,
        window=words("assessing.window-is", first=first, last=last),
        today=today_in_japan(desk),
    )
    dialog.exec()
    dialog.deleteLater()
    return "".join(begun)
