"""The last step of a new registry: where its backups go, tried by making the first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from registry_app.domain.errors import Refused, RegistryError
from registry_app.ui.background import Task, Working
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import Look
from registry_app.ui.places import documents
from registry_app.ui.widgets import button, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class BackupStep(QWidget):
    """done(): the first backup is there, or it was put off: then the window warns."""

    done = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words = words
        self._desk: Desk | None = None
        name = words("backup.step-folder")
        self.folder = Line(look, name, plain=True)
        self._folder = Field(look, name, self.folder, words("backup.step-hint"))
        self.setFocusProxy(self.folder)
        choose = button(look, words("backup.choose"), "", self._choose)
        beside = row(self._folder, choose)
        beside.setStretch(0, 1)
        self._working = Working(words, look)
        self.go = button(look, words("backup.step-go"), "primary", self.try_it)
        self.later = button(look, words("backup.step-later"), "", self.done.emit)
        self.setLayout(
            column(
                label(look, words("backup.step-why"), "text2", wrap=True),
                8,
                beside,
                None,
                self._working,
                row(self.later, None, self.go),
            )
        )
        self.setTabOrder(self.go, self.later)
        self.folder.returnPressed.connect(self.try_it)

    def begin(self, desk: Desk) -> None:
        """The new registry, of which it is asked."""
        self._desk = desk

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self._words("backup.choose-place"), str(documents())
        )
        if chosen:
            self.folder.setText(chosen)
            self._folder.set_problem("")

    def try_it(self) -> None:
        """Write there, name it in the policy, make the first backup, in a thread."""
        text, desk = self.folder.text().strip(), self._desk
        if not text or desk is None or not self.go.isEnabled():
            self._folder.set_problem("" if text else self._words("enrol.needed"))
            self.folder.setFocus()
            return
        reason = self._words("backup.reason-place")
        task = Task(self, lambda: _first_backup(desk, Path(text), reason))
        task.done.connect(lambda _none: self.done.emit())
        task.failed.connect(self._refused)
        task.ended.connect(lambda: self.go.setEnabled(True))
        self.go.setEnabled(False)
        said = self._words("backup.backing-up")
        self._working.follow(task, said, may_cancel=False)
        task.start()

    def _refused(self, refusal: RegistryError) -> None:
        self._folder.set_problem(self._words.say(refusal.message))
        self.folder.setFocus()


def _first_backup(desk: Desk, folder: Path, reason: str) -> None:
    # Not before somebody is through with the steps: it brings the data base along.
    from registry_app.domain.keeping import Occasion
    from registry_app.services.backups import back_up, check_place
    from registry_app.services.policy import policy, set_policy

    check_place(folder)
    known = replace(policy(desk), backup_place=str(folder.absolute()))
    set_policy(desk, known, reason)
    troubles = back_up(desk, Occasion.DEMAND).troubles
    if troubles:
        raise Refused(troubles[0].key, **troubles[0].params)
