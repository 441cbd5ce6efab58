"""Lung safety: SpO2 during and after each infusion, with the thresholds drawn in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry_app.domain.figures.infusion_curve import past
from registry_app.domain.message import Message, Told
from registry_app.drawing.saturation import draw_saturation
from registry_app.ui.charts import Chart, Figure, Reading
from registry_app.ui.easel import Easel
from registry_app.ui.look import MEDIUM
from registry_app.ui.rows_model import Column
from registry_app.ui.table import plain_table
from registry_app.ui.widgets import Chip, Inside, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.figures.charts import SaturationCurve
    from registry_app.domain.figures.document import Said
    from registry_app.services.safety import Saturation


class LungView(QWidget):
    """The curve of the form that opened the case first, then those of other infusions.

    `form_id`: that form, "" where the case was opened otherwise.
    """

    def __init__(
        self, words: Words, easel: Easel, found: Sequence[Saturation], form_id: str
    ) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        self._words, self._easel, self._form = words, easel, form_id
        look = easel.look
        ordered = sorted(found, key=lambda each: each.form_id != form_id)
        self.figures: list[Figure] = []
        parts: list[QWidget] = []
        if not ordered:
            none = label(look, words("safety_page.lung-none"), "text2", wrap=True)
            parts.append(none)
        else:
            hint = words("safety_page.lung-hint")
            parts.append(label(look, hint, "text2", "caption", wrap=True))
        for infusion in ordered:
            parts += self._infusion(infusion)
        self.setLayout(column(*parts, None))

    def _infusion(self, infusion: Saturation) -> list[QWidget]:
        words, look, curve = self._words, self._easel.look, infusion.curve
        day = infusion.day.isoformat()
        title = label(look, words("safety_page.lung-of", day=day), weight=MEDIUM)
        chip = Chip(look, "done", words("safety_page.lung-calm"))
        if infusion.hits:
            names = [words.say(hit) for hit in infusion.hits]
            said = words("ledger_page.comma").join(names)
            chip = Chip(look, "overdue", words("safety_page.lung-signal", names=said))
        ours = Chip(look, "now", words("safety_page.lung-ours"))
        ours.setVisible(infusion.form_id == self._form)
        name = words("safety_page.lung-chart", day=day)
        chart = Chart(
            self._easel, name, words("safety_page.lung-keys"), natural=640, guide=True
        )
        chart.show_figure(
            lambda width, _high: draw_saturation(
                curve, self._said, width, self._easel.pen
            ),
            lambda: self._readings(curve),
        )
        figure = Figure(chart, lambda: self._numbers(name, curve))
        self.figures.append(figure)
        return [Inside(row(title, chip, ours, None)), figure]

    def _said(self, thing: Said) -> tuple[str, str]:
        """On the screen one language is enough."""
        if isinstance(thing, Message | Told):
            return self._words.say(thing), ""
        return str(thing), ""

    def _at(self, minutes: float) -> str:
        hours = minutes >= 120 and minutes % 60 == 0
        key = "at-hours" if hours else "at-minutes"
        shown = minutes / 60 if hours else minutes
        return self._words(f"safety_page.{key}", at=f"{shown:g}")

    def _readings(self, curve: SaturationCurve) -> list[Reading]:
        return [
            Reading(
                (str(n),),
                self._words("safety_page.percent", value=f"{value:g}"),
                (self._at(minutes), *self._past(curve, value)),
            )
            for n, (minutes, value) in enumerate(curve.points)
        ]

    def _past(self, curve: SaturationCurve, value: float) -> tuple[str, ...]:
        return (self._words("safety_page.past"),) if past(curve, value) else ()

    def _numbers(self, name: str, curve: SaturationCurve) -> QWidget:
        """The same as a table."""
        words = self._words
        rows: list[tuple[str, float]] = []
        if curve.before is not None:
            rows.append((words("safety_page.before"), curve.before))
        rows += [(self._at(minutes), value) for minutes, value in curve.points]
        columns = [
            Column(words("safety_page.col-when"), lambda each: each[0], 200),
            Column(
                words("safety_page.col-percent"), lambda e: f"{e[1]:g}", 90, "figure"
            ),
            Column(
                words("safety_page.col-signal"),
                lambda each: "".join(self._past(curve, each[1])),
                0,
            ),
        ]
        return plain_table(self._easel.look, name, columns, rows)
