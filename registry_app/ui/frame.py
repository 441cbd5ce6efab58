"""The still parts around a page: rail, bar, patient banner, strip for sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenuBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from registry_app.ui import paint
from registry_app.ui.inputs import Line
from registry_app.ui.look import BOLD, MEDIUM, Look
from registry_app.ui.widgets import (
    Chip,
    Glyph,
    Inside,
    button,
    column,
    label,
    row,
    rule,
)
from registry_app.words import Words

#: How long a sentence stays (tokens.toml: motion.toast_ms), longer while pointed at.
STAYS_MS = 6000


class RailItem(QAbstractButton):
    """Icon over caption; the chosen one stands on a plate."""

    def __init__(self, look: Look, icon: str, text: str) -> None:
        super().__init__()
        self._look, self._icon, self._status = look, icon, ""
        self.setText(text)
        self.setToolTip(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_caption(True)

    def show_caption(self, shown: bool) -> None:
        """Icon and caption; or, where there is no room, the icon alone."""
        self._caption = shown
        self.setFixedSize(
            self._look.size("rail") - 1, self._look.px(52 if shown else 36)
        )

    def show_status(self, status: str, said: str) -> None:
        """A shape at the icon (ui/paint.py), "" for none, and the words for it."""
        self._status = status
        name = f"{self.text()}, {said}" if status else self.text()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """As tall as the grid of the rail."""
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plate, icon, caption, focus."""
        look, on = self._look, self.isChecked()
        ink = "accent" if on else "text2"
        with paint.painter(self) as p:
            plate = QRectF(6, 0, self.width() - 12, self.height())
            ground = "accent_weak" if on else None
            if not on and self.underMouse():
                ground = "sunken"
            edge = "accent" if self.hasFocus() else None
            paint.box(p, look, plate, ground, edge, 6, 2)
            side = look.px(20)
            at = QRectF((self.width() - side) / 2, look.px(8), side, side)
            paint.icon(p, look, self._icon, at, ink)
            if self._status:
                corner = QPointF(at.right() + look.px(4), at.top() + look.px(3))
                paint.glyph(p, look, self._status, corner, look.px(4.5))
            if self._caption:
                low = QRectF(0, look.px(29), self.width(), look.px(18))
                weight, middle = MEDIUM if on else None, paint.CENTRE
                paint.text(p, look, low, self.text(), ink, "caption", weight, middle)


class Rail(QFrame):
    """The pages, at the left edge; `chosen` names the one that was pressed."""

    chosen = Signal(str)

    def __init__(self, look: Look, items: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "rail")
        self.setFixedWidth(look.size("rail"))
        self._group = QButtonGroup(self)
        self._items: dict[str, RailItem] = {}
        for name, text in items:
            item = RailItem(look, name, text)
            item.clicked.connect(lambda _on, n=name: self.chosen.emit(n))
            self._items[name] = item
            self._group.addButton(item)
        *upper, last = self._items.values()
        self.setLayout(column(*upper, None, last, gap=4, margins=(0, 8, 1, 8)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large words leave room for the icons alone."""
        super().resizeEvent(event)
        wanted = len(self._items) * (self._look.px(52) + 4) + 16
        for item in self._items.values():
            item.show_caption(wanted <= self.height())

    def minimumSizeHint(self) -> QSize:
        """As low as its icons."""
        least = len(self._items) * (self._look.px(36) + 4) + 16
        return QSize(self.width(), least)

    def mark(self, name: str, status: str, said: str) -> None:
        """A shape at the icon of a page, with its words; "" takes it away."""
        self._items[name].show_status(status, said)

    def choose(self, name: str) -> None:
        """Show which page is open."""
        self._items[name].setChecked(True)


class Search(Line):
    """The search field of the bar; its key stands in it while it is empty."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(look, words("app.search"))
        self._look = look
        self.setPlaceholderText(words("app.search"))
        self.setMinimumWidth(look.px(80))
        self.setMaximumWidth(look.px(306))
        self.setTextMargins(look.px(20), 0, 0, 0)

    def sizeHint(self) -> QSize:
        """306 px at 100 %, less where the bar is full."""
        return QSize(self._look.px(306), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lens at the left, key at the right."""
        super().paintEvent(event)
        look, side, high = self._look, self._look.px(16), self.height()
        with paint.painter(self) as p:
            lens = QRectF(look.px(8), (high - side) / 2, side, side)
            paint.icon(p, look, "search", lens, "text3")
            wide = self.width() >= look.px(200)
            if wide and not self.text() and not self.hasFocus():
                width = look.width("Ctrl+F", "caption") + 14
                key = QRectF(self.width() - width - 6, 6, width, high - 12)
                paint.box(p, look, key, "sunken", None, 3)
                middle = paint.CENTRE
                paint.text(p, look, key, "Ctrl+F", "text3", "caption", None, middle)


class Bar(QFrame):
    """Menu, search, TRAINING, site, person, state of what is typed: one row."""

    def __init__(
        self,
        words: Words,
        look: Look,
        site: str,
        person: str,
        lock: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setFixedHeight(look.size("bar") + 1)
        self.menu = QMenuBar()
        self.menu.setNativeMenuBar(False)
        self.menu.setFont(look.font())
        self.menu.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.search = Search(look, words)
        self.state = Chip(look, "done", "")
        self.state.hide()
        who = button(look, person, "person", lock)
        who.setIcon(paint.qicon(look, "lock"))
        who.setIconSize(QSize(look.size("icon_small"), look.size("icon_small")))
        who.setToolTip(words("app.lock-tip"))
        who.setAccessibleDescription(words("app.lock-tip"))
        self._site = label(look, site, "text2")
        right: list[QWidget] = [self._site, who, self.state]
        if look.training:
            tag = label(look, words("app.training"), "tag", "caption", BOLD)
            tag.setFixedHeight(look.px(22))
            right.insert(0, tag)
        self.setLayout(
            row(self.menu, self.search, None, *right, gap=12, margins=(12, 0, 12, 0))
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The menu takes only the room of its words."""
        self.menu.setFixedSize(self.menu.sizeHint())
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for the site, or not."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The site is left out where the menu would be cut for it."""
        layout = self.layout()
        if layout is not None:
            self._site.show()
            layout.activate()
            self._site.setVisible(layout.minimumSize().width() <= self.width())


@dataclass(frozen=True, slots=True)
class Fact:
    """One pair of the banner: a quiet name (may be empty) and its value.

    With a `status` it is a chip at the right end.
    """

    name: str
    value: str
    status: str = ""


class Banner(QFrame):
    """Who the open patient is: the same facts in the same order in every window."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._facts = look, list[QWidget]()
        self._chips: list[Chip] = []
        self.setProperty("kind", "banner")
        self.setFixedHeight(look.size("banner"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row: QHBoxLayout = row(gap=10, margins=(13, 0, 12, 0))
        self.setLayout(self._row)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Say who it is; the first fact, the case ID, is the loudest."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._facts = []
        told = [fact for fact in facts if not fact.status]
        for n, fact in enumerate(told):
            parts: list[QWidget] = []
            if n:
                line = rule(upright=True)
                line.setFixedHeight(self._look.px(16))
                parts.append(line)
            if fact.name:
                parts.append(label(self._look, fact.name, "text3", "caption"))
            weight = MEDIUM if n else BOLD
            parts.append(label(self._look, fact.value, weight=weight))
            holder = Inside(row(*parts, gap=7))
            self._facts.append(holder)
            self._row.addWidget(holder)
        self._row.addStretch(1)
        self._chips = [
            Chip(self._look, fact.status, fact.value) for fact in facts if fact.status
        ]
        for chip in self._chips:
            self._row.addWidget(chip)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Facts that have no room are left out whole: the last ones first."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for chip in self._chips:
            room -= chip.sizeHint().width() + self._row.spacing()
        for holder in self._facts:
            room -= holder.sizeHint().width() + self._row.spacing()
            holder.setVisible(room > -self._row.spacing())


class Strip(QFrame):
    """Sentences of the program, under the banner; they never stop the work."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "notice")
        self._glyph = Glyph(look, "done")
        self._said = label(look, "", wrap=True)
        self._act: QPushButton | None = None
        self._close = button(look, words("app.close"), "quiet", self.hide)
        self._row = row(self._glyph, self._said, self._close, margins=(12, 4, 4, 4))
        self._row.setStretch(1, 1)
        self.setLayout(self._row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self._fade)
        self.hide()

    @property
    def said(self) -> str:
        """What it says now, or the empty text."""
        return self._said.text() if not self.isHidden() else ""

    def say(
        self,
        status: str,
        text: str,
        act: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a sentence, with one action beside it if there is one to take.

        Good news goes by itself; a problem stays until it is closed.
        """
        if self._act is not None:
            self._act.deleteLater()
            self._act = None
        if act is not None:
            self._act = button(self._look, act[0], "small", act[1])
            self._row.insertWidget(2, self._act)
        self._glyph.status = status
        self._glyph.update()
        self._said.setText(text)
        self.setProperty("state", status)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self._timer.stop()
        if status == "done" and act is None:
            self._timer.start()

    def _fade(self) -> None:
        if self.underMouse() or self._close.hasFocus():
            self._timer.start()
        else:
            self.hide()
