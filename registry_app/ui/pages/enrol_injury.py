"""The second part of an enrolment: the arm and the dates that the pack counts from."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.names import plain
from registry_app.domain.plan.pack import Origin, Pack
from registry_app.domain.subject import Arm, Cause, is_case_id
from registry_app.ui.dates import DateField
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import Look
from registry_app.ui.pages.enrol_referral import ReferralPart
from registry_app.ui.pages.enrol_steps import Step, first_wrong, pair
from registry_app.ui.patient_facts import date_name, follows_spine
from registry_app.ui.widgets import Inside, Segments, column
from registry_app.words import Words


class InjuryStep(Step):
    """Day 0 by the pack's own name, the other dates of the pack, cause, arm.

    For a comparison patient source and matching variables instead of the treatment.
    """

    name = "injury"

    def __init__(self, words: Words, look: Look, pack: Pack, today: date) -> None:
        super().__init__(words, look)
        self._born: date | None = None
        self.injury = self._day(pack, Origin.INJURY, today, "enrol.injury")
        self.treatment = self._day(pack, Origin.TREATMENT, today, "enrol.treatment")
        self.cause = Choice(
            look,
            words("enrol.cause"),
            [(str(cause), words(f"subject.cause-{cause}")) for cause in Cause],
        )
        cause = Field(look, words("enrol.cause"), self.cause)
        if not follows_spine(pack):
            self.cause.choose(str(Cause.UNKNOWN))
            cause.hide()
        self.arm = Segments(
            look,
            [(str(arm), words(f"subject.arm-{arm}")) for arm in Arm],
            words("enrol.arm"),
        )
        self._arm_problem = self.problem_label()
        self.dates = {
            anchor.id: DateField(look, words, words.say(anchor.name), today)
            for anchor in pack.anchors
            if anchor.origin is Origin.DATE
        }
        self.source = Line(look, words("enrol.source"))
        self.matching = {
            each.id: Line(look, words.say(each.name)) for each in pack.matching
        }
        self.matched = Line(look, words("enrol.matched-to"), plain=True)
        self._matched = Field(
            look,
            words("enrol.matched-to"),
            self.matched,
            words("enrol.matched-to-hint"),
        )
        self.told = ReferralPart(words, look, today)
        self.told.setVisible(follows_spine(pack))
        self._treated = self._of_treated()
        self._compared = self._of_compared(pack)
        self.fill(
            pair(self.injury, cause),
            self.titled(words("enrol.arm"), self.arm, self._arm_problem),
            self._treated,
            self._compared,
            self.told,
        )
        self.arm.chosen.connect(self._arm_chosen)
        self._arm_chosen("")
        self.setFocusProxy(self.injury)

    def _day(self, pack: Pack, origin: Origin, today: date, key: str) -> DateField:
        """The field of an anchor, by the name that the pack gives it."""
        said = date_name(self.words, pack, origin, key)
        return DateField(self.look, self.words, said, today)

    def _of_treated(self) -> Inside:
        fields = [*self.dates.values(), self.treatment]
        rest: list[QWidget] = [*fields, QWidget()] if len(fields) % 2 else [*fields]
        pairs = zip(rest[::2], rest[1::2], strict=True)
        return Inside(column(*(pair(one, other) for one, other in pairs), gap=4))

    def _of_compared(self, pack: Pack) -> Inside:
        words, look = self.words, self.look
        source = Field(
            look, words("enrol.source"), self.source, words("enrol.source-hint")
        )
        variables = [
            Field(look, words.say(each.name), self.matching[each.id])
            for each in pack.matching
        ]
        return Inside(column(source, *variables, self._matched, gap=4))

    def _arm_chosen(self, arm: str) -> None:
        """Only who is treated has the dates of a treatment."""
        self._arm_problem.setText("")
        compared = arm == Arm.COMPARISON
        self._treated.setVisible(not compared)
        self._compared.setVisible(compared)

    def born(self, day: date | None) -> None:
        """The day of birth, which comes before day 0."""
        self._born = day

    @property
    def compared(self) -> bool:
        """Whether it is a comparison patient."""
        return self.arm.value == Arm.COMPARISON

    @property
    def treated_on(self) -> date | None:
        """The treatment date, of who is treated."""
        return None if self.compared else self.treatment.take()

    @property
    def days(self) -> Mapping[str, date]:
        """The other dates of the pack that are known, by anchor."""
        if self.compared:
            return {}
        taken = {id_: field.take() for id_, field in self.dates.items()}
        return {id_: day for id_, day in taken.items() if day is not None}

    @property
    def matched_to(self) -> str:
        """The case ID that a comparison patient was matched to."""
        return plain(self.matched.text()).upper() if self.compared else ""

    @property
    def variables(self) -> Mapping[str, str]:
        """The matching variables that are filled in."""
        typed = {id_: line.text().strip() for id_, line in self.matching.items()}
        return {id_: text for id_, text in typed.items() if text and self.compared}

    def right(self) -> bool:
        """Day 0 and the arm are said, and no date contradicts another."""
        words = self.words
        injury, treatment = self.injury.take(required=True), self.treated_on
        _ = self.days
        if injury and self._born and self._born > injury:
            self.injury.set_problem(words("enrol.born-after"))
        if injury and treatment and treatment < injury:
            self.treatment.set_problem(words("subject.treated-before-injury"))
        matched = self.matched_to
        wrong_id = bool(matched) and not is_case_id(matched)
        said = words("treatment.not-a-case", text=matched) if wrong_id else ""
        self._matched.set_problem(said)
        fields = [self.injury, self._matched]
        if not self.compared:
            fields = [self.injury, *self.dates.values(), self.treatment]
        wrong = first_wrong(fields) or self.told.right(injury)
        self._arm_problem.setText("" if self.arm.value else words("enrol.choose"))
        if wrong is not None:
            wrong.setFocus()
        elif not self.arm.value:
            self.arm.setFocus()
        return wrong is None and bool(self.arm.value)
