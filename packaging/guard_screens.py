"""The pictures of a bad place, of a registry that is only read, of the self-check."""

from collections.abc import Iterator

from backup_screens import PASSWORD, SIZE
from PySide6.QtWidgets import QApplication, QWidget

from registry_app.domain.errors import Refused
from registry_app.services.desk import Desk
from registry_app.services.places import Trait, Warned
from registry_app.services.reading import sign_in_to_read
from registry_app.services.registry import look_at
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.self_check import SelfCheckDialog
from registry_app.ui.look import Look
from registry_app.ui.main_window import MainWindow
from registry_app.ui.start.create import CreateView
from registry_app.ui.start.sign_in import SignInView
from registry_app.ui.start.window import StartWindow
from registry_app.words import Words

WHO = {"who": "sato", "host": "SCI-WARD-2", "since": "2026-11-20 09:12", "pid": 4711}


def screens(desk: Desk, words: Words, look: Look) -> Iterator[tuple[str, QWidget]]:
    """What is said before anybody signs in, under the bar, and in Help."""
    name = desk.path.name
    cloud = Refused("guards.cloud", file=name, service="Dropbox").message
    view = SignInView(words, look, desk.path)
    first = StartWindow(words, look, view)
    first.resize(*SIZE)
    # Filled here, so that it asks no thread for what a locked file shows.
    face = look_at(desk.path)
    view._show_face((face, "", (Warned(Trait.CLOUD, cloud),)))
    view._refused(Refused("storage.open-by", file=name, **WHO))
    yield "sign-in-refused", first
    made = CreateView(words, look, [("msc-iv-sci", "MSC")])
    second = StartWindow(words, look, made)
    second.resize(*SIZE)
    made._refused(Refused("guards.new-cloud", file=name, service="Dropbox"))
    yield "create-refused", second
    read = sign_in_to_read(desk.path, "kato", PASSWORD, clock=desk.clock)
    window = MainWindow(read, words, look, Changes())
    window.resize(*SIZE)
    yield "read-only", window
    dialog = SelfCheckDialog(window, desk, words, look)
    dialog.show()
    while not dialog.items:
        QApplication.processEvents()
    yield "dialog-self-check", dialog
    dialog.reject()
    window.close()
    read.close()
