"""The tests that were made of an event: what, when, what came out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit

from registry_app.domain.safety import Finding
from registry_app.ui.dates import DateField
from registry_app.ui.inputs import Line
from registry_app.ui.look import MEDIUM
from registry_app.ui.pages.safety_parts import Held, Part, Room
from registry_app.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from registry_app.domain.safety import Event, SafetyCase

#: What is written of a test, and the keys of their names.
_TEXTS = {"name": "test-name", "value": "test-value", "unit": "test-unit"}


class TestsPart(Part):
    """A line for each test; a line that is emptied is no test any more."""

    #: Pytest would take it for a class of tests.
    __test__ = False

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look = room.look
        self.lines: list[tuple[dict[str, QLineEdit], DateField]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 3)
        for at in (1, 2):
            self._grid.setColumnStretch(at, 2)
        self._grid.setColumnStretch(3, 1)
        for at, name in enumerate(("test-name", "test-on", "test-value", "test-unit")):
            title = label(look, self.say(name), "text2", "caption", MEDIUM)
            self._grid.addWidget(title, 0, at)
        self.add_button = button(look, self.say("test-add"), "small", self._more)
        self.setLayout(column(self._grid, row(self.add_button, None), None))

    def _more(self) -> None:
        self._add(Finding(""))
        self.lines[-1][0]["name"].setFocus()

    def _add(self, found: Finding) -> None:
        number, look = len(self.lines) + 1, self.room.look
        texts: dict[str, QLineEdit] = {}
        for name, key in _TEXTS.items():
            said = self.say("test-of", what=self.say(key), number=number)
            line = Line(look, said)
            line.setText(getattr(found, name))
            line.textEdited.connect(lambda _text: self.changed.emit())
            texts[name] = line
        said = self.say("test-of", what=self.say("test-on"), number=number)
        day = DateField(look, self.room.words, said, self.room.today, found.on)
        day.caption.hide()
        day.line.textEdited.connect(lambda _text: self.changed.emit())
        for at, part in enumerate((texts["name"], day, texts["value"], texts["unit"])):
            self._grid.addLayout(column(part, None, gap=0), number, at)
        self.lines.append((texts, day))

    def _clear(self) -> None:
        for texts, day in self.lines:
            for part in (*texts.values(), day):
                part.hide()
                part.deleteLater()
        self.lines = []

    def fill(self, _case: SafetyCase, event: Event | None) -> None:
        """Show the tests, in their order."""
        self._clear()
        for _number, found in sorted(
            (event.tests if event else {}).items(), key=lambda each: int(each[0])
        ):
            self._add(found)

    def read(self, case: SafetyCase, event: Event | None) -> Held | None:
        """The tests; one with a value needs its name."""
        if event is None:
            return case, event
        tests, right = {}, True
        for number, (texts, day) in enumerate(self.lines, 1):
            told = {name: line.text().strip() for name, line in texts.items()}
            on = day.take()
            written = any(told.values()) or on is not None
            if written and not told["name"]:
                day.set_problem(self.say("test-no-name"))
            right = right and not day.problem
            if written:
                tests[str(number)] = Finding(told["name"], on, *_rest(told))
        return (case, replace(event, tests=tests)) if right else None


def _rest(told: dict[str, str]) -> tuple[str, str]:
    return told["value"], told["unit"]
