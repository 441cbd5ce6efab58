"""What the registry asks of its people and its backups; for administrators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QVBoxLayout

from registry_app.domain.errors import InvalidValue, RegistryError
from registry_app.domain.names import plain
from registry_app.domain.policy import Policy, SecondFactor
from registry_app.services.policy import policy, set_policy
from registry_app.ui.changes import Changes
from registry_app.ui.frame import Strip
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.page import Page
from registry_app.ui.widgets import (
    Card,
    Inside,
    Segments,
    button,
    column,
    hand_keys,
    label,
    row,
    scrolled,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: The fields of a policy that are numbers, as they stand in their cards.
_SIGN_IN: Final = ("idle_minutes", "tries")
_BACKUPS: Final = (
    "backup_hours",
    "backup_generations",
    "detached_days",
    "drill_days",
)


class PolicyPage(Page):
    """Every field of the policy with why it is there; a change needs a reason."""

    keeps = True

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("policy.title"))
        self._known = policy(desk)
        self.numbers = {name: self._number(name) for name in (*_SIGN_IN, *_BACKUPS)}
        self.factor = Segments(
            look,
            [(one.value, words(f"policy.factor-{one.value}")) for one in SecondFactor],
            words("policy.second-factor"),
        )
        self.on_close = Segments(
            look,
            [
                ("yes", words("policy.on-close-yes")),
                ("no", words("policy.on-close-no")),
            ],
            words("policy.on-close"),
        )
        name = words("policy.reason")
        self.reason = Field(look, name, Line(look, name), words("policy.reason-hint"))
        self.save = button(look, words("policy.save"), "primary", self.set)
        self.strip = Strip(words, look)
        duty = button(look, words("policy.duty"), "quiet", self.open_plan.emit)
        sign_in = Card(look, words("policy.sign-in"))
        sign_in.body.addLayout(row(*(self.numbers[one] for one in _SIGN_IN), gap=24))
        sign_in.body.addLayout(self._titled("policy.second-factor", self.factor))
        why = label(look, words("policy.factor-why"), "text2", "caption", wrap=True)
        sign_in.body.addWidget(why)
        sign_in.body.addLayout(row(duty, None))
        backups = Card(look, words("policy.backups"))
        for pair in (_BACKUPS[:2], _BACKUPS[2:]):
            backups.body.addLayout(row(*(self.numbers[one] for one in pair), gap=24))
        backups.body.addLayout(self._titled("policy.on-close", self.on_close))
        where = label(look, words("policy.places"), "text2", "caption", wrap=True)
        backups.body.addWidget(where)
        last = row(self.reason, self.save)
        last.setStretch(0, 1)
        inside = column(
            row(label(look, words("policy.title"), role="title"), None),
            self.strip,
            sign_in,
            backups,
            last,
            None,
            gap=10,
            margins=(12, 8, 12, 12),
        )
        self.setLayout(column(scrolled(Inside(inside)), gap=0))
        self._show()
        hand_keys(self, self.line("idle_minutes"))

    def line(self, name: str) -> Line:
        """The line of a number."""
        found = self.numbers[name].input
        assert isinstance(found, Line)
        return found

    def _number(self, name: str) -> Field:
        key = name.replace("_", "-")
        said = self.words(f"policy.{key}")
        return Field(
            self.look,
            said,
            Line(self.look, said, plain=True),
            self.words(f"policy.{key}-hint"),
        )

    def _titled(self, key: str, choice: Segments) -> QVBoxLayout:
        title = label(self.look, self.words(key), "text2", "caption", MEDIUM)
        return column(title, row(choice, None), gap=3)

    def _show(self) -> None:
        """What holds now."""
        for name in self.numbers:
            self.line(name).setText(str(getattr(self._known, name)))
        self.factor.choose(self._known.second_factor.value)
        self.on_close.choose("yes" if self._known.backup_on_close else "no")
        self._input(self.reason).clear()

    def set(self) -> None:
        """Save what stands in the fields; a refusal is said beside its field."""
        wanted = self._wanted()
        if wanted is None:
            return
        try:
            self._known = set_policy(
                self.desk, wanted, self._input(self.reason).text().strip()
            )
        except RegistryError as refusal:
            said = self.words.say(refusal.message)
            if refusal.message.key == "trail.reason-needed":
                self.reason.set_problem(said)
                self.reason.setFocus()
            else:
                self.strip.say("overdue", said)
            return
        self.saved = True
        self._show()
        self.strip.say("done", self.words("policy.saved"))

    def _wanted(self) -> Policy | None:
        """The policy of the fields; None where a number is wrong and said beside it."""
        made: Policy | None = replace(
            self._known,
            second_factor=SecondFactor(self.factor.value),
            backup_on_close=self.on_close.value == "yes",
        )
        for name, field in reversed(self.numbers.items()):
            field.set_problem("")
            text = plain(self.line(name).text())
            number = int(text) if text.isascii() and text.isdecimal() else -1
            one: dict[str, Any] = {name: number}
            try:
                replace(self._known, **one)
            except InvalidValue as refusal:
                field.set_problem(self.words.say(refusal.message))
                field.setFocus()
                made = None
            else:
                made = made and replace(made, **one)
        return made

    @staticmethod
    def _input(field: Field) -> Line:
        assert isinstance(field.input, Line)
        return field.input
