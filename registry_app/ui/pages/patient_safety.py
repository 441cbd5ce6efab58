"""The safety of one patient: the cases, and SpO2 of every infusion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry_app.ui.easel import Easel
from registry_app.ui.pages.safety_columns import safety_columns
from registry_app.ui.pages.safety_lung import LungView
from registry_app.ui.sides import Sides
from registry_app.ui.table import plain_table
from registry_app.ui.widgets import Card, button, column, label, scrolled
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.plan.pack import Pack
    from registry_app.services.safety import CaseLine, Saturation


class SafetyTab(QWidget):
    """opened(number): that case. new_case(): ask for one of this patient."""

    opened = Signal(str)
    new_case = Signal()

    def __init__(
        self,
        words: Words,
        easel: Easel,
        pack: Pack,
        cases: Sequence[CaseLine],
        curves: Sequence[Saturation],
    ) -> None:
        super().__init__()
        look = easel.look
        self.new_button = button(
            look, words("safety_page.new"), "small", self.new_case.emit
        )
        title = words("safety_page.patient-cases")
        card = Card(look, title, [self.new_button])
        if cases:
            specials = {each.id: words.say(each.name) for each in pack.specials}
            classes = {each.id: words.say(each.name) for each in pack.events}
            columns = [
                each
                for each in safety_columns(words, {}, specials, classes)
                if each.sort != "patient"
            ]
            self.table = plain_table(look, title, columns, cases, tall=True)
            self.table.opened.connect(lambda n: self.opened.emit(cases[int(n)].case.id))
            self.table.selectRow(0)
            self.table.setMinimumHeight(look.px(130))
            card.body.addWidget(self.table)
        else:
            said = label(look, words("safety_page.patient-none"), "text2", wrap=True)
            card.body.addWidget(said)
        lung = Card(look)
        lung.body.addWidget(scrolled(LungView(words, easel, curves, "")))
        sides = Sides(look, card, lung, 460, 1100, under=True)
        self.setLayout(column(sides))
