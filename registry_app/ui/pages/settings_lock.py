"""Whether the whole registry is locked, and the button that turns the lock."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from registry_app.domain.lock import Locked
from registry_app.domain.rights import Deed, may
from registry_app.services.locks import lock, locks, unlock
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.page import Page
from registry_app.ui.record_words import locked_said
from registry_app.ui.widgets import Chip, button, column, label, row


class RegistryLock(QWidget):
    """Nothing of patients is changed or added while it is shut."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._words, self._look = page, page.words, page.look
        self.setProperty("kind", "inside")
        self.state = Chip(page.look, "open", "")
        self.said = label(page.look, "", "text2", "caption", wrap=True)
        self.turn = button(page.look, "", "small", self._turn)
        self.setLayout(column(row(self.state, self.turn, None), self.said, gap=4))
        self._shut = False
        self.reload()

    def reload(self) -> None:
        """Read it again."""
        words, role = self._words, self._page.desk.person.role
        found = [one for one in locks(self._page.desk) if one.of is Locked.REGISTRY]
        self._shut = bool(found)
        key = "shut" if found else "open"
        shape = "blocked" if found else "open"
        self.state.show_status(shape, words(f"signing.registry-{key}"))
        self.said.setText(
            locked_said(words, found[0]) if found else words("signing.registry-what")
        )
        self.turn.setText(words(f"signing.do-{'unlock' if found else 'lock'}"))
        self.turn.setEnabled(may(role, Deed.UNLOCK if found else Deed.LOCK))

    def _turn(self) -> None:
        """With a reason."""
        words, desk = self._words, self._page.desk
        name, turned = ("unlock", unlock) if self._shut else ("lock", lock)
        dialog = ReasonDialog(
            self._page,
            words,
            self._look,
            [],
            lambda reason: turned(desk, Locked.REGISTRY, "", reason),
            title=words(f"signing.{name}-title"),
            go=words(f"signing.{name}-go"),
            name=words.say(Locked.REGISTRY.told),
            what=words(f"signing.{name}-what"),
        )
        if dialog.exec():
            self.reload()
        dialog.deleteLater()
