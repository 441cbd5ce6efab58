"""Fusion with our own check box and radio button, and the one style sheet.

Widgets opt into a rule by the dynamic property ``kind`` (card, primary, quiet, small,
line …); labels choose their colour by ``ink``. Nothing else in the program calls
`setStyleSheet`.
"""

import re
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget


class Looks(Protocol):
    """What is asked of a `Look` here."""

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """The colour of a token."""

    def px(self, length: float) -> int:
        """A length at 100 %, at the user's text size."""


INKS = ("text1", "text2", "text3", "accent", "done", "due", "overdue", "blocked")

_SHEET = """
QMainWindow, QDialog, QWidget[kind="page"] { background: @background; }
QFrame[kind="card"] { background: @surface; border: 1px solid @border;
    border-radius: 6px; }
QFrame[kind="pane"] { background: @raised; border: none;
    border-top-left-radius: 6px; border-bottom-left-radius: 6px;
    border-right: 1px solid @border; }
QFrame[kind="rail"] { background: @background; border: none;
    border-right: 1px solid @border; }
QFrame[kind="bar"] { background: @background; border: none;
    border-bottom: 1px solid @border; }
QFrame[kind="banner"] { background: @surface; border: none;
    border-left: 3px solid @accent; border-bottom: 1px solid @border; }
QLabel[ink="tag"] { background: @accent; color: @on_accent; border-radius: 4px;
    padding: 0 8px; }
QPushButton[kind="person"] { background: transparent; border-color: transparent;
    padding: 0 4px; }
QPushButton[kind="person"]:hover { background: @sunken; }
QPushButton[kind="person"]:focus { border: 2px solid @accent; padding: 0 3px; }
QFrame[kind="line"] { background: @border; border: none; }
QFrame[kind="notice"] { border: none; border-radius: 4px; background: @accent_weak; }
QFrame[kind="notice"][state="done"] { background: @done_weak; }
QFrame[kind="notice"][state="due"] { background: @due_weak; }
QFrame[kind="notice"][state="overdue"] { background: @overdue_weak; }
QLabel { background: transparent; border: none; }
@inks
QMenuBar { background: transparent; border: none; padding: 0; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; color: @text2;
    background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @sunken; color: @text1; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px 0; }
QMenu::item { padding: 5px 28px 5px 16px; color: @text1; }
QMenu::item:selected { background: @accent_weak; color: @accent; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @border; margin: 4px 0; }
QPushButton { background: @surface; color: @text1; border: 1px solid @border_strong;
    border-radius: 4px; padding: 0 [12]px; min-height: [26]px; font-weight: 500; }
QPushButton:hover { background: @raised; }
QPushButton:focus { border: 2px solid @accent; padding: 0 [11]px; min-height: [24]px; }
QPushButton:disabled { color: @text3; background: @background;
    border-color: @border; }
QPushButton[kind="primary"] { background: @accent; border-color: @accent;
    color: @on_accent; }
QPushButton[kind="primary"]:hover { background: @accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid @text1; }
QPushButton[kind="primary"]:disabled { background: @sunken; border-color: @border;
    color: @text3; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent;
    color: @accent; padding: 0 [8]px; }
QPushButton[kind="quiet"]:focus { border: 2px solid @accent; padding: 0 [7]px; }
QPushButton[kind="small"] { min-height: [22]px; padding: 0 [8]px;
    border-color: @border; }
QPushButton[kind="small"]:focus { min-height: [20]px; padding: 0 [7]px;
    border: 2px solid @accent; }
QPushButton[kind="filter"] { min-height: [22]px; padding: 0 [10]px;
    border-radius: [11]px; font-weight: 400; }
QPushButton[kind="filter"]:checked { background: @accent_weak; color: @accent;
    border-color: @accent; font-weight: 500; }
QPushButton[kind="filter"]:focus { min-height: [20]px; padding: 0 [9]px;
    border: 2px solid @accent; }
QFrame[kind="segments"] { background: @surface; border: 1px solid @border_strong;
    border-radius: 4px; }
QPushButton[kind="segment"] { background: transparent; border: none; border-radius: 0;
    border-bottom: 2px solid transparent; min-height: [20]px; padding: 0 [12]px;
    font-weight: 400; color: @text2; }
QPushButton[kind="segment"]:checked { background: @accent_weak; color: @accent;
    border-bottom: 2px solid @accent; font-weight: 500; }
QPushButton[kind="segment"]:focus { border: 2px solid @accent;
    padding: 0 [10]px; min-height: [18]px; }
QLineEdit, QComboBox, QPlainTextEdit, QTextEdit { background: @surface;
    color: @text1; border: 1px solid @border_strong; border-radius: 4px;
    padding: 0 8px; min-height: [26]px; selection-background-color: @accent;
    selection-color: @on_accent; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:focus, QComboBox:focus { border: 2px solid @accent; padding: 0 7px;
    min-height: [24]px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; padding: 3px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid @overdue;
    padding: 0 7px; min-height: [24]px; }
QLineEdit:disabled, QComboBox:disabled { background: @background; color: @text3;
    border-color: @border; }
QLineEdit:read-only { background: @raised; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border;
    outline: none; selection-background-color: @accent_weak;
    selection-color: @accent; }
QListView { background: @surface; border: 1px solid @border; outline: none;
    selection-background-color: @accent_weak; selection-color: @accent; }
QListView[kind="work"] { border: none; }
QListView::item { padding: 4px 8px; min-height: [20]px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; border: none;
    border-bottom: 2px solid transparent; color: @text2; padding: 4px 2px;
    margin-right: 20px; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent;
    font-weight: 500; }
QTabBar::tab:hover { color: @text1; }
QTableView { background: @surface; border: none; outline: none;
    selection-background-color: @accent_weak; selection-color: @text1; }
QHeaderView { background: @raised; border: none; }
QHeaderView::section { background: @raised; color: @text2; border: none;
    border-bottom: 1px solid @border; padding: 0 12px; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="inside"] { background: transparent;
    border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @border_strong; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @sunken; border: none; border-radius: 2px;
    min-height: 4px; max-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QRadioButton, QCheckBox { spacing: 6px; background: transparent; color: @text1; }
QSplitter::handle { background: transparent; }
QToolTip { background: @raised; color: @text1; border: 1px solid @border;
    padding: 4px 8px; }
"""


def style_sheet(look: Looks) -> str:
    """The sheet: ``@name`` is a colour of the look, ``[26]`` a length to be scaled."""
    inks = "\n".join(f'QLabel[ink="{ink}"] {{ color: @{ink}; }}' for ink in INKS)
    sheet = _SHEET.replace("@inks", inks)
    sheet = re.sub(r"\[(\d+)\]", lambda m: str(look.px(int(m[1]))), sheet)
    return re.sub(r"@(\w+)", lambda m: look.colour(m[1]).name(), sheet)


class Style(QProxyStyle):
    """Draws the check box and the radio button; the rest is Fusion."""

    def __init__(self, look: Looks) -> None:
        super().__init__("Fusion")
        self._look = look

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """The two indicators in the accent, with a focus ring; the rest as it was."""
        kind, look = QStyle.PrimitiveElement, self._look
        if element not in (kind.PE_IndicatorCheckBox, kind.PE_IndicatorRadioButton):
            super().drawPrimitive(element, option, painter, widget)
            return
        state = option.state
        on = bool(state & QStyle.StateFlag.State_On)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim = "accent" if on or focus else "border_strong"
        painter.setPen(QPen(look.colour(rim), 2 if focus else 1))
        painter.setBrush(look.colour("accent" if on else "surface"))
        square = element == kind.PE_IndicatorCheckBox
        radius = 3 if square else box.height() / 2
        painter.drawRoundedRect(box, radius, radius)
        centre, k = box.center(), box.width() / 14
        if on and square:
            pen = QPen(look.colour("on_accent"), 1.75)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPolyline(
                [
                    centre + QPointF(-3.4 * k, 0.2 * k),
                    centre + QPointF(-1 * k, 2.8 * k),
                    centre + QPointF(3.6 * k, -2.6 * k),
                ]
            )
        elif on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("on_accent"))
            painter.drawEllipse(centre, 3 * k, 3 * k)
        if on and focus:
            painter.setPen(QPen(look.colour("text1"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, radius, radius)
        painter.restore()

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Indicators grow with the text."""
        names = QStyle.PixelMetric
        if metric in (
            names.PM_IndicatorWidth,
            names.PM_IndicatorHeight,
            names.PM_ExclusiveIndicatorWidth,
            names.PM_ExclusiveIndicatorHeight,
        ):
            return self._look.px(16)
        return super().pixelMetric(metric, option, widget)
