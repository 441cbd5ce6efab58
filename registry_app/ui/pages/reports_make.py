"""Make a report: which kind, how it is to be, and its pages as they will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from registry_app.domain.cut import DataCut
from registry_app.domain.errors import RegistryError
from registry_app.domain.report import SLOTS, Kind
from registry_app.services.cuts import changed_since, cuts, freeze
from registry_app.services.report_kinds import reportable_cases, wanted_reports
from registry_app.services.report_texts import save_texts, texts, texts_issued
from registry_app.services.sources import records_behind
from registry_app.ui.background import Working
from registry_app.ui.dialogs.entries import SaidDialog
from registry_app.ui.dialogs.freeze import FreezeDialog
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.dialogs.report_issue import IssueDialog
from registry_app.ui.dialogs.report_names import NamesDialog
from registry_app.ui.dialogs.report_texts import TextsDialog, Written
from registry_app.ui.page import Page
from registry_app.ui.pages.reports_kinds import KindsList
from registry_app.ui.pages.reports_options import (
    OptionsCard,
    Wish,
    cut_said,
    slot_said,
)
from registry_app.ui.pages.reports_preview import PreviewCard
from registry_app.ui.pages.reports_records import RecordsCard
from registry_app.ui.pages.reports_work import Making
from registry_app.ui.pdf_pages import PdfPages
from registry_app.ui.widgets import Card, hand_keys, row

if TYPE_CHECKING:
    from registry_app.services.making import Report

#: Below this width (at 100 %) the preview takes the place of the other two parts.
_LEAST = 940


class ReportsMake(QWidget):
    """issued(report): it was filed. save(report, wish): a draft is kept as a file.

    opened(source): a record was asked for.
    """

    issued = Signal(object)
    save = Signal(object, object)
    opened = Signal(object)

    def __init__(self, page: Page, working: Working) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        words, look = page.words, page.look
        self._words, self._look = words, look
        self._regions_of: Wish | None = None
        self._save_next = False
        self.kinds = KindsList(words, look)
        self._kinds_card = Card(look, words("reports_page.kinds"))
        self._kinds_card.body.setContentsMargins(0, 0, 1, 1)
        self._kinds_card.body.addWidget(self.kinds)
        self.options = OptionsCard(page, self._confirm_names)
        self.records = RecordsCard(words, look)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.options)
        self._middle.addWidget(self.records)
        self.preview = PreviewCard(words, look)
        self.making = Making(self, self._desk, words, working)
        self._kinds_card.setFixedWidth(look.px(284))
        self._middle.setFixedWidth(look.px(312))
        box = row(self._kinds_card, self._middle, self.preview)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.narrow = False
        self._wire()
        hand_keys(self, self.kinds)

    def _wire(self) -> None:
        options, making, preview = self.options, self.making, self.preview
        self.kinds.chosen.connect(self._kind_chosen)
        self.kinds.entered.connect(options.cut.setFocus)
        options.freeze.connect(lambda: self.freeze())
        options.show_changes.connect(self.show_changes)
        options.cut_chosen.connect(self._read_texts)
        options.write_texts.connect(self.write_texts)
        options.preview.connect(self.make_preview)
        options.issue.connect(self.issue)
        options.save_draft.connect(self.save_draft)
        options.changed.connect(preview.say_stale)
        making.previewed.connect(self._previewed)
        making.issued.connect(self._issued)
        making.refused.connect(self._refused)
        making.busy.connect(self._busy)
        preview.records.connect(self._show_records)
        self.records.left.connect(self._back_to_number)
        self.records.opened.connect(self.opened)

    # ── what there is ────────────────────────────────────────────────────────────

    def reload(self) -> None:
        """Read kinds, cuts and safety cases again."""
        with self._page.asking():
            self.options.show_cuts(cuts(self._desk))
            said = self._words
            self.options.show_safety_cases(
                [
                    (
                        one.id,
                        said(
                            "reports_page.case-said",
                            number=one.id,
                            title=said.typed(one.title),
                        ),
                    )
                    for one in reportable_cases(self._desk)
                ]
            )
            self.kinds.show_kinds(wanted_reports(self._desk))
        self._read_texts()

    def _kind_chosen(self) -> None:
        wanted = self.kinds.current
        if wanted is None:
            return
        if self.options.kind is not wanted.kind:
            self.making.stop()
            self.preview.clear()
            self._middle.setCurrentWidget(self.options)
            self.options.show_kind(wanted)
            self._read_texts()

    def _read_texts(self) -> None:
        kind, cut = self.options.kind, self.options.chosen_cut
        if kind is not None and kind in SLOTS:
            with self._page.asking():
                found = texts(self._desk, kind, cut.id) if cut else {}
                self.options.show_texts(found)

    def _confirm_names(self) -> bool:
        return bool(NamesDialog(self, self._words, self._look).exec())

    def begin(self, kind: Kind, about: str) -> None:
        """A report of this kind, about this case or safety case."""
        self.kinds.choose(kind)
        self.options.choose_about(about)

    # ── cuts and texts ───────────────────────────────────────────────────────────

    def freeze(self, why: str = "") -> bool:
        """Freeze the data as they are, and choose that cut."""
        frozen: list[DataCut] = []
        dialog = FreezeDialog(
            self,
            self._words,
            self._look,
            lambda purpose: frozen.append(freeze(self._desk, purpose)),
            why,
        )
        if not dialog.exec():
            return False
        self.options.show_cuts(cuts(self._desk))
        self.options.choose_cut(frozen[0].id)
        self._read_texts()
        self.preview.say_stale()
        return True

    def show_changes(self) -> None:
        """What has been written since the chosen cut."""
        cut, words = self.options.chosen_cut, self._words
        if cut is None:
            return
        with self._page.asking():
            found = changed_since(self._desk, cut.id)
            key = "changes-said" if found else "changes-none"
            told = {"cut": cut_said(words, cut), "count": len(found)}
            SaidDialog(
                self,
                words,
                self._look,
                title=words("reports_page.changes-title"),
                said=[words(f"reports_page.{key}", **told)],
                entries=found,
            ).exec()

    def _why_rewritten(self, name: str) -> str:
        """The reason for another text than the issued report has; "": it stays."""
        words, given = self._words, list[str]()
        dialog = ReasonDialog(
            self,
            words,
            self._look,
            [],
            given.append,
            title=words("reports_page.texts-title"),
            go=words("signing.texts-go"),
            name=name,
            what=words("report_service.text-issued"),
        )
        dialog.exec()
        dialog.deleteLater()
        return "".join(given)

    def write_texts(self) -> None:
        """The parts that a person writes; they are kept with a cut."""
        kind, words = self.options.kind, self._words
        if kind is None:
            return
        if self.options.chosen_cut is None and not self.freeze(
            words("reports_page.texts-need-cut")
        ):
            return
        cut = self.options.chosen_cut
        assert cut is not None

        reason = ""
        if texts_issued(self._desk, kind, cut.id):
            reason = self._why_rewritten(cut_said(words, cut))
            if not reason:
                return

        def save(written: Written) -> None:
            save_texts(self._desk, kind, cut.id, written, reason)

        dialog = TextsDialog(
            self,
            words,
            self._look,
            save,
            name=cut_said(words, cut),
            slots=[(slot, slot_said(words, kind, slot)) for slot in SLOTS[kind]],
            texts=texts(self._desk, kind, cut.id),
        )
        dialog.exec()
        if dialog.kept:
            self._read_texts()
            self.preview.say_stale()

    # ── the report ───────────────────────────────────────────────────────────────

    def make_preview(self) -> None:
        """The pages as they would be now, not filed."""
        wish = self.options.wish()
        if wish is not None:
            self.making.start(wish, final=False)

    def save_draft(self) -> None:
        """The draft as a file: made anew, for what stands now."""
        wish = self.options.wish()
        if wish is not None:
            self._save_next = True
            self.making.start(wish, final=False)

    def issue(self) -> None:
        """Say what it will be; then file it under a number."""
        wish, words = self.options.wish(), self._words
        wanted = self.kinds.current
        if wish is None or wanted is None:
            return
        name = words(
            "reports_page.kind-said", number=wish.kind.letters, name=wanted.name
        )
        told, warnings = self._told(wish)
        if IssueDialog(self, words, self._look, name, told, warnings).exec():
            self.making.start(wish, final=True)

    def _told(self, wish: Wish) -> tuple[list[tuple[str, str]], list[str]]:
        """What it is made from, in pairs; and what one should know before."""
        words, options = self._words, self.options
        cut = words("reports_page.cut-now")
        if wish.cut is not None:
            cut = cut_said(words, wish.cut)
        told = [(words("reports_page.cut"), cut)]
        if wish.kind.of_period:
            days = words("reports_page.period-usual")
            if wish.period is not None:
                first, last = (day.isoformat() for day in wish.period)
                days = words("ledger_page.about-period", first=first, last=last)
            told.append((words("reports_page.period"), days))
        if wish.subject_id or wish.about:
            key = "safety-case" if wish.about else "case"
            whom = wish.about or wish.subject_id
            told.append((words(f"reports_page.{key}"), whom))
        told.append((words("reports_page.language"), options.language_said))
        warnings = []
        if wish.identifiable:
            warnings.append(words("report_dialog.named-warning"))
        if wish.kind in SLOTS and options.empty_said:
            warnings.append(options.empty_said)
        return told, warnings

    def _busy(self, on: bool) -> None:
        """While a report is issued nothing is chosen; then the keys are back here."""
        before = self.options.isEnabled()
        for part in (self.options, self._kinds_card):
            part.setEnabled(not on)
        if not on and not before:
            self.options.issue_button.setFocus()

    def _previewed(self, wish: Wish, report: Report, pages: PdfPages) -> None:
        if self._save_next:
            self.save.emit(report, wish)
        self._save_next = False
        self._show(wish, report, pages)

    def _issued(self, wish: Wish, report: Report, pages: PdfPages) -> None:
        self._show(wish, report, pages)
        self.issued.emit(report)

    def _show(self, wish: Wish, report: Report, pages: PdfPages) -> None:
        self._regions_of = wish
        self._middle.setCurrentWidget(self.options)
        self._enter_preview()
        self.preview.show_report(report, pages)

    def _refused(self, refusal: RegistryError) -> None:
        self._save_next = False
        self._page.refused.emit(refusal)

    # ── numbers ──────────────────────────────────────────────────────────────────

    def _show_records(self, n: int) -> None:
        """What stands behind a number, as of the cut that the pages are of."""
        wish, report = self._regions_of, self.preview.report
        if report is None:
            return
        region = report.regions[n]
        with self._page.asking():
            as_of = wish.cut.seq if wish and wish.cut else None
            found = records_behind(self._desk, region.refs, as_of)
            self.records.show_sources(region.label, found)
            self._leave_preview()
            self._middle.setCurrentWidget(self.records)

    def _back_to_number(self) -> None:
        self._middle.setCurrentWidget(self.options)
        self._enter_preview()
        self.preview.view.setFocus()

    # ── narrow windows ───────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all three, the preview comes when it is made."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._look.px(_LEAST)
        if narrow != self.narrow:
            self.narrow = narrow
            self._leave_preview()

    def _enter_preview(self) -> None:
        for part in (self._kinds_card, self._middle):
            part.setVisible(not self.narrow)
        self.preview.show()

    def _leave_preview(self) -> None:
        for part in (self._kinds_card, self._middle):
            part.show()
        self.preview.setVisible(not self.narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from the pages back to how they are to be."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave_preview()
            self._middle.setCurrentWidget(self.options)
            self.kinds.setFocus()
        else:
            super().keyPressEvent(event)
