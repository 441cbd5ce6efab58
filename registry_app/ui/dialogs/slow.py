"""A dialog that saves off the GUI thread: what proves a password takes a while."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import RegistryError
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import Item
from registry_app.words import Words

T = TypeVar("T")


class SlowAsking(Asking[T]):
    """Closes when it is saved; `result_of` is what `save` gave then."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[T], object],
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.result_of: Any = None
        self._working = Working(words, look)

    def ask(self, title: str, go: str, *items: Item) -> None:
        """Lay out the fields, under them what is going on."""
        super().ask(title, go, *items, self._working)

    def accept(self) -> None:
        """Save in another thread; the fields stay until it is done."""
        self.strip.hide()
        if not self.go.isEnabled():
            return
        try:
            value = self.value()
        except RegistryError as refusal:
            self._refuse(refusal)
            return
        if value is None:
            return
        task = Task(self, lambda: self._save(value))
        task.done.connect(self._came)
        task.failed.connect(self._refuse)
        task.ended.connect(lambda: self.go.setEnabled(True))
        self.go.setEnabled(False)
        said = self.words("signin.working")
        self._working.follow(task, said, may_cancel=False)
        task.start()

    def _came(self, result: object) -> None:
        self.result_of = result
        self.done(self.DialogCode.Accepted)
