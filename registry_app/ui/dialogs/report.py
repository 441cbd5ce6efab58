"""What a paper is to be before it is made: languages, names, draft."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from registry_app.domain.report import Kind
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.frame import Fact, Strip
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Segments, label
from registry_app.words import Language, Words

_BOTH = "ja+en"


class ReportDialog(Dialog):
    """After `exec`, `languages`, `identifiable` and `draft` are what was chosen.

    Names are offered only on the paper of one case; a draft only of what gets a number
    to be quoted: a sheet for the day is used and thrown away.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        kind: Kind = Kind.PATIENT_SUMMARY,
    ) -> None:
        super().__init__(parent, words, look, facts)
        choices = [(str(lang), Words(lang)("app.this-language")) for lang in Language]
        choices.append((_BOTH, words("report_dialog.both")))
        name = words("report_dialog.language")
        self._language = Segments(look, choices, name, str(words.language))
        card = kind is Kind.CARD
        named = "report_dialog.with-name" if card else "report_dialog.identifiable"
        self._named = QCheckBox(words(named))
        self._draft = QCheckBox(words("report_dialog.draft"))
        hint = label(look, words("report_dialog.draft-hint"), "text3", "caption")
        for box in (self._named, self._draft):
            box.setFont(look.font())
        self._named.setVisible(kind.of_one_case)
        for widget in (self._draft, hint):
            widget.setVisible(kind not in (Kind.TODAY, Kind.CARD))
        self._warning = Strip(words, look)
        self._named.toggled.connect(self._warn)
        self.lay_out(
            words(f"report_dialog.title-{kind.value}"),
            words("report_dialog.go"),
            label(look, name, "text2", "caption", MEDIUM),
            self._language,
            8,
            self._named,
            self._draft,
            hint,
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
