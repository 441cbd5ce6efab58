"""What is said of data before they leave the registry: for what, why, to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry_app.domain.handover import Basis, Handover, Outgoing
from registry_app.services.access import consents_of
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class HandoverDialog(Asking[Handover]):
    """One dialog for every export. Of what names nobody the lines may stay empty."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        words: Words,
        look: Look,
        leaving: Outgoing,
    ) -> None:
        self._said = Handover()
        super().__init__(parent, words, look, [], self._keep)
        self._must = leaving.identifiable and not desk.registry.training
        free = "training-may-be-empty" if leaving.identifiable else "may-be-empty"
        free = "" if self._must else words(f"access.{free}")
        self.purpose = self.line(words("access.purpose"), hint=free)
        bases = [(one.value, words.say(one.told)) for one in Basis]
        none = [("", words("access.not-stated"))]
        self.basis = self.choice(words("access.basis"), none + bases)
        self.recipient = self.line(words("access.recipient"))
        self.places = {
            "access.no-purpose": self.purpose,
            "access.no-basis": self.basis,
            "access.no-recipient": self.recipient,
        }
        named = "access.names-people" if leaving.identifiable else "access.names-nobody"
        count = len(leaving.subjects)
        consents = consents_of(desk, leaving.subjects)
        self.ask(
            words("access.handover-title", what=leaving.what),
            words("access.handover-go"),
            label(look, words(named, count=count), wrap=True),
            label(look, words.say(consents.told), "text2", wrap=True),
            6,
            self.purpose,
            self.basis,
            self.recipient,
            6,
            label(look, words("access.no-opt-out"), "text2", "caption", wrap=True),
            label(look, words("access.is-logged"), "text3", "caption", wrap=True),
        )
        self.purpose.setFocus()

    def value(self) -> Handover | None:
        """What was said. Raises InvalidValue where it must be said and is not."""
        basis = written(self.basis)
        said = Handover(
            written(self.purpose),
            Basis(basis) if basis else None,
            written(self.recipient),
        )
        for field in (self.purpose, self.basis, self.recipient):
            field.set_problem("")
        if self._must:
            said.check()
        return said

    def _keep(self, said: Handover) -> None:
        self._said = said

    def said(self) -> Handover:
        """After `exec`: what was said."""
        return self._said
