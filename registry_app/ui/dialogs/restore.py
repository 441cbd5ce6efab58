"""A restore: which backup, to which new file; what differs is shown before."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import RegistryError
from registry_app.services.restores import Beside, Facts, Waiting, restoring
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.frame import Strip
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.places import ask_file, ask_place, documents
from registry_app.ui.widgets import Inside, button, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed."""

    backup: Path
    target: Path
    user: str
    password: str
    code: str


class _Stopped(Exception):
    """The dialog was left meanwhile."""


class RestoreDialog(Dialog):
    """First 'show', then 'restore'; `restored` is the new file once it is there.

    `desk`: at the file in use, to compare with; None where there is none.
    """

    _share = Signal(float)

    def __init__(
        self,
        parent: QWidget | None,
        words: Words,
        look: Look,
        desk: Desk | None,
        backup: Path | None = None,
    ) -> None:
        super().__init__(parent, words, look, [])  # type: ignore[arg-type]
        self._desk, self.restored = desk, Path()
        self._asked: _Asked | None = None
        self._waiting: Waiting | None = None
        self._held = contextlib.ExitStack()
        self._left = threading.Event()
        self._task: Task | None = None
        self.file = self._line("backup-file", str(backup or ""))
        self.target = self._line("new-file", str(_proposed(desk, backup)))
        self.user = self._line("user", desk.person.id if desk else "")
        self.password = self._line("password", secret=True)
        self.code = self._line("code")
        self.code.hide()
        self.strip = Strip(words, look)
        self._working = Working(words, look)
        self._share.connect(self._working.reach)
        self.preview = Inside(column())
        self.preview.hide()
        choose = button(look, words("backup.choose"), "", self._choose_backup)
        save_as = button(look, words("backup.choose"), "", self._choose_target)
        self._choosers = choose, save_as
        files = [row(self.file, choose), row(self.target, save_as)]
        for line in files:
            line.setStretch(0, 1)
        who = row(self.user, self.password, self.code)
        self.lay_out(
            words("backup.restore-title"),
            words("backup.show"),
            label(look, words("backup.restore-what"), "text2", wrap=True),
            4,
            *files,
            who,
            self.preview,
            self.strip,
            self._working,
        )
        self.setMinimumWidth(look.px(640))
        (self.password if backup else self.file).setFocus()

    def _line(self, name: str, text: str = "", *, secret: bool = False) -> Field:
        said = self.words(f"backup.field-{name}")
        line = Line(self.look, said, plain=True, secret=secret)
        line.setText(text)
        return Field(self.look, said, line)

    def _choose_backup(self) -> None:
        words = self.words
        kinds = f"{words('backup.file-filter')};;{words('create.any-file')}"
        if chosen := ask_file(self, words, words("backup.field-backup-file"), kinds):
            _put(self.file, chosen)
            if self._desk is None:
                _put(self.target, str(_proposed(None, Path(chosen))))

    def _choose_target(self) -> None:
        words, start = self.words, Path(_text(self.target) or documents())
        kinds = words("create.file-filter")
        name = words("backup.field-new-file")
        if chosen := ask_place(self, words, name, start, kinds):
            _put(self.target, chosen)

    def accept(self) -> None:
        """Show what is in it; once that is shown, restore."""
        self.strip.hide()
        if not self.go.isEnabled():
            return
        if self._waiting is not None:
            self._restore(self._waiting)
            return
        fields = (self.file, self.target, self.user, self.password)
        for field in fields:
            field.set_problem("" if _text(field) else self.words("enrol.needed"))
        missing = next((one for one in fields if one.problem), None)
        if missing is not None:
            missing.setFocus()
            return
        self._asked = asked = _Asked(
            Path(_text(self.file)),
            Path(_text(self.target)).absolute(),
            _text(self.user),
            _text(self.password),
            _text(self.code),
        )
        left, share, present = self._left, self._share, self._desk

        def going(done: float) -> None:
            if left.is_set():
                raise _Stopped
            share.emit(done)

        def work() -> Waiting:
            found = self._held.enter_context(
                restoring(
                    asked.backup,
                    asked.target,
                    asked.user,
                    asked.password,
                    asked.code,
                    present=present,
                    going=going,
                )
            )
            if left.is_set():
                self._held.close()
            return found

        self._do(work, self._show, "backup.opening")

    def _do(
        self, work: Callable[[], Any], then: Callable[[Any], None], said: str
    ) -> None:
        self._task = task = Task(self, work)
        task.done.connect(then)
        task.failed.connect(self._refuse)
        task.ended.connect(lambda: self.go.setEnabled(True))
        self.go.setEnabled(False)
        self._working.follow(task, self.words(said), may_cancel=False)
        task.start()

    def _refuse(self, refusal: RegistryError) -> None:
        key = refusal.message.key
        if key == "storage.code-needed":
            self.code.show()
            self.code.setFocus()
        place = {
            "storage.wrong-password": self.password,
            "storage.exists": self.target,
            "storage.no-such-file": self.file,
        }.get(key)
        said = self.words.say(refusal.message)
        if place is None:
            self.strip.say("overdue", said)
        else:
            place.set_problem(said)
            place.setFocus()

    def _show(self, waiting: Waiting) -> None:
        """What is in the backup, beside what is in the file in use."""
        words, found = self.words, waiting.preview
        if found.problems:
            said = " ".join(words.say(one) for one in found.problems[:3])
            self.strip.say("overdue", f"{words('backup.not-restored')} {said}")
            self._held.close()
            return
        self._waiting = waiting
        fields = (self.file, self.target, self.user, self.password, self.code)
        for one in (*fields, *self._choosers):
            one.setEnabled(False)
        shown = self.preview.layout()
        assert shown is not None
        for name, facts in (
            ("holds", found.backup),
            ("in-use", found.beside.facts if found.beside else None),
        ):
            if facts is not None:
                title = label(self.look, words(f"backup.{name}"), weight=MEDIUM)
                shown.addWidget(title)
                said = words("backup.facts", **_params(facts))
                shown.addWidget(label(self.look, said, "text2", wrap=True))
        if found.beside is not None:
            shown.addWidget(label(self.look, self._differing(found.beside), wrap=True))
        self.preview.show()
        self.go.setText(words("backup.restore-go"))

    def _differing(self, beside: Beside) -> str:
        words = self.words
        if not beside.same_trail:
            return words("backup.other-way")
        if not beside.newer:
            return words("backup.nothing-newer")
        kinds = sorted(beside.newer.items(), key=lambda one: -one[1])
        said = [
            words("backup.newer-one", kind=words(f"trail.kind-{kind}"), count=count)
            for kind, count in kinds
        ]
        return words("backup.newer", kinds=words("backup.comma").join(said))

    def _restore(self, waiting: Waiting) -> None:
        asked = self._asked
        assert asked is not None

        def done(target: Path) -> None:
            self.restored = target
            super(RestoreDialog, self).accept()

        self._do(
            lambda: waiting.accept(
                asked.target, asked.user, asked.password, asked.code
            ),
            done,
            "backup.restoring",
        )

    def done(self, result: int) -> None:
        """Whatever was open aside is removed."""
        self._left.set()
        if self._task is not None:
            self._task.cancel()
        self._held.close()
        super().done(result)


def _proposed(desk: Desk | None, backup: Path | None) -> Path:
    """A name that is not there yet, beside the file in use."""
    if desk is None and backup is None:
        return Path()
    folder = desk.path.parent if desk else documents()
    stem = desk.path.stem if desk else (backup or Path()).name.partition(".")[0]
    name = folder / f"{stem}-restored.registry"
    number = 2
    while name.exists():
        name = folder / f"{stem}-restored-{number}.registry"
        number += 1
    return name


def _text(field: Field) -> str:
    line = field.input
    assert isinstance(line, Line)
    secret = line.echoMode() != line.EchoMode.Normal
    return line.text() if secret else line.text().strip()


def _put(field: Field, text: str) -> None:
    line = field.input
    assert isinstance(line, Line)
    line.setText(text)
    field.set_problem("")


def _params(facts: Facts) -> dict[str, object]:
    at = facts.last_at
    return {
        "patients": facts.patients,
        "entries": facts.entries,
        "at": f"{at.astimezone(TOKYO):%Y-%m-%d %H:%M}" if at else "-",
        "by": facts.last_by,
    }
