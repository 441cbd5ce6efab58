"""What each key of the sheet means: the same on JIS and US keyboards and number pads.

None needs Shift. A key press is read by its text with full-width forms folded, so that
a Japanese input mode left on does no harm.
"""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from registry_app.ui.isncsci.editor import Editor

Action = Callable[[Editor], object]


def _typing(text: str) -> Action:
    return lambda editor: editor.type(text)


#: What the keys ``.`` ``,`` ``-`` ``/`` ``u`` and ``nn`` give in Japanese kana mode, by
#: code point: ideographic full stop and comma, long vowel mark, middle dot, u, n.
#: Then the minus sign and the comma, which stand for ``-`` and ``.``.
_SAME: Final = {
    0x3002: ".",
    0x3001: ".",
    0x30FC: "-",
    0x30FB: "/",
    0x3046: "u",
    0x3093: "n",
    0x2212: "-",
    ord(","): ".",
}

_CHARACTERS: Final[Mapping[str, Action]] = {
    **{letter: _typing(letter) for letter in "0123456789nyu"},
    ".": _typing("n"),
    "-": Editor.take_back,
    **dict.fromkeys("*/", Editor.star),
    "f": Editor.fill_down,
    **dict.fromkeys("c+", Editor.confirm),
}

_KEYS: Final[Mapping[Qt.Key, Action]] = {
    Qt.Key.Key_Backspace: Editor.take_back,
    Qt.Key.Key_Delete: Editor.clear,
    Qt.Key.Key_Left: lambda editor: editor.move(-1, 0),
    Qt.Key.Key_Right: lambda editor: editor.move(1, 0),
    Qt.Key.Key_Up: lambda editor: editor.move(0, -1),
    Qt.Key.Key_Down: lambda editor: editor.move(0, 1),
    Qt.Key.Key_Return: lambda editor: editor.step(1),
    Qt.Key.Key_Enter: lambda editor: editor.step(1),
    Qt.Key.Key_Home: lambda editor: editor.to_end(last=False, whole=False),
    Qt.Key.Key_End: lambda editor: editor.to_end(last=True, whole=False),
    Qt.Key.Key_F8: Editor.to_problem,
}

_CTRL_KEYS: Final[Mapping[Qt.Key, Action]] = {
    Qt.Key.Key_Home: lambda editor: editor.to_end(last=False, whole=True),
    Qt.Key.Key_End: lambda editor: editor.to_end(last=True, whole=True),
    Qt.Key.Key_Z: Editor.undo,
    Qt.Key.Key_Y: Editor.redo,
}

_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def folded(text: str) -> str:
    """Typed text with width, case and kana mode folded."""
    return unicodedata.normalize("NFKC", text).lower().translate(_SAME)


def action_of(event: QKeyEvent) -> Action | None:
    """What a key press means, or None if the sheet has no use for it."""
    key = Qt.Key(event.key())
    held = event.modifiers() & _MODIFIERS
    if held == Qt.KeyboardModifier.ControlModifier:
        return _CTRL_KEYS.get(key)
    if held:
        return None
    return _KEYS.get(key) or _CHARACTERS.get(folded(event.text()))


def actions_of(text: str) -> list[Action]:
    """What committed text of an input method means, letter by letter."""
    found = (_CHARACTERS.get(letter) for letter in folded(text))
    return [action for action in found if action is not None]
