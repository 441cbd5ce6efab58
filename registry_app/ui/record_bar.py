"""The line that says how far a record can be trusted, and the menu of what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy

from registry_app.domain.errors import Refused
from registry_app.domain.message import Message, say
from registry_app.domain.rights import may
from registry_app.domain.signature import Signable
from registry_app.services.record_state import RecordState, record_state
from registry_app.ui.look import MEDIUM
from registry_app.ui.page import Page
from registry_app.ui.record_deeds import DEEDS, RecordDeeds, Subject
from registry_app.ui.record_words import state_said, voided_said
from registry_app.ui.widgets import Chip, Inside, button, column, label, row


class RecordBar(QFrame):
    """Of one record on a page; the page may give it another.

    shown(): it was read anew. `state`: what it shows; None: of nothing.
    """

    shown = Signal()

    def __init__(
        self, page: Page, name: Callable[[], str], room: int | None = None
    ) -> None:
        """`name`: what the record is called in dialogs.

        `room`: how wide the chips may be together, in pixels at 100 %, where it stands
        in a narrow place; None: all are in one line.
        """
        super().__init__()
        look = page.look
        self._page, self._words, self._look = page, page.words, look
        self.setProperty("kind", "inside" if room is None else "card")
        self._room = look.px(room) if room is not None else None
        self.state: RecordState | None = None
        #: The item of a form that is chosen now, as the trail names it, or "".
        self.chosen: Callable[[], str] = lambda: ""
        #: Whether something is typed that is not saved: it cannot be signed.
        self.unsaved: Callable[[], bool] = lambda: False
        self._name = name
        self._deeds = RecordDeeds(page)
        self._chips = column(gap=4)
        self._void = label(look, "", "text2", "caption", wrap=True)
        self._void.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill)
        self.open = button(look, self._words("signing.menu"), "small")
        self.open.setMenu(self.menu)
        if room is None:
            line = row(self._chips, None, self.open)
            self.setLayout(column(line, self._void, gap=2))
        else:
            title = label(look, self._words("signing.title"), weight=MEDIUM)
            parts = (row(title, None, self.open), self._chips, self._void)
            self.setLayout(column(*parts, gap=6, margins=(12, 6, 8, 8)))
        page.changes.subject.connect(self._changed_elsewhere)
        self.hide()

    def show_record(self, of: Signable, of_id: str) -> None:
        """How this record stands now."""
        self.state = None
        with self._page.asking():
            self.state = record_state(self._page.desk, of, of_id)
        self._show()

    def show_nothing(self) -> None:
        """There is no record."""
        self.state = None
        self._show()

    def reload(self) -> None:
        """Read it again."""
        if self.state is not None:
            self.show_record(self.state.of, self.state.of_id)

    def _changed_elsewhere(self, subject_id: str) -> None:
        if subject_id == self._page.subject_id:
            self.reload()

    def _show(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        state = self.state
        self.setVisible(state is not None)
        if state is None:
            return
        chips = []
        for status, text, tip in state_said(self._words, state):
            chip = Chip(self._look, status, text)
            chip.setToolTip(tip)
            chip.setAccessibleDescription(tip)
            chips.append(chip)
        for line in self._lines(chips):
            self._chips.addWidget(Inside(row(*line, None, gap=6)))
        void = [voided_said(self._words, one) for one in state.standing.void[-1:]]
        self._void.setText("".join(void))
        self._void.setVisible(bool(void))
        self.shown.emit()

    def _lines(self, chips: Sequence[Chip]) -> list[list[Chip]]:
        """As many side by side as there is room for."""
        lines: list[list[Chip]] = [[]]
        left = room = self._room
        for chip in chips:
            wide = chip.sizeHint().width() + 6
            if room is not None and left is not None:
                if wide > left and lines[-1]:
                    lines.append([])
                    left = room
                left -= wide
            lines[-1].append(chip)
        return lines

    # ── what can be done ─────────────────────────────────────────────────────────

    def _fill(self) -> None:
        """What is not possible is grey, and says why as its tool tip."""
        self.menu.clear()
        for name in DEEDS:
            why = self.why_not(name)
            action = QAction(self._words(f"signing.do-{name}"), self.menu)
            action.setEnabled(why is None)
            action.setToolTip("" if why is None else self._words.say(why))
            action.triggered.connect(lambda _on, n=name: self.do(n))
            if name == "check":
                self.menu.addSeparator()
            if not DEEDS[name].of_forms or self._of_form:
                self.menu.addAction(action)

    @property
    def _of_form(self) -> bool:
        return self.state is not None and self.state.of is Signable.FORM

    def offers(self, name: str) -> bool:
        """Whether a deed is one of this record, and of the role of who is signed in."""
        deed = DEEDS[name]
        of_it = self.state is not None and (not deed.of_forms or self._of_form)
        return of_it and may(self._page.desk.person.role, deed.deed)

    def why_not(self, name: str) -> Message | None:
        """Why a deed cannot be done here and now; None: it can."""
        deed, state = DEEDS[name], self.state
        if state is None or (deed.of_forms and not self._of_form):
            return say("signing.no-record")
        role = self._page.desk.person.role
        if not may(role, deed.deed):
            told = {"deed": deed.deed.told, "role": role.told}
            return say("rights.not-allowed", **told)
        if self.unsaved():
            return say("signing.unsaved")
        why = deed.why_not(self._subject(state))
        return say(why) if why else None

    def do(self, name: str) -> None:
        """One of the deeds; where it cannot be done, the window says why."""
        if why := self.why_not(name):
            self._page.refused.emit(Refused(why.key, **why.params))
            return
        assert self.state is not None
        done = False
        with self._page.asking():
            done = DEEDS[name].run(self._deeds, self._subject(self.state))
        if done and self._page.subject_id:
            self._page.changes.subject.emit(self._page.subject_id)
        elif done:
            self.reload()

    def _subject(self, state: RecordState) -> Subject:
        return Subject(state, self._name(), self.chosen() if self._of_form else "")
