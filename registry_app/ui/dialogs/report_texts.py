"""The parts of a report that a person writes, in both languages, kept with the cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import RegistryError
from registry_app.domain.report import ReportText
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.dialogs.change_list import widen
from registry_app.ui.inputs import Choice
from registry_app.ui.look import Look
from registry_app.ui.prose import Prose
from registry_app.ui.widgets import label, row
from registry_app.words import Language, Words

#: Who has not typed for so long has paused: what was typed is kept.
PAUSE_MS: Final = 2000
#: Slot to its words in Japanese and in English.
Written = dict[str, tuple[str, str]]


class TextsDialog(Asking[Written]):
    """One part at a time, both languages side by side; all of them are saved.

    Nothing that was typed is lost: it is kept when one stops typing, goes to another
    part, or leaves by whatever way. `slots`: the parts with their names. `save` gets
    what was changed since it was last called. `kept`: whether it was.
    """

    #: It saves as one types: a draft beside it would be older than what is saved.
    keeps = False

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
        self.kept = self._told = False
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self._keep)
        self.slot = Choice(look, words("reports_page.text-part"), list(slots))
        self.slot.currentIndexChanged.connect(lambda _n: self._show())
        self._spoken = {lang: Words(lang)("app.this-language") for lang in Language}
        self.ja = Prose(look, self._spoken[Language.JA], lines=11)
        self.en = Prose(look, self._spoken[Language.EN], lines=11)
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
            label(
                look, words("reports_page.texts-kept"), "text3", "caption", wrap=True
            ),
            8,
        )
        widen(self, look)
        self.go.setDefault(False)  # Enter is a new line
        self.stop.setText(words("app.close"))
        self._show()
        self.slot.setFocus()

    def _show(self) -> None:
        self._keep()
        self._shown = ""
        ja, en = self._now[self.slot.value]
        self.ja.text = ja
        self.en.text = en
        self._shown = self.slot.value
        self._say()

    def _typed(self) -> None:
        if self._shown:
            self._now[self._shown] = (self.ja.text, self.en.text)
            self._told = False  # of these words nobody has been told yet
            self.pause.start()
            self._say()

    def _keep(self) -> bool:
        """Save what was changed; False where it was refused, which is said."""
        self.pause.stop()
        changed = self.value()
        if not changed:
            return True
        try:
            self._save(changed)
        except RegistryError as refusal:
            self._refuse(refusal)
            return False
        self._before.update(changed)
        self.kept, self._told = True, False
        return True

    def accept(self) -> None:
        """Save, and close unless it was refused."""
        if self._keep():
            self.done(self.DialogCode.Accepted)

    def reject(self) -> None:
        """Leave with all kept; where it was refused that is said, and left again."""
        if self._keep() or self._told:
            super().reject()
        self._told = True

    def _say(self) -> None:
        """Which parts are empty still, in one language or in both."""
        empty = [
            self._empty_said(slot, *(text.strip() for text in both))
            for slot, both in self._now.items()
            if not all(text.strip() for text in both)
        ]
        names = self.words("ledger_page.comma").join(empty)
        key = "texts-empty" if empty else "texts-all"
        told = {"names": names, "count": len(empty)}
        self.state.setText(self.words(f"reports_page.{key}", **told))

    def _empty_said(self, slot: str, ja: str, en: str) -> str:
        """The name of a part; with the language where only one is missing."""
        name = self._names[slot]
        if not ja and not en:
            return name
        missing = self._spoken[Language.EN if ja else Language.JA]
        return self.words("reports_page.texts-missing", name=name, language=missing)

    def value(self) -> Written:
        """What was changed."""
        return {
            slot: both for slot, both in self._now.items() if both != self._before[slot]
        }
