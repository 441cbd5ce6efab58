"""One safety case: its form in tabs, and beside it class and clocks, always in view.

What is typed is kept through every tab and event of the case until it is saved; leaving
with something unsaved asks first. Ctrl+S saves; where what stood there is changed, it
asks for the reason.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit

from registry_app.domain.errors import Refused, RegistryError
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import Kind
from registry_app.domain.safety_class import classify
from registry_app.domain.signature import Signable
from registry_app.services.cases import case_of
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.safety import case_file, label_in_force, saturations
from registry_app.services.safety_deeds import owed_by_hospital
from registry_app.services.subjects import open_subject
from registry_app.ui.changes import Changes
from registry_app.ui.charts import listen_for_tables
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.easel import Easel
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.safety_aside import Aside, Deeds
from registry_app.ui.pages.safety_deeds import CaseDeeds
from registry_app.ui.pages.safety_draft import CaseDraft
from registry_app.ui.pages.safety_form import CaseForm
from registry_app.ui.pages.safety_letters import LettersView, VersionsView
from registry_app.ui.pages.safety_lung import LungView
from registry_app.ui.pages.safety_parts import Room
from registry_app.ui.pages.safety_words import STATES
from registry_app.ui.patient_facts import patient_facts
from registry_app.ui.record_bar import RecordBar
from registry_app.ui.sides import Sides
from registry_app.ui.widgets import (
    Chip,
    Inside,
    button,
    column,
    hand_keys,
    label,
    row,
    scrolled,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class SafetyCasePage(Page):
    """The form of one case; `number`: that of the case, such as SAP-S0001.

    done(text): what was done, for the strip of the window.
    """

    done = Signal(str)
    keeps = True

    def __init__(
        self, desk: Desk, words: Words, look: Look, changes: Changes, number: str
    ) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(number)
        self.number, self._typed = number, False
        self.record_id = number
        self._file = case_file(desk, number)
        self.subject_id = self._file.case.subject_id
        self._pack = protocol(desk).pack
        self._easel = Easel(words, look)
        self.draft = CaseDraft(self._file)
        self.deeds = CaseDeeds(
            self, lambda: self._file.case, self._facts, self.save, self._done
        )
        self.aside = Aside(
            words,
            look,
            Deeds(
                self.deeds.take,
                self.deeds.dismiss,
                self.deeds.close,
                self.open_duty.emit,
            ),
        )
        self.form = CaseForm(self._room(), self._label_on, self.deeds.add_event)
        self._lay_out()
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.setInterval(0)
        self._look_again.timeout.connect(self._preview)
        self.form.changed.connect(self._on_typed)
        self.form.event_shown.connect(self._tell)
        changes.subject.connect(self._changed_elsewhere)
        changes.plan.connect(self._reload)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.save)
        listen_for_tables(self)
        hand_keys(self, self.form.tabs)
        self._show()

    # ── layout ───────────────────────────────────────────────────────────────────

    def _room(self) -> Room:
        injury, treatment = None, None
        if self.subject_id:
            subject = open_subject(self.desk, self.subject_id).subject
            injury, treatment = subject.injury_date, subject.treatment_date
        today = today_in_japan(self.desk)
        return Room(self.words, self.look, self._pack, today, injury, treatment)

    def _label_on(self, day: date) -> str:
        found = label_in_force(self.desk, day)
        return "" if found is None else found.version

    def _lay_out(self) -> None:
        words, look = self.words, self.look
        self.state = Chip(look, "open", "")
        self.title = label(look, "", role="title")
        self.report_button = button(look, words("safety_page.report"), "", self._report)
        self.save_button = button(look, words("safety_page.save"), "primary", self.save)
        self.opened = label(look, "", "text2", "caption", wrap=True)
        head = row(
            self.title,
            self.state,
            self.opened,
            self.report_button,
            self.save_button,
        )
        head.setStretch(2, 1)  # of several lines where the text is large
        # In a narrow window one stands under the other, and the page scrolls.
        self.form.setMinimumHeight(look.px(330))
        self.aside.setMinimumHeight(look.px(300))
        self.sides = Sides(look, self.form, self.aside, 372, 980, under=True)
        called = words("signing.case-of", case=self.number)
        self.record = RecordBar(self, lambda: called)
        self.record.unsaved = lambda: self.unsaved
        whole = column(head, self.record, self.sides, margins=(12, 8, 12, 12))
        whole.setStretch(2, 1)
        self.setLayout(column(scrolled(Inside(whole)), gap=0))
        self.form.furnish()

    # ── what is shown ────────────────────────────────────────────────────────────

    def _changed_elsewhere(self, subject_id: str) -> None:
        if subject_id == self.subject_id:
            self._reload()

    def _reload(self) -> None:
        """Read the case again, unless something is typed that is not saved."""
        if self.unsaved:
            return
        with self.asking():
            self._file = case_file(self.desk, self.number)
            self.draft = CaseDraft(self._file, self.draft.at)
            self._show()

    def _show(self) -> None:
        words, case, deeds = self.words, self._file.case, self.deeds
        self.title.setText(words("safety_page.page-title", case=case.id))
        self.state.show_status(STATES[case.state], words.say(case.state.told))
        self.opened.setText(self._opened())
        self.form.show_draft(self.draft)
        self.form.place(
            "versions",
            VersionsView(
                words,
                self.look,
                case,
                deeds.add_version,
                deeds.record_sent,
                of_hospital=owed_by_hospital(self.desk, case.id),
            ),
        )
        self.form.place(
            "letters",
            LettersView(words, self.look, self._file.letters, deeds.add_letter),
        )
        curves = saturations(self.desk, self.subject_id) if self.subject_id else ()
        self.form.place("lung", LungView(words, self._easel, curves, case.form_id))
        self._typed = False
        self._look_again.stop()
        self._tell()
        if self.record is not None:
            self.record.show_record(Signable.SAFETY_CASE, self.number)

    def _opened(self) -> str:
        """Where the case comes from, when it was opened and by whom."""
        words, (when, who) = self.words, self._file.opened
        origin = words.say(self._file.case.origin.told)
        if when is None:
            return origin
        day = day_in_japan(when)
        return words("safety_page.opened-by", origin=origin, day=day, who=who)

    def _tell(self) -> None:
        """Class and clocks, as they follow from what stands in the fields."""
        file, draft = self._file, self.draft
        events = tuple(draft.events.values())
        classed = file.classed
        if draft.changed:
            classed = classify(self._pack, draft.case, events)
        self.aside.show_case(draft.case, events, classed, file.clocks, file.what_if)
        unsaved = self.unsaved
        key = "unsaved" if unsaved else "saved"
        kind = "due" if unsaved else "done"
        self.state_changed.emit(f"safety_page.{key}", {"kind": kind})
        self.save_button.setEnabled(unsaved)

    # ── what is typed ────────────────────────────────────────────────────────────

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._typed or self.draft.changed

    def _on_typed(self) -> None:
        if not self._typed:
            self._typed = True
            self._tell()
        self._look_again.start()

    def _preview(self) -> None:
        """Judge anew after a choice; not while somebody is writing."""
        if not isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit):
            if self.form.take(show=False):
                self._typed = False
            self._tell()

    def save(self) -> bool:
        """Save what was typed; whether nothing unsaved is left."""
        if not self.unsaved:
            return True
        if not self.form.take():
            return False
        self._typed = False
        if not self.draft.changed:
            self._tell()
            return True
        try:
            self.draft.save(self.desk, "")
        except Refused as refusal:
            if refusal.message.key != "trail.reason-needed":
                self.refused.emit(refusal)
                return False
            if not self._save_with_reason():
                self._tell()
                return False
        except RegistryError as refusal:
            self.refused.emit(refusal)
            return False
        self.saved = True
        self._saved()
        return True

    def _save_with_reason(self) -> bool:
        words = self.words
        dialog = ReasonDialog(
            self,
            words,
            self.look,
            self._facts(),
            lambda why: self.draft.save(self.desk, why),
            title=words("safety_page.change-title"),
            go=words("safety_page.change-go"),
            name=words.typed(self._file.case.title),
            what=words("safety_page.change-what"),
        )
        saved = bool(dialog.exec())
        dialog.deleteLater()
        return saved

    def _saved(self) -> None:
        """Everybody who shows the case, or its clocks, reads it again."""
        if self.subject_id:
            self.changes.subject.emit(self.subject_id)
        self.changes.plan.emit()

    def may_close(self) -> bool:
        """Ask before what was typed is thrown away; saving is the safe choice."""
        if not self.unsaved:
            return True
        if self.form.take(show=False) and not self.draft.changed:
            return True
        words, roles = self.words, QMessageBox.ButtonRole
        box = QMessageBox(self)
        box.setWindowTitle(self.number)
        box.setText(words("safety_page.leave"))
        keep = box.addButton(words("safety_page.save-plain"), roles.AcceptRole)
        stay = box.addButton(words("enrol.stay"), roles.RejectRole)
        drop = box.addButton(words("enrol.drop"), roles.DestructiveRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is keep:
            return self.save()
        return box.clickedButton() is drop

    # ── deeds ────────────────────────────────────────────────────────────────────

    def _facts(self) -> list[Fact]:
        """What dialogs say of the patient; of a case of nobody its number."""
        if not self.subject_id:
            return [Fact("", self.number)]
        return patient_facts(
            self.words,
            open_subject(self.desk, self.subject_id),
            today_in_japan(self.desk),
            self._pack,
            case_of(self.desk, self.subject_id),
        )

    def _done(self, said: str) -> None:
        self._saved()
        # The button that was pressed is gone: Enter must not press the one after it.
        self.form.tabs.setFocus()
        self.done.emit(said)

    def _report(self) -> None:
        """The individual case report (R2) of what is saved."""
        if self.save():
            self.open_report.emit(Kind.CASE_REPORT.value, self.number)
