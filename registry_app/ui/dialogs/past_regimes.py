"""How the approval came to its state: each state, since when, by what evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry_app.domain.plan.records import RegimeEntry
from registry_app.domain.plan.regime import Stretch
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.rows_model import Column
from registry_app.ui.table import plain_table
from registry_app.ui.widgets import button, column, label, row
from registry_app.words import Words

#: More rows than this scroll.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Past:
    """A state, and the entry that led to it; None for the first, and for a lapse."""

    stretch: Stretch
    entry: RegimeEntry | None


def past_of(
    stretches: Sequence[Stretch], entries: Sequence[RegimeEntry]
) -> tuple[Past, ...]:
    """Each state with its entry: the first and a lapse have none."""
    left = iter(entries)
    return tuple(
        Past(one, None if n == 0 or one.lapsed else next(left, None))
        for n, one in enumerate(stretches)
    )


class PastRegimes(QWidget):
    """The states, the newest first.

    correct(RegimeEntry): that entry is to be corrected; correct(None): none after all.
    """

    correct = Signal(object)

    def __init__(self, words: Words, look: Look, past: Sequence[Past]) -> None:
        super().__init__()
        self._words, self._past = words, list(reversed(past))
        self.entry: RegimeEntry | None = None
        name = words("ledger_page.regime-past-list")
        self.table = plain_table(look, name, self._columns(), self._past, tall=True)
        rows = min(len(past), _MOST)
        high = look.size("row_table_head") + rows * look.size("row_list") + 2
        self.table.setFixedHeight(high)
        self.button = button(look, "", "small", self._pressed)
        title = label(look, name, "text2", "caption", MEDIUM)
        self.setLayout(column(row(title, None, self.button), self.table, gap=4))
        self.table.selectionModel().currentRowChanged.connect(
            lambda _now, _before: self._chosen()
        )
        self.table.opened.connect(lambda _row: self._pressed())
        self.table.selectRow(0)
        self._chosen()

    def _columns(self) -> list[Column]:
        words = self._words

        def evidence(one: Past) -> str:
            if one.entry is not None:
                years = one.entry.years
                said = one.entry.evidence
                if not years:
                    return said
                return words("ledger_page.regime-by", years=years, evidence=said)
            key = "lapsed" if one.stretch.lapsed else "first"
            return words(f"ledger_page.regime-by-{key}")

        def since(one: Past) -> str:
            return one.stretch.since.isoformat() if one.stretch.since else ""

        return [
            Column(words("ledger_page.regime-since"), since, 104, "strong"),
            Column(
                words("ledger_page.regime-state"),
                lambda one: words.say(one.stretch.state.name),
                under=evidence,
            ),
        ]

    def _here(self) -> RegimeEntry | None:
        number = self.table.currentIndex().row()
        return self._past[number].entry if 0 <= number < len(self._past) else None

    def _chosen(self) -> None:
        """What the button does: correct the chosen entry, or stop correcting."""
        key = "correct" if self.entry is None else "new"
        self.button.setText(self._words(f"ledger_page.regime-{key}"))
        self.button.setEnabled(self.entry is not None or self._here() is not None)

    def _pressed(self) -> None:
        self.entry = self._here() if self.entry is None else None
        self._chosen()
        self.correct.emit(self.entry)
