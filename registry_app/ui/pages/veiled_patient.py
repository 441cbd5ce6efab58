"""A patient of whom something is hidden: who it is, and what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from registry_app.domain.blinding import Hidden
from registry_app.domain.rights import Deed, may
from registry_app.services.assessing import ToAssess, exams_to_do
from registry_app.services.hiding import Veiled
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.new_assessment import ask_new_assessment
from registry_app.ui.dialogs.unblinding import ask_unblinding
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.widgets import Card, Glyph, button, column, hand_keys, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


def veiled_facts(words: Words, one: Veiled) -> list[Fact]:
    """What the banner may say of the patient."""
    facts = [Fact("", one.subject_id), Fact(words("banner.kana"), one.kana)]
    number = Fact(words("assessing.number"), one.hospital_number)
    blind = Fact("", words("blinding_ui.blind"), "blocked")
    return [fact for fact in (*facts, number, blind) if fact.value]


class VeiledPatientPage(Page):
    """revealed(): the person came to know, and it is on record. begun(form ID): one's
    own sheet, to be opened with nothing around it.
    """

    revealed = Signal()
    begun = Signal(str)

    def __init__(
        self, desk: Desk, words: Words, look: Look, changes: Changes, one: Veiled
    ) -> None:
        super().__init__(desk, words, look, changes)
        self.subject_id, self._one = one.subject_id, one
        self.setWindowTitle(one.subject_id)
        dot = words("banner.dot")
        what = dot.join(words.say(each.told) for each in Hidden if each in one.hidden)
        head = row(
            Glyph(look, "blocked"),
            label(look, words("blinding_ui.veiled"), role="title"),
        )
        told = words("blinding_ui.veiled-what", what=what)
        card = Card(look)
        card.body.setContentsMargins(16, 16, 16, 16)
        card.body.addLayout(row(head, None))
        card.body.addWidget(label(look, told, wrap=True))
        about = words("blinding_ui.veiled-about")
        card.body.addWidget(label(look, about, "text2", wrap=True))
        assesses = may(desk.person.role, Deed.ASSESS)
        self.known = button(look, words("blinding_ui.unblind"), "", self.ask_unblind)
        self.known.setVisible(assesses)
        card.body.addLayout(row(self.known, None))
        parts = [card]
        self.exams = [one for one in self._exams() if not one.complete]
        if self.exams:
            parts.append(self._to_do())
        self.setLayout(column(*parts, None, margins=(12, 8, 12, 12)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        hand_keys(self, self.known)

    def _exams(self) -> list[ToAssess]:
        if not may(self.desk.person.role, Deed.ASSESS):
            return []
        return [*exams_to_do(self.desk, self.subject_id)]

    def _to_do(self) -> Card:
        """The visits of both arms that are open: an exam is begun, or gone on with."""
        words, look = self.words, self.look
        card = Card(look, words("assessing.title"))
        for one in self.exams:
            said = words("assessing.visit", day=one.day)
            first, last = one.first.isoformat(), one.last.isoformat()
            window = words("assessing.window-is", first=first, last=last)
            key = "assessing.go-on" if one.form_id else "assessing.begin"
            go = button(look, words(key), "small", partial(self.open_sheet, one))
            go.setAccessibleDescription(said)
            card.body.addLayout(
                row(label(look, said), label(look, window, "text2"), None, go)
            )
        return card

    def _facts(self) -> list[Fact]:
        return veiled_facts(self.words, self._one)

    def open_sheet(self, one: ToAssess) -> None:
        """One's own sheet; where nothing is begun, its day is asked."""
        if one.form_id:
            self.begun.emit(one.form_id)
            return
        told = self.desk, self.words, self.look, self._facts(), one
        if form_id := ask_new_assessment(self, *told):
            self.begun.emit(form_id)

    def ask_unblind(self) -> None:
        """How, why and what became known; then what is not hidden any more is shown."""
        with self.asking():
            if ask_unblinding(
                self,
                self.desk,
                self.words,
                self.look,
                self._facts(),
                self.subject_id,
                self._one.hidden,
            ):
                self.revealed.emit()
