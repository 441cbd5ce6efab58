"""What the follow-up report of a patient is to be: languages, names, draft."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.frame import Fact, Strip
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Segments, label
from registry_app.words import Language, Words

_BOTH = "ja+en"


class ReportDialog(Dialog):
    """After `exec`, `languages`, `identifiable` and `draft` are what was chosen."""

    def __init__(
        self, parent: QWidget, words: Words, look: Look, facts: Sequence[Fact]
    ) -> None:
        super().__init__(parent, words, look, facts)
        choices = [(str(lang), Words(lang)("app.this-language")) for lang in Language]
        choices.append((_BOTH, words("report_dialog.both")))
        name = words("report_dialog.language")
        self._language = Segments(look, choices, name, str(words.language))
        self._named = QCheckBox(words("report_dialog.identifiable"))
        self._draft = QCheckBox(words("report_dialog.draft"))
        for box in (self._named, self._draft):
            box.setFont(look.font())
        self._warning = Strip(words, look)
        self._named.toggled.connect(self._warn)
        self.lay_out(
            words("report_dialog.title"),
            words("report_dialog.go"),
            label(look, name, "text2", "caption", MEDIUM),
            self._language,
            8,
            self._named,
            self._draft,
            label(look, words("report_dialog.draft-hint"), "text3", "caption"),
            self._warning,
            12,
        )
        self._language.setFocus()

    def _warn(self, named: bool) -> None:
        if named:
            self._warning.say("due", self.words("report_dialog.named-warning"))
        else:
            self._warning.hide()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages, in the order of the pages."""
        return tuple(Language(part) for part in self._language.value.split("+"))

    @property
    def identifiable(self) -> bool:
        """Whether the names stand on it."""
        return self._named.isChecked()

    @property
    def draft(self) -> bool:
        """Whether it is only looked at, without a number."""
        return self._draft.isChecked()
