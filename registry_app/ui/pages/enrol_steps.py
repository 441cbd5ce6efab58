"""The parts of the enrolment, one after the other: where one is, what is done."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from registry_app.ui.inputs import Field
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import (
    Card,
    Glyph,
    Inside,
    Item,
    Segments,
    column,
    label,
    restyle,
    row,
)
from registry_app.words import Words


class Step(QWidget):
    """One part. What was typed stays in its fields, whichever way one goes."""

    #: The name of its keys in enrol.toml: ``step-<name>``, ``step-<name>-note``.
    name = ""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self.words, self.look = words, look
        self.setProperty("kind", "inside")

    def fill(self, *items: Item) -> None:
        """Lay out a card with the title of the part, and what the part is for."""
        words, look = self.words, self.look
        card = Card(look, words(f"enrol.step-{self.name}"))
        note = label(look, words(f"enrol.step-{self.name}-note"), "text2", wrap=True)
        card.body.addWidget(note)
        card.body.addSpacing(4)
        card.body.addLayout(column(*items, None, gap=4))
        self.setLayout(column(card, gap=0))

    def begin(self) -> None:
        """Look again at what the parts before say; the first field takes the keys."""
        self.setFocus()

    def right(self) -> bool:
        """Whether one can go on; else what is wrong is said beside its field."""
        return True

    def titled(self, name: str, segments: Segments, problem: QLabel) -> Item:
        """Fixed choices under their label, with a place for what is wrong."""
        title = label(self.look, name, "text2", "caption", MEDIUM)
        return column(title, row(segments, problem, None), 6, gap=3)

    def problem_label(self) -> QLabel:
        """The place of a sentence beside choices."""
        return label(self.look, "", "overdue", "caption")


def first_wrong(fields: Sequence[Field]) -> Field | None:
    """The first field with a problem that can still be typed into."""
    return next((f for f in fields if f.problem and f.isEnabled()), None)


def pair(one: QWidget, other: QWidget) -> Item:
    """Two fields side by side, each half of the width."""
    made = row(one, other, gap=12)
    made.setStretch(0, 1)
    made.setStretch(1, 1)
    return made


class StepNames(QWidget):
    """The names of the parts in their order; a shape says which are done."""

    def __init__(self, words: Words, look: Look, names: Sequence[str]) -> None:
        super().__init__()
        self._words = words
        self._lines: list[tuple[Glyph, QLabel]] = []
        parts: list[Item] = []
        for n, name in enumerate(names, 1):
            glyph = Glyph(look, "open")
            text = words("enrol.step-of", number=n, name=words(f"enrol.step-{name}"))
            said = label(look, text, "text2", wrap=True)
            line = row(glyph, said, gap=8)
            line.setStretch(1, 1)
            parts.append(Inside(line))
            self._lines.append((glyph, said))
        self.setLayout(column(*parts, None, gap=12, margins=(4, 12, 8, 0)))
        self.setFixedWidth(look.px(176))

    def show_at(self, now: int) -> None:
        """The part that is open; those before it are done."""
        for n, (glyph, said) in enumerate(self._lines):
            glyph.status = "done" if n < now else "now" if n == now else "open"
            glyph.update()
            restyle(said, ink="accent" if n == now else "text2")
            key = "done" if n < now else "now" if n == now else "open"
            said.setAccessibleDescription(self._words(f"enrol.step-is-{key}"))
