"""The duties that a change begins, alters and ends, before anything is saved."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QScrollArea

from registry_app.domain.plan.change import ChangePlan
from registry_app.domain.plan.duty import Duty
from registry_app.ui.duty_words import day_said, whom_said
from registry_app.ui.look import Look
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.words import Words

_SHAPES = {"begins": "now", "changes": "due", "ends": "blocked"}


@dataclass(frozen=True, slots=True)
class _Row:
    how: str
    before: Duty | None
    after: Duty | None

    @property
    def duty(self) -> Duty:
        duty = self.after or self.before
        assert duty is not None
        return duty


def change_table(words: Words, look: Look, plan: ChangePlan) -> Table:
    """One row a duty: how it changes, its name, its date before and after."""
    rows = [
        *(_Row("begins", None, duty) for duty in plan.begins),
        *(_Row("changes", before, after) for before, after in plan.changes),
        *(_Row("ends", duty, None) for duty in plan.ends),
    ]
    columns = [
        Column(
            words("ledger_page.change-what"),
            lambda r: words(f"ledger_page.change-{r.how}"),
            100,
            "chip",
            status=lambda r: _SHAPES[r.how],
        ),
        Column(
            words("ledger_page.col-duty"),
            lambda r: words.say(r.duty.name),
            0,
            "strong",
            under=lambda r: whom_said(words, r.duty),
        ),
        Column(
            words("ledger_page.change-before"),
            lambda r: day_said(r.before.due if r.before else None),
            104,
            "figure",
            spare=True,
        ),
        Column(
            words("ledger_page.change-after"),
            lambda r: day_said(r.after.due if r.after else None),
            104,
            "figure",
        ),
    ]
    name = words("ledger_page.change-list")
    table = plain_table(look, name, columns, rows, tall=True)
    table.setMinimumHeight(look.px(160))
    return table


def widen(dialog: QDialog, look: Look) -> None:
    """Room for the table, as far as the screen has it."""
    screen = QGuiApplication.primaryScreen().availableGeometry().width()
    dialog.setMinimumWidth(min(look.px(660), screen - 40))


def reveal(table: Table) -> None:
    """Bring the table into view where the fields of its dialog scroll."""
    around = table.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        QTimer.singleShot(0, table, lambda: around.ensureWidgetVisible(table))


def change_said(words: Words, plan: ChangePlan) -> str:
    """How many duties begin, change and end."""
    return words(
        "ledger_page.regime-plan",
        begins=len(plan.begins),
        changes=len(plan.changes),
        ends=len(plan.ends),
    )
