"""How the person who is signed in signs in: password and second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry_app.services.second_factor import has_second_factor
from registry_app.ui.dialogs.own_factor import EndFactorDialog, set_up_factor
from registry_app.ui.dialogs.own_password import OwnPasswordDialog
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.widgets import Card, Chip, button, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class OwnCard(Card):
    """Both, with their state and what can be done about them."""

    def __init__(self, desk: Desk, words: Words, look: Look) -> None:
        super().__init__(look, words("own.title"))
        self._desk, self._words, self._look = desk, words, look
        self.password = button(look, words("own.change-password"), "", self.ask_new)
        self.factor = button(look, "", "", self.ask_factor)
        self.state = Chip(look, "done", "")
        self.strip = Strip(words, look)
        name = label(look, desk.person.display_name)
        role = label(look, words.say(desk.person.role.told), "text2")
        self.body.addLayout(row(name, role, None, gap=12))
        self.body.addLayout(row(self.password, None))
        self.body.addLayout(row(self.factor, self.state, None, gap=12))
        self.body.addWidget(self.strip)
        self._show()

    def _show(self) -> None:
        on = has_second_factor(self._desk)
        key = "on" if on else "off"
        self.state.show_status(
            "done" if on else "open", self._words(f"own.factor-{key}")
        )
        self.factor.setText(self._words(f"own.{'end' if on else 'set-up'}-factor"))

    def ask_new(self) -> None:
        """Another password."""
        dialog = OwnPasswordDialog(self, self._desk, self._words, self._look)
        if dialog.exec():
            self.strip.say("done", self._words("own.password-done"))
        dialog.deleteLater()

    def ask_factor(self) -> None:
        """Set the second factor up, or switch it off."""
        told = self._desk, self._words, self._look
        if not has_second_factor(self._desk):
            if set_up_factor(self, *told):
                self.strip.say("done", self._words("own.factor-done"))
        else:
            dialog = EndFactorDialog(self, *told)
            if dialog.exec():
                self.strip.say("done", self._words("own.end-done"))
            dialog.deleteLater()
        self._show()
