"""What happened: the event as reported, its days, its outcome, its coded term."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from registry_app.domain.forms import NO, YES
from registry_app.domain.safety import Outcome
from registry_app.ui.dialogs.asking import line_of, written
from registry_app.ui.inputs import Choice, Field
from registry_app.ui.pages.safety_parts import Held, Part, Room, answer, beside
from registry_app.ui.widgets import column, label, rule

if TYPE_CHECKING:
    from registry_app.domain.safety import Event, SafetyCase

#: The parts of a coded term, as they are stored, and the keys of their names.
CODED = {
    "dictionary": "coded-dictionary",
    "version": "coded-version",
    "code": "coded-code",
    "text": "coded-text",
    "group": "coded-group",
}


def chosen(field: Field, value: str) -> None:
    """Show that choice in the box of a field."""
    box = field.input
    assert isinstance(box, Choice)
    box.choose(value)


class WhatPart(Part):
    """The event itself; below its onset the days after injury and treatment."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        words = room.words
        self.what = self.line("what", hint="what-hint")
        self.onset = self.day("onset")
        self.ended = self.day("ended")
        self.days = label(room.look, "", "text2", "caption", wrap=True)
        none = ("", self.say("special-none"))
        specials = [(each.id, words.say(each.name)) for each in room.pack.specials]
        self.special = self.choice("special", [none, *specials])
        outcomes = [(each.value, words.say(each.told)) for each in Outcome]
        self.outcome = self.choice("outcome", outcomes)
        self.treatment = self.line("treatment")
        self.infection = self.yes_no(self.say("infection"), None, optional=True)
        self.note = self.line("note")
        self.coded = {name: self.line(key) for name, key in CODED.items()}
        coded = self.coded
        title = label(room.look, self.say("coded"), weight=500)
        hint = label(room.look, self.say("coded-hint"), "text3", "caption", wrap=True)
        self.setLayout(
            column(
                self.what,
                beside(self.onset, self.ended),
                self.days,
                beside(self.special, self.outcome),
                beside(self.treatment, self.note),
                self.asked("infection", self.infection),
                4,
                rule(),
                title,
                hint,
                beside(coded["dictionary"], coded["version"], coded["code"]),
                beside(coded["text"], coded["group"]),
                None,
                gap=6,
            )
        )
        self.onset.line.textChanged.connect(lambda _text: self._say_days())

    def _say_days(self) -> None:
        """The day after injury and after treatment, as the clinic counts them."""
        onset = self.onset.written
        said = []
        if onset is not None:
            for name, start in (
                ("after-injury", self.room.injury),
                ("after-treatment", self.room.treatment),
            ):
                if start is not None:
                    said.append(self.say(name, days=(onset - start).days))
        self.days.setText(self.room.words("safety_page.dot").join(said))
        self.days.setVisible(bool(said))

    def fill(self, _case: SafetyCase, event: Event | None) -> None:
        """Show the event."""
        if event is None:
            return
        line_of(self.what).setText(event.what)
        self.onset.show_day(event.onset)
        self.ended.show_day(event.ended)
        chosen(self.special, event.special)
        chosen(self.outcome, event.outcome.value)
        line_of(self.treatment).setText(event.treatment)
        line_of(self.note).setText(event.note)
        said = {None: "", True: YES, False: NO}[event.infection]
        self.infection.choose(said)
        for name, field in self.coded.items():
            line_of(field).setText(event.coded.get(name, ""))
        self._say_days()

    def read(self, case: SafetyCase, event: Event | None) -> Held | None:
        """The event as it stands here."""
        if event is None:
            return case, event
        what, onset, ended = written(self.what), self.onset.take(), self.ended.take()
        self.what.set_problem("" if what else self.room.words("safety.no-event"))
        if onset and ended and ended < onset:
            said = self.room.words("safety.ended-before-onset")
            self.ended.set_problem(said)
        if self.what.problem or self.onset.problem or self.ended.problem:
            return None
        coded = {name: written(field) for name, field in self.coded.items()}
        return case, replace(
            event,
            what=what,
            onset=onset,
            ended=ended,
            special=written(self.special),
            outcome=Outcome(written(self.outcome)),
            treatment=written(self.treatment),
            note=written(self.note),
            infection=answer(self.infection),
            coded={name: text for name, text in coded.items() if text},
        )
