"""What the parts of the form of a safety case have in common.

A part shows the case and one of its events, and gives them back as they now stand in
its fields. Nothing is saved by a part: the page keeps what was typed until it is saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from registry_app.domain.forms import NO, YES
from registry_app.ui.dates import DateField
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.prose import Prose
from registry_app.ui.widgets import Inside, Segments, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.plan.pack import Pack
    from registry_app.domain.safety import Event, SafetyCase


@dataclass(frozen=True, slots=True)
class Room:
    """What every part is made with. `injury`, `treatment`: of the patient, if known."""

    words: Words
    look: Look
    pack: Pack
    today: date
    injury: date | None = None
    treatment: date | None = None


#: The case, and the event that is chosen; a case need not have one.
Held = tuple["SafetyCase", "Event | None"]


class Part(QWidget):
    """changed(): something was typed or chosen.

    `of_event`: it has nothing to ask where the case has no event.
    """

    changed = Signal()
    of_event = True

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        self.room = room

    def say(self, name: str, /, **told: object) -> str:
        """A text of this page."""
        return self.room.words(f"safety_page.{name}", **told)

    def fill(self, case: SafetyCase, event: Event | None, /) -> None:
        """Show them in the fields."""
        raise NotImplementedError

    def read(self, case: SafetyCase, event: Event | None, /) -> Held | None:
        """As they stand in the fields; None where something is wrong, said there."""
        raise NotImplementedError

    # ── fields ───────────────────────────────────────────────────────────────────

    def line(self, name: str, text: str = "", hint: str = "") -> Field:
        """One line of text; `name` and `hint` are texts of this page."""
        look = self.room.look
        made = Line(look, self.say(name))
        made.setText(text)
        made.textEdited.connect(lambda _text: self.changed.emit())
        return Field(look, self.say(name), made, self.say(hint) if hint else "")

    def day(self, name: str, day: date | None = None) -> DateField:
        """A day."""
        words, look = self.room.words, self.room.look
        made = DateField(look, words, self.say(name), self.room.today, day)
        made.line.textChanged.connect(lambda _text: self.changed.emit())
        return made

    def choice(
        self, name: str, choices: Sequence[tuple[str, str]], value: str = ""
    ) -> Field:
        """One of several, in a box."""
        look = self.room.look
        made = Choice(look, self.say(name), choices)
        made.choose(value)
        made.stay_narrow()
        made.currentIndexChanged.connect(lambda _n: self.changed.emit())
        return Field(look, self.say(name), made)

    def prose(self, name: str, text: str = "") -> Prose:
        """Text of several lines."""
        made = Prose(self.room.look, self.say(name), text)
        made.changed.connect(self.changed)
        return made

    def yes_no(self, name: str, value: bool | None, optional: bool) -> Segments:
        """Yes, no, and where it is `optional` neither; `name` is said as it is."""
        words = self.room.words
        choices = [(YES, words("enrol.yes")), (NO, words("enrol.no"))]
        at = "" if value is None else YES if value else NO
        made = Segments(self.room.look, choices, name, at, optional=optional)
        made.chosen.connect(lambda _value: self.changed.emit())
        return made

    def asked(self, name: str, segments: Segments, hint: str = "") -> QWidget:
        """A few fixed choices under their label."""
        look = self.room.look
        title = label(look, self.say(name), "text2", "caption", MEDIUM)
        inside = column(title, row(segments, None), gap=3)
        if hint:
            said = label(look, self.say(hint), "text3", "caption", wrap=True)
            inside.addWidget(said)
        return Inside(inside)


def answer(segments: Segments) -> bool | None:
    """Yes, no or not answered."""
    return None if not segments.value else segments.value == YES


def beside(*parts: QWidget | QLayout) -> Inside:
    """Fields side by side, each as wide as the other, at the top of their row."""
    made = row(gap=16)
    for part in parts:
        held = part if isinstance(part, QWidget) else Inside(part)
        made.addLayout(column(held, None, gap=0), 1)
    return Inside(made)
