"""Begin an exam: at which planned visit, when, by whom, and what the assessor knew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import Refused
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.visit import ISNCSCI, Blinding
from registry_app.services.blinding import doubt_blinded
from registry_app.services.exams import begin_exam, ratable
from registry_app.services.plans import subject_plan
from registry_app.services.protocol import protocol
from registry_app.services.subjects import open_subject
from registry_app.ui.dialogs.asking import Asking, line_of, written
from registry_app.ui.dialogs.visit_fields import Occasion, VisitFields, occasions
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Choice
from registry_app.ui.look import Look
from registry_app.ui.widgets import Segments, label
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.services.subjects import ExamEntry

_BLINDING: Final = {
    Blinding.BLINDED: "enrol.exam-blinded",
    Blinding.KNOWS: "enrol.exam-knows",
    Blinding.UNKNOWN: "enrol.exam-unknown",
}


def blinding_choice(words: Words, look: Look) -> Segments:
    """What the assessor knew; not known is the honest beginning."""
    return Segments(
        look,
        [(str(blinding), words(key)) for blinding, key in _BLINDING.items()],
        words("enrol.exam-blinding"),
        str(Blinding.UNKNOWN),
    )


@dataclass(frozen=True, slots=True)
class Begun:
    """What an exam begins with. `reason`: why it lies outside its window.

    `rates`: the sheet that it is a second rating of, or "".
    """

    visit: str
    day: date
    assessor: str
    blinding: Blinding
    reason: str = ""
    rates: str = ""


def no_doubts(_assessor: str, _on: date) -> str:
    """Nothing is known of anybody."""
    return ""


class NewExamDialog(Asking[Begun]):
    """`visit`: the planned visit to propose, such as the one that Today named.

    `sheets`: completed exams that somebody else may have rated independently. `doubts`:
    why an exam by a name on a day is hardly blinded, or "" (services/blinding.py).
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Begun], object],
        *,
        occasions: Sequence[Occasion],
        injury: date,
        today: date,
        assessor: str,
        visit: str = "",
        sheets: Sequence[ExamEntry] = (),
        doubts: Callable[[str, date], str] = no_doubts,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._injury, self._doubts, self._today = injury, doubts, today
        self.at = VisitFields(words, look, occasions, today, visit)
        self.assessor = self.line(words("enrol.exam-assessor"), assessor)
        self.blinding = blinding_choice(words, look)
        first = [("", words("enrol.exam-rates-none"))]
        rated = [(sheet.form.id, self._rated(sheet)) for sheet in sheets]
        self.rates = self.choice(words("enrol.exam-rates"), [*first, *rated])
        self.rates.setVisible(bool(rated))
        box = self.rates.input
        assert isinstance(box, Choice)
        box.currentIndexChanged.connect(lambda index: self.at.setEnabled(not index))
        self.warning = label(look, "", "due", wrap=True)
        self.warning.hide()
        self.blinding.chosen.connect(lambda _kind: self._warn())
        for line in (line_of(self.assessor), self.at.date.line):
            line.editingFinished.connect(self._warn)
        self.places = {
            "course.out-of-window": self.at.reason,
            "course.out-of-window-blinded": self.at.reason,
            "exam.rated-by-another": self.assessor,
        }
        self.ask(
            words("enrol.exam-title"),
            words("enrol.exam-go"),
            self.rates,
            self.at,
            self.assessor,
            self.titled(words("enrol.exam-blinding"), self.blinding),
            self.warning,
        )
        self.at.setFocus()

    def _warn(self) -> None:
        """Blinded is said, and the record says otherwise; it stays possible."""
        told = ""
        if Blinding(self.blinding.value) is Blinding.BLINDED:
            day = self.at.date.take() or self._today
            told = self._doubts(written(self.assessor), day)
        self.warning.setText(told)
        self.warning.setVisible(bool(told))

    def _rated(self, sheet: ExamEntry) -> str:
        return self.words(
            "enrol.exam-rates-one",
            day=sheet.form.date.isoformat(),
            assessor=sheet.form.assessor,
        )

    def value(self) -> Begun | None:
        """What the exam begins with, if everything is said."""
        blinding = Blinding(self.blinding.value)
        if rates := written(self.rates):
            # Day and visit are those of the sheet.
            return Begun("", self._injury, written(self.assessor), blinding, "", rates)
        found = self.at.take(self._injury)
        if found is None:
            return None
        visit, day, reason = found
        return Begun(visit, day, written(self.assessor), blinding, reason)


def ask_new_exam(
    parent: QWidget,
    desk: Desk,
    words: Words,
    look: Look,
    facts: Sequence[Fact],
    subject_id: str,
    visit: str = "",
) -> str:
    """Ask what is needed and begin the exam; its form ID, "" where it was left.

    Raises NotFound for the case, Refused where the pack asks for no such exam.
    """
    plan, followed = subject_plan(desk, subject_id), protocol(desk)
    if all(form.id != ISNCSCI for form in followed.pack.forms):
        raise Refused("enrol.no-isncsci")
    begun: list[str] = []

    def save(at: Begun) -> None:
        form = begin_exam(
            desk,
            subject_id,
            at.visit,
            at.day,
            at.assessor,
            at.blinding,
            at.reason,
            at.rates,
        )
        begun.append(form.id)

    def doubts(assessor: str, on: date) -> str:
        found = doubt_blinded(desk, subject_id, assessor, on)
        return words.say(found) if found is not None else ""

    dialog = NewExamDialog(
        parent,
        words,
        look,
        facts,
        save,
        occasions=occasions(
            followed.visits(), plan.windows, ISNCSCI, plan.case.subject.arm
        ),
        injury=plan.case.subject.injury_date,
        today=day_in_japan(desk.clock()),
        assessor=desk.person.display_name,
        visit=visit,
        sheets=ratable(open_subject(desk, subject_id)),
        doubts=doubts,
    )
    dialog.exec()
    dialog.deleteLater()
    return begun[0] if begun else ""
