"""Another value of a rule here: a base date, the days of a visit, a cadence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from registry_app.domain.names import plain
from registry_app.domain.plan.pack import (
    BaseDate,
    PlannedVisit,
    ReportKind,
    Rule,
    Signal,
    Span,
)
from registry_app.domain.plan.protocol import write_span
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.inputs import Choice, Field
from registry_app.ui.look import Look
from registry_app.ui.widgets import Item, Segments, label
from registry_app.words import Words

Settable: TypeAlias = BaseDate | PlannedVisit | Rule | Signal | ReportKind


@dataclass(frozen=True, slots=True)
class Changed:
    """The values to be stored, why, and what they were checked against, if at all."""

    values: Mapping[str, str]
    reason: str
    evidence: str


class SettingDialog(Asking[Changed]):
    """What is asked depends on what is set. `now`: the base date as it is here."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[Changed], object],
        *,
        what: Settable,
        today: date,
        now: date | None = None,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self._what = what
        self.reason = self.line(words("ledger_page.reason"))
        self.evidence = self.line(words("ledger_page.confirm-evidence"))
        self.day_field = self.day(
            words("plan_settings.date-value"), today, now, future=True
        )
        items: list[Item]
        if isinstance(what, BaseDate):
            items = [self.day_field]
        elif isinstance(what, PlannedVisit):
            items = self._visit(what)
        elif isinstance(what, Signal):
            items = self._signal(what)
        elif isinstance(what, ReportKind):
            self.form_number = self.line(words("plan_settings.form-number"))
            items = [self.form_number]
        else:
            items = self._rule(what)
        note = label(
            look, words("plan_settings.change-what"), "text3", "caption", wrap=True
        )
        self.ask(
            words("plan_settings.change-title"),
            words("plan_settings.change-go"),
            label(look, words.say(what.name), wrap=True),
            4,
            *items,
            self.reason,
            self.evidence,
            note,
        )

    def _visit(self, visit: PlannedVisit) -> list[Item]:
        words = self.words
        self.before = self.line(words("plan_settings.visit-before"), f"{visit.before}")
        self.after = self.line(words("plan_settings.visit-after"), f"{visit.after}")
        return [self.before, self.after]

    def _signal(self, signal: Signal) -> list[Item]:
        held = signal.threshold
        number = "" if held is None else f"{held[1]}"
        self.threshold = self.line(self.words("plan_settings.threshold"), number)
        self.places = {"protocol.not-a-threshold": self.threshold}
        return [self.threshold]

    def _rule(self, rule: Rule) -> list[Item]:
        words, due = self.words, rule.due
        if rule.presets:
            now = next(
                (p for p in rule.presets if (p.every, p.due) == (rule.every, due)),
                rule.presets[0],
            )
            self.preset = self.choice(
                words("plan_settings.rule-preset"),
                [(preset.id, words.say(preset.name)) for preset in rule.presets],
                now.id,
            )
            assert isinstance(self.preset.input, Choice)
            self.preset.input.stay_narrow()
            return [self.preset]
        unit = "months" if due.months else "days"
        number = abs(due.months or due.days)
        self.number = self.line(words("plan_settings.rule-number"), f"{number}")
        self.unit = Segments(
            self.look,
            [
                (name, words(f"plan_settings.unit-{name}"))
                for name in ("days", "months")
            ],
            words("plan_settings.unit"),
            unit,
        )
        return [self.number, self.titled(words("plan_settings.unit"), self.unit)]

    def _whole(self, field: Field) -> int:
        text = plain(written(field))
        good = text.isascii() and text.isdecimal()
        field.set_problem("" if good else self.words("plan_settings.number-wrong"))
        return int(text) if good else 0

    def value(self) -> Changed | None:
        """The values by their names, the reason, and the evidence."""
        values, fields = self._values()
        reason = self.needed(self.reason)
        if not self.right(*fields, self.reason) or values is None:
            return None
        return Changed(values, reason, written(self.evidence))

    def _values(self) -> tuple[Mapping[str, str] | None, list[Field]]:
        what = self._what
        if isinstance(what, BaseDate):
            day = self.day_field.take(required=True)
            return ({"date": day.isoformat()} if day else None), [self.day_field]
        if isinstance(what, PlannedVisit):
            before, after = self._whole(self.before), self._whole(self.after)
            fields = [self.before, self.after]
            return {"before": f"{before}", "after": f"{after}"}, fields
        if isinstance(what, ReportKind):
            # A number that nobody has seen may not be printed.
            seen = self.needed(self.form_number)
            self.needed(self.evidence)
            fields = [self.form_number, self.evidence]
            return {"form-number": seen}, fields
        if isinstance(what, Signal):
            text = plain(self.needed(self.threshold))
            return {"threshold": text}, [self.threshold]
        if what.presets:
            return {"preset": written(self.preset)}, [self.preset]
        number = self._whole(self.number)
        if what.due.months < 0 or what.due.days < 0:
            number = -number
        months = self.unit.value == "months"
        span = Span(months=number) if months else Span(days=number)
        return {"due": write_span(span)}, [self.number]
