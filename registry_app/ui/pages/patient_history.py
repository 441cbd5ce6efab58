"""What was changed about one patient: who, when, what from and to, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from registry_app.domain.consent import Scope, Signer
from registry_app.domain.course import (
    ContactOutcome,
    ContactWay,
    DeviationKind,
    EndReason,
)
from registry_app.domain.dates import TOKYO
from registry_app.domain.isncsci.segments import DAP, ITEMS, VAC
from registry_app.domain.kit import Manufacture
from registry_app.domain.message import Message
from registry_app.domain.trail import Change, Entry, Plain
from registry_app.domain.visit import Blinding, StarReason, Status
from registry_app.services.courses import contacts
from registry_app.services.trail import trail_entries
from registry_app.ui.isncsci.terms import answer_name, item_name
from registry_app.ui.look import Look
from registry_app.ui.pages.patient_terms import (
    BLINDING,
    STATUS,
    visit_name,
)
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, column
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

_NOTHING = "\u2013"


#: Fields whose values have a name of their own, and how to say it.
_TOLD: Final[Mapping[str, Callable[[str], Message]]] = {
    "scope": lambda text: Scope(text).told,
    "signer": lambda text: Signer(text).told,
    "reason": lambda text: EndReason(text).told,
    "way": lambda text: ContactWay(text).told,
    "outcome": lambda text: ContactOutcome(text).told,
    "kind": lambda text: DeviationKind(text).told,
    "manufacture": lambda text: Manufacture(text).told,
}
KINDS: Final = (
    *("subject", "identity", "visit", "form", "course", "indication", "follow_up"),
    *("consent", "kit", "contact", "deviation", "legal_hold", "settled"),
)


def history(desk: Desk, record: PatientRecord) -> list[Entry]:
    """Every entry of the case and of all that belongs to it, the newest first."""
    return [
        e for e in trail_entries(desk, record_id=_ids(desk, record)) if e.kind in KINDS
    ]


def _ids(desk: Desk, record: PatientRecord) -> list[str]:
    file, case = record.file, record.case
    ids = [file.subject.id, *(v.id for v in file.visits)]
    ids += [exam.form_id for exam in case.exams]
    ids += [exam.form.id for exam in file.exams]
    ids += [one.id for one in case.consents]
    ids += [one.id for one in case.kits]
    ids += [one.id for one in case.deviations]
    ids += [one.id for one in case.holds]
    ids += [one.id for one in contacts(desk, file.subject.id)]
    return [*ids, *case.settled]


def what_changed(words: Words, change: Change) -> str:
    """The item of a change in words."""
    field, _, item = change.item.partition(".")
    if item in ITEMS:
        name = item_name(words, item)
        return name if field == "values" else f"{name} ({words(_field(field))})"
    return words(_field(field)) + (f": {item}" if item else "")


def _field(name: str) -> str:
    return f"patient.field-{name.replace('_', '-')}"


def value_text(words: Words, change: Change, value: Plain) -> str:
    """A value in words; a dash for nothing."""
    if value is None or value == "":
        return _NOTHING
    field, _, item = change.item.partition(".")
    if isinstance(value, bool):
        return words("patient.yes" if value else "patient.no")
    if isinstance(value, dict):
        return _star(words, value)
    text = str(value)
    if field in _TOLD and not item:
        # The reason of a deviation is words, that of an end is one of a few.
        with suppress(ValueError):
            return words.say(_TOLD[field](text))
    if field == "values" and item in (VAC, DAP):
        return answer_name(words, text)
    if field == "blinding":
        return words(BLINDING[Blinding(text)])
    if field == "status":
        return words(STATUS[Status(text)])
    match item if field == "facts" else field:  # "facts": as judged at enrolment
        case "arm":
            return words(f"subject.arm-{text}")
        case "sex":
            return words(f"subject.sex-{text}")
        case "cause":
            return words(f"subject.cause-{text}")
        case "how":
            return words(f"patient.how-{text.replace(' ', '-')}")
        case _:
            return text


def _star(words: Words, note: Mapping[str, Plain]) -> str:
    """The note of a star: its reason, the decision, what was written."""
    said = []
    if reason := note.get("reason"):
        said.append(words(f"worksheet.star-{StarReason(str(reason)).name.lower()}"))
    if (normal := note.get("normal")) is not None:
        said.append(words("patient.normal" if normal else "patient.not-normal"))
    if text := note.get("text"):
        said.append(str(text))
    return " · ".join(said) or _NOTHING


class HistoryTab(QWidget):
    """Above the entries; below every change of the chosen one."""

    def __init__(
        self,
        words: Words,
        look: Look,
        record: PatientRecord,
        entries: Sequence[Entry],
    ) -> None:
        super().__init__()
        file = record.file
        self._words, self._look, self._entries = words, look, entries
        self._names = {file.subject.id: file.subject.id}
        for kit in record.case.kits:
            self._names[kit.id] = kit.number
        for consent in record.case.consents:
            self._names[consent.id] = consent.document
        for exam in file.exams:
            self._names[exam.form.id] = exam.form.date.isoformat()
        self._names |= {
            visit.id: visit_name(words, record, visit.code) for visit in file.visits
        }
        self.table = plain_table(
            look, words("patient.history"), self._columns(), entries
        )
        upper = Card(look)
        upper.body.setContentsMargins(0, 0, 0, 0)
        upper.body.addWidget(self.table)
        self._lower = Card(look, words("patient.changes"))
        self._lower.body.setContentsMargins(0, 0, 0, 0)
        self.detail: Table | None = None
        both = column(upper, self._lower)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        self.setLayout(both)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._show(now.row())
        )
        if entries:
            self.table.selectRow(0)
        self.setFocusProxy(self.table)

    def _columns(self) -> list[Column]:
        words = self._words

        def key(name: str) -> str:
            return words(f"patient.col-{name}")

        def when(entry: Entry) -> str:
            return entry.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")

        def of(entry: Entry) -> str:
            kind = words(f"patient.kind-{entry.kind.replace('_', '-')}")
            return f"{kind} {self._names.get(entry.id, '')}"

        return [
            Column(key("when"), when, 144, "strong"),
            Column(key("who"), lambda entry: entry.actor, 120),
            Column(key("record"), of, 220),
            Column(key("what"), self._summary, 0),
            Column(key("why"), lambda entry: entry.reason or _NOTHING, 240, "quiet"),
        ]

    def _summary(self, entry: Entry) -> str:
        """The one change, or how many there are."""
        words = self._words
        if len(entry.changes) != 1:
            key = "patient.created" if entry.version == 1 else "patient.changed"
            return words(key, count=len(entry.changes))
        (change,) = entry.changes
        return words(
            "patient.change",
            what=what_changed(words, change),
            old=value_text(words, change, change.old),
            new=value_text(words, change, change.new),
        )

    def _show(self, row: int) -> None:
        """Every change of one entry."""
        words = self._words
        columns = [
            Column(words("patient.col-item"), lambda c: what_changed(words, c), 0),
            Column(
                words("patient.col-old"), lambda c: value_text(words, c, c.old), 260
            ),
            Column(
                words("patient.col-new"), lambda c: value_text(words, c, c.new), 260
            ),
        ]
        changes = self._entries[row].changes if row >= 0 else ()
        made = plain_table(self._look, words("patient.changes"), columns, changes)
        if self.detail is not None:
            self.detail.hide()
            self.detail.deleteLater()
        self.detail = made
        self._lower.body.addWidget(made)
