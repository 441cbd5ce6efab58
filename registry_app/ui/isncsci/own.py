"""The examiner's own level and grade, made before the program's, and how they agree."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.result import Classification
from registry_app.domain.isncsci.segments import SEGMENTS
from registry_app.ui.inputs import Line
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.isncsci.keys import folded
from registry_app.ui.isncsci.terms import GRADES, level_name
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Chip, Item, label, restyle, row
from registry_app.words import Words

#: What can be written in each field; S4-5 is never a level (RULES.md 1.2).
_CHOICES: Final = {"nli": (*SEGMENTS[:-1], "INT"), "ais": GRADES}
#: From the best to the worst; the chip has the status of the worst.
_STATUSES: Final = {"agrees": "done", "possible": "open", "differs": "due"}


def agreement(own: str, result: Classification, field: str) -> str:
    """Whether the examiner's own result agrees, is possible, or differs."""
    possible = result[field]
    if own not in possible.values:
        return "differs"
    return "agrees" if possible.certain else "possible"


class Own(QWidget):
    """Two small fields and a chip."""

    def __init__(self, editor: Editor, words: Words, look: Look) -> None:
        super().__init__()
        self._editor, self._words = editor, words
        title = label(look, words("worksheet.own"), "text2", "caption", MEDIUM)
        self.lines: Mapping[str, Line] = {
            field: Line(look, words(f"worksheet.own-{field}"), plain=True)
            for field in _CHOICES
        }
        self.chip = Chip(look, "done", "")
        parts: list[Item] = [title]
        for field, line in self.lines.items():
            line.setFixedWidth(look.px(46))
            line.editingFinished.connect(lambda f=field: self._on_text(f))
            name = label(look, words(f"worksheet.total-{field}"), "text2", "caption")
            parts += [name, line]
        self.setLayout(row(*parts, None, self.chip, gap=look.px(6)))
        self.refresh()
        editor.told.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is written in the form."""
        for field, line in self.lines.items():
            written = level_name(self._editor.form.own.get(field, ""))
            if not line.hasFocus() and line.text() != written:
                line.setText(written)
            line.setReadOnly(self._editor.locked)

    def show_result(self, result: Classification) -> None:
        """Say how the examiner's own result and this one agree."""
        own = self._editor.form.own
        found = {f: agreement(own[f], result, f) for f in _CHOICES if f in own}
        words = self._words
        said = [
            words(f"worksheet.own-{how}", field=words(f"worksheet.total-{field}"))
            for field, how in found.items()
        ]
        worst = max(found.values(), key=list(_STATUSES).index, default="agrees")
        self.chip.setVisible(bool(said))
        self.chip.show_status(_STATUSES[worst], words("worksheet.comma").join(said))

    def _on_text(self, field: str) -> None:
        line = self.lines[field]
        written = folded(line.text()).strip().upper().replace("-", "_")
        known = not written or written in _CHOICES[field]
        restyle(line, wrong="false" if known else "true")
        if not known:
            self._editor.refused.emit(
                InvalidValue(f"worksheet.no-own-{field}", text=line.text())
            )
        elif written != self._editor.form.own.get(field, ""):
            self._editor.write_own(field, written)
        if known:
            line.setText(level_name(written))
