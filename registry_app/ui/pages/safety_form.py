"""The form of a safety case in tabs. What is typed is kept through tabs and events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from registry_app.ui.inputs import Choice, Field
from registry_app.ui.pages.safety_event import WhatPart
from registry_app.ui.pages.safety_judged import CausePart, ExpectedPart, SeriousPart
from registry_app.ui.pages.safety_parts import Part, Room
from registry_app.ui.pages.safety_story import HeadPart, StoryPart
from registry_app.ui.pages.safety_tests import TestsPart
from registry_app.ui.tabs import Tabs
from registry_app.ui.widgets import (
    Card,
    Inside,
    button,
    column,
    label,
    row,
    scrolled,
)

if TYPE_CHECKING:
    from registry_app.ui.pages.safety_draft import CaseDraft

#: The tabs in their order; those from the second to the sixth are about one event.
TABS: Final = (
    "head",
    "event",
    "serious",
    "expected",
    "cause",
    "tests",
    "story",
    "versions",
    "letters",
    "lung",
)
_OF_EVENT: Final = TABS[1:6]


class CaseForm(QWidget):
    """changed(): something was typed or chosen. event_shown(): another event is shown.

    `label_on`: the version of the label in force on a day. `add_event`: asks for one.
    `place` puts what one tab shows that is no part of the form.
    """

    changed = Signal()
    event_shown = Signal()

    def __init__(
        self,
        room: Room,
        label_on: Callable[[date], str],
        add_event: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        self._room = room
        self._draft: CaseDraft | None = None
        self.parts: dict[str, Part] = {
            "head": HeadPart(room),
            "event": WhatPart(room),
            "serious": SeriousPart(room),
            "expected": ExpectedPart(room, label_on),
            "cause": CausePart(room),
            "tests": TestsPart(room),
            "story": StoryPart(room),
        }
        for part in self.parts.values():
            part.changed.connect(self.changed)
        words, look = room.words, room.look
        self.tabs = Tabs(
            look,
            [words(f"safety_page.tab-{name}") for name in TABS],
            words("safety_page.tabs"),
        )
        said = words("safety_page.event-shown")
        self.event_box = Choice(look, said)
        self.event_box.stay_narrow()
        self.event_box.setMinimumWidth(look.px(260))
        self.event_box.activated.connect(lambda _n: self._choose_event())
        add = button(look, words("safety_page.event-add"), "small", add_event)
        shown = label(look, said, "text2", "caption")
        self._chooser = Inside(row(shown, self.event_box, add, None))
        self._places = QStackedWidget()
        self._areas = {name: scrolled(QWidget()) for name in TABS}
        for area in self._areas.values():
            self._places.addWidget(area)
        card = Card(look)
        card.body.addWidget(self._chooser)
        card.body.addWidget(self._places, 1)
        whole = column(self.tabs, card)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.tabs.currentChanged.connect(self._show_tab)
        self.tabs.entered.connect(self._enter_tab)
        self.setFocusProxy(self.tabs)

    def furnish(self) -> None:
        """Put the parts into their tabs, once the form stands in its page.

        Qt looks up the style of all that a widget holds with each holder that it gets:
        it is the last one first, or most of the time of opening a case goes there.
        """
        for name, part in self.parts.items():
            self._areas[name].setWidget(part)

    def show_draft(self, draft: CaseDraft) -> None:
        """Show a case and one of its events in the fields."""
        self._draft = draft
        self._name_events(draft)
        for part in self.parts.values():
            part.fill(draft.case, draft.event)
        self._show_tab(self.tabs.currentIndex())

    def place(self, name: str, inside: QWidget) -> None:
        """What a tab shows that is no part of the form."""
        area = self._areas[name]
        old = area.takeWidget()  # a button in it may be what asked for this
        old.hide()
        old.deleteLater()
        area.setWidget(inside)

    def go_to(self, name: str) -> None:
        """Show a tab."""
        self.tabs.setCurrentIndex(TABS.index(name))

    def take(self, *, show: bool = True) -> bool:
        """Keep what stands in all fields; `show`: go to the first that is wrong."""
        draft = self._draft
        if draft is None:
            return True
        case, event = draft.case, draft.event
        for name, part in self.parts.items():
            held = part.read(case, event)
            if held is None:
                if show:
                    self.go_to(name)
                    _to_problem(part)
                return False
            case, event = held
        draft.hold(case, event)
        return True

    def _name_events(self, draft: CaseDraft) -> None:
        words = self._room.words
        self.event_box.clear()
        for n, (id_, event) in enumerate(draft.events.items(), 1):
            what = words.typed(event.what)
            said = words("safety_page.event-of", number=n, what=what)
            self.event_box.addItem(said, id_)
        self.event_box.choose(draft.at)

    def _choose_event(self) -> None:
        """Show another event; what was typed of this one is kept."""
        draft, wanted = self._draft, self.event_box.value
        if draft is None:
            return
        if not self.take():
            self.event_box.choose(draft.at)
            return
        draft.at = wanted
        for name in _OF_EVENT:
            self.parts[name].fill(draft.case, draft.event)
        self._name_events(draft)
        self.event_shown.emit()

    def _show_tab(self, number: int) -> None:
        name = TABS[number]
        self._places.setCurrentIndex(number)
        self._chooser.setVisible(name in _OF_EVENT)
        part, draft = self.parts.get(name), self._draft
        if part is not None and part.of_event and draft is not None:
            part.setEnabled(draft.event is not None)

    def _enter_tab(self) -> None:
        """The keys go to the first thing of the tab that takes them."""
        inside = self._places.currentWidget()
        for child in inside.findChildren(QWidget) if inside else ():
            if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.setFocus(Qt.FocusReason.TabFocusReason)
                return


def _to_problem(part: Part) -> None:
    """The keys go to the first field that is wrong."""
    for field in part.findChildren(Field):
        if field.problem:
            field.setFocus()
            return
