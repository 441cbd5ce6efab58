"""What can be done with backups, for the window and for their page alike.

All of it off the GUI thread, one thing at a time, with how far it is and a way to stop.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from registry_app.domain.keeping import Backup, Occasion
from registry_app.services.backups import Made, back_up, back_up_to, settle_restore
from registry_app.services.drills import Proof, certificate_of, drill
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.restore import RestoreDialog
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.outside import Outside
from registry_app.ui.places import documents
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

T = TypeVar("T")
#: The longest step between two looks at whether to go on is a check of all pages.
_PATIENCE_S: Final = 60.0


class _Stopped(Exception):
    """It was stopped on the way; nothing half done stays."""


class BackupDeeds(QObject):
    """changed(): a backup was made, or proved. refused(RegistryError): it was not."""

    changed = Signal()
    refused = Signal(object)
    _share = Signal(float)

    def __init__(
        self,
        host: QWidget,
        desk: Desk,
        words: Words,
        look: Look,
        strip: Strip,
        working: Working,
    ) -> None:
        super().__init__(host)
        self._host, self._desk, self._words, self._look = host, desk, words, look
        self._strip, self._working = strip, working
        self._share.connect(working.reach)
        self.busy = False
        self._stop, self._idle = threading.Event(), threading.Event()
        self._idle.set()
        self._outside = Outside(host, desk, words, look, strip, self.refused.emit)

    def back_up(self, occasion: Occasion = Occasion.DEMAND) -> None:
        """A backup in each place; one that was due says nothing unless it failed."""
        self._run(
            lambda going: back_up(self._desk, occasion, going),
            "backing-up",
            lambda made: self._made(made, quiet=occasion is Occasion.TIME),
        )

    def _made(self, made: Made, *, quiet: bool) -> None:
        words, troubles = self._words, made.troubles
        if quiet:  # somebody is reading; it is still due, and tried again soon
            troubles = tuple(one for one in troubles if one.key != "storage.busy")
        if troubles:
            said = dict.fromkeys(words.say(one) for one in troubles)
            self._strip.say("overdue", " ".join(said))
        elif not quiet:
            files = ", ".join(one.file for one in made.records)
            self._strip.say("done", words("backup.made", files=files))

    def copy(self) -> None:
        """A copy on a medium that is taken away."""
        words = self._words
        chosen = QFileDialog.getExistingDirectory(
            self._host, words("backup.choose-medium"), str(documents())
        )
        if chosen:
            self.copy_to(Path(chosen))

    def copy_to(self, folder: Path) -> None:
        """The same, once it is known where."""

        def told(made: Backup) -> None:
            self._strip.say("done", self._words("backup.copied", file=made.file))

        self._run(
            lambda going: back_up_to(self._desk, folder, going), "backing-up", told
        )

    def drill(self) -> None:
        """Prove the newest backup."""
        language = self._words.language
        self._run(
            lambda going: drill(self._desk, (language,), going), "proving", self._proved
        )

    def _proved(self, proof: Proof) -> None:
        words = self._words
        if proof.problems:
            wrong = " ".join(words.say(one) for one in proof.problems[:3])
            told = {"file": Path(proof.backup.file).name, "wrong": wrong}
            self._strip.say("overdue", words("backup.wanting", **told))
            return
        said = words("backup.proved", number=proof.certificate)
        show = words("backup.show-certificate")
        self._strip.say("done", said, (show, lambda: self.certificate(proof.drill.id)))

    def certificate(self, drill_id: str) -> None:
        """The paper of a drill, with the ways to keep and to print it."""
        self._outside.show(*certificate_of(self._desk, drill_id))

    def restore(self) -> None:
        """A backup as a file of its own; what differs is shown first."""
        if self.busy:
            return
        dialog = RestoreDialog(self._host, self._words, self._look, self._desk)
        if dialog.exec():
            told = {"file": str(dialog.restored), "present": str(self._desk.path)}
            self._strip.say("done", self._words("backup.restored", **told))
        dialog.deleteLater()

    def settle(self) -> None:
        """All is well with what was restored."""
        self._run(lambda _going: settle_restore(self._desk), "backing-up", _nothing)

    def _run(
        self,
        work: Callable[[Callable[[float], None]], T],
        said: str,
        then: Callable[[T], object],
    ) -> None:
        if self.busy:
            return
        self._stop, self._idle = stop, idle = threading.Event(), threading.Event()

        def going(share: float) -> None:
            if stop.is_set():
                raise _Stopped
            self._share.emit(share)

        def whole() -> T:
            try:
                return work(going)
            finally:
                idle.set()

        def done(made: T) -> None:
            then(made)
            self.changed.emit()

        task = Task(self, whole)
        task.done.connect(done)
        task.failed.connect(self.refused)
        task.ended.connect(stop.set)
        task.ended.connect(self._free)
        self.busy = True
        self._working.setVisible(True)
        self._working.follow(task, self._words(f"backup.{said}"))
        task.start()

    def stop(self) -> None:
        """Before the registry is closed: nothing is at work on it any more."""
        self._stop.set()
        self._idle.wait(_PATIENCE_S)

    def _free(self) -> None:
        self.busy = False
        self._working.setVisible(False)


def _nothing(_made: Any) -> None:
    """What was done shows on the page."""
