"""Begin an exam: at which visit, when, by whom, and what the assessor knew."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.visit import Blinding
from registry_app.ui.dates import DateField
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Segments, label
from registry_app.words import Words

#: Offered where nobody has named a visit yet; the plan of a pack will name them.
FIRST_VISIT = "baseline"


class NewExamDialog(Dialog):
    """After `exec`, `visit`, `day`, `assessor` and `blinding` hold the answers."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        *,
        visits: Sequence[str],
        injury: date,
        today: date,
        assessor: str,
    ) -> None:
        super().__init__(parent, words, look, facts)
        self._injury = injury
        names = list(dict.fromkeys((*visits, FIRST_VISIT)))
        self.visit_box = Choice(
            look, words("enrol.exam-visit"), [(v, v) for v in names]
        )
        self.visit_box.setEditable(True)
        self.visit_box.setCurrentText("" if visits else FIRST_VISIT)
        self._visit = Field(
            look,
            words("enrol.exam-visit"),
            self.visit_box,
            words("enrol.exam-visit-hint"),
        )
        self._date = DateField(look, words, words("enrol.exam-date"), today, today)
        self._assessor = Line(look, words("enrol.exam-assessor"))
        self._assessor.setText(assessor)
        told = {
            Blinding.BLINDED: "enrol.exam-blinded",
            Blinding.KNOWS: "enrol.exam-knows",
            Blinding.UNKNOWN: "enrol.exam-unknown",
        }
        self._blinding = Segments(
            look,
            [(str(blinding), words(key)) for blinding, key in told.items()],
            words("enrol.exam-blinding"),
            str(Blinding.UNKNOWN),
        )
        self.lay_out(
            words("enrol.exam-title"),
            words("enrol.exam-go"),
            self._visit,
            self._date,
            Field(look, words("enrol.exam-assessor"), self._assessor),
            label(look, words("enrol.exam-blinding"), "text2", "caption", MEDIUM),
            self._blinding,
            16,
        )
        self.visit, self.assessor = "", assessor
        self.day, self.blinding = today, Blinding.UNKNOWN
        self.visit_box.setFocus()

    def accept(self) -> None:
        """Close only if everything is right."""
        words, visit = self.words, self.visit_box.value
        day = self._date.take(required=True)
        self._visit.set_problem("" if visit else words("enrol.exam-visit-missing"))
        if day is not None and day < self._injury:
            self._date.set_problem(words("enrol.exam-before-injury"))
        if self._visit.problem:
            self._visit.setFocus()
        elif self._date.problem or day is None:
            self._date.setFocus()
        else:
            self.visit, self.day = visit, day
            self.assessor = self._assessor.text().strip()
            self.blinding = Blinding(self._blinding.value)
            super().accept()
