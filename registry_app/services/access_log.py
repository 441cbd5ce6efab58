"""Acts that wait to be written into the access log: to note one costs a page no time.

Nothing waits longer than to the sign-out (session.leave); the window writes some
seconds after an act, in another thread.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from registry_app.domain.access import Access, Act

#: The same page opened again, the same words searched for again, by the same person:
#: within so long it is one act.
AGAIN: Final = timedelta(minutes=5)
_ONCE: Final = (Act.OPENED, Act.SEARCHED)


class AccessLog:
    """What was noted and is not written yet, of one open registry."""

    def __init__(self) -> None:
        self._waiting: list[Access] = []
        self._last: dict[tuple[object, ...], datetime] = {}
        self._turn, self._writing = threading.Lock(), threading.Lock()
        self._ended = False

    def note(self, act: Access) -> None:
        """Keep it until it is written, unless it is one of those just before again."""
        same = (act.person, act.act, act.what, act.subject_id)
        with self._turn:
            if act.act in _ONCE:
                last = self._last.get(same)
                if last is not None and timedelta() <= act.at - last < AGAIN:
                    return
                self._last[same] = act.at
            self._waiting.append(act)

    @property
    def waits(self) -> bool:
        """Whether there is something to write."""
        return bool(self._waiting) and not self._ended

    def written(self, write: Callable[[Sequence[Access]], None]) -> None:
        """Have all that waits written; it goes on waiting where that raises.

        Whoever comes meanwhile waits until it is on the disk.
        """
        with self._writing:
            with self._turn:
                taken, self._waiting = self._waiting, []
            if not taken or self._ended:
                return
            try:
                write(taken)
            except BaseException:
                with self._turn:
                    self._waiting = taken + self._waiting
                raise

    def end(self) -> None:
        """The file is about to be closed: whoever is writing comes to an end first."""
        with self._writing:
            self._ended = True
