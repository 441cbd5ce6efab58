"""The first part of an enrolment: who it is."""

from datetime import date

from PySide6.QtWidgets import QLineEdit

from registry_app.domain.errors import InvalidValue
from registry_app.domain.names import plain, read_kana
from registry_app.domain.subject import Sex
from registry_app.ui.dates import DateField
from registry_app.ui.inputs import Field, Line, NameLine
from registry_app.ui.look import Look
from registry_app.ui.pages.enrol_steps import Step, first_wrong, pair
from registry_app.ui.widgets import Segments
from registry_app.words import Words


class IdentityStep(Step):
    """Names with their reading, birth date, sex, hospital number, address."""

    name = "who"

    def __init__(self, words: Words, look: Look, today: date) -> None:
        super().__init__(words, look)
        self.family = NameLine(look, words("enrol.family"))
        self.given = NameLine(look, words("enrol.given"))
        self.family_kana = Line(look, words("enrol.family-kana"))
        self.given_kana = Line(look, words("enrol.given-kana"))
        self._family_kana = self._field("family-kana", self.family_kana)
        self._given_kana = self._field("given-kana", self.given_kana)
        self.birth = DateField(look, words, words("enrol.birth"), today)
        self.sex = Segments(
            look,
            [(str(sex), words(f"subject.sex-{sex}")) for sex in Sex],
            words("enrol.sex"),
        )
        self._sex_problem = self.problem_label()
        self.sex.chosen.connect(lambda _sex: self._sex_problem.setText(""))
        self.number = Line(look, words("enrol.number"), plain=True)
        number = Field(
            look, words("enrol.number"), self.number, words("enrol.number-hint")
        )
        self.address = Line(look, words("enrol.address"))
        address = Field(
            look, words("enrol.address"), self.address, words("enrol.address-hint")
        )
        self.fill(
            pair(self._field("family", self.family), self._field("given", self.given)),
            pair(self._family_kana, self._given_kana),
            self.birth,
            self.titled(words("enrol.sex"), self.sex, self._sex_problem),
            number,
            address,
        )
        self.family.reading.connect(lambda kana: _propose(self.family_kana, kana))
        self.given.reading.connect(lambda kana: _propose(self.given_kana, kana))
        for field, line in (
            (self._family_kana, self.family_kana),
            (self._given_kana, self.given_kana),
        ):
            line.editingFinished.connect(lambda f=field, e=line: self._kana(f, e))
        self.setFocusProxy(self.family)

    def _field(self, name: str, line: QLineEdit) -> Field:
        return Field(self.look, self.words(f"enrol.{name}"), line)

    def _kana(self, field: Field, line: QLineEdit) -> str:
        """The reading in katakana; what is no kana stays as it was typed."""
        field.set_problem("")
        try:
            kana = read_kana(line.text())
        except InvalidValue as refusal:
            field.set_problem(self.words.say(refusal.message))
            return ""
        if kana != line.text():
            line.setText(kana)
        return kana

    @property
    def kana(self) -> tuple[str, str]:
        """Family and given name in katakana."""
        return (
            self._kana(self._family_kana, self.family_kana),
            self._kana(self._given_kana, self.given_kana),
        )

    @property
    def hospital_number(self) -> str:
        """The number in plain letters and digits."""
        return plain(self.number.text())

    def right(self) -> bool:
        """The sex is said, and everything that was typed can be read."""
        self.birth.take()
        _ = self.kana
        self._sex_problem.setText("" if self.sex.value else self.words("enrol.choose"))
        wrong = first_wrong((self._family_kana, self._given_kana, self.birth))
        if wrong is not None:
            wrong.setFocus()
        elif not self.sex.value:
            self.sex.setFocus()
        return wrong is None and bool(self.sex.value)


def _propose(kana: Line, reading: str) -> None:
    """Write the reading of what was converted, unless somebody has typed one."""
    if not kana.isModified():
        kana.setText(kana.text() + reading)
