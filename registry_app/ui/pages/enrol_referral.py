"""What the referring hospital told of the injury: asked at enrolment, never needed."""

from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.isncsci.scale import GRADES
from registry_app.domain.referral import LEVELS, Referral
from registry_app.ui.dates import DateField
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.pages.enrol_steps import first_wrong, pair
from registry_app.ui.widgets import column, label
from registry_app.words import Words


class ReferralPart(QWidget):
    """AIS grade and level as reported, the day of that exam, and by whom.

    The indication is frozen at enrolment, mostly before an exam of this registry.
    """

    def __init__(self, words: Words, look: Look, today: date) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        self._words = words
        none = ("", words("enrol.referral-none"))
        self.ais = Choice(
            look, words("enrol.referral-ais"), [none, *((g, g) for g in GRADES)]
        )
        self.nli = Choice(
            look, words("enrol.referral-nli"), [none, *((n, n) for n in LEVELS)]
        )
        self._ais = Field(look, words("enrol.referral-ais"), self.ais)
        self.on = DateField(look, words, words("enrol.referral-on"), today)
        self.by = Line(look, words("enrol.referral-by"))
        title = label(look, words("enrol.referral"), "text2", "caption", MEDIUM)
        note = label(look, words("enrol.referral-note"), "text3", "caption", wrap=True)
        by = Field(look, words("enrol.referral-by"), self.by)
        nli = Field(look, words("enrol.referral-nli"), self.nli)
        lines = (4, title, note, 4, pair(self._ais, nli), pair(self.on, by))
        self.setLayout(column(*lines, gap=4))
        self.ais.currentIndexChanged.connect(lambda _n: self._ais.set_problem(""))
        self.nli.currentIndexChanged.connect(lambda _n: self._ais.set_problem(""))

    @property
    def referral(self) -> Referral:
        """What was typed; nothing as long as it is not `right`."""
        ais, nli = self.ais.value, self.nli.value
        if not ais and not nli:
            return Referral()
        return Referral(ais, nli, self.on.take(), self.by.text().strip())

    def right(self, injury: date | None) -> Field | None:
        """The field where something is wrong; None where all can be kept."""
        day = self.on.take()
        if injury and day and day < injury:
            self.on.set_problem(self._words("enrol.referral-before"))
        grade = self.ais.value or self.nli.value
        alone = bool(self.on.line.text().strip() or self.by.text().strip())
        missing = alone and not grade
        said = self._words("enrol.referral-missing") if missing else ""
        self._ais.set_problem(said)
        return first_wrong([self._ais, self.on])
