"""The history of one item of a record, two clicks from the field that shows it.

    offer_history(field, Named("form", form.id, "values.R_LT_C2"))

A right click on the field, or Shift+F10 in it, then offers it. What shows many items,
as the sheet does, gives a function from the place of the click to what stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QPlainTextEdit, QWidget

from registry_app.domain.errors import RegistryError
from registry_app.services.access import opened
from registry_app.services.trail_search import ItemChange, item_history
from registry_app.services.trail_words import (
    NOTHING,
    how_text,
    item_text,
    time_text,
    value_text,
)
from registry_app.ui.look import Look
from registry_app.ui.rows_model import Column
from registry_app.ui.table import plain_table
from registry_app.ui.widgets import button, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Named:
    """Which item of which record a field shows; `item` as the trail names it."""

    kind: str
    id: str
    item: str


#: What is at a place of the widget; None: where the keys are.
At: TypeAlias = Callable[[QPoint | None], Named | None]


def offer_history(shown: QWidget, named: Named | At) -> None:
    """Let the history be asked for where an item is shown, and in what it consists of.

    Nothing is offered for a record that was never saved.
    """
    at = (lambda _place: named) if isinstance(named, Named) else named
    for part in (shown, *shown.findChildren(QWidget)):
        _Offer(part, at)


class _Offer(QObject):
    def __init__(self, shown: QWidget, at: At) -> None:
        super().__init__(shown)
        self._shown, self._at = shown, at
        self._open: QMenu | None = None
        shown.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shift+F10 is no key of Qt's on every desktop."""
        place: QPoint | None = None
        if isinstance(event, QContextMenuEvent):
            if event.reason() is QContextMenuEvent.Reason.Mouse:
                place = event.pos()
        elif not (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_F10
            and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        ):
            return super().eventFilter(watched, event)
        named = self._at(place)
        if named is None or not named.id:
            return False
        middle = self._shown.rect().center() if place is None else place
        return self._menu(named, self._shown.mapToGlobal(middle))

    def _menu(self, named: Named, at: QPoint) -> bool:
        """The usual commands of the field, and the history."""
        shown = self._shown
        page = _around(shown)
        if page is None:
            return False
        menu: QMenu | None = None
        if self._open is not None:
            self._open.deleteLater()
        if isinstance(shown, QLineEdit | QPlainTextEdit):
            menu = shown.createStandardContextMenu()
        if menu is None:
            menu = QMenu(shown)
        else:
            menu.addSeparator()
        action = menu.addAction(page.words("trail_page.history"))
        action.triggered.connect(lambda: show_history(shown, page, named))
        self._open = menu  # else it would be gone before it is seen
        menu.popup(at)
        return True


@runtime_checkable
class Around(Protocol):
    """The page or the window that a field stands in."""

    desk: Desk
    words: Words
    look: Look
    subject_id: str


def _around(shown: QWidget) -> Around | None:
    """The nearest one, out of a dialog too."""
    found: QWidget | None = shown
    while found is not None:
        if isinstance(found, Around):
            return found
        found = found.parentWidget()
    return None


def show_history(shown: QWidget, page: Around, named: Named) -> ItemHistoryDialog:
    """Open it beside the field; who may not see it is told so in it."""
    dialog = ItemHistoryDialog(shown, page, named)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class ItemHistoryDialog(QDialog):
    """Every change of one item, the newest first: old, new, who, when, why, how."""

    def __init__(self, parent: QWidget, page: Around, named: Named) -> None:
        super().__init__(parent.window())
        words, look = page.words, page.look
        what = item_text(words, named.kind, named.item)
        title = words("trail_page.history-of", what=what)
        self.setWindowTitle(title)
        none, changes = words("trail_page.history-none"), tuple[ItemChange, ...]()
        try:
            changes = item_history(page.desk, named.kind, named.id, named.item)
            opened(page.desk, f"field-history:{named.item}", page.subject_id)
        except RegistryError as refusal:
            none = words.say(refusal.message)
        self.table = plain_table(look, title, self._columns(words, named), changes)
        self.table.setVisible(bool(changes))
        self.none = label(look, none, "text2", wrap=True)
        self.none.setVisible(not changes)
        close = button(look, words("trail_page.close"), "primary", self.accept)
        close.setDefault(True)
        whole = column(
            label(look, title, role="title"),
            self.table,
            self.none,
            row(None, close),
            margins=(20, 16, 20, 16),
        )
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(look.px(980), look.px(320 if changes else 120))

    def _columns(self, words: Words, named: Named) -> list[Column]:
        def value(one: ItemChange, new: bool) -> str:
            changed = next(c for c in one.entry.changes if c.item == named.item)
            of = changed.new if new else changed.old
            return value_text(words, named.kind, changed, of)

        def key(name: str) -> str:
            return words(f"trail_page.col-{name}")

        columns = [
            Column(key("when"), lambda one: time_text(one.entry.at), 208, "strong"),
            Column(key("who"), lambda one: one.entry.actor, 110),
            Column(key("old"), lambda one: value(one, False), 150),
            Column(key("new"), lambda one: value(one, True), 150),
            Column(key("why"), lambda one: one.entry.reason or NOTHING, 0),
        ]
        if named.kind == "form" and named.item.startswith("values."):
            how = Column(key("how"), lambda one: how_text(words, one.how), 120, "quiet")
            columns.append(how)
        return columns
