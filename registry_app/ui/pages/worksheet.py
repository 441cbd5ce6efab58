"""The worksheet of one ISNCSCI exam: the sheet, its result, saving and completing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import RegistryError
from registry_app.domain.visit import Status
from registry_app.services.exams import complete_exam, save_exam
from registry_app.services.protocol import today_in_japan
from registry_app.services.worksheet import Worksheet, open_worksheet
from registry_app.ui.changes import Changes
from registry_app.ui.isncsci.ask_strip import AskStrip
from registry_app.ui.isncsci.earlier import Earlier
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.isncsci.exam_head import ExamHead
from registry_app.ui.isncsci.sentence import Sentence
from registry_app.ui.isncsci.sheet_card import SheetCard
from registry_app.ui.isncsci.summary import Summary
from registry_app.ui.isncsci.terms import visit_said
from registry_app.ui.item_history import Named, offer_history
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.worksheet_record import ExamRecord
from registry_app.ui.widgets import hand_keys
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: A draft that was changed is saved at the latest after this time.
AUTOSAVE_MS: Final = 60_000
#: Widths at 100 %: from `_BOTH` on the result stands beside the sheet, from `_ROOMY`
#: on it is wide (LOOK.md section 3).
_BOTH, _ROOMY = 1280, 1600
_PANEL, _WIDE_PANEL = 428, 560


class WorksheetPage(Page):
    """One exam, editable while it is a draft or being corrected."""

    def __init__(
        self, desk: Desk, words: Words, look: Look, changes: Changes, form_id: str
    ) -> None:
        super().__init__(desk, words, look, changes)
        around = self.opened(form_id)
        self.subject_id, self.record_id = around.subject_id, form_id
        self.setWindowTitle(
            words(
                "worksheet.title-of",
                id=self.subject_id,
                visit=visit_said(words, around.visit.code, around.visit_name),
            )
        )
        before = around.previous
        self.editor = Editor(around.form, before.form.values if before else {})
        self.editor.locked = around.form.status is Status.COMPLETE
        self._stored, self._reason, self._saved_at = around.form, "", ""
        today = today_in_japan(desk)
        self.head = ExamHead(self.editor, around, today, words, look)
        self.asked = AskStrip(words, look)
        self.sentence = Sentence(words, look)
        self.card = SheetCard(self.editor, words, look)
        self.summary = Summary(
            self.editor,
            words,
            look,
            before.result if before else None,
            self._earlier(around),
        )
        if not around.blinded:
            offer_history(self.card.grid, self._cell_at)
        self._both: bool | None = None
        self.record = self.exam = ExamRecord(self, self.editor, around)
        self.exam.unsaved = lambda: self.changed
        for part in (
            *(self.head, self.exam, self.asked, self.sentence),
            *(self.card, self.summary),
        ):
            part.setParent(self)
        self.sentence.hide()
        self.asked.hide()
        hand_keys(self, self.card)
        self._connect()
        self._show_result()
        self.exam.reload()

    def opened(self, form_id: str) -> Worksheet:
        """The exam as it is stored, with what stands around it."""
        return open_worksheet(self.desk, form_id)

    def _cell_at(self, place: QPoint | None) -> Named | None:
        """Which score stands there, for its history."""
        item = self.editor.current
        if place is not None:
            item = self.card.grid.layout_.item_at(QPointF(place))
        return Named("form", self.editor.form.id, f"values.{item}") if item else None

    def _earlier(self, around: Worksheet) -> Earlier | None:
        """The exams before this one, if there are any."""
        if not around.earlier:
            return None
        return Earlier(self.words, self.look, around.earlier, around.injury_date)

    def _connect(self) -> None:
        editor, head = self.editor, self.head
        editor.refused.connect(self._refuse)
        head.refused.connect(lambda refusal: self._refuse(refusal, head.day))
        editor.moved.connect(self.sentence.take_back)
        editor.written.connect(self._changed)
        editor.told.connect(self._changed)
        head.save.clicked.connect(lambda: self.save())
        head.complete.clicked.connect(lambda: self.complete())
        head.correct.clicked.connect(lambda: self.ask_reason())
        head.print.clicked.connect(lambda: self._print())
        head.result.clicked.connect(lambda: self._toggle_result())
        self.summary.doubts.comment_asked.connect(self.card.comment.setFocus)
        self.changes.subject.connect(self._on_subject)
        self.exam.shown.connect(self._show_record)
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Ctrl+Return", self.complete),
            ("Ctrl+Enter", self.complete),
            ("F6", self.next_pane),
            ("F8", self._to_problem),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AUTOSAVE_MS)
        self._later.timeout.connect(self._autosave)

    # ── saving ───────────────────────────────────────────────────────────────────

    @property
    def changed(self) -> bool:
        """Whether something is written that is not in the file yet."""
        return self.editor.form != self._stored

    def save(self) -> bool:
        """Save the sheet as it is; a refusal is said and nothing is lost."""
        return self._keep(complete=False)

    def complete(self) -> None:
        """Complete the exam, or go to the first star that is still unanswered."""
        if self.editor.locked:
            return
        if not self.head.take():
            self.head.day.setFocus()
            return
        form = self.editor.form
        if form.unanswered:
            self.editor.go(form.unanswered[0])
            self.card.strip.ask()
        elif form.exam.missing:
            self.asked.ask(
                self.words("worksheet.why-complete", count=len(form.exam.missing)),
                self.words("worksheet.complete-short"),
                self.words("worksheet.go-on"),
                self._complete_open,
            )
            self._place()
        else:
            self._complete()

    def _complete_open(self, yes: bool, _text: str) -> None:
        """With open cells, once somebody has said that it is meant so."""
        if yes:
            self._complete()
        else:
            self.editor.go(self.editor.form.exam.missing[0])
        self.card.setFocus()

    def _complete(self) -> None:
        if self._keep(complete=True):
            self._lock(True)

    def _keep(self, complete: bool) -> bool:
        """The one place where the sheet goes into the file."""
        self.head.take()
        form = self.editor.form
        if not self.changed and not (complete and not self.editor.locked):
            return True
        keep = complete_exam if complete else save_exam
        try:
            stored = keep(self.desk, form, self._reason)
        except RegistryError as refusal:
            self.refused.emit(refusal)
            self._tell()
            return False
        self.editor.kept(stored)
        self._stored = self.editor.form
        self._saved_at = self.desk.clock().astimezone(TOKYO).strftime("%H:%M")
        self._later.stop()
        self._tell()
        self.changes.subject.emit(self.subject_id)
        return True

    def _autosave(self) -> None:
        """Save a draft; a correction is saved when its author says so."""
        if self.editor.form.status is Status.DRAFT and self.changed:
            self.save()

    def ask_reason(self) -> None:
        """Ask once why a completed exam is corrected; then let it be."""
        words = self.words
        self.asked.ask(
            words("worksheet.why-correct"),
            words("worksheet.begin-correction"),
            words("worksheet.cancel"),
            self._correct,
            written=True,
        )
        self._place()

    def _correct(self, yes: bool, reason: str) -> None:
        if yes:
            self._reason = reason
            self._lock(False)
        self.card.setFocus()

    def _lock(self, locked: bool) -> None:
        self.editor.locked = locked
        if locked:
            self._reason = ""
        self.head.refresh()
        self.card.comment.refresh()
        self.card.strip.refresh()
        self.summary.own.refresh()
        self._tell()

    def may_close(self) -> bool:
        """Keep what is written, and leave. Where that is refused, ask first."""
        if self.editor.locked or (self._keep(complete=False) and self.head.take()):
            return True
        words = self.words
        self.asked.ask(
            words("worksheet.not-saved" if self.changed else "worksheet.day-not-saved"),
            words("worksheet.discard"),
            words("worksheet.stay"),
            self._discard,
        )
        self._place()
        return False

    def keep(self) -> None:
        """The sheet as far as it is, where it can be saved as a draft."""
        if not self.editor.locked:
            self._keep(complete=False)

    def _discard(self, yes: bool, _text: str) -> None:
        if yes:
            self.editor.restart(self._stored)
            self.head.day.setText(self._stored.date.isoformat())
            self.close_requested.emit()
        elif self.changed:
            self.card.setFocus()
        else:
            self.head.day.setFocus()

    def _changed(self, *_items: object) -> None:
        self.sentence.take_back()
        self._show_result()
        if self.changed and not self._later.isActive():
            self._later.start()
        self._tell()

    def _tell(self) -> None:
        """Say in the frame whether what is typed is safe."""
        form = self.editor.form
        if self.changed:
            key, kind = "worksheet.state-unsaved", "due"
        elif form.status is Status.COMPLETE:
            key, kind = self.exam.told or ("worksheet.state-complete", "done")
            if not self.editor.locked:
                key, kind = "worksheet.state-correcting", "due"
        elif self._saved_at:
            key, kind = "worksheet.state-saved", "due"
        else:
            key, kind = "worksheet.state-draft", "due"
        self.state_changed.emit(key, {"kind": kind, "time": self._saved_at})

    def _on_subject(self, subject_id: str) -> None:
        """Take over what another page stored, unless something is being written."""
        if subject_id != self.subject_id or self.changed:
            return
        with self.asking():
            around = self.opened(self._stored.id)
            if around.form != self._stored:
                self._stored = around.form
                self.editor.restart(around.form)
                self._lock(around.form.status is Status.COMPLETE)

    def _print(self) -> None:
        if self.editor.locked or self.save():
            self.print_report.emit(self.subject_id)

    def _show_record(self) -> None:
        """What is signed, locked and compared, at the sheet."""
        self.exam.mark(self.head, self.card.grid)
        self.exam.setVisible(self.exam.wanted and self.summary.isVisibleTo(self))
        self._tell()
        self._place()

    # ── showing ──────────────────────────────────────────────────────────────────

    def _refuse(self, refusal: RegistryError, under: QWidget | None = None) -> None:
        """Say it over the title, or just under the field that it is about."""
        px = self.look.px
        place = QPoint(px(12), px(2))
        if under is not None:
            place = under.mapTo(self, QPoint(0, under.height() + px(2)))
        self.sentence.move(place)
        self.sentence.say(refusal)

    def _show_result(self) -> None:
        self.card.grid.show_sums(dict(self.summary.result.totals))
        self.card.grid.show_doubts(self.summary.doubted)

    def _to_problem(self) -> None:
        self.editor.to_problem()
        if not self.card.strip.isAncestorOf(self.focusWidget() or self):
            self.card.grid.setFocus()

    def next_pane(self) -> None:
        """Go from the sheet to strip, comment, own result, head, and round again."""
        panes: list[QWidget] = [self.card.grid]
        if self.card.strip.isVisible():
            panes.append(self.card.strip.reason)
        panes += [self.card.comment, self.summary.own.lines["nli"], self.head.day]
        focus = self.focusWidget()
        at = panes.index(focus) if focus in panes else 0
        pane = panes[(at + 1) % len(panes)]
        if pane is self.summary.own.lines["nli"]:
            self.summary.show()
            self.summary.raise_()
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _toggle_result(self) -> None:
        self.summary.setVisible(not self.summary.isVisible())
        self.exam.setVisible(self.summary.isVisible() and self.exam.wanted)
        self.summary.raise_()
        self.exam.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Say in the frame how the exam stands."""
        super().showEvent(event)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """Save when the window loses the keys."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._autosave()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Sheet and result side by side, or the result as a drawer."""
        self._place()

    def _place(self) -> None:
        px = self.look.px
        margin, gap = px(12), px(8)
        inner = QRect(margin, 0, self.width() - 2 * margin, self.height())
        self.head.setGeometry(inner.x(), 0, inner.width(), px(38))
        self.asked.setGeometry(inner.x(), 0, inner.width(), px(38))
        self.asked.raise_()
        top = px(38)
        high = self.height() - top - px(9)
        wide = px(_WIDE_PANEL if self.width() >= px(_ROOMY) else _PANEL)
        both = self.width() >= px(_BOTH)
        self.summary.setFixedWidth(wide)
        self._place_panel(QRect(inner.right() + 1 - wide, top, wide, high))
        room = inner.width() - (wide + gap if both else 0)
        self.card.setGeometry(inner.x(), top, room, high)
        self.head.fit(not both, inner.width() * 100 // self.look.text_size)
        if both != self._both:
            self._both = both
            self.summary.setVisible(both)
            self.exam.setVisible(both and self.exam.wanted)

    def _place_panel(self, room: QRect) -> None:
        """The result, and under it how far the exam can be trusted."""
        low = 0
        if self.exam.wanted:
            self.exam.setFixedWidth(room.width())
            tall = self.exam.heightForWidth(room.width())
            self.exam.setGeometry(
                room.x(), room.bottom() + 1 - tall, room.width(), tall
            )
            low = tall + self.look.px(8)
        self.summary.setGeometry(room.adjusted(0, 0, 0, -low))
