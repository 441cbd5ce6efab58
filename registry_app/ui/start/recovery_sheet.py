"""The recovery sheet: two halves for two persons, shown and printed this once."""

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLayout, QWidget

from registry_app.domain.errors import Refused
from registry_app.ui.look import BOLD, MEDIUM, Look
from registry_app.ui.places import ask_place, documents
from registry_app.ui.widgets import button, column, label, row
from registry_app.words import Words

#: Who keeps which half.
_KEEPERS: Final = ("create.half-1-keeper", "create.half-2-keeper")


class RecoverySheet(QWidget):
    """Both halves side by side; each is printed on a page of its own."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words, self._look = words, look
        self.halves: tuple[str, ...] = ()
        self._site, self._file = "", ""
        self._codes = [label(look, "", weight=BOLD, wrap=True) for _ in _KEEPERS]
        for code in self._codes:
            code.setTextInteractionFlags(
                code.textInteractionFlags().TextSelectableByMouse
                | code.textInteractionFlags().TextSelectableByKeyboard
            )
        self._saved = label(look, "", "text2", "caption", wrap=True)
        self.setLayout(
            column(
                label(look, words("create.code-why"), "text2", wrap=True),
                8,
                row(*(self._half(number) for number in range(len(_KEEPERS))), gap=16),
                8,
                row(
                    button(look, words("create.code-print"), "", self._print),
                    button(look, words("create.code-save"), "", self.save),
                    None,
                ),
                self._saved,
            )
        )

    def _half(self, number: int) -> QLayout:
        words, look = self._words, self._look
        name = label(look, words(f"create.half-{number + 1}"), weight=MEDIUM)
        keeper = label(look, words(_KEEPERS[number]), "text2", "caption", wrap=True)
        return column(name, keeper, 6, self._codes[number], None, gap=0)

    def show_halves(self, halves: tuple[str, str], site: str, file: str) -> None:
        """Of which registry they are stands on each printed half."""
        self.halves, self._site, self._file = halves, site, file
        for shown, code in zip(self._codes, halves, strict=True):
            groups = code.split("-")
            lines = ("-".join(groups[n : n + 3]) for n in range(0, len(groups), 3))
            shown.setText("-\n".join(lines))

    def text(self, number: int) -> str:
        """One half, as it is printed or kept: 0 or 1."""
        words = self._words
        return words(
            "create.code-sheet",
            half=words(f"create.half-{number + 1}"),
            keeper=words(_KEEPERS[number]),
            site=self._site,
            file=self._file,
            on=date.today().isoformat(),
            code=self.halves[number],
        )

    def save(self) -> None:
        """Each half into a file of its own: they go to two persons."""
        words, saved = self._words, []
        for number in range(len(self.halves)):
            half = words(f"create.half-{number + 1}")
            start = documents() / words("create.code-file", number=number + 1)
            chosen = ask_place(self, words, words("create.half-save", half=half), start)
            if not chosen:
                return
            try:
                Path(chosen).write_text(self.text(number), "utf-8")
            except OSError as error:
                raise Refused("create.cannot-write", file=chosen) from error
            saved.append(chosen)
            self._saved.setText(words("create.code-saved", file=", ".join(saved)))

    def document(self) -> QTextDocument:
        """Both halves, as they are printed: two pages."""
        made = QTextDocument(self.text(0))
        made.setDefaultFont(self._look.font("title"))
        cursor, page = QTextCursor(made), QTextBlockFormat()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        page.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.insertBlock(page)
        lines = self.text(1).split("\n")
        cursor.insertText(lines[0])
        for line in lines[1:]:
            cursor.insertBlock(QTextBlockFormat())
            cursor.insertText(line)
        return made

    def _print(self) -> None:
        # Not at start: only who prints needs it.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.document().print_(printer)
