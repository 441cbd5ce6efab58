"""What is written of the case as a whole: its head, its course, its comments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from registry_app.domain.forms import NO, YES
from registry_app.ui.dialogs.asking import line_of, written
from registry_app.ui.pages.safety_event import chosen
from registry_app.ui.pages.safety_parts import Held, Part, Room, answer, beside
from registry_app.ui.widgets import column, label, rule

if TYPE_CHECKING:
    from registry_app.domain.safety import Event, SafetyCase

#: The fields of the case that are written freely, in pairs that stand side by side.
STORY = (
    ("narrative", "history"),
    ("concomitant", "measures"),
    ("reporter-comment", "holder-comment"),
)


class HeadPart(Part):
    """Title, reporter, day 0 of the hospital, and the class, if a person chose it."""

    of_event = False

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        words = room.words
        self.title = self.line("title-of-case", hint="title-hint")
        self.reporter = self.line("reporter", hint="reporter-hint")
        self.hospital = self.day("hospital-aware")
        none = ("", self.say("special-none"))
        specials = [(each.id, words.say(each.name)) for each in room.pack.specials]
        self.special = self.choice("special", [none, *specials])
        computed = ("", self.say("class-computed"))
        classes = [
            (each.id, self.say("class-of", id=each.id, name=words.say(each.name)))
            for each in room.pack.events
        ]
        self.class_ = self.choice("class-chosen", [computed, *classes])
        self.class_why = self.line("class-why", hint="class-why-hint")
        said = self.say("reportable")
        self.reportable = self.yes_no(said, True, optional=False)
        hint = label(room.look, self.say("class-hint"), "text3", "caption", wrap=True)
        self.setLayout(
            column(
                self.title,
                beside(self.reporter, self.hospital),
                beside(
                    self.special,
                    self.asked("reportable", self.reportable, "reportable-hint"),
                ),
                4,
                rule(),
                hint,
                beside(self.class_, self.class_why),
                None,
                gap=6,
            )
        )

    def fill(self, case: SafetyCase, _event: Event | None) -> None:
        """Show them."""
        line_of(self.title).setText(case.title)
        line_of(self.reporter).setText(case.reporter)
        self.hospital.show_day(case.hospital_aware)
        chosen(self.special, case.special)
        self.reportable.choose(YES if case.reportable else NO)
        chosen(self.class_, case.chosen_class)
        line_of(self.class_why).setText(case.chosen_why)

    def read(self, case: SafetyCase, event: Event | None) -> Held | None:
        """The case as it stands here; a chosen class needs why."""
        words = self.room.words
        title, aware = written(self.title), self.hospital.take()
        self.title.set_problem("" if title else words("safety.no-title"))
        class_, why = written(self.class_), written(self.class_why)
        lacks = bool(class_) and not why
        self.class_why.set_problem(words("safety.class-without-why") if lacks else "")
        if self.title.problem or self.hospital.problem or lacks:
            return None
        made = replace(
            case,
            title=title,
            reporter=written(self.reporter),
            hospital_aware=aware,
            special=written(self.special),
            reportable=bool(answer(self.reportable)),
            chosen_class=class_,
            chosen_why=why,
        )
        return made, event


class StoryPart(Part):
    """Course, history, other treatments, measures, comments."""

    of_event = False

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        names = [name for pair in STORY for name in pair]
        self.texts = {name: self.prose(name) for name in names}
        whole = column(gap=8)
        for left, right in STORY:
            whole.addWidget(beside(self.texts[left], self.texts[right]))
        whole.addStretch(1)
        self.setLayout(whole)

    def fill(self, case: SafetyCase, _event: Event | None) -> None:
        """Show the texts."""
        for name, prose in self.texts.items():
            prose.text = getattr(case, name.replace("-", "_"))

    def read(self, case: SafetyCase, event: Event | None) -> Held | None:
        """The texts."""
        texts = {name: prose.text for name, prose in self.texts.items()}
        made = replace(
            case,
            narrative=texts["narrative"],
            history=texts["history"],
            concomitant=texts["concomitant"],
            measures=texts["measures"],
            reporter_comment=texts["reporter-comment"],
            holder_comment=texts["holder-comment"],
        )
        return made, event
