"""The window before sign-in: one view, and a strip for what went wrong."""

from PySide6.QtWidgets import QMainWindow, QWidget

from registry_app.domain.errors import RegistryError
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.widgets import Inside, column
from registry_app.words import Words


class StartWindow(QMainWindow):
    """Shows one of the views before sign-in."""

    def __init__(self, words: Words, look: Look, view: QWidget) -> None:
        super().__init__()
        self.resize(1366, 697)
        self.replace(words, look, view)

    def replace(self, words: Words, look: Look, view: QWidget) -> None:
        """Show another view; the one before is gone."""
        self.view, self._words = view, words
        self.strip = Strip(words, look)
        whole = column(self.strip, view, gap=0)
        whole.setStretch(1, 1)
        self.setCentralWidget(Inside(whole))
        view.windowTitleChanged.connect(self._entitle)
        self._entitle(view.windowTitle())
        view.setFocus()

    def _entitle(self, what: str) -> None:
        """The title says which view it is, for the task bar and for screen readers."""
        title = self._words("app.title")
        full = self._words("app.title-of", what=what, title=title)
        self.setWindowTitle(full if what else title)

    def refuse(self, refusal: RegistryError) -> None:
        """Say a refusal in the strip."""
        self.strip.say("overdue", self._words.say(refusal.message))
