"""What stands in the fields of a dialog or a page, as texts by name; and back.

No window needs code of its own for it: its inputs are found by the attributes that hold
them. What is secret, or cannot be typed in, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from registry_app.ui.inputs import Choice, Field
from registry_app.ui.widgets import Segments

#: Where the windows are written; what is of elsewhere holds no field.
_OURS: Final = "registry_app.ui"
_DEEPEST: Final = 5
#: Between the name of a field and its label, which says to people what it is.
_BAR: Final = "|"
_ON: Final = "1"
#: Between what is stored for a choice and the words that are shown for it.
_SHOWN: Final = "\x1f"
#: A choice may bring up other fields, which then take what is theirs.
_ROUNDS: Final = 3

Inputs = dict[str, QWidget]


def asks_a_secret(of: QWidget) -> bool:
    """Whether something in it must not be kept anywhere."""
    plain = QLineEdit.EchoMode.Normal
    return any(line.echoMode() != plain for line in of.findChildren(QLineEdit))


def typed(of: QWidget) -> dict[str, str]:
    """What stands in every field, by name."""
    found = _inputs(of)
    return {_named(name, one): _text(one) for name, one in found.items()}


def put_in(of: QWidget, values: Mapping[str, str]) -> Mapping[str, str]:
    """Write them in as their author did; gives those for which there is no field."""
    wanted = {name.partition(_BAR)[0]: text for name, text in values.items()}
    for _ in range(_ROUNDS):
        found = _inputs(of)
        differing = [
            (one, wanted[name])
            for name, one in found.items()
            if name in wanted and _text(one) != wanted[name]
        ]
        if not differing:
            break
        for one, text in sorted(differing, key=lambda pair: _is_text(pair[0])):
            _write(one, text)
    there = _inputs(of)
    return {
        name: text
        for name, text in values.items()
        if text and name.partition(_BAR)[0] not in there
    }


def said_name(name: str) -> str:
    """What a field is called by people."""
    first, _, label = name.partition(_BAR)
    return label or first


def said_text(text: str) -> str:
    """What stands in a field, as people read it there."""
    stored, _, shown = text.partition(_SHOWN)
    return shown or stored


def _named(name: str, one: QWidget) -> str:
    label = one.accessibleName()
    return f"{name}{_BAR}{label}" if label else name


def _inputs(of: QWidget) -> Inputs:
    """Every input by the attributes that lead to it, others by their number."""
    found: Inputs = {}
    seen: set[int] = {id(of)}
    for name, one in _inside(of, "", of, seen, 0):
        found.setdefault(name, one)
    known = {id(one) for one in found.values()}
    others = (one for one in of.findChildren(QWidget) if _is_input(one))
    for number, one in enumerate(one for one in others if id(one) not in known):
        found[f"{type(one).__name__}-{number}"] = one
    return found


def _inside(
    of: QWidget, name: str, holder: object, seen: set[int], depth: int
) -> Iterator[tuple[str, QWidget]]:
    """What the attributes of a window, or of a part of it, hold."""
    for attribute, value in list(vars(holder).items()):
        yield from _under(of, f"{name}{attribute.lstrip('_')}", value, seen, depth)


def _under(
    of: QWidget, name: str, value: Any, seen: set[int], depth: int
) -> Iterator[tuple[str, QWidget]]:
    if depth > _DEEPEST or id(value) in seen:
        return
    if isinstance(value, dict):
        for key, one in list(value.items()):
            yield from _under(of, f"{name}.{key}", one, seen, depth + 1)
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from _under(of, f"{name}.{number}", one, seen, depth + 1)
    elif isinstance(value, QWidget) and of.isAncestorOf(value):
        seen.add(id(value))
        if isinstance(value, Field):
            value = value.input
        if _is_input(value):
            yield name, value
        elif type(value).__module__.startswith(_OURS):
            yield from _inside(of, f"{name}.", value, seen, depth + 1)


def _is_input(one: QWidget) -> bool:
    """Whether somebody types or chooses there; the parts of an input are none."""
    if isinstance(one, QLineEdit):
        plain = one.echoMode() == QLineEdit.EchoMode.Normal
        return plain and not one.isReadOnly() and not _is_part(one)
    if isinstance(one, QPlainTextEdit | QTextEdit):
        return not one.isReadOnly()
    return isinstance(one, QComboBox | Segments | QCheckBox | QRadioButton)


def _is_part(one: QWidget) -> bool:
    return isinstance(one.parentWidget(), QComboBox)


def _is_text(one: QWidget) -> bool:
    return isinstance(one, QLineEdit | QPlainTextEdit | QTextEdit)


def _text(one: QWidget) -> str:
    if isinstance(one, QLineEdit):
        return one.text()
    if isinstance(one, QPlainTextEdit | QTextEdit):
        return one.toPlainText()
    if isinstance(one, Choice):
        return one.value if one.isEditable() else _chosen(one.value, one.currentText())
    if isinstance(one, Segments):
        return _chosen(one.value, one.shown)
    if isinstance(one, QComboBox):
        return one.currentText()
    assert isinstance(one, QAbstractButton)
    return _ON if one.isChecked() else ""


def _chosen(value: str, shown: str) -> str:
    return f"{value}{_SHOWN}{shown}" if value else ""


def _write(one: QWidget, text: str) -> None:
    """As somebody at the keys would: who listens to them is told."""
    text = text.partition(_SHOWN)[0]
    if isinstance(one, QLineEdit):
        one.setText(text)
        one.textEdited.emit(text)
    elif isinstance(one, QPlainTextEdit | QTextEdit):
        one.setPlainText(text)
    elif isinstance(one, Segments):
        one.choose(text)
        one.chosen.emit(text)
    elif isinstance(one, QComboBox):
        if one.isEditable():
            one.setEditText(text)
        else:
            stored = isinstance(one, Choice)
            at = one.findData(text) if stored else one.findText(text)
            one.setCurrentIndex(at)
        one.activated.emit(one.currentIndex())
    elif isinstance(one, QAbstractButton) and one.isChecked() != (text == _ON):
        one.click()
