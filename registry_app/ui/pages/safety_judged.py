"""What is judged of an event: seriousness, expectedness, causality.

Nothing is judged by silence: what is not answered stays open, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout, QWidget

from registry_app.domain.forms import NO, YES
from registry_app.domain.safety import Expectedness, Judged, Seriousness, Suspect
from registry_app.ui.dialogs.asking import line_of, written
from registry_app.ui.look import MEDIUM
from registry_app.ui.pages.safety_parts import Held, Part, Room, answer
from registry_app.ui.widgets import (
    Chip,
    Segments,
    button,
    column,
    label,
    row,
)

if TYPE_CHECKING:
    from registry_app.domain.safety import Event, SafetyCase


#: Who judges the causality, and the keys of their names.
_JUDGES: Final = {"reporter": "by-reporter", "holder": "by-holder"}


class SeriousPart(Part):
    """The six criteria, each with yes or no; *None of them* answers all with no."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        words, look = room.words, room.look
        self.criteria = {
            each: self.yes_no(words.say(each.told), None, optional=True)
            for each in Seriousness
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for at, (each, segments) in enumerate(self.criteria.items()):
            grid.addWidget(label(look, words.say(each.told)), at, 0)
            grid.addWidget(segments, at, 1)
        self.none = button(look, self.say("serious-none"), "small", self._none)
        self.found = Chip(look, "due", "")
        self.changed.connect(self._say)
        why = label(look, self.say("serious-hint"), "text2", "caption", wrap=True)
        self.setLayout(column(why, grid, row(self.none, self.found, None), None))
        self._say()

    def _none(self) -> None:
        for segments in self.criteria.values():
            segments.choose(NO)
        self.changed.emit()

    def _answers(self) -> dict[str, bool]:
        answers = {e.value: answer(s) for e, s in self.criteria.items()}
        return {name: told for name, told in answers.items() if told is not None}

    def _say(self) -> None:
        answers = self._answers()
        if any(answers.values()):
            self.found.show_status("overdue", self.say("serious"))
        elif len(answers) == len(Seriousness):
            self.found.show_status("done", self.say("not-serious"))
        else:
            self.found.show_status("due", self.say("serious-open"))

    def fill(self, _case: SafetyCase, event: Event | None) -> None:
        """Show the answers."""
        for each, segments in self.criteria.items():
            told = None if event is None else event.serious.get(each.value)
            segments.choose("" if told is None else YES if told else NO)
        self._say()

    def read(self, case: SafetyCase, event: Event | None) -> Held | None:
        """The answers."""
        if event is None:
            return case, event
        return case, replace(event, serious=self._answers())


class ExpectedPart(Part):
    """Whether the label describes it, and which version of the label was asked.

    `label_on`: the version in force on a day, "" for none.
    """

    def __init__(self, room: Room, label_on: Callable[[date], str]) -> None:
        super().__init__(room)
        words, look = room.words, room.look
        self._label_on = label_on
        self._event: Event | None = None
        choices = [(each.value, words.say(each.told)) for each in Expectedness]
        self.expected = Segments(look, choices, self.say("expected"))
        self.expected.chosen.connect(lambda _value: self._chosen())
        self.label = self.line("label", hint="label-hint")
        self.in_force = button(look, "", "small", self._use)
        self.why = self.prose("expected-why")
        self.frequency = self.yes_no(self.say("frequency"), False, optional=False)
        self.setLayout(
            column(
                self.asked("expected", self.expected, "expected-hint"),
                self.label,
                row(self.in_force, None),
                self.why,
                self.asked("frequency", self.frequency),
                None,
            )
        )

    @property
    def _offered(self) -> str:
        day = self.room.today
        if self._event is not None and self._event.onset is not None:
            day = self._event.onset
        return self._label_on(day)

    def _use(self) -> None:
        line_of(self.label).setText(self._offered)
        self.label.set_problem("")
        self.changed.emit()

    def _chosen(self) -> None:
        """Who judges is spared to write the label that is in force."""
        judged = self.expected.value != Expectedness.UNDECIDED.value
        if judged and not written(self.label) and self._offered:
            self._use()
        self.changed.emit()

    def fill(self, _case: SafetyCase, event: Event | None) -> None:
        """Show what was judged."""
        self._event = event
        if event is None:
            return
        self.expected.choose(event.expected.value)
        line_of(self.label).setText(event.label)
        self.why.text = event.expected_why
        self.frequency.choose(YES if event.frequency else NO)
        offered = self._offered
        self.in_force.setText(self.say("label-use", label=offered))
        self.in_force.setVisible(bool(offered))

    def read(self, case: SafetyCase, event: Event | None) -> Held | None:
        """What is judged now; a judgement needs the label that it was made against."""
        if event is None:
            return case, event
        expected = Expectedness(self.expected.value)
        against = written(self.label)
        lacks = expected is not Expectedness.UNDECIDED and not against
        self.label.set_problem(self.room.words("safety.no-label") if lacks else "")
        if lacks:
            return None
        return case, replace(
            event,
            expected=expected,
            label=against,
            expected_why=self.why.text,
            frequency=bool(answer(self.frequency)),
        )


class CausePart(Part):
    """What it may come from, as the reporter and as the holder judge it."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look = room.look
        self.judges: dict[str, dict[Suspect, Segments]] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(3, 1)
        for at, (judge, key) in enumerate(_JUDGES.items(), 1):
            title = label(look, self.say(key), "text2", "caption", MEDIUM)
            grid.addWidget(title, 0, at)
            self.judges[judge] = {
                suspect: self._segments(judge, suspect) for suspect in Suspect
            }
            for line, segments in enumerate(self.judges[judge].values(), 1):
                grid.addWidget(segments, line, at)
        for line, suspect in enumerate(Suspect, 1):
            grid.addWidget(self._name(suspect), line, 0)
        why = label(look, self.say("cause-hint"), "text2", "caption", wrap=True)
        self.setLayout(column(why, grid, None))
        self._order()

    def _name(self, suspect: Suspect) -> QWidget:
        return label(self.room.look, self.room.words.say(suspect.told))

    def _segments(self, judge: str, suspect: Suspect) -> Segments:
        words = self.room.words
        name = self.say(
            "cause-of", judge=self.say(_JUDGES[judge]), what=words.say(suspect.told)
        )
        choices = [(each.value, words.say(each.told)) for each in Judged]
        made = Segments(self.room.look, choices, name, optional=True)
        made.chosen.connect(lambda _value: self.changed.emit())
        return made

    def _order(self) -> None:
        """Tab goes along the lines, as one reads."""
        both = [self.judges[judge] for judge in _JUDGES]
        stops = [each[suspect] for suspect in Suspect for each in both]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def fill(self, _case: SafetyCase, event: Event | None) -> None:
        """Show the judgements."""
        for judge, told in (
            ("reporter", event.by_reporter if event else {}),
            ("holder", event.by_holder if event else {}),
        ):
            for suspect, segments in self.judges[judge].items():
                known = told.get(suspect.value)
                segments.choose("" if known is None else known.value)

    def read(self, case: SafetyCase, event: Event | None) -> Held | None:
        """The judgements."""
        if event is None:
            return case, event
        told = {
            judge: {
                suspect.value: Judged(segments.value)
                for suspect, segments in asked.items()
                if segments.value
            }
            for judge, asked in self.judges.items()
        }
        return case, replace(
            event, by_reporter=told["reporter"], by_holder=told["holder"]
        )
