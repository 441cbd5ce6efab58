"""Somebody came to know what they were to be blind to: recorded as it happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from registry_app.domain.blinding import Hidden, Unblinded, assessor_key
from registry_app.domain.rights import Deed, may
from registry_app.services.blinding import blinding_of, unblind
from registry_app.services.protocol import today_in_japan
from registry_app.services.trail_search import writers
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import column, label
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Known:
    """What became known, to whom, when and how (services/blinding.py: unblind)."""

    person: str
    how: Unblinded
    on: date
    what: frozenset[Hidden]
    why: str


def ticks(words: Words, look: Look) -> dict[Hidden, QCheckBox]:
    """A box to tick for each thing that can be hidden."""
    boxes = {hidden: QCheckBox(words.say(hidden.told)) for hidden in Hidden}
    for box in boxes.values():
        box.setFont(look.font())
    return boxes


def ticked(boxes: Mapping[Hidden, QCheckBox]) -> frozenset[Hidden]:
    """What is ticked of them."""
    return frozenset(one for one, box in boxes.items() if box.isChecked())


class UnblindingDialog(Asking[Known]):
    """`people`: of whom it may be recorded, each with the name shown; the first is
    proposed, and where there is one alone it is not asked.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Known], object],
        *,
        people: Sequence[tuple[str, str]],
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.person = self.choice(words("blinding.person"), people, people[0][0])
        self.person.setVisible(len(people) > 1)
        ways = [(how.value, words.say(how.told)) for how in Unblinded]
        unplanned = Unblinded.ACCIDENTAL.value
        self.how = self.choice(words("blinding.how"), ways, unplanned)
        self.on = self.day(words("blinding.on"), today, today)
        self.what = ticks(words, look)
        self.why = self.line(words("blinding.why"), hint=words("blinding.why-hint"))
        self.places = {
            "blinding.needs-reason": self.why,
            "blinding.day-to-come": self.on,
            "blinding.nobody": self.person,
        }
        known = label(look, words("blinding.became-known"), "text2", "caption", MEDIUM)
        self.ask(
            words("blinding.record-title"),
            words("blinding.record-go"),
            label(look, words("blinding.record-about"), "text2", wrap=True),
            4,
            self.person,
            self.how,
            self.on,
            column(known, *self.what.values(), 6, gap=3),
            self.why,
        )
        self.how.setFocus()

    def value(self) -> Known | None:
        """What is to be recorded; what is missing is said by the service."""
        on = self.on.take(required=True)
        if not self.right(self.on) or on is None:
            return None
        return Known(
            written(self.person),
            Unblinded(written(self.how)),
            on,
            ticked(self.what),
            written(self.why),
        )


def ask_unblinding(
    parent: QWidget,
    desk: Desk,
    words: Words,
    look: Look,
    facts: Sequence[Fact],
    subject_id: str,
    hidden: frozenset[Hidden] = frozenset(),
) -> bool:
    """Whether one was recorded of a patient; `hidden`: what is ticked at first.

    Of whom: oneself; who may assign blinding chooses among all users, and the names on
    the sheets of the patient. Raises NotFound.
    """
    me = desk.person
    people = [(me.id, me.display_name)]
    if may(me.role, Deed.BLIND):
        others = [one for one in writers(desk) if one.id != me.id]
        people += [(one.id, one.display_name) for one in others]
        known = {assessor_key(name) for pair in people for name in pair}
        names = blinding_of(desk, subject_id).assessors
        people += [(one, one) for one in names if assessor_key(one) not in known]

    def save(told: Known) -> None:
        unblind(desk, subject_id, told.person, told.how, told.on, told.what, told.why)

    dialog = UnblindingDialog(
        parent,
        words,
        look,
        facts,
        save,
        people=people,
        today=today_in_japan(desk),
    )
    for one in hidden:
        dialog.what[one].setChecked(True)
    done = bool(dialog.exec())
    dialog.deleteLater()
    return done
