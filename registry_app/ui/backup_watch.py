"""What the window itself does about backups: by time, and the banner that warns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from registry_app.domain.keeping import Occasion
from registry_app.domain.message import Message
from registry_app.domain.rights import Deed, may
from registry_app.services.backup_warnings import Remedy, Warned, backup_warnings
from registry_app.services.backups import backup_due, check_places
from registry_app.ui.background import Task, Working
from registry_app.ui.backup_deeds import BackupDeeds
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.notice import Notice
from registry_app.ui.widgets import Inside, column
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: How often it is asked whether a backup is due.
_EVERY_MS: Final = 5 * 60 * 1000
Act: TypeAlias = tuple[str, Callable[[], object]]
T = TypeVar("T")


def remedies(words: Words, deeds: BackupDeeds) -> dict[Remedy, Act]:
    """The button of each warning that a button helps against."""
    return {
        Remedy.BACKUP: (words("backup.now"), deeds.back_up),
        Remedy.DRILL: (words("backup.drill"), deeds.drill),
        Remedy.DETACHED: (words("backup.copy"), deeds.copy),
        Remedy.SETTLE: (words("backup.settle"), deeds.settle),
    }


class BackupWatch(QObject):
    """`shown`: the banner, for the window to place. `deeds`: of the menu, too."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        words: Words,
        look: Look,
        strip: Strip,
        working: Working,
        open_page: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._desk, self._words, self._look, self._strip = desk, words, look, strip
        self._open_page = open_page
        self.deeds = BackupDeeds(window, desk, words, look, strip, working)
        self.deeds.changed.connect(self.look_again)
        self._asked: set[Task] = set()
        self._lines = column(gap=0)
        self.shown = Inside(self._lines)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.turn)

    def start(self) -> None:
        """At sign-in: which places cannot be written is told, then the rest."""
        self._ask(lambda: check_places(self._desk), self._tell_places)
        self.look_again()
        self._timer.start()
        QTimer.singleShot(0, self, self.turn)

    def _tell_places(self, troubles: tuple[Message, ...]) -> None:
        if troubles:
            said = " ".join(self._words.say(one) for one in troubles)
            self._strip.say("overdue", said)

    def turn(self) -> None:
        """A backup by time, if one is due; what warns is looked at again."""
        if self.deeds.busy:
            return
        self._ask(lambda: backup_due(self._desk), self._turned)

    def _turned(self, due: bool) -> None:
        if due:
            self.deeds.back_up(Occasion.TIME)
        else:
            self.look_again()

    def look_again(self) -> None:
        """Show the worst warning there is, off the GUI thread like all the rest."""
        self._ask(lambda: backup_warnings(self._desk), self._warn)

    def _ask(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        task = Task(self, work)
        task.done.connect(then)
        task.ended.connect(lambda: self._asked.discard(task))
        self._asked.add(task)
        task.start()

    def stop(self) -> None:
        """Before the registry is closed: nothing is asked or done any more."""
        self._timer.stop()
        for task in tuple(self._asked):
            task.cancel()
        self.deeds.stop()

    def _warn(self, found: tuple[Warned, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for one in found[:1]:
            said = self._words.say(one.said)
            status = "overdue" if one.red else "due"
            act = self._act(one.remedy)
            self._lines.addWidget(Notice(self._look, status, said, act=act))

    def _act(self, remedy: Remedy) -> Act | None:
        """Whoever signs in may make a backup; the rest is for who keeps them."""
        if remedy is Remedy.BACKUP:
            return self._words("backup.now"), self.deeds.back_up
        if not may(self._desk.person.role, Deed.KEEP):
            return None
        open_page = (self._words("backup.open-page"), self._open_page)
        return remedies(self._words, self.deeds).get(remedy, open_page)
