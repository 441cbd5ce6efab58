"""Add a person, give another role, end somebody's access."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from registry_app.domain.person import Person, Role
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.dialogs.slow import SlowAsking
from registry_app.ui.look import Look
from registry_app.ui.start.passwords import NewPassword
from registry_app.ui.widgets import label
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is to sign in; the password is for the first time."""

    user: str
    name: str
    role: Role
    password: str


def roles(words: Words) -> list[tuple[str, str]]:
    """Every role with its name."""
    return [(role.value, words.say(role.told)) for role in Role]


class AddPersonDialog(SlowAsking[NewPerson]):
    """Names, role and first password."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[NewPerson], object],
        about: tuple[str, ...],
    ) -> None:
        """`about`: names that make a password easier to guess."""
        super().__init__(parent, words, look, [], save)
        self.user = self.line(words("people.user"), hint=words("people.user-hint"))
        self.name = self.line(words("people.name"))
        self.role = self.choice(words("people.role"), roles(words), Role.ENTRY.value)
        self.password = NewPassword(
            words,
            look,
            words("people.first-password"),
            lambda: (written(self.user), written(self.name), *about),
        )
        self.places = {
            "storage.user-exists": self.user,
            "storage.not-a-user-name": self.user,
            "storage.no-display-name": self.name,
        }
        self.ask(
            words("people.add-title"),
            words("people.add-go"),
            label(look, words("people.add-what"), "text2", wrap=True),
            4,
            self.user,
            self.name,
            self.role,
            self.password,
        )
        self.user.setFocus()

    def value(self) -> NewPerson | None:
        """Who it is; None where something is missing."""
        user, name = self.needed(self.user), self.needed(self.name)
        if not self.right(self.user, self.name):
            return None
        password = self.password.value()
        if password is None:
            return None
        return NewPerson(user, name, Role(written(self.role)), password)


class RoleDialog(Asking[tuple[Role, str]]):
    """Another role, and why."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[tuple[Role, str]], object],
        person: Person,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self.role = self.choice(words("people.role"), roles(words), person.role.value)
        self.reason = self.line(words("people.reason"), "", words("people.reason-hint"))
        self.places = {
            "people.same-role": self.role,
            "people.not-own-role": self.role,
            "trail.reason-needed": self.reason,
        }
        what = words("people.role-what", name=person.display_name)
        self.ask(
            words("people.role-title"),
            words("people.role-go"),
            label(look, what, "text2", wrap=True),
            4,
            self.role,
            self.reason,
        )
        self.role.setFocus()

    def value(self) -> tuple[Role, str] | None:
        """The role and the reason."""
        reason = self.needed(self.reason)
        if not self.right(self.reason):
            return None
        return Role(written(self.role)), reason


class RetireDialog(Asking[str]):
    """Why somebody's access ends; it cannot be taken back."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[str], object],
        person: Person,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self.reason = self.line(words("people.reason"), "", words("people.reason-hint"))
        self.places = {"trail.reason-needed": self.reason}
        what = words("people.retire-what", name=person.display_name)
        self.ask(
            words("people.retire-title"),
            words("people.retire-go"),
            label(look, what, wrap=True),
            4,
            self.reason,
        )
        self.go.setDefault(False)  # what cannot be taken back is no default
        self.stop.setDefault(True)
        self.reason.setFocus()

    def value(self) -> str | None:
        """The reason."""
        reason = self.needed(self.reason)
        return reason if self.right(self.reason) else None
