"""The line above the sheet: which visit, when, by whom, what the assessor knew."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry_app.domain.dates import read_date
from registry_app.domain.errors import InvalidValue
from registry_app.domain.visit import Blinding
from registry_app.services.worksheet import Worksheet
from registry_app.ui.inputs import Choice, Line
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.isncsci.terms import visit_said
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Chip, Item, button, label, restyle, row
from registry_app.words import Words

#: From this width on, at 100 %, the visit is named.
_VISIT_ROOM = 760


class ExamHead(QWidget):
    """What is said about the exam, and the buttons of the page.

    refused(RegistryError): what stands in the field of the day cannot be its day.
    """

    refused = Signal(object)

    def __init__(
        self, editor: Editor, around: Worksheet, today: date, words: Words, look: Look
    ) -> None:
        super().__init__()
        self._editor, self._words, self._today = editor, words, today
        self._blinded = around.blinded
        self._injury = around.injury_date
        px = look.px
        self.setFixedHeight(px(38))
        self._title = label(look, words("worksheet.title"), role="title", weight=MEDIUM)
        name = visit_said(words, around.visit.code, around.visit_name)
        visit = words("worksheet.visit", visit=name, day=around.day)
        self._visit = Chip(look, "now", visit)
        self.day = Line(look, words("worksheet.exam-date"), plain=True)
        self.day.setFixedWidth(px(104))
        self.assessor = Line(look, words("worksheet.assessor"))
        self.assessor.setPlaceholderText(words("worksheet.assessor"))
        self.assessor.setMinimumWidth(px(140))
        self.assessor.setMaximumWidth(px(180))
        kinds = [
            (str(b), words(f"worksheet.blinding-{b.name.lower()}")) for b in Blinding
        ]
        self.blinding = Choice(look, words("worksheet.blinding"), kinds)
        wide = max(look.width(name) for _, name in kinds) + px(40)
        self.blinding.setMinimumWidth(px(90))
        self.blinding.setMaximumWidth(round(wide))
        before = around.previous
        grey = ""
        if before is not None:
            day = (before.form.date - self._injury).days
            grey = words("worksheet.grey", day=day)
        self._grey = label(look, grey, "text3", "caption")
        self.result = button(look, words("worksheet.show-result"))
        self.save = button(look, words("worksheet.save"))
        self.print = button(look, words("worksheet.print"))
        self.correct = button(look, words("worksheet.correct"))
        self.complete = button(look, words("worksheet.complete"), "primary")
        fields: list[Item] = [
            *(self._title, self._visit),
            *(self.day, self.assessor, self.blinding),
            *(self._grey, None),
            *(self.result, self.save, self.print, self.correct, self.complete),
        ]
        self.setLayout(row(*fields, gap=px(8), margins=(0, 0, 0, 0)))
        self.day.editingFinished.connect(self._on_day)
        self.assessor.editingFinished.connect(self._on_assessor)
        self.blinding.activated.connect(self._on_blinding)
        editor.told.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the form says, and the buttons that can be used now."""
        form, locked = self._editor.form, self._editor.locked
        if not self.day.hasFocus():
            self.day.setText(form.date.isoformat())
        if not self.assessor.hasFocus():
            self.assessor.setText(form.assessor)
            self.assessor.setCursorPosition(0)
        self.blinding.choose(str(form.blinding))
        self.day.setReadOnly(locked)
        self.assessor.setReadOnly(locked or self._blinded)
        self.blinding.setEnabled(not locked and not self._blinded)
        for made in (self.save, self.complete):
            made.setVisible(not locked)
        self.correct.setVisible(locked and not self._blinded)

    def fit(self, narrow: bool, room: int) -> None:
        """In a narrow window leave out what is said elsewhere too."""
        words = self._words
        self._visit.setVisible(room >= _VISIT_ROOM)
        for part in (self._title, self._grey):
            part.setVisible(not narrow)
        self.print.setVisible(not narrow and not self._blinded)
        self.result.setVisible(narrow)
        short = "-short" if narrow else ""
        self.save.setText(words(f"worksheet.save{short}"))
        self.complete.setText(words(f"worksheet.complete{short}"))

    def take(self) -> bool:
        """Take over what stands in the fields, before saving; False for a wrong day."""
        self._on_assessor()
        return self._on_day()

    def _on_day(self) -> bool:
        try:
            day = read_date(self.day.text())
            if day > self._today:
                raise InvalidValue("worksheet.day-to-come")
            if day < self._injury:
                raise InvalidValue("worksheet.day-before-injury")
        except InvalidValue as refusal:
            restyle(self.day, wrong="true")
            self.refused.emit(refusal)
            return False
        restyle(self.day, wrong="false")
        self.day.setText(day.isoformat())
        self._editor.about(lambda form: replace(form, date=day))
        return True

    def _on_assessor(self) -> None:
        name = self.assessor.text().strip()
        self._editor.about(lambda form: replace(form, assessor=name))

    def _on_blinding(self) -> None:
        chosen = Blinding(self.blinding.value)
        self._editor.about(lambda form: replace(form, blinding=chosen))
