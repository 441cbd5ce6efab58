"""Sign a report or a record with the password: what for, by whom, what is signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from registry_app.domain.dates import TOKYO
from registry_app.domain.signature import Meaning, Signature
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.asking import Asking, line_of
from registry_app.ui.frame import Fact, Strip
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Inside, Segments, column, label
from registry_app.words import Words


def signature_said(words: Words, one: Signature) -> str:
    """Who has signed what for, and when."""
    return words(
        "reports_page.signature-said",
        meaning=one.meaning.told,
        name=one.name,
        at=one.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M"),
    )


class SignDialog(Asking[tuple[Meaning, str]]):
    """`sign` runs in another thread: it checks the password, and prints a report.

    After `exec`, `signed` is what it gave.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        sign: Callable[[Meaning, str], object],
        *,
        title: str,
        what: str,
        person: str,
        given: Sequence[Signature],
        facts: Sequence[Fact] = (),
        warning: str = "",
    ) -> None:
        """`what` says what is signed. `warning`: said before, and stops nobody."""
        super().__init__(parent, words, look, facts, lambda _value: None)
        self._sign = sign
        self.signed: Any = None
        done = {one.meaning for one in given}
        following = next((one for one in Meaning if one not in done), Meaning.APPROVED)
        self.meaning = Segments(
            look,
            [(one.value, words.say(one.told)) for one in Meaning],
            words("reports_page.sign-meaning"),
            following.value,
        )
        name = words("signin.password")
        self.password = Field(look, name, Line(look, name, plain=True, secret=True))
        self._working = Working(words, look)
        self.warning = Strip(words, look)
        self.warning.hide()
        lines = [
            label(look, signature_said(words, one), "text2", wrap=True) for one in given
        ]
        who = words("reports_page.sign-who", name=person)
        self.ask(
            title,
            words("reports_page.sign-go"),
            label(look, what, wrap=True),
            Inside(column(*lines, gap=2)),
            6,
            self.titled(words("reports_page.sign-meaning"), self.meaning),
            label(look, who, weight=MEDIUM, wrap=True),
            6,
            self.warning,
            self.password,
            self._working,
        )
        if warning:
            self.warning.say("due", warning)
        for service in ("report_service", "signing"):
            self.places[f"{service}.wrong-password"] = self.password
        self.password.setFocus()

    def value(self) -> tuple[Meaning, str] | None:
        """Begin; the dialog closes when it is signed."""
        secret = line_of(self.password).text()
        if not secret:
            self.password.set_problem(self.words("enrol.needed"))
            self.password.setFocus()
            return None
        meaning = Meaning(self.meaning.value)
        task = Task(self, lambda: self._sign(meaning, secret))
        task.done.connect(self._came)
        task.failed.connect(self._failed)
        task.ended.connect(lambda: self.go.setEnabled(True))
        self.go.setEnabled(False)
        self._working.follow(task, self.words("reports_page.signing"), may_cancel=False)
        task.start()
        return None

    def _came(self, signed: object) -> None:
        self.signed = signed
        self.done(self.DialogCode.Accepted)

    def _failed(self, refusal: Any) -> None:
        line_of(self.password).clear()
        self.password.setFocus()
        self._refuse(refusal)
