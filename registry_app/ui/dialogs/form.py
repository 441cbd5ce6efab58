"""A form drawn from the items that a pack declares: one column, units, choices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLayout, QWidget

from registry_app.domain.forms import NO, YES, problems
from registry_app.domain.names import plain
from registry_app.domain.plan.pack import FormPlan, Item
from registry_app.domain.visit import Blinding, Form
from registry_app.ui.dates import DateField
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.dialogs.new_exam import Begun, blinding_choice
from registry_app.ui.dialogs.visit_fields import Occasion, VisitFields
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.item_history import Named, offer_history
from registry_app.ui.look import Look
from registry_app.ui.widgets import Inside, Segments, column, label
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written in a form; `at`: when, where and by whom, of a new one."""

    values: Mapping[str, str]
    at: Begun | None = None
    reason: str = ""


class ItemFields(QWidget):
    """A field for each item. A number has its unit and range, a choice its choices."""

    def __init__(
        self,
        words: Words,
        look: Look,
        plan: FormPlan,
        today: date,
        values: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._words, self._look, self._plan, self._today = words, look, plan, today
        self.fields: dict[str, Field | Segments] = {}
        parts = [self._part(item, values.get(item.id, "")) for item in plan.items]
        self.setLayout(column(*parts, gap=2))
        first = next(iter(self.fields.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def _part(self, item: Item, value: str) -> QWidget | QLayout:
        words, look, name = self._words, self._look, self._name(item)
        if item.kind == "yes-no":
            choices = [(YES, words("enrol.yes")), (NO, words("enrol.no"))]
            answer = Segments(look, choices, name, value, optional=True)
            self.fields[item.id] = answer
            title = label(look, name, "text2", "caption", 500)
            return column(title, answer, 8, gap=3)
        if item.kind == "date":
            day = date.fromisoformat(value) if value else None
            field: Field = DateField(look, words, name, self._today, day)
        elif item.kind == "choice":
            none = ("", words("enrol.item-open"))
            choices = [none, *((c.id, words.say(c.name)) for c in item.choices)]
            field = Field(look, name, Choice(look, name, choices, value))
        else:
            line = Line(look, name, plain=item.kind == "number")
            line.setText(value)
            field = Field(look, name, line, self._range(item))
        self.fields[item.id] = field
        return field

    def _name(self, item: Item) -> str:
        words = self._words
        if item.unit is None:
            return words.say(item.name)
        name, unit = words.say(item.name), words.say(item.unit)
        return words("treatment.with-unit", name=name, unit=unit)

    def _range(self, item: Item) -> str:
        """The numbers that can be; nothing where every number can."""
        words, low, high = self._words, item.least, item.most
        if item.kind != "number" or (low is None and high is None):
            return ""
        if low is None:
            return words("enrol.item-to", most=high)
        if high is None:
            return words("enrol.item-from", least=low)
        return words("enrol.item-between", least=low, most=high)

    def take(self) -> dict[str, str] | None:
        """What is written, by item; None where something cannot stand there."""
        values = {}
        for item in self._plan.items:
            field = self.fields[item.id]
            if isinstance(field, Segments):
                values[item.id] = field.value
            elif isinstance(field, DateField):
                day = field.take()
                values[item.id] = day.isoformat() if day else ""
            else:
                text = written(field)
                number = item.kind == "number"
                values[item.id] = plain(text).replace(",", "") if number else text
        wrong = problems(self._plan, values)
        first: Field | None = None
        for id_, field in self.fields.items():
            if isinstance(field, Segments):
                continue
            if not isinstance(field, DateField):
                said = self._words.say(wrong[id_]) if id_ in wrong else ""
                field.set_problem(said)
            if field.problem and first is None:
                first = field
        if first is not None:
            first.setFocus()
            return None
        return {id_: text for id_, text in values.items() if text}


class FormDialog(Asking[Filled]):
    """A new form of an instrument, or the correction of one (`form`) with a reason."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Filled], object],
        *,
        plan: FormPlan,
        occasions: Sequence[Occasion],
        injury: date,
        today: date,
        assessor: str,
        form: Form | None = None,
        visit: str = "",
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._injury, self._new = injury, form is None
        self.at = VisitFields(words, look, occasions, today, visit)
        self.assessor = self.line(words("enrol.exam-assessor"), assessor)
        self.blinding = blinding_choice(words, look)
        values = form.values if form is not None else {}
        self.items = ItemFields(words, look, plan, today, values)
        if form is not None:
            for item, field in self.items.fields.items():
                offer_history(field, Named("form", form.id, f"values.{item}"))
        self.reason = self.line(
            words("patient.reason"), hint=words("patient.reason-hint")
        )
        about = Inside(
            column(
                self.at,
                self.assessor,
                self.titled(words("enrol.exam-blinding"), self.blinding),
            )
        )
        about.setVisible(self._new)
        self.reason.setVisible(not self._new)
        self.places = {"course.out-of-window": self.at.reason}
        go = words("enrol.form-go" if self._new else "patient.correct-go")
        self.ask(words.say(plan.name), go, about, self.items, self.reason)
        (self.at if self._new else self.items).setFocus()

    def value(self) -> Filled | None:
        """What was written, if all of it can stand where it was written."""
        if not self._new:
            reason, values = self.needed(self.reason), self.items.take()
            if values is None or not self.right(self.reason):
                return None
            return Filled(values, reason=reason)
        found = self.at.take(self._injury)
        if found is None:
            return None
        values = self.items.take()
        if values is None:
            return None
        visit, day, why = found
        blinding = Blinding(self.blinding.value)
        at = Begun(visit, day, written(self.assessor), blinding, why)
        return Filled(values, at)
