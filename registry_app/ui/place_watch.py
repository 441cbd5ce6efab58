"""What the window says of the place of its file: at the start, and while it is open."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from registry_app.domain.message import Message
from registry_app.paths import settings_file
from registry_app.services.places import Warned, place_warnings, still_there
from registry_app.services.reading import shown_state
from registry_app.ui.background import Task
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.notice import Notice
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: So often it is looked whether the file is still at its place.
EVERY_MS: Final = 5_000
#: So many warnings are remembered as read.
_MOST: Final = 50


def reading_notice(desk: Desk, words: Words, look: Look) -> list[QWidget]:
    """The line under the bar of a desk that only reads: of when, and who writes."""
    said = shown_state(desk)
    return [Notice(look, "due", words.say(said))] if said else []


class PlaceWatch(QWidget):
    """Tells in the strip of a window; each warning of a place until it was read.

    looked_at(): it is known what is wrong with the place.
    """

    looked_at = Signal()

    def __init__(self, window: QWidget, desk: Desk, words: Words, strip: Strip) -> None:
        super().__init__(window)
        self.hide()
        self._desk, self._words, self._strip = desk, words, strip
        self._looking, self._told = False, ""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        task = Task(self, lambda: place_warnings(desk.path))
        task.done.connect(self._warn)
        task.start()

    def look(self) -> None:
        """Whether the file is still there; in another thread, for a disk may hang."""
        if self._looking:
            return
        desk, self._looking = self._desk, True
        task = Task(self, lambda: still_there(desk))
        task.done.connect(self._found)
        task.ended.connect(self._looked)
        task.start()

    def _looked(self) -> None:
        self._looking = False

    def _found(self, gone: Message | None) -> None:
        """Said once as it happens; a save that is refused says it again."""
        said = self._words.say(gone) if gone else ""
        if said and said != self._told:
            self._strip.say("blocked", said)
        self._told = said

    def _warn(self, found: tuple[Warned, ...]) -> None:
        new = [one for one in found if _line(self._desk.path, one) not in _read()]
        if new:
            said = " ".join(self._words.say(one.message) for one in new)
            seen = self._words("guards.seen"), lambda: self._remember(new)
            self._strip.say("overdue", said, seen)
        self.looked_at.emit()

    def _remember(self, read: list[Warned]) -> None:
        lines = [_line(self._desk.path, one) for one in read]
        _write([*lines, *_read()][:_MOST])
        self._strip.hide()


def _line(path: Path, warned: Warned) -> str:
    return f"{warned.trait} {path}"


def _read() -> list[str]:
    """Which warnings this user has read, of which file."""
    try:
        written = tomllib.loads(settings_file().read_text("utf-8")).get("warned", [])
    except (OSError, ValueError):
        return []
    return [line for line in written if isinstance(line, str)]


def _write(lines: list[str]) -> None:
    """Beside the settings, which are left as they are."""
    import tomlkit  # only needed when something has changed

    file = settings_file()
    try:
        document = tomlkit.parse(file.read_text("utf-8"))
    except (OSError, ValueError):
        document = tomlkit.document()
    document["warned"] = lines
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(tomlkit.dumps(document), "utf-8")
