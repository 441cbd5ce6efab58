"""The treatment of one patient: dates, kits, criteria with verdicts, deviations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from registry_app.domain.course import Deviation
from registry_app.domain.plan.eligibility import Judged, Verdict
from registry_app.domain.plan.pack import Anchor, Confidence, Origin
from registry_app.domain.subject import Arm
from registry_app.services.courses import set_comparison, set_dates
from registry_app.services.deviations import add_deviation, correct_deviation
from registry_app.ui.criteria import STATUS, CriterionWords, verdict_said
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.dialogs.comparison import Compared, ComparisonDialog
from registry_app.ui.dialogs.dates import Dated, DatesDialog
from registry_app.ui.dialogs.deviation import DeviationDialog
from registry_app.ui.frame import Fact
from registry_app.ui.item_history import Named, offer_history
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.pages.patient_kits import KitBlock, KitDesk, quantities
from registry_app.ui.patient_facts import reported_said
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.widgets import (
    Card,
    Chip,
    Item,
    button,
    column,
    label,
    row,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class TreatmentTab(QWidget):
    """saved(): something was recorded, and the page is to be read again."""

    saved = Signal()

    def __init__(
        self,
        desk: Desk,
        words: Words,
        look: Look,
        record: PatientRecord,
        facts: Sequence[Fact],
    ) -> None:
        super().__init__()
        self._desk, self._words, self._look = desk, words, look
        self._record, self._facts = record, facts
        self._said = CriterionWords(words, record.protocol.pack)
        self._kits = KitDesk(
            self,
            desk,
            words,
            look,
            record.protocol,
            record.today,
            lambda _kit: self.saved.emit(),
        )
        compared = record.file.subject.arm is Arm.COMPARISON
        first = self._comparison() if compared else self._kit_card()
        left = column(self._dates(), first, None)
        right = column(self._criteria(), self._deviations(), None)
        both = row(left, right)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.setLayout(both)

    # ── dates ────────────────────────────────────────────────────────────────────

    def _dates(self) -> Card:
        words, look, record = self._words, self._look, self._record
        anchors = record.protocol.pack.anchors
        own = [anchor for anchor in anchors if anchor.origin is Origin.DATE]
        edit = button(look, words("treatment.edit-dates"), "small", self.edit_dates)
        edit.setVisible(bool(own))
        card = Card(look, words("treatment.dates"), [edit])
        grid = _grid()
        for n, anchor in enumerate(anchors):
            day = record.case.day_of(anchor)
            grid.addWidget(label(look, words.say(anchor.name), "text2"), n, 0)
            if day is None:
                shown = label(look, words("treatment.no-date"), "text3")
            else:
                since = record.file.subject.day(day)
                said = words("banner.day", on=day.isoformat(), days=since)
                shown = label(look, said)
            if named := _named(anchor, record.file.subject.id):
                offer_history(shown, named)
            grid.addWidget(shown, n, 1)
        card.body.addLayout(grid)
        return card

    def edit_dates(self) -> None:
        """Ask for the dates of the pack that are kept with the case."""
        record = self._record
        case_id = record.file.subject.id

        def save(dated: Dated) -> None:
            asked = {id_: dated.dates.get(id_) for id_ in dialog.fields}
            known = record.case.course.dates
            changed = {id_: day for id_, day in asked.items() if known.get(id_) != day}
            set_dates(self._desk, case_id, changed, dated.reason)

        dialog = DatesDialog(
            self,
            self._words,
            self._look,
            self._facts,
            save,
            anchors=[
                anchor
                for anchor in record.protocol.pack.anchors
                if anchor.origin is Origin.DATE
            ],
            dates=record.case.course.dates,
            today=record.today,
        )
        self._run(dialog)

    def _run(self, dialog: Asking[Dated] | Asking[Compared] | DeviationDialog) -> None:
        if dialog.exec():
            self.saved.emit()
        dialog.deleteLater()

    # ── kits, or the match of a comparison patient ───────────────────────────────

    def _kit_card(self) -> Card:
        words, look, record = self._words, self._look, self._record
        case_id = record.file.subject.id
        order = button(
            look,
            words("treatment.order"),
            "small",
            lambda: self._kits.order(self._facts, case_id),
        )
        card = Card(look, words("treatment.kits"), [order])
        amounts = quantities(record.protocol)
        for kit in record.case.kits:
            card.body.addWidget(
                KitBlock(words, look, kit, amounts, self._kits, self._facts)
            )
        if not record.case.kits:
            none = words("treatment.no-kits")
            card.body.addWidget(label(look, none, "text2", wrap=True))
        return card

    def _comparison(self) -> Card:
        words, look, course = self._words, self._look, self._record.case.course
        edit = button(
            look, words("treatment.edit-comparison"), "small", self.edit_comparison
        )
        card = Card(look, words("treatment.comparison-title"), [edit])
        grid = _grid()
        none = words("treatment.no-date")
        said = [(words("enrol.source"), course.source)]
        for each in self._record.protocol.pack.matching:
            said.append((words.say(each.name), course.matching.get(each.id, "")))
        said.append((words("enrol.matched-to"), course.matched_to))
        for n, (name, text) in enumerate(said):
            grid.addWidget(label(look, name, "text2"), n, 0)
            ink = "text1" if text else "text3"
            grid.addWidget(label(look, text or none, ink, wrap=True), n, 1)
        card.body.addLayout(grid)
        return card

    def edit_comparison(self) -> None:
        """Ask where the patient comes from, and what it was matched by."""
        record = self._record
        case_id = record.file.subject.id

        def save(made: Compared) -> None:
            set_comparison(
                self._desk,
                case_id,
                made.source,
                made.matching,
                made.matched_to,
                made.reason,
            )

        self._run(
            ComparisonDialog(
                self,
                self._words,
                self._look,
                self._facts,
                save,
                course=record.case.course,
                variables=record.protocol.pack.matching,
            )
        )

    # ── criteria and deviations ──────────────────────────────────────────────────

    def _criteria(self) -> Card:
        """Each criterion now; of those at enrolment, also how it was judged then."""
        words, look, record = self._words, self._look, self._record
        frozen = record.case.indication
        note = ""
        if frozen is not None:
            note = words("treatment.frozen", day=frozen.day.isoformat())
        card = Card(
            look, words("treatment.criteria"), [label(look, note, "text3", "caption")]
        )
        for stage in ("enrolment", "treatment"):
            judged = [one for one in record.plan.judged if one.criterion.stage == stage]
            if not judged:
                continue
            title = words(f"treatment.stage-{stage}")
            card.body.addWidget(label(look, title, "text2", "caption", MEDIUM))
            grid = _grid()
            grid.setColumnStretch(1, 3)
            grid.setColumnStretch(2, 2)
            for n, one in enumerate(judged):
                self._criterion(grid, 2 * n, one)
            card.body.addLayout(grid)
        if not record.plan.judged:
            said = words("enrol.no-criteria")
            card.body.addWidget(label(look, said, "text2", wrap=True))
        return card

    def _criterion(self, grid: QGridLayout, at: int, one: Judged) -> None:
        words, look, frozen = self._words, self._look, self._record.case.indication
        top = Qt.AlignmentFlag.AlignTop
        verdict, criterion, as_told = one.verdict, one.criterion, ""
        if frozen is not None and criterion.id in frozen.verdicts:
            # As it was then, whatever is known now.
            verdict = Verdict(frozen.verdicts[criterion.id])
            one = replace(one, found=frozen.facts.get(criterion.test.fact, ""))
            as_told = reported_said(words, frozen, criterion.test.fact)
        chip = Chip(look, STATUS[verdict], verdict_said(words, verdict))
        grid.addWidget(chip, at, 0, 2, 1, top)
        name = label(look, words.say(criterion.name), wrap=True)
        about = label(look, self._said.basis(criterion), "text3", "caption", wrap=True)
        grid.addWidget(name, at, 1, top)
        grid.addWidget(about, at + 1, 1, top)
        found = label(look, self._said.found(one), "text2", wrap=True)
        grid.addWidget(found, at, 2, 1 if as_told else 2, 1, top)
        if as_told:
            said = label(look, as_told, "text3", "caption", wrap=True)
            grid.addWidget(said, at + 1, 2, top)
        unsure = criterion.basis.confidence is Confidence.UNCONFIRMED
        setting = f"criterion:{criterion.id}"
        if unsure and self._record.protocol.confirmed(setting) is None:
            grid.addWidget(
                Chip(look, "due", words("enrol.to-confirm")), at, 3, 2, 1, top
            )

    def _deviations(self) -> Card:
        words, look, record = self._words, self._look, self._record
        add = button(look, words("treatment.add-deviation"), "small", self.deviate)
        found = record.case.deviations
        title = words("treatment.deviations", count=len(found))
        card = Card(look, title, [add])
        names = dict(self._rules())
        for one in found:
            parts: list[Item] = [
                Chip(look, "blocked", words.say(one.kind.told)),
                label(look, one.on.isoformat(), "text2"),
                label(look, names.get(one.rule, one.rule), weight=MEDIUM, wrap=True),
            ]
            fix = button(
                look,
                words("treatment.correct"),
                "small",
                partial(self.correct_deviation, one),
            )
            told = {"kind": one.kind.told, "day": one.on.isoformat()}
            fix.setAccessibleName(words("treatment.correct-of", **told))
            head = row(*parts, fix)
            head.setStretch(2, 1)
            said = words("treatment.because", reason=one.reason)
            card.body.addLayout(head)
            card.body.addWidget(label(look, said, wrap=True))
        if not found:
            none = words("treatment.no-deviations")
            card.body.addWidget(label(look, none, "text2"))
        return card

    def _rules(self) -> list[tuple[str, str]]:
        """What a deviation may be of: criteria and visits by their names."""
        pack = self._record.protocol.pack
        named = [(c.id, self._words.say(c.name)) for c in pack.criteria]
        return named + [(v.id, self._words.say(v.name)) for v in pack.visits]

    def deviate(self) -> None:
        """Ask for a deviation that nothing else has recorded."""
        record = self._record
        self._run(
            DeviationDialog(
                self,
                self._words,
                self._look,
                self._facts,
                lambda made: add_deviation(self._desk, made),
                subject_id=record.file.subject.id,
                rules=self._rules(),
                today=record.today,
            )
        )

    def correct_deviation(self, known: Deviation) -> None:
        """Ask what was wrong with a deviation, and why it is corrected."""
        record = self._record
        dialog = DeviationDialog(
            self,
            self._words,
            self._look,
            self._facts,
            lambda made: correct_deviation(self._desk, made, dialog.reason),
            subject_id=record.file.subject.id,
            rules=self._rules(),
            today=record.today,
            known=known,
        )
        self._run(dialog)


def _named(anchor: Anchor, case_id: str) -> Named | None:
    """Where a date of the pack is kept, for its history; a consent is no single one."""
    kept = {
        Origin.INJURY: ("subject", "injury_date"),
        Origin.TREATMENT: ("subject", "treatment_date"),
        Origin.DATE: ("course", f"dates.{anchor.id}"),
    }
    found = kept.get(anchor.origin)
    return None if found is None else Named(found[0], case_id, found[1])


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    return grid
