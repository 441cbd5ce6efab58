"""At which planned visit a form is filled in: its window, and what the day is to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.plan.pack import PlannedVisit
from registry_app.domain.plan.windows import Window
from registry_app.domain.subject import Arm
from registry_app.services.eligibility import listed
from registry_app.services.plans import UNSCHEDULED
from registry_app.ui.dates import DateField
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import Look
from registry_app.ui.widgets import Chip, column, label, row
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Occasion:
    """A planned visit that the instrument belongs to, and its window if it has one."""

    visit: PlannedVisit
    window: Window | None = None


def occasions(
    visits: Sequence[PlannedVisit],
    windows: Sequence[Window],
    instrument: str,
    arm: Arm,
) -> list[Occasion]:
    """The planned visits of an instrument by first day; those without one last."""
    by_visit = {window.visit.id: window for window in windows}
    found = [
        Occasion(visit, by_visit.get(visit.id))
        for visit in visits
        if instrument in visit.forms and arm in visit.arms
    ]

    def order(one: Occasion) -> tuple[bool, date]:
        window = one.window
        return window is None, window.first if window is not None else date.max

    return sorted(found, key=order)


class VisitFields(QWidget):
    """Day and visit; whether the day lies in the window, else why it does not.

    One proposes the visit whose window the day fits and that has no exam yet.
    """

    def __init__(
        self,
        words: Words,
        look: Look,
        occasions: Sequence[Occasion],
        today: date,
        preferred: str = "",
    ) -> None:
        super().__init__()
        self._words = words
        self._occasions = {one.visit.id: one for one in occasions}
        self._preferred = preferred
        self.date = DateField(look, words, words("enrol.exam-date"), today, today)
        self.visit_box = Choice(look, words("enrol.exam-visit"))
        self.visit = Field(look, words("enrol.exam-visit"), self.visit_box)
        self.chip = Chip(look, "open", "")
        self.said = label(look, "", "text2", wrap=True)
        self._reason = Line(look, words("enrol.exam-reason"))
        self.reason = Field(look, words("enrol.exam-reason"), self._reason)
        self.date.line.editingFinished.connect(self._day_changed)
        self.visit_box.currentIndexChanged.connect(lambda _index: self._say())
        said = row(self.chip, self.said, gap=12)
        said.setStretch(1, 1)
        self.setLayout(column(self.date, self.visit, said, 4, self.reason))
        self.setFocusProxy(self.date)
        self._fill(today)

    def _fill(self, day: date) -> None:
        """The visits with what the day is to each; the likeliest is chosen."""
        chosen = self.visit_box.value or self._preferred
        self.visit_box.blockSignals(True)
        self.visit_box.clear()
        for one in self._occasions.values():
            self.visit_box.addItem(self._name(one, day), one.visit.id)
        self.visit_box.addItem(self._words("enrol.exam-unscheduled"), UNSCHEDULED)
        self.visit_box.choose(chosen or self._likely(day))
        self.visit_box.blockSignals(False)
        self._say()

    def _likely(self, day: date) -> str:
        fitting = [
            one
            for one in self._occasions.values()
            if one.window is not None and one.window.holds(day)
        ]
        open_ = [one for one in fitting if one.window and one.window.counted is None]
        return (open_ or fitting)[0].visit.id if fitting else UNSCHEDULED

    def _name(self, one: Occasion, day: date) -> str:
        window = one.window
        if window is None:
            return self._words("enrol.exam-no-window", visit=one.visit.name)
        return self._words(
            "enrol.exam-in" if window.holds(day) else "enrol.exam-out",
            visit=one.visit.name,
            first=window.first.isoformat(),
            last=window.last.isoformat(),
        )

    def _day_changed(self) -> None:
        day = self.date.take()
        if day is not None:
            self._preferred = ""
            self.visit_box.choose("")
            self._fill(day)

    def _say(self) -> None:
        """What the chosen visit makes of the day; outside asks for a reason."""
        words, day = self._words, self.date.take()
        one = self._occasions.get(self.visit_box.value)
        outside = self.outside
        self.reason.setEnabled(outside)
        if day is None:
            self.chip.show_status("open", "")
            self.said.setText("")
            return
        fits = [
            o.visit.name
            for o in self._occasions.values()
            if o.window is not None and o.window.holds(day)
        ]
        if one is None:
            self.chip.show_status("open", words("enrol.exam-chip-unscheduled"))
        elif one.window is None:
            self.chip.show_status("open", words("enrol.exam-chip-no-window"))
        elif outside:
            self.chip.show_status("due", words("enrol.exam-chip-out"))
        else:
            self.chip.show_status("done", words("enrol.exam-chip-in"))
        told = words("enrol.exam-fits", visits=listed(fits)) if fits else ""
        self.said.setText(told or words("enrol.exam-fits-none"))

    @property
    def outside(self) -> bool:
        """Whether the day lies outside the window of the chosen visit."""
        day, one = self.date.take(), self._occasions.get(self.visit_box.value)
        if day is None or one is None or one.window is None:
            return False
        return not one.window.holds(day)

    def take(self, injury: date) -> tuple[str, date, str] | None:
        """Visit, day and reason, if they are all said."""
        day = self.date.take(required=True)
        if day is not None and day < injury:
            self.date.set_problem(self._words("enrol.exam-before-injury"))
        if self.date.problem or day is None:
            self.date.setFocus()
            return None
        reason = self._reason.text().strip() if self.outside else ""
        if self.outside and not reason:
            self.reason.set_problem(self._words("enrol.needed"))
            self.reason.setFocus()
            return None
        return self.visit_box.value, day, reason
