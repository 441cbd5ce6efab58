"""The parts of a report that a person writes, in both languages, kept with the cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from registry_app.domain.report import ReportText
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.dialogs.change_list import widen
from registry_app.ui.inputs import Choice
from registry_app.ui.look import Look
from registry_app.ui.prose import Prose
from registry_app.ui.widgets import label, row
from registry_app.words import Language, Words

#: Slot to its words in Japanese and in English.
Written = dict[str, tuple[str, str]]


class TextsDialog(Asking[Written]):
    """One part at a time, both languages side by side; all of them are saved.

    `slots`: the parts with their names. `save` gets what was changed.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[Written], object],
        *,
        name: str,
        slots: Sequence[tuple[str, str]],
        texts: Mapping[str, ReportText],
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self._names = dict(slots)
        self._before: Written = {
            slot: (texts[slot].ja, texts[slot].en) if slot in texts else ("", "")
            for slot in self._names
        }
        self._now = dict(self._before)
        self.slot = Choice(look, words("reports_page.text-part"), list(slots))
        self.slot.currentIndexChanged.connect(lambda _n: self._show())
        spoken = {lang: Words(lang)("app.this-language") for lang in Language}
        self.ja = Prose(look, spoken[Language.JA], lines=11)
        self.en = Prose(look, spoken[Language.EN], lines=11)
        for edit in (self.ja, self.en):
            edit.changed.connect(self._typed)
        self.state = label(look, "", "text2", "caption", wrap=True)
        self._shown = ""
        self.ask(
            words("reports_page.texts-title"),
            words("reports_page.texts-go"),
            label(look, name, "text2", wrap=True),
            self.slot,
            row(self.ja, self.en),
            self.state,
            8,
        )
        widen(self, look)
        self.go.setDefault(False)  # Enter is a new line
        self._show()
        self.slot.setFocus()

    def _show(self) -> None:
        self._shown = ""
        ja, en = self._now[self.slot.value]
        self.ja.text = ja
        self.en.text = en
        self._shown = self.slot.value
        self._say()

    def _typed(self) -> None:
        if self._shown:
            self._now[self._shown] = (self.ja.text, self.en.text)
            self._say()

    def _say(self) -> None:
        """Which parts are empty still, in one language or in both."""
        empty = [
            self._names[slot]
            for slot, both in self._now.items()
            if not all(text.strip() for text in both)
        ]
        names = self.words("ledger_page.comma").join(empty)
        key = "texts-empty" if empty else "texts-all"
        told = {"names": names, "count": len(empty)}
        self.state.setText(self.words(f"reports_page.{key}", **told))

    def value(self) -> Written | None:
        """What was changed."""
        return {
            slot: both for slot, both in self._now.items() if both != self._before[slot]
        }
