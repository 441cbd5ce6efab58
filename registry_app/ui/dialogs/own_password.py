"""Another password for the person who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry_app.services.registry import change_password, password_was_given
from registry_app.ui.dialogs.asking import line_of
from registry_app.ui.dialogs.slow import SlowAsking
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import Look
from registry_app.ui.start.passwords import NewPassword
from registry_app.ui.widgets import label
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class OwnPasswordDialog(SlowAsking[tuple[str, str]]):
    """The old password, and a new one twice."""

    def __init__(self, parent: QWidget, desk: Desk, words: Words, look: Look) -> None:
        super().__init__(
            parent, words, look, [], lambda told: change_password(desk, *told)
        )
        name = words("own.old-password")
        self.old = Field(look, name, Line(look, name, plain=True, secret=True))
        person, site = desk.person, desk.registry.site
        self.new = NewPassword(
            words,
            look,
            words("signin.new-password"),
            lambda: (person.id, person.display_name, site, desk.path.stem),
        )
        self.places = {
            "storage.wrong-password": self.old,
            "storage.wait-until": self.old,
        }
        given = password_was_given(desk)
        what = words("own.password-given" if given else "own.password-what")
        self.ask(
            words("own.password-title"),
            words("own.password-go"),
            label(look, what, "text2", wrap=True),
            4,
            self.old,
            self.new,
        )
        if given:
            self.stop.setText(words("actions.sign-out"))
        self.old.setFocus()

    def value(self) -> tuple[str, str] | None:
        """Old and new; None where one is missing."""
        old = line_of(self.old).text()
        self.old.set_problem("" if old else self.words("enrol.needed"))
        if not self.right(self.old):
            return None
        new = self.new.value()
        return None if new is None else (old, new)
