"""The search field of the bar: finds a patient by ID, kana or birth date.

While one types, the patients that fit hang below the field; Enter opens the one that is
chosen, or the only one. The list of patients follows the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from registry_app.services.access import searched
from registry_app.services.subjects import SubjectQuery, subject_ids, subject_rows
from registry_app.ui.look import Look
from registry_app.ui.patient_facts import arm_said
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: How many hang below the field.
SHOWN = 8
_DEBOUNCE_MS = 120
#: After so long without a key the person looks at what was found.
PAUSE_MS = 1_500


class Finder(QObject):
    """opened(case ID): go there; searched(text): what the list is to be narrowed to."""

    opened = Signal(str)
    searched = Signal(str)

    def __init__(self, desk: Desk, words: Words, look: Look, line: QLineEdit) -> None:
        super().__init__(line)
        self._desk, self._words, self._line = desk, words, line
        self._model = QStandardItemModel(self)
        self._ids: dict[str, str] = {}  # by the words that hang below the field
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(
            QCompleter.CompletionMode.UnfilteredPopupCompletion
        )
        self._completer.setWidget(line)
        self._hits = QListView()
        self._hits.setFont(look.font())
        self._hits.setUniformItemSizes(True)
        self._hits.setAccessibleName(words("app.search"))
        self._completer.setPopup(self._hits)
        self._completer.activated.connect(self._chosen)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_DEBOUNCE_MS)
        self._wait.timeout.connect(self._find)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._note)
        self._searched = ("", 0)
        line.textEdited.connect(lambda _text: self._wait.start())
        line.returnPressed.connect(self._enter)

    def _find(self) -> list[str]:
        """Those who fit, below the field."""
        self._wait.stop()
        text = self._line.text().strip()
        self.searched.emit(text)
        ids = subject_ids(self._desk, SubjectQuery(text)) if text else []
        self._searched = (text, len(ids))
        self._pause.start()
        self._model.clear()
        self._ids.clear()
        for row in subject_rows(self._desk, ids[:SHOWN]):
            arm = arm_said(self._words, row)
            said = self._words("app.found", id=row.id, kana=row.kana, arm=arm)
            item = QStandardItem(said)
            self._ids[said] = row.id
            item.setEditable(False)
            self._model.appendRow(item)
        if text and not ids:
            none = QStandardItem(self._words("app.found-none"))
            none.setEnabled(False)
            self._model.appendRow(none)
        if text and self._line.hasFocus():
            self._completer.complete()
        else:
            self._hits.hide()
        return ids

    def _chosen(self, said: str) -> None:
        self._open(self._ids[said])

    def _enter(self) -> None:
        """Enter opens the only one; among several, one is chosen below."""
        ids = self._find()
        if len(ids) == 1:
            self._open(ids[0])

    def _note(self) -> None:
        """What was searched for goes into the access log, not each key on the way."""
        self._pause.stop()
        searched(self._desk, *self._searched)
        self._searched = ("", 0)

    def _open(self, subject_id: str) -> None:
        self._note()
        self._hits.hide()
        self._line.clear()
        self.searched.emit("")
        self.opened.emit(subject_id)
