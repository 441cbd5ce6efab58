"""Enrol a patient: who it is, the injury, the arm. Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox

from registry_app.domain.errors import InvalidValue
from registry_app.domain.names import plain, read_kana
from registry_app.domain.subject import Arm, Cause, Sex
from registry_app.services.subjects import Enrolment, enrol, likely_duplicates
from registry_app.ui.changes import Changes
from registry_app.ui.dates import DateField
from registry_app.ui.frame import Strip
from registry_app.ui.inputs import Choice, Field, Line, NameLine
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.widgets import (
    Card,
    Inside,
    Segments,
    button,
    column,
    label,
    row,
    scrolled,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class EnrolPage(Page):
    """enrolled(case ID): the patient is in the registry."""

    enrolled = Signal(str)

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("enrol.title"))
        self._accepted: Enrolment | None = None
        self._saved = False
        today = desk.clock().astimezone().date()

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
        self.number = Line(look, words("enrol.number"), plain=True)

        self.injury = DateField(look, words, words("enrol.injury"), today)
        self.cause = Choice(
            look,
            words("enrol.cause"),
            [(str(cause), words(f"subject.cause-{cause}")) for cause in Cause],
        )
        self.arm = Segments(
            look,
            [(str(arm), words(f"subject.arm-{arm}")) for arm in Arm],
            words("enrol.arm"),
        )
        self.treatment = DateField(look, words, words("enrol.treatment"), today)
        self._sex_problem = self._problem_label()
        self._arm_problem = self._problem_label()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.family)

    def _field(self, name: str, line: QLineEdit, hint: str = "") -> Field:
        words = self.words
        said = words(f"enrol.{hint}") if hint else ""
        return Field(self.look, words(f"enrol.{name}"), line, said)

    def _problem_label(self) -> QLabel:
        return label(self.look, "", "overdue", "caption")

    def _lay_out(self) -> None:
        words, look = self.words, self.look
        who = Card(look, words("enrol.who"))
        who.body.addLayout(
            row(
                self._field("family", self.family),
                self._field("given", self.given),
                gap=12,
            )
        )
        who.body.addLayout(row(self._family_kana, self._given_kana, gap=12))
        who.body.addWidget(self.birth)
        who.body.addWidget(label(look, words("enrol.sex"), "text2", "caption", 500))
        who.body.addLayout(row(self.sex, self._sex_problem, None))
        who.body.addSpacing(8)
        who.body.addWidget(self._field("number", self.number, "number-hint"))
        who.body.addStretch(1)
        what = Card(look, words("enrol.injury-card"))
        what.body.addWidget(self.injury)
        what.body.addWidget(Field(look, words("enrol.cause"), self.cause))
        what.body.addWidget(label(look, words("enrol.arm"), "text2", "caption", 500))
        what.body.addLayout(row(self.arm, self._arm_problem, None))
        what.body.addSpacing(8)
        what.body.addWidget(self.treatment)
        what.body.addStretch(1)
        self.strip = Strip(words, look)
        self.go = button(look, words("enrol.go"), "primary", self.save)
        stop = button(look, words("enrol.stop"), "", self.close_requested.emit)
        head = row(
            label(look, words("enrol.title"), role="title"),
            4,
            label(look, words("enrol.note"), "text2"),
            None,
        )
        cards = row(who, what)
        cards.setStretch(0, 1)
        cards.setStretch(1, 1)
        foot = row(None, stop, self.go)
        form = column(head, cards, self.strip, foot, None, margins=(12, 8, 12, 12))
        self.setLayout(column(scrolled(Inside(form)), gap=0))
        self.setTabOrder(self.treatment, self.go)
        self.setTabOrder(self.go, stop)

    def _connect(self) -> None:
        self.family.reading.connect(lambda kana: _propose(self.family_kana, kana))
        self.given.reading.connect(lambda kana: _propose(self.given_kana, kana))
        for field in (self._family_kana, self._given_kana):
            line = field.input
            if isinstance(line, QLineEdit):
                line.editingFinished.connect(lambda f=field: self._kana(f))
        self.arm.chosen.connect(self._arm_chosen)
        for keys, do in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close_requested)

    def _kana(self, field: Field) -> str:
        """The reading in katakana; what is no kana stays as it was typed."""
        line = field.input
        assert isinstance(line, QLineEdit)
        field.set_problem("")
        try:
            kana = read_kana(line.text())
        except InvalidValue as refusal:
            field.set_problem(self.words.say(refusal.message))
            return ""
        if kana != line.text():
            line.setText(kana)
        return kana

    def _arm_chosen(self, arm: str) -> None:
        """Only who is treated has a treatment date."""
        self.treatment.setEnabled(arm != Arm.COMPARISON)

    def _enrolment(self) -> Enrolment | None:
        """What was typed; None, with every problem said, if it cannot be taken."""
        words = self.words
        treated = self.arm.value != Arm.COMPARISON
        injury = self.injury.take(required=True)
        birth = self.birth.take()
        treatment = self.treatment.take() if treated else None
        kana = [self._kana(field) for field in (self._family_kana, self._given_kana)]
        self._sex_problem.setText("" if self.sex.value else words("enrol.choose"))
        self._arm_problem.setText("" if self.arm.value else words("enrol.choose"))
        if injury and treatment and treatment < injury:
            self.treatment.set_problem(words("subject.treated-before-injury"))
        if injury and birth and birth > injury:
            self.birth.set_problem(words("enrol.born-after"))
        if (wrong := self._first_wrong()) is not None:
            wrong.setFocus()
            return None
        if injury is None:
            return None
        return Enrolment(
            arm=Arm(self.arm.value),
            sex=Sex(self.sex.value),
            injury_date=injury,
            cause=Cause(self.cause.value),
            treatment_date=treatment,
            birth_date=birth,
            family=self.family.text().strip(),
            given=self.given.text().strip(),
            family_kana=kana[0],
            given_kana=kana[1],
            hospital_number=plain(self.number.text()),
        )

    def _first_wrong(self) -> Field | Segments | None:
        fields: Sequence[Field | Segments] = (
            self._family_kana,
            self._given_kana,
            self.birth,
            self.sex,
            self.injury,
            self.arm,
            self.treatment,
        )
        for field in fields:
            if isinstance(field, Segments):
                if not field.value:
                    return field
            elif field.problem and field.isEnabled():
                return field
        return None

    def save(self) -> None:
        """Enrol, unless something is wrong; a likely duplicate is asked about once."""
        enrolment = self._enrolment()
        if enrolment is None:
            return
        with self.asking():
            if enrolment != self._accepted:
                alike = likely_duplicates(self.desk, enrolment)
                if alike:
                    self._warn(alike, enrolment)
                    return
            subject = enrol(self.desk, enrolment)
            self.changes.subject.emit(subject.id)
            self._saved = True
            self.enrolled.emit(subject.id)

    def _warn(self, alike: tuple[str, ...], enrolment: Enrolment) -> None:
        """Say who is alike; the same button again enrols all the same."""
        self._accepted = enrolment
        text = self.words("enrol.alike", ids=", ".join(alike[:3]))
        look_at = (
            self.words("enrol.alike-open", id=alike[0]),
            lambda: self.open_subject.emit(alike[0]),
        )
        self.strip.say("due", text, look_at)
        self.go.setText(self.words("enrol.go-anyway"))
        self.go.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field; only a button does something by it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    @property
    def typed(self) -> bool:
        """Whether something would be lost by leaving."""
        lines = self.findChildren(QLineEdit)
        return any(line.text().strip() for line in lines)

    def may_close(self) -> bool:
        """Ask before what was typed is thrown away; staying is the safe choice."""
        if self._saved or not self.typed:
            return True
        words = self.words
        box = QMessageBox(self)
        box.setWindowTitle(words("enrol.title"))
        box.setText(words("enrol.leave"))
        stay = box.addButton(words("enrol.stay"), QMessageBox.ButtonRole.RejectRole)
        drop = box.addButton(words("enrol.drop"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is drop


def _propose(kana: Line, reading: str) -> None:
    """Write the reading of what was converted, unless somebody has typed one."""
    if not kana.isModified():
        kana.setText(kana.text() + reading)
