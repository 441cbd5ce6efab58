"""The list of patients: instant with many thousands, sorted and searched in SQL."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from registry_app.domain.blinding import TELLING, Hidden
from registry_app.domain.plan.pack import Origin, Pack
from registry_app.domain.subject import Arm
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.subjects import SubjectQuery, subject_ids, subject_rows
from registry_app.ui.changes import Changes
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.patient_facts import arm_said, date_name, follows_spine
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.sets import told
from registry_app.ui.table import Table
from registry_app.ui.widgets import Card, Inside, button, column, hand_keys, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.services.subjects import SubjectRow

#: After the last key, before the list is searched.
DEBOUNCE_MS = 120


def patient_columns(words: Words, today: date, pack: Pack) -> list[Column]:
    """The columns of the list; `today` is what days are counted to.

    Grade and level are left out where the `pack` does not follow the spinal cord.
    """

    def days(since: date | None) -> str:
        return "" if since is None else str((today - since).days)

    hidden = words("blinding_ui.hidden")

    def grades(row: SubjectRow) -> str:
        if Hidden.EARLIER in row.hidden:
            return hidden
        first = told(words, "ais", row.ais_baseline or row.ais_first)
        latest = told(words, "ais", row.ais_latest)
        if row.exams < 2 or not first:
            return latest or first
        return words("patients.from-to", first=first, latest=latest)

    def key(name: str) -> str:
        return words(f"patients.{name}")

    def exams(row: SubjectRow) -> str:
        if not row.drafts:
            return str(row.exams)
        return words("patients.and-drafts", exams=row.exams, drafts=row.drafts)

    def visit(row: SubjectRow) -> str:
        if row.next_visit is None or row.next_last is None or row.next_first is None:
            return ""
        open_ = row.next_first <= today
        day = row.next_last if open_ else row.next_first
        return words(
            "patients.visit-open" if open_ else "patients.visit-ahead",
            visit=row.next_visit,
            day=day.isoformat(),
        )

    def standing(row: SubjectRow) -> str:
        if row.next_first is None:
            return ""
        return "due" if row.next_first <= today else "open"

    def since(origin: Origin, name: str) -> str:
        return words("patients.since", what=date_name(words, pack, origin, name))

    spine = [
        Column(key("ais"), grades, 116, "strong", "ais_latest"),
        Column(
            key("nli"),
            lambda r: (
                hidden
                if Hidden.EARLIER in r.hidden
                else told(words, "nli", r.nli_latest)
            ),
            84,
            "text",
            "nli_latest",
        ),
    ]
    return [
        Column(key("id"), lambda r: r.id, 128, "strong", "id"),
        Column(key("kana"), lambda r: r.kana, 0, "text", "kana"),
        Column(key("arm"), lambda r: arm_said(words, r), 96, "text", "arm"),
        *(spine if follows_spine(pack) else ()),
        Column(
            since(Origin.INJURY, "enrol.injury"),
            lambda r: days(r.injury_date),
            124,
            "figure",
            "injury_date",
            reverse=True,
        ),
        Column(
            since(Origin.TREATMENT, "enrol.treatment"),
            lambda r: hidden if r.hidden & TELLING else days(r.treatment_date),
            136,
            "figure",
            "treatment_date",
            reverse=True,
        ),
        Column(key("next"), visit, 312, "chip", "next_last", status=standing),
        Column(key("exams"), exams, 96, "figure", "exams", spare=True),
        Column(
            key("latest"),
            lambda r: r.latest_exam.isoformat() if r.latest_exam else "",
            112,
            "figure",
            "latest_exam",
            spare=True,
        ),
        Column(
            key("sex"),
            lambda r: words(f"subject.sex-{r.sex}"),
            72,
            "text",
            "sex",
            spare=True,
        ),
    ]


class PatientsPage(Page):
    """The table with its filter chips; Enter opens a patient.

    enrol(), follow_up(): the window goes there.
    """

    enrol = Signal()
    follow_up = Signal()

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("patients.title"))
        self._text, self._arm = "", ""
        self.today = today_in_japan(desk)
        self.model = RowsModel(
            patient_columns(words, self.today, protocol(desk).pack),
            lambda sort, descending: subject_ids(desk, self._query(sort, descending)),
            lambda ids: subject_rows(desk, ids),
        )
        self.table = Table(look, self.model, words("patients.title"))
        self.table.opened.connect(self.open_subject)
        self._count = label(look, "", "text2", "caption")
        self._none = label(look, "", "text2")
        self._places = QStackedWidget()
        card = Card(look)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.table)
        self._places.addWidget(card)
        self._places.addWidget(self._empty())
        self.enrol_button = button(
            look, words("patients.enrol"), "primary", self.enrol.emit
        )
        self.attrition_button = button(
            look, words("attrition.title"), "small", self.follow_up.emit
        )
        note = "patients.training-note" if look.training else "patients.note"
        head = row(
            label(look, words("patients.title"), role="title"),
            4,
            label(look, words(note), "text2"),
            None,
            self.enrol_button,
        )
        self.setLayout(
            column(
                head,
                row(*self._chips(), None, self._count, self.attrition_button),
                self._places,
                margins=(12, 8, 12, 12),
            )
        )
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DEBOUNCE_MS)
        self._wait.timeout.connect(self.reload)
        changes.subject.connect(self._subject_changed)
        changes.plan.connect(self.reload)
        hand_keys(self, self.table)
        self.reload()

    def _query(self, sort: str, descending: bool) -> SubjectQuery:
        arm = Arm(self._arm) if self._arm else None
        return SubjectQuery(self._text, arm, sort, descending)

    def _chips(self) -> list[QWidget]:
        group = QButtonGroup(self)
        chips: list[QWidget] = []
        for arm in ("", *Arm):
            name = f"subject.arm-{arm}" if arm else "patients.all"
            chip = button(self.look, self.words(name), "filter")
            chip.setFont(self.look.font("caption"))
            chip.setCheckable(True)
            chip.setChecked(not arm)
            chip.clicked.connect(lambda _on, a=str(arm): self._filter(a))
            group.addButton(chip)
            chips.append(chip)
        return chips

    def _empty(self) -> QWidget:
        """One sentence what belongs here, one button."""
        words, look = self.words, self.look
        self._none_button = button(look, words("patients.enrol"), "", self.enrol.emit)
        middle = column(
            None, row(None, self._none, None), row(None, self._none_button, None), None
        )
        card = Card(look)
        card.body.addWidget(Inside(middle))
        return card

    def _filter(self, arm: str) -> None:
        self._arm = arm
        self.reload()

    def search(self, text: str) -> None:
        """Show only those whom the text finds, a moment after the last key."""
        self._text = text
        self._wait.start()

    def _subject_changed(self, _subject_id: str) -> None:
        """A method, so that Qt calls it no more once the page is gone."""
        self.reload()

    def reload(self) -> None:
        """Read the list again; the selected patient stays selected."""
        self._wait.stop()
        chosen = self.model.id_at(self.table.currentIndex().row())
        with self.asking():
            self.model.reload()
        found = self.model.rowCount()
        self._count.setText(self.words("patients.count", count=f"{found:,}"))
        searched = bool(self._text or self._arm)
        self._none.setText(
            self.words("patients.none-found" if searched else "patients.none-yet")
        )
        self._none_button.setVisible(not searched)
        for shown in (self.enrol_button, self.attrition_button):
            shown.setVisible(bool(found) or searched)
        self._places.setCurrentIndex(0 if found else 1)
        if found:
            self.table.selectRow(max(self.model.row_of(chosen), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows everybody again."""
        if event.key() == Qt.Key.Key_Escape and self._text:
            self.search("")
        else:
            super().keyPressEvent(event)
