"""What is looked for in the trail, as fields above it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from registry_app.domain.person import Person
from registry_app.domain.trail_query import TrailQuery
from registry_app.services.trail_words import (
    KIND_NAMES,
    field_text,
    kind_text,
    known_fields,
)
from registry_app.ui.dates import DateField
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import Look
from registry_app.ui.widgets import Card, button, row
from registry_app.words import Words


class TrailFilters(Card):
    """asked(): somebody wants to see what fits."""

    asked = Signal()

    def __init__(
        self, words: Words, look: Look, today: date, people: Sequence[Person]
    ) -> None:
        super().__init__(look)
        self._words = words
        everybody = [("", words("trail_page.all-people"))]
        everybody += [(one.id, f"{one.id} {one.display_name}") for one in people]
        kinds = sorted((kind_text(words, kind), kind) for kind in KIND_NAMES)
        everything = [("", words("trail_page.all-kinds"))]
        everything += [(kind, text) for text, kind in kinds]
        self.person = self._choice(look, "person", everybody)
        self.kind = self._choice(look, "kind", everything)
        self.item = self._choice(look, "item", [])
        self.patient = Line(look, words("trail_page.filter-patient"), plain=True)
        self.first = DateField(look, words, words("trail_page.filter-first"), today)
        self.last = DateField(look, words, words("trail_page.filter-last"), today)
        self.text = Line(look, words("trail_page.filter-words"))
        self.show_button = button(
            look, words("trail_page.search"), "primary", self.asked.emit
        )
        self.clear_button = button(look, words("trail_page.clear"), "", self.clear)
        upper = row(
            *(
                Field(look, words(f"trail_page.filter-{name}"), part)
                for name, part in (
                    ("person", self.person),
                    ("kind", self.kind),
                    ("item", self.item),
                    ("patient", self.patient),
                )
            ),
            gap=12,
        )
        lower = row(
            self.first,
            self.last,
            Field(look, words("trail_page.filter-words"), self.text),
            row(None, self.clear_button, self.show_button, gap=8),
            gap=12,
        )
        for line in (upper, lower):
            for n in range(4):
                line.setStretch(n, 1)
            self.body.addLayout(line)
        self.kind.currentIndexChanged.connect(lambda _n: self._offer_items())
        for part in (self.patient, self.text, self.first.line, self.last.line):
            part.returnPressed.connect(self.asked)
        self._offer_items()

    def _choice(
        self, look: Look, name: str, choices: Sequence[tuple[str, str]]
    ) -> Choice:
        made = Choice(look, self._words(f"trail_page.filter-{name}"), choices)
        made.stay_narrow()
        return made

    def _offer_items(self) -> None:
        """The fields of the chosen kind; of no kind there are none to choose from."""
        words, kind = self._words, self.kind.value
        self.item.clear()
        self.item.addItem(words("trail_page.all-items"), "")
        for field in known_fields(kind):
            self.item.addItem(field_text(words, kind, field), field)
        self.item.setEnabled(bool(kind))

    def query(self) -> TrailQuery | None:
        """What is looked for; None where a day cannot be read."""
        first, last = self.first.take(), self.last.take()
        if self.first.problem or self.last.problem:
            return None
        return TrailQuery(
            person=self.person.value,
            kind=self.kind.value,
            subject_id=self.patient.text().strip().upper(),
            first=first,
            last=last,
            words=self.text.text().strip(),
            item=self.item.value,
        )

    def clear(self) -> None:
        """Look for everything again."""
        for choice in (self.person, self.kind):
            choice.setCurrentIndex(0)
        self.patient.clear()
        self.text.clear()
        self.first.show_day(None)
        self.last.show_day(None)
        self.asked.emit()
