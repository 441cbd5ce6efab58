"""Every command of the window: one table, from which menus and keys are made.

A command stands here only when it works. Menus are in the order that users of desktop
programs in hospitals expect; keys need no shifted symbol, which a Japanese keyboard has
elsewhere, and leave F6 to F10 to the input method.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from registry_app.domain.rights import Deed
from registry_app.ui.rail_places import RAIL
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.ui.backup_watch import BackupWatch
    from registry_app.ui.help_commands import HelpCommands
    from registry_app.ui.plan_commands import PlanCommands
    from registry_app.ui.report_commands import ReportCommands


class Commands(Protocol):
    """What the window can do when a command is chosen.

    `plan`: about the plan. `reports`: about the reports. `backups`: about those.
    `help`: about the program itself.
    """

    backups: BackupWatch
    help: HelpCommands

    plan: PlanCommands
    reports: ReportCommands

    def enrol(self) -> None:
        """Enrol a patient."""

    def open_registry(self) -> None:
        """Leave this registry and open another one."""

    def print_report(self) -> None:
        """Make the report of the open patient."""

    def show_drafts(self) -> None:
        """What was typed and not saved."""

    def lock(self) -> None:
        """Cover the screen until the password is typed."""

    def sign_out(self) -> None:
        """Leave the registry and show the sign-in."""

    def leave(self) -> None:
        """End the program."""

    def find_patient(self) -> None:
        """Go to the search field."""

    def go_back(self) -> None:
        """Go to the page above this one."""

    def show_today(self) -> None:
        """Go to what is due today."""

    def show_patients(self) -> None:
        """Go to the list of patients."""

    def show_attrition(self) -> None:
        """Go to who is about to be lost, and who has left the follow-up."""

    def show_obligations(self) -> None:
        """Go to the ledger of obligations."""

    def show_safety(self) -> None:
        """Go to the safety cases."""

    def new_safety_case(self) -> None:
        """Ask for a new safety case, of the open patient if there is one."""

    def record_unblinding(self) -> None:
        """Record that somebody came to know what they were blind to."""

    def show_kits(self) -> None:
        """Go to the kits."""

    def show_plan(self) -> None:
        """Go to the settings of the plan."""

    def start_clock(self) -> None:
        """Record what became known."""

    def show_trail(self) -> None:
        """Go to the trail."""

    def show_settings(self) -> None:
        """Go to the settings."""

    def new_exam(self) -> None:
        """Begin an exam of the open patient."""

    def do_to_record(self, deed: str) -> None:
        """Sign, lock … the record that the page shows (ui/record_deeds.py)."""

    def about(self) -> None:
        """Say which program and which registry this is."""


@dataclass(frozen=True, slots=True)
class Action:
    """A command: its texts are ``actions.<name>``, its menu ``actions.menu-<menu>``."""

    name: str
    menu: str
    keys: str
    run: Callable[[Commands], None]
    #: Only while a patient is open.
    patient: bool = False
    #: A line stands above it in the menu.
    parted: bool = False
    #: Only where the page shows a record that is signed, locked and compared.
    record: bool = False


_VIEWS = tuple(
    Action(place.name, "view", f"Ctrl+{n}", place.show)
    for n, place in enumerate(RAIL, 1)
)


def _to_record(deed: str) -> Callable[[Commands], None]:
    return lambda to: to.do_to_record(deed)


#: The commands about a record, and the deed that each is (ui/record_deeds.py).
RECORD_DEEDS = {
    "record-sign": "sign",
    "record-lock": "lock",
    "record-unlock": "unlock",
    "record-check": "check",
    "record-check-item": "check-item",
}
_RECORD = tuple(
    Action(
        name,
        "patient",
        "",
        _to_record(deed),
        parted=deed in ("sign", "check"),
        record=True,
    )
    for name, deed in RECORD_DEEDS.items()
)
#: The commands that do something to the records, and the deed that each is; whoever
#: may not finds them grey, as does everybody where the file is open to be read only.
WRITING = {
    "enrol": Deed.ENTER,
    "back-up": Deed.OWN,
    "restore": Deed.KEEP,
    "new-exam": Deed.ASSESS,
    "unblinding": Deed.ASSESS,
    "safety-case": Deed.SAFETY,
    "start-clock": Deed.SETTLE,
    "regime": Deed.PLAN,
    "data-cut": Deed.REPORT,
    "validation": Deed.REPORT,
}
MENUS = ("file", "edit", "view", "patient", "duties", "reports", "help")
ACTIONS = (
    Action("enrol", "file", "Ctrl+N", lambda to: to.enrol()),
    Action("open", "file", "Ctrl+O", lambda to: to.open_registry()),
    Action("back-up", "file", "", lambda to: to.backups.deeds.back_up(), parted=True),
    Action("restore", "file", "", lambda to: to.backups.deeds.restore()),
    Action("drafts", "file", "", lambda to: to.show_drafts(), parted=True),
    Action("lock", "file", "Ctrl+L", lambda to: to.lock(), parted=True),
    Action("sign-out", "file", "", lambda to: to.sign_out()),
    Action("leave", "file", "Ctrl+Q", lambda to: to.leave()),
    Action("find", "edit", "Ctrl+F", lambda to: to.find_patient()),
    *_VIEWS,
    Action("back", "view", "Alt+Left", lambda to: to.go_back(), parted=True),
    Action("new-exam", "patient", "Ctrl+E", lambda to: to.new_exam(), True),
    *_RECORD,
    Action("attrition", "patient", "", lambda to: to.show_attrition(), parted=True),
    Action("safety-case", "patient", "", lambda to: to.new_safety_case(), parted=True),
    Action("unblinding", "patient", "", lambda to: to.record_unblinding(), True),
    Action("start-clock", "duties", "", lambda to: to.start_clock()),
    Action("regime", "duties", "", lambda to: to.plan.change_regime()),
    Action("plan", "duties", "", lambda to: to.show_plan(), parted=True),
    Action("calendar", "duties", "", lambda to: to.plan.export_calendar(), parted=True),
    Action("report-preview", "reports", "F5", lambda to: to.reports.preview()),
    Action("data-cut", "reports", "", lambda to: to.reports.freeze()),
    Action("sent", "reports", "", lambda to: to.reports.show_sent()),
    Action("verify-report", "reports", "", lambda to: to.reports.verify()),
    Action("print", "reports", "Ctrl+P", lambda to: to.print_report(), True, True),
    Action("print-today", "reports", "", lambda to: to.plan.print_today(), parted=True),
    Action("print-ledger", "reports", "", lambda to: to.plan.print_ledger()),
    Action("print-log", "reports", "", lambda to: to.plan.print_log()),
    Action("self-check", "help", "", lambda to: to.help.self_check()),
    Action("validation", "help", "", lambda to: to.help.validation()),
    Action("support", "help", "", lambda to: to.help.support_bundle()),
    Action("about", "help", "", lambda to: to.about()),
)


def make_menus(
    bar: QMenuBar, window: QWidget, to: Commands, words: Words
) -> dict[str, QAction]:
    """Fill the menu bar; give the actions by name."""
    menus = {name: bar.addMenu(words(f"actions.menu-{name}")) for name in MENUS}
    for menu in menus.values():
        menu.setToolTipsVisible(True)  # why a command is grey
    made: dict[str, QAction] = {}
    for action in ACTIONS:
        if action.parted:
            menus[action.menu].addSeparator()
        item = QAction(words(f"actions.{action.name}"), window)
        if action.keys:
            item.setShortcut(QKeySequence(action.keys))
        item.triggered.connect(lambda _checked, a=action: a.run(to))
        item.setEnabled(not action.patient and not action.record)
        menus[action.menu].addAction(item)
        made[action.name] = item
    return made
