"""Correct what is known of a patient, for a reason that the trail keeps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from registry_app.domain.errors import InvalidValue
from registry_app.domain.names import plain, read_kana
from registry_app.domain.plan.pack import Origin
from registry_app.domain.subject import Arm, Cause, Identity, Sex, Subject
from registry_app.ui.dates import DateField
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.item_history import Named, offer_history
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.patient_facts import follows_spine
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.widgets import Segments, column, label, row, rule
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Corrected:
    """What is to be saved, and why."""

    subject: Subject
    identity: Identity | None
    reason: str


class CorrectPatientDialog(Asking[Corrected]):
    """Day 0 and the treatment are named as the pack names them."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Corrected], object],
        record: PatientRecord,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        file, subject = record.file, record.file.subject
        who = file.identity or Identity(subject.id)
        self._file, self._today, self._record = file, record.today, record
        self.family = self._line("family", who.family)
        self.given = self._line("given", who.given)
        self.family_kana = self._line("family-kana", who.family_kana)
        self.given_kana = self._line("given-kana", who.given_kana)
        self.number = self._line("number", who.hospital_number)
        self.address = self._line("address", who.address)
        self.birth = self._day("birth", who.birth_date)
        self.injury = self._day("injury", subject.injury_date, Origin.INJURY)
        self.treatment = self._day(
            "treatment", subject.treatment_date, Origin.TREATMENT
        )
        self.places = {"kit.still-given": self.treatment}
        self.arm = Segments(
            look,
            [(str(arm), words(f"subject.arm-{arm}")) for arm in Arm],
            words("enrol.arm"),
            str(subject.arm),
        )
        self.sex = Segments(
            look,
            [(str(sex), words(f"subject.sex-{sex}")) for sex in Sex],
            words("enrol.sex"),
            str(subject.sex),
        )
        self.cause = Choice(
            look,
            words("enrol.cause"),
            [(str(cause), words(f"subject.cause-{cause}")) for cause in Cause],
            str(subject.cause),
        )
        hint = words("patient.reason-hint")
        self.reason_field = Field(
            look,
            words("patient.reason"),
            Line(look, words("patient.reason")),
            hint,
        )
        self._offer_histories()
        self._lay_out()
        self.injury.setFocus()

    def _offer_histories(self) -> None:
        case_id = self._file.subject.id
        of_subject = {
            "injury_date": self.injury,
            "treatment_date": self.treatment,
            "arm": self.arm,
            "sex": self.sex,
            "cause": self.cause,
        }
        of_person = {
            "family": self.family,
            "given": self.given,
            "family_kana": self.family_kana,
            "given_kana": self.given_kana,
            "birth_date": self.birth,
            "hospital_number": self.number,
            "address": self.address,
        }
        for kind, fields in (("subject", of_subject), ("identity", of_person)):
            for item, field in fields.items():
                offer_history(field, Named(kind, case_id, item))

    def _line(self, name: str, text: str) -> Field:
        said = self.words(f"enrol.{name}")
        line = Line(self.look, said)
        line.setText(text)
        line.setCursorPosition(0)  # a long address is read from its beginning
        return Field(self.look, said, line)

    def _day(
        self, name: str, day: date | None, origin: Origin | None = None
    ) -> DateField:
        """A date; day 0 and the treatment are named as the pack names them."""
        words = self.words
        named = None if origin is None else self._record.anchor_name(origin)
        said = words(f"enrol.{name}") if named is None else words.say(named)
        return DateField(self.look, self.words, said, self._today, day)

    def _lay_out(self) -> None:
        words, look = self.words, self.look

        def titled(name: str, input_: QWidget) -> QVBoxLayout:
            title = label(look, words(f"enrol.{name}"), "text2", "caption", MEDIUM)
            return column(title, row(input_, None), gap=3)

        cause = Field(look, words("enrol.cause"), self.cause)
        cause.setVisible(follows_spine(self._record.protocol.pack))
        left = column(
            self.injury,
            self.treatment,
            titled("arm", self.arm),
            8,
            titled("sex", self.sex),
            8,
            cause,
            None,
            gap=2,
        )
        right = column(
            row(self.family, self.given),
            row(self.family_kana, self.given_kana),
            self.birth,
            self.number,
            self.address,
            None,
            gap=2,
        )
        both = row(left, right, gap=24)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.ask(
            words("patient.correct-title"),
            words("patient.correct-go"),
            both,
            rule(),
            4,
            self.reason_field,
        )
        self.setMinimumWidth(look.px(720))

    def value(self) -> Corrected | None:
        """What is to be saved, if everything is right and there is a reason."""
        subject, identity = self._corrected()
        reason = _text(self.reason_field)
        self.reason_field.set_problem(
            "" if reason else self.words("patient.reason-missing")
        )
        days = (self.injury, self.treatment, self.birth)
        kana = (self.family_kana, self.given_kana)
        if not self.right(*days, *kana, self.reason_field) or subject is None:
            return None
        return Corrected(subject, identity, reason)

    def _corrected(self) -> tuple[Subject | None, Identity | None]:
        """What is to be saved; problems are said beside their field."""
        injury, treatment = self.injury.take(required=True), self.treatment.take()
        birth, old = self.birth.take(), self._file.subject
        who = replace(
            self._file.identity or Identity(old.id),
            family=_text(self.family),
            given=_text(self.given),
            family_kana=self._kana(self.family_kana),
            given_kana=self._kana(self.given_kana),
            birth_date=birth,
            hospital_number=plain(_text(self.number)),
            address=_text(self.address),
        )
        unknown = self._file.identity is None and who == Identity(old.id)
        if injury is None:
            return None, None
        try:
            subject = replace(
                old,
                arm=Arm(self.arm.value),
                sex=Sex(self.sex.value),
                cause=Cause(self.cause.value),
                injury_date=injury,
                treatment_date=treatment,
                birth_year=birth.year if birth else old.birth_year,
            )
        except InvalidValue as refusal:
            born = refusal.message.key == "subject.born-after-injury"
            field = self.birth if born else self.treatment
            field.set_problem(self.words.say(refusal.message))
            return None, None
        return subject, None if unknown else who

    def _kana(self, field: Field) -> str:
        field.set_problem("")
        try:
            return read_kana(_text(field))
        except InvalidValue as refusal:
            field.set_problem(self.words.say(refusal.message))
            return ""


def _text(field: Field) -> str:
    line = field.input
    assert isinstance(line, QLineEdit)
    return line.text().strip()
