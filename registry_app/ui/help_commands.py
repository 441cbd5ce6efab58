"""Help: the self-check, the validation file, and a bundle for who is to help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from registry_app.domain.errors import Refused
from registry_app.ui.background import Task
from registry_app.ui.dialogs.self_check import SelfCheckDialog
from registry_app.ui.outside import Outside
from registry_app.ui.places import ask_place, documents

if TYPE_CHECKING:
    from registry_app.services.validation import ValidationPaper
    from registry_app.ui.window_frame import WindowFrame


class HelpCommands:
    """Of one window."""

    def __init__(self, window: WindowFrame) -> None:
        self._window = window
        around = window.desk, window.words, window.look, window.strip
        self._outside = Outside(window, *around, window.refuse)

    def self_check(self) -> None:
        """How program, file, backups and this computer are."""
        window = self._window
        dialog = SelfCheckDialog(window, window.desk, window.words, window.look)
        dialog.exec()
        dialog.deleteLater()

    def support_bundle(self) -> None:
        """A ZIP to send to who is to help; there is nothing of any patient in it."""
        window, words = self._window, self._window.words
        start = documents() / "registry-support.zip"
        title = words("self_check.support")
        chosen = ask_place(
            window, words, title, start, words("self_check.support-kind")
        )
        if not chosen:
            return
        place = Path(chosen)

        def work() -> Path:
            from registry_app.services.support import support_bundle

            made = support_bundle(window.desk)
            try:
                place.write_bytes(made)
            except OSError as error:
                raise Refused("create.cannot-write", file=chosen) from error
            return place

        task = Task(window, work)
        task.done.connect(self._kept)
        task.failed.connect(window.refuse)
        task.ended.connect(lambda: window.working.setVisible(False))
        said = words("self_check.support-working")
        window.working.follow(task, said, may_cancel=False)
        window.working.setVisible(True)
        task.start()

    def validation(self) -> None:
        """Requirement, test and result, to be printed and signed; it is filed."""
        window = self._window

        def work() -> ValidationPaper:
            from registry_app.services.validation import validation_paper

            return validation_paper(window.desk, (window.words.language,))

        task = Task(window, work)
        task.done.connect(lambda made: self._outside.show(made.number, made.pdf))
        task.failed.connect(window.refuse)
        task.ended.connect(lambda: window.working.setVisible(False))
        said = window.words("validation.working")
        window.working.follow(task, said, may_cancel=False)
        window.working.setVisible(True)
        task.start()

    def _kept(self, place: Path) -> None:
        said = self._window.words("self_check.support-kept", file=place)
        self._window.strip.say("done", said)
