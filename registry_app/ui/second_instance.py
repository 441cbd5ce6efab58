"""A second start on a registry that this user has open brings its window to the front.

The two talk over a local socket with a name of its own for each user and file; nothing
is said over it, to connect is enough. Where that does not go, nothing is lost: the
second program offers the sign-in and is told there who has the file open.
"""

import getpass
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from registry_app.paths import settings_file
from registry_app.ui.settings import read_settings

#: How long the other program may take to answer.
_PATIENCE_MS: Final = 300


def _name(path: Path) -> str:
    said = f"{getpass.getuser()} {path.resolve()}"
    return f"registry-app-{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def last_file() -> Path | None:
    """The registry that a start without a name would offer."""
    recent = read_settings(settings_file()).recent
    return next((Path(name) for name in recent if Path(name).exists()), None)


def brought_to_front(path: Path | None) -> bool:
    """Whether another program of this user has the file open; its window comes up.

    `path`: None for the last one.
    """
    path = path or last_file()
    if path is None:
        return False
    socket = QLocalSocket()
    socket.connectToServer(_name(path))
    there = bool(socket.waitForConnected(_PATIENCE_MS))
    socket.disconnectFromServer()
    return there


class FirstInstance(QObject):
    """Listens for a second start, as long as a registry is open.

    called(): the `window` has come to the front.
    """

    called = Signal()

    def __init__(self, parent: QObject, window: Callable[[], QWidget | None]) -> None:
        super().__init__(parent)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._come)

    def listen(self, path: Path) -> None:
        """From now on, for that file; its lock is ours, so nobody else listens."""
        self._server.close()
        QLocalServer.removeServer(_name(path))  # what a killed program left
        self._server.listen(_name(path))

    def stop(self) -> None:
        """The registry is closed."""
        self._server.close()

    def _come(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.deleteLater()
        if (window := self._window()) is not None:
            window.setWindowState(
                window.windowState() & ~Qt.WindowState.WindowMinimized
                | Qt.WindowState.WindowActive
            )
            window.raise_()
            window.activateWindow()
        self.called.emit()
