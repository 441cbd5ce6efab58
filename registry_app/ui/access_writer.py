"""Writes the access log behind the pages: each is shown first, and noted then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from registry_app.domain.errors import Refused
from registry_app.services.access import opened, write_access
from registry_app.ui.background import Task

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.ui.page import Page

#: So long, at most, an act waits in memory.
EVERY_MS: Final = 4_000


class AccessWriter(QObject):
    """Of one window. failed(RegistryError): it cannot be written; this is said once.

    What could not be written is tried again at the sign-out (services/session.py).
    """

    failed = Signal(object)

    def __init__(self, window: QObject, desk: Desk) -> None:
        super().__init__(window)
        self._desk, self._busy = desk, False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.write)
        if desk.store.shown is None:
            self._timer.start()
        else:
            unlogged = Refused("access.not-logged")
            QTimer.singleShot(0, self, lambda: self.failed.emit(unlogged))

    def opened(self, page: Page) -> None:
        """A page is shown."""
        what = ":".join(filter(None, (page.log_name(), page.record_id)))
        opened(self._desk, what, page.subject_id)

    def write(self) -> None:
        """Write what waits, in another thread."""
        if self._busy or not self._desk.access.waits:
            return
        desk, self._busy = self._desk, True
        task = Task(self, lambda: write_access(desk))
        task.done.connect(self._written)
        task.failed.connect(self._failed)
        task.start()

    def _written(self) -> None:
        self._busy = False

    def _failed(self, refusal: object) -> None:
        """Every other try would say the same."""
        self._busy = False
        self._timer.stop()
        self.failed.emit(refusal)
