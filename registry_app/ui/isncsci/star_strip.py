"""The strip that asks why a score is starred, and how to consider it (never a dialog).

Digits choose in it too, so that the number pad is enough: 1 to 4 the reason, then 1 or
0 for "consider normal".
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from registry_app.domain.visit import StarNote, StarReason
from registry_app.domain.worksheet.entry import shown
from registry_app.ui import paint
from registry_app.ui.inputs import Choice, Line
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.isncsci.keys import folded
from registry_app.ui.isncsci.terms import item_name
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Chip, Segments, column, label, row
from registry_app.words import Words

_ANSWERS = {True: "yes", False: "no", None: ""}
_NORMAL = {"yes": True, "no": False}
_ANSWER_KEYS = {"1": "yes", "y": "yes", "0": "no", "n": "no"}


class StarStrip(QWidget):
    """The note of the current score, if it has a star. done(): back to the sheet."""

    done = Signal()

    def __init__(self, editor: Editor, words: Words, look: Look) -> None:
        super().__init__()
        self._editor, self._words, self._look = editor, words, look
        self.title = label(look, "", weight=MEDIUM)
        self.chip = Chip(look, "due", "")
        reasons = [
            (reason.value, f"{n}  {words(f'worksheet.star-{reason.name.lower()}')}")
            for n, reason in enumerate(StarReason, 1)
        ]
        self.reason = Choice(look, words("worksheet.star-reason"), reasons)
        self.reason.setPlaceholderText(words("worksheet.star-choose"))
        self.text = Line(look, words("worksheet.star-text"))
        self.text.setPlaceholderText(words("worksheet.star-text-hint"))
        name = words("worksheet.star-normal")
        answers = [("yes", words("worksheet.yes")), ("no", words("worksheet.no"))]
        self.normal = Segments(look, answers, name)
        self._lay_out()
        for input_ in (self.reason, self.text, self.normal):
            input_.installEventFilter(self)
        self.reason.activated.connect(self._on_reason)
        self.text.editingFinished.connect(self._answer)
        self.normal.chosen.connect(self._on_normal)
        editor.moved.connect(self.refresh)
        editor.written.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        look, grid = self._look, QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(3))
        # The reasons are long words; the box itself says what is asked.
        grid.addWidget(self.reason, 0, 0, 1, 2)
        names, inputs = ("star-text", "star-normal"), (self.text, self.normal)
        for line, (key, input_) in enumerate(zip(names, inputs, strict=True), 1):
            caption = label(look, self._words(f"worksheet.{key}"), "text2", "caption")
            grid.addWidget(caption, line, 0)
            grid.addWidget(input_, line, 1)
        grid.setColumnStretch(1, 1)
        head = row(self.title, None, self.chip)
        px = look.px
        self.setLayout(column(head, grid, gap=3, margins=(px(12), px(5), px(8), px(6))))

    @property
    def _note(self) -> StarNote:
        return self._editor.form.stars.get(self._editor.current, StarNote())

    def refresh(self, *_what: object) -> None:
        """Show the note of the current score; hide if it has no star."""
        item = self._editor.current
        run = self._editor.sheet.star_run(item)
        self.setVisible(bool(run))
        if not run:
            return
        note, words = self._note, self._words
        value = shown(self._editor.sheet.value(item))
        name = item_name(words, item)
        self.title.setText(f"{name[0].upper()}{name[1:]}  {value}")
        status, key = ("done", "answered") if note.answered else ("due", "open")
        self.chip.show_status(status, words(f"worksheet.star-{key}"))
        self.reason.choose(note.reason.value if note.reason else "")
        if not self.text.hasFocus() or not note.text:
            self.text.setText(note.text)
        self.normal.choose(_ANSWERS[note.normal])
        for input_ in (self.reason, self.text, self.normal):
            input_.setEnabled(not self._editor.locked)

    def ask(self) -> None:
        """Take the keys, at what is still to be answered."""
        self.refresh()
        if self._note.reason is None:
            self.reason.setFocus()
        elif self._note.reason is StarReason.OTHER and not self._note.text:
            self.text.setFocus()
        else:
            self.normal.setFocus()

    # ── answering ────────────────────────────────────────────────────────────────

    def _answer(self) -> None:
        chosen = self.reason.value
        note = StarNote(
            StarReason(chosen) if chosen else None,
            _NORMAL.get(self.normal.value),
            self.text.text().strip(),
        )
        if note != self._note and self._editor.sheet.star_run(self._editor.current):
            self._editor.answer_star(note)

    def _on_reason(self) -> None:
        self._answer()
        other = self._note.reason is StarReason.OTHER and not self._note.text
        (self.text if other else self.normal).setFocus()

    def _on_normal(self) -> None:
        self._answer()
        if self._note.answered:
            self.done.emit()
        else:
            self.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits choose the reason; Enter goes on; Escape leaves."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.reason and folded(event.text()) in ("1", "2", "3", "4"):
            self.reason.setCurrentIndex(int(folded(event.text())) - 1)
            self._on_reason()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the inputs leave: digits answer, Enter goes on, Escape leaves."""
        answer = _ANSWER_KEYS.get(folded(event.text()))
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
            self.ask() if not self._note.answered else self.done.emit()
        elif answer is not None and not self.text.hasFocus():
            self.normal.choose(answer)
            self._on_normal()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised ground with an amber edge."""
        with paint.painter(self) as p:
            whole = QRectF(self.rect())
            paint.box(p, self._look, whole, "raised", "border", 4)
            edge = QRectF(0, 1, 3, whole.height() - 2)
            p.fillRect(edge, self._look.colour("score.star_outline"))
