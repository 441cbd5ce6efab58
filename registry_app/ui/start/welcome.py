"""The first thing somebody sees who has no registry yet: three choices."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry_app.ui import paint
from registry_app.ui.background import Task, Working
from registry_app.ui.look import BOLD, MEDIUM, Look
from registry_app.ui.settings import Settings, ThemeChoice
from registry_app.ui.start.emblem import Emblem
from registry_app.ui.widgets import Card, Item, button, column, label, row
from registry_app.words import Language, Words

#: The languages by their own names, which are the same in both of them.
_THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK)


class _Badge(QWidget):
    """An icon on a weak plate."""

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.setFixedSize(look.px(40), look.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plate and icon."""
        side = self._look.px(20)
        with paint.painter(self) as p:
            paint.box(p, self._look, QRectF(self.rect()), "accent_weak", None, 6)
            inset = (self.width() - side) / 2
            box = QRectF(inset, inset, side, side)
            paint.icon(p, self._look, self._icon, box, "accent")


class _ChoiceCard(Card):
    """One of the three choices."""

    def __init__(
        self,
        look: Look,
        words: Words,
        name: str,
        icon: str,
        key: str,
        press: Callable[[], object],
    ) -> None:
        super().__init__(look)
        self.button = button(look, words(f"welcome.{name}-do"), "", press)
        self.button.setMinimumHeight(look.px(30))
        tall = label(look, words(f"welcome.{name}-what"), "text2", wrap=True)
        tall.setAlignment(Qt.AlignmentFlag.AlignTop)
        tall.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        foot = row(self.button, None, label(look, f"Alt+{key}", "text3", "caption"))
        self.body.setContentsMargins(22, 22, 20, 20)
        for part in (
            _Badge(look, icon),
            label(look, words(f"welcome.{name}"), weight=BOLD, wrap=True),
            tall,
        ):
            self.body.addWidget(part)
        self.body.addLayout(foot)
        short = QShortcut(QKeySequence(f"Alt+{key}"), self)
        short.activated.connect(press)

    def sizeHint(self) -> QSize:
        """All three are of one size."""
        return QSize(self.minimumWidth(), self.minimumHeight())


class WelcomeView(QWidget):
    """Three large choices, recent files, language and theme."""

    train_chosen = Signal()
    create_chosen = Signal()
    open_chosen = Signal()
    recent_chosen = Signal(str)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, words: Words, look: Look, settings: Settings) -> None:
        super().__init__()
        self._words, self._look = words, look
        self.setProperty("kind", "page")
        self.cards = [
            _ChoiceCard(look, words, "train", "flask", "T", self.train_chosen.emit),
            _ChoiceCard(
                look, words, "create", "building", "C", self.create_chosen.emit
            ),
            _ChoiceCard(look, words, "open", "folder", "O", self.open_chosen.emit),
        ]
        self.cards[0].button.setProperty("kind", "primary")
        for card in self.cards:
            card.setFixedSize(look.px(306), look.px(236))
        self.working = Working(words, look)
        title = label(look, words("app.title"), role="figure", weight=MEDIUM)
        some = "welcome.again" if settings.recent else "welcome.none-yet"
        parts: list[Item] = [
            row(None, Emblem(look), None),
            12,
            row(None, title, None),
            row(None, label(look, words(some), "text2"), None),
            20,
            row(None, *self.cards, None, gap=20),
            8,
        ]
        if settings.recent:
            parts += [row(None, self._recent(settings), None), 4]
        note = label(look, words("welcome.offline"), "text3", "caption")
        parts += [row(None, note, None), row(None, *self._switches(), None, gap=0)]
        parts.append(row(None, self.working, None))
        self.setLayout(column(None, *parts, None, margins=(12, 12, 12, 12)))
        self.setTabOrder(self.cards[0].button, self.cards[1].button)
        self.setTabOrder(self.cards[1].button, self.cards[2].button)
        self.setFocusProxy(self.cards[0].button)

    def _recent(self, settings: Settings) -> Card:
        """The files that were open; a missing one is greyed."""
        card = Card(self._look, self._words("welcome.recent"))
        card.setFixedWidth(self._look.px(306 * 3 + 40))
        for path in settings.recent[:3]:
            file = Path(path)
            item = button(
                self._look,
                self._words("welcome.recent-file", name=file.name, place=file.parent),
                "quiet",
                partial(self.recent_chosen.emit, path),
            )
            item.setEnabled(file.exists())
            card.body.addLayout(row(item, None))
        return card

    def _switches(self) -> list[Item]:
        choices: list[Item] = []
        for language in Language:
            name = Words(language)("app.this-language")
            chosen = self.language_chosen
            choices.append(self._switch(name, chosen.emit, str(language)))
        for theme in _THEMES:
            name = self._words(f"settings.theme-{theme}")
            choices.append(self._switch(name, self.theme_chosen.emit, str(theme)))
        return choices

    def _switch(self, name: str, emit: Callable[[str], object], value: str) -> QWidget:
        return button(self._look, name, "quiet", lambda: emit(value))

    def busy(self, task: Task, words: str) -> None:
        """Show that something is being made, and take no further choice."""
        self._let(False)
        self.working.follow(task, words, may_cancel=False)
        task.ended.connect(lambda: self._let(True))

    def _let(self, choose: bool) -> None:
        for card in self.cards:
            card.setEnabled(choose)
