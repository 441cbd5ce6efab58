"""A new registry in four steps: site and file, administrator, sheet, backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from registry_app.domain.errors import RegistryError
from registry_app.domain.names import plain
from registry_app.domain.subject import SITE_CODE
from registry_app.ui.background import Task, Working
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.notice import Notice
from registry_app.ui.places import ask_place, documents
from registry_app.ui.start.backup_step import BackupStep
from registry_app.ui.start.emblem import Sheet, centred, heading
from registry_app.ui.start.passwords import NewPassword
from registry_app.ui.start.recovery_sheet import RecoverySheet
from registry_app.ui.widgets import Inside, Item, button, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the first steps have asked for."""

    path: Path
    pack: str
    site: str
    user: str
    name: str
    password: str
    accepted: bool


class CreateView(QWidget):
    """created(Desk): somebody is signed in to the new registry; back(): rather not."""

    created = Signal(object)
    back = Signal()

    def __init__(
        self, words: Words, look: Look, packs: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__()
        self._words, self._look, self._step = words, look, 0
        self._desk: Desk | None = None
        self._feet: list[tuple[QPushButton, QPushButton]] = []
        self.setProperty("kind", "page")
        self.site = Line(look, words("create.site"), plain=True)
        # None is chosen beforehand: a registry of another product's would be wrong.
        choices = [("", words("create.pack-choose")), *packs]
        self.pack = Choice(look, words("create.pack"), choices)
        self._pack = Field(look, words("create.pack"), self.pack)
        self.file = Line(look, words("create.file"), plain=True)
        self.user = Line(look, words("create.user"), plain=True)
        self.name = Line(look, words("create.name"))
        self.password = NewPassword(
            words, look, words("create.password"), lambda: self._names()
        )
        self._site = self._field("create.site", self.site, "create.site-hint")
        self._file = self._field("create.file", self.file)
        self._user = self._field("create.user", self.user, "create.user-hint")
        self.why = Notice(look, "overdue", "")
        self.why.hide()
        self.accepted = QCheckBox(words("guards.accept"))
        self.accepted.hide()
        self.sheet = RecoverySheet(words, look)
        self.copied = QCheckBox(words("create.code-copied"))
        self.copied.setFont(look.font("body", MEDIUM))
        self._where = label(look, "", "text2", wrap=True)
        self._now = label(look, "", weight=MEDIUM, wrap=True)
        self.working = Working(words, look)
        self.steps = QStackedWidget()
        for step in (self._first(), self._second(), self._third()):
            self.steps.addWidget(Inside(step))
        self.backup = BackupStep(words, look)
        self.backup.done.connect(lambda: self.created.emit(self._desk))
        self.steps.addWidget(self.backup)
        form = column(heading(look, words("create.title")), 6, self.steps, gap=4)
        form.setStretch(2, 1)
        about = column(self._where, self._now, None, gap=2)
        self.setLayout(centred(Sheet(words, look, about, form)))
        for back, go in self._feet:
            self.setTabOrder(go, back)
        self.site.textEdited.connect(self._propose_file)
        self.file.textChanged.connect(self._another_file)
        for line in (self.site, self.file):
            line.returnPressed.connect(self._to_person)
        for line in (self.user, self.name, self.password.first):
            line.returnPressed.connect(self.focusNextChild)
        self.password.second.returnPressed.connect(self._make)
        self._go_to(0)

    def _names(self) -> tuple[str, ...]:
        """What whoever guesses the password would try first."""
        file = Path(self.file.text()).stem
        return self.site.text(), file, self.user.text(), self.name.text()

    def _field(self, key: str, line: Line, hint: str = "") -> Field:
        words = self._words
        return Field(self._look, words(key), line, words(hint) if hint else "")

    def _foot(self, back: QPushButton | None, go: QPushButton) -> Item:
        """Back on the left, but Tab comes to it last."""
        if back is None:
            return row(None, go)
        self._feet.append((back, go))
        return row(back, None, go)

    def _first(self) -> QLayout:
        words, look = self._words, self._look
        choose = button(look, words("create.file-choose"), "", self._choose_file)
        beside = row(self._file, choose)
        beside.setStretch(0, 1)
        self.next = button(look, words("create.next"), "primary", self._to_person)
        return column(
            self._site,
            self._pack,
            beside,
            self.why,
            self.accepted,
            None,
            self._foot(
                button(look, words("create.back"), "", self.back.emit), self.next
            ),
        )

    def _second(self) -> QLayout:
        words, look = self._words, self._look
        self.make = button(look, words("create.make"), "primary", self._make)
        back = button(look, words("create.back"), "", lambda: self._go_to(0))
        return column(
            self._user,
            self._field("create.name", self.name),
            self.password,
            None,
            self.working,
            self._foot(back, self.make),
            gap=4,
        )

    def _third(self) -> QLayout:
        words, look = self._words, self._look
        self.kept = button(look, words("create.next"), "primary", self._to_backup)
        self.kept.setEnabled(False)
        self.copied.toggled.connect(self.kept.setEnabled)
        return column(
            self.sheet,
            None,
            self.copied,
            8,
            self._foot(None, self.kept),
        )

    def _go_to(self, step: int) -> None:
        names = (
            "create.about-registry",
            "create.about-person",
            "create.about-code",
            "backup.step",
        )
        focus: tuple[QWidget, ...] = (self.site, self.user, self.copied, self.backup)
        self.steps.setCurrentIndex(step)
        self._where.setText(self._words("create.about", step=step + 1))
        self._now.setText(self._words(names[step]))
        self.setWindowTitle(self._now.text())
        self.setFocusProxy(focus[step])
        focus[step].setFocus()

    def _another_file(self) -> None:
        """What was accepted of one place is not of another."""
        self.accepted.setChecked(False)
        self.accepted.hide()
        self.why.hide()

    def _propose_file(self, text: str) -> None:
        site = plain(text).upper()
        if SITE_CODE.fullmatch(site):
            self.file.setText(str(documents() / f"{site.lower()}.registry"))
            self._file.set_problem("")

    def _choose_file(self) -> None:
        words = self._words
        start = Path(self.file.text().strip() or documents() / "new.registry")
        kind = words("create.file-filter")
        if chosen := ask_place(self, words, words("create.file"), start, kind):
            self.file.setText(chosen)
            self._file.set_problem("")

    def _to_person(self) -> None:
        """On to the second step, if the first one is right."""
        words, path = self._words, Path(self.file.text().strip())
        self.site.setText(plain(self.site.text()).upper())
        right = SITE_CODE.fullmatch(self.site.text()) is not None
        self._site.set_problem("" if right else words("create.site-wrong"))
        chosen = bool(self.pack.value)
        self._pack.set_problem("" if chosen else words("create.pack-missing"))
        problem = ""
        if not self.file.text().strip():
            problem = words("create.file-missing")
        elif path.exists():
            problem = words("create.file-exists")
        self._file.set_problem(problem)
        if not right:
            self.site.setFocus()
        elif not chosen:
            self.pack.setFocus()
        elif problem:
            self.file.setFocus()
        else:
            self._go_to(1)

    def _make(self) -> None:
        """Make the file, off the GUI thread."""
        self.user.setText(self.user.text().strip())
        named = bool(self.user.text())
        self._user.set_problem("" if named else self._words("create.user-missing"))
        if not named:
            self.user.setFocus()
            return
        password = self.password.value()
        if password is None or not self.make.isEnabled():
            return
        wanted = Wanted(
            Path(self.file.text().strip()),
            self.pack.value,
            self.site.text(),
            self.user.text(),
            self.name.text().strip() or self.user.text(),
            password,
            self.accepted.isChecked(),
        )
        self.make.setEnabled(False)
        task = Task(self, _creation(wanted))
        task.done.connect(self._show_halves)
        task.failed.connect(self._refused)
        task.ended.connect(lambda: self.make.setEnabled(True))
        self.working.follow(task, self._words("create.working"), may_cancel=False)
        task.start()

    def _refused(self, refusal: RegistryError) -> None:
        """Say it at the field that it is about."""
        if refusal.message.key == "storage.password-weak":
            self.password.set_problem(self._words.say(refusal.message))
            return
        at = {"storage.not-a-user-name": (1, self._user)}
        step, field = at.get(refusal.message.key, (0, self._file))
        if refusal.message.key.startswith("guards."):
            self._go_to(0)
            self.why.said.setText(self._words.say(refusal.message))
            self.why.show()
            acceptable = ("guards.new-cloud", "guards.new-network")
            self.accepted.setVisible(refusal.message.key in acceptable)
            self.file.setFocus()
            return
        self._go_to(step)
        field.set_problem(self._words.say(refusal.message))
        field.setFocus()

    def _show_halves(self, made: tuple[Desk, tuple[str, str]]) -> None:
        self._desk, halves = made
        file = Path(self.file.text()).name
        self.sheet.show_halves(halves, self.site.text(), file)
        self._go_to(2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter at the pack goes on; at the recovery sheet, once kept, it does, too."""
        step = self.steps.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and step == 0:
            self._to_person()
        elif enter and step == 2:
            self._to_backup()
        else:
            super().keyPressEvent(event)

    def _to_backup(self) -> None:
        """On to the last step, once the sheet is kept."""
        if self.copied.isChecked() and self._desk is not None:
            self.backup.begin(self._desk)
            self._go_to(3)


def _creation(wanted: Wanted) -> Callable[[], object]:
    def work() -> object:
        from registry_app.services.registry import create

        return create(
            wanted.path,
            pack=wanted.pack,
            site=wanted.site,
            user=wanted.user,
            display_name=wanted.name,
            password=wanted.password,
            accepted_place=wanted.accepted,
        )

    return work
