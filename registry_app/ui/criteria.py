"""Criteria of a pack with value, verdict and source; a failed one asks for a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from registry_app.domain.plan.eligibility import Judged, Verdict
from registry_app.domain.plan.facts import number
from registry_app.domain.plan.pack import Confidence, Criterion, Pack
from registry_app.ui.amounts import number_said
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Chip, Inside, Segments, column, label, row
from registry_app.words import Words

#: The shape of a verdict; its word stands beside it.
STATUS = {Verdict.MET: "done", Verdict.NOT_MET: "overdue", Verdict.UNKNOWN: "open"}
_WORD = {
    Verdict.MET: "enrol.met",
    Verdict.NOT_MET: "enrol.not-met",
    Verdict.UNKNOWN: "enrol.not-known",
}
_ASKED = "asked:"


def verdict_said(words: Words, verdict: Verdict) -> str:
    """Met, not met, or not known yet."""
    return words(_WORD[verdict])


class CriterionWords:
    """What is said of a criterion: what was found, with its unit, and the source."""

    def __init__(self, words: Words, pack: Pack) -> None:
        self._words = words
        self._sources = {source.id: source.text for source in pack.sources}
        product = pack.product
        amounts = () if product is None else product.quantities
        self._units = {f"amount:{each.id}": each.unit for each in amounts}
        for form in pack.forms:
            for item in form.items:
                if item.unit is not None:
                    self._units[f"form:{form.id}.{item.id}"] = item.unit

    def basis(self, criterion: Criterion) -> str:
        """The article that it rests on, or else the sources by their texts."""
        basis = criterion.basis
        if basis.citation is not None:
            return self._words.say(basis.citation)
        return "; ".join(self._sources.get(each, each) for each in basis.sources)

    def found(self, one: Judged) -> str:
        """What was found, in words; several possible values with a comma between."""
        words, fact, found = self._words, one.criterion.test.fact, one.found
        if not found:
            return words("enrol.found-nothing")
        if fact.startswith(_ASKED):
            return words(f"enrol.{found}") if found in ("yes", "no") else found
        if fact.startswith("days:"):
            return words("enrol.found-days", days=found)
        if (unit := self._units.get(fact)) is not None:
            value = number(found)
            text = found if value is None else number_said(value)
            return words("treatment.amount", number=text, unit=unit)
        several = found.split(",")
        if fact in ("sex", "cause", "arm"):
            several = [words(f"subject.{fact}-{each}") for each in several]
        elif fact == "region":
            several = [words(f"enrol.region-{each}") for each in several]
        return ", ".join(several)


class CriteriaList(QWidget):
    """`answers` by fact, `reasons` by criterion.

    answered_one(): an answer to a question of a criterion was given.

    What was typed stays when the verdicts are shown anew.
    """

    answered_one = Signal()

    def __init__(self, words: Words, look: Look, pack: Pack) -> None:
        super().__init__()
        self._words, self._look = words, look
        self._said = CriterionWords(words, pack)
        self._judged: Sequence[Judged] = ()
        self._confirmed: frozenset[str] = frozenset()
        self.fields: dict[str, Field] = {}
        self.answers: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._inside: QWidget | None = None
        self._column = column(gap=0)
        self.setLayout(self._column)

    def show_judged(
        self, judged: Sequence[Judged], confirmed: frozenset[str] = frozenset()
    ) -> None:
        """Show these verdicts; `confirmed`: criteria somebody has confirmed here."""
        if self._inside is not None and tuple(judged) == tuple(self._judged):
            return
        self._keep()
        self._judged, self._confirmed = judged, confirmed
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self.fields = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for one in judged:
            self._row(grid, one)
        self._inside = Inside(grid)
        self._column.addWidget(self._inside)

    def _row(self, grid: QGridLayout, one: Judged) -> None:
        words, look, at = self._words, self._look, grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        criterion = one.criterion
        chip = Chip(look, STATUS[one.verdict], verdict_said(words, one.verdict))
        grid.addWidget(chip, at, 0, 2, 1, top)
        name = label(look, words.say(criterion.name), weight=MEDIUM, wrap=True)
        about = label(look, self._said.basis(criterion), "text3", "caption", wrap=True)
        grid.addWidget(name, at, 1, top)
        grid.addWidget(about, at + 1, 1, top)
        grid.addLayout(self._found(one), at, 2, 2, 1, top)
        unsure = criterion.basis.confidence is Confidence.UNCONFIRMED
        if unsure and criterion.id not in self._confirmed:
            grid.addWidget(
                Chip(look, "due", words("enrol.to-confirm")), at, 3, 2, 1, top
            )
        if one.verdict is Verdict.NOT_MET:
            name_of = words("enrol.reason-for", name=criterion.name)
            line = Line(look, name_of)
            line.setText(self._typed.get(criterion.id, ""))
            said = words("enrol.reason-of-guide" if criterion.guide else "enrol.reason")
            field = Field(look, said, line)
            self.fields[criterion.id] = field
            grid.addWidget(field, at + 2, 1, 1, 3)

    def _found(self, one: Judged) -> QHBoxLayout:
        """What was found; for a question of the pack, its answer is asked here."""
        words, look, fact = self._words, self._look, one.criterion.test.fact
        if not fact.startswith(_ASKED):
            said = label(look, self._said.found(one), "text2", wrap=True)
            made = row(said)
            made.setStretch(0, 1)
            return made
        answer = Segments(
            look,
            [("yes", words("enrol.yes")), ("no", words("enrol.no"))],
            words.say(one.criterion.name),
            self.answers.get(fact, ""),
            optional=True,
        )
        answer.chosen.connect(lambda value: self._answer(fact, value))
        return row(answer, None)

    def _answer(self, fact: str, value: str) -> None:
        self.answers = {**self.answers, fact: value}
        if not value:
            del self.answers[fact]
        self.answered_one.emit()

    def _keep(self) -> None:
        self._typed |= self.reasons

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons typed, by criterion."""
        typed = {}
        for id_, field in self.fields.items():
            line = field.input
            assert isinstance(line, Line)
            typed[id_] = line.text().strip()
        return typed

    def answered(self) -> bool:
        """Whether each failed criterion has its reason; the first without is shown."""
        reasons = self.reasons
        missing = [field for id_, field in self.fields.items() if not reasons[id_]]
        for field in missing:
            field.set_problem(self._words("enrol.reason-missing"))
        if missing:
            missing[0].setFocus()
        return not missing
