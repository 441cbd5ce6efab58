"""The pictures of people: their page, the policy, who has looked, the lock, drafts."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import patient_screens
from PySide6.QtWidgets import QWidget

from registry_app.domain.access import Act
from registry_app.domain.handover import Basis, Handover, Outgoing
from registry_app.services.access import (
    AccessQuery,
    access_ids,
    exported,
    opened,
    printed,
    write_access,
)
from registry_app.services.desk import Desk
from registry_app.services.people import accounts
from registry_app.ui.dialogs.draft_comparison import ComparingDialog
from registry_app.ui.dialogs.draft_list import DraftsDialog, Waiting
from registry_app.ui.dialogs.handover import HandoverDialog
from registry_app.ui.dialogs.new_sheet import NewSheetDialog, SheetDialog
from registry_app.ui.dialogs.own_factor import (
    BackupCodesDialog,
    EndFactorDialog,
    SetUpFactorDialog,
)
from registry_app.ui.dialogs.own_password import OwnPasswordDialog
from registry_app.ui.dialogs.people import AddPersonDialog, RetireDialog, RoleDialog
from registry_app.ui.lock import LockView
from registry_app.ui.look import Look
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.patient import PatientPage
from registry_app.ui.pages.patient_looks import HistoryAndLooks
from registry_app.ui.start.create import CreateView
from registry_app.ui.start.window import StartWindow
from registry_app.words import Words

Go = Callable[[MainWindow], object]
#: Made up, as a new sheet and new codes would be.
HALVES = ("7K2M-Q9TX-4RWD-H8PC-3NVB", "F5YJ-6ZGA-9LES-2UKW-8MQT")
CODES = tuple(f"{n:04}-{n * 7 % 9973:04}" for n in range(1203, 9000, 811))
LAST_STEP = 3


def places(desk: Desk, case: str) -> Iterator[tuple[str, Go]]:
    """The pages behind the settings, and who has looked at a patient."""
    if not access_ids(desk, AccessQuery(act=Act.EXPORTED)):
        _looked(desk, case)
    for name in ("people", "policy", "access"):
        yield name, _place(name)

    def looks(window: MainWindow) -> None:
        patient_screens.tab(case, "history")(window)
        assert isinstance(window.page, PatientPage)
        tab = window.page.tab
        assert isinstance(tab, HistoryAndLooks)
        tab.choice.choose("looks")
        tab.choice.chosen.emit("looks")

    yield "patient-looks", looks


def _place(name: str) -> Go:
    return lambda window: window.show_place(name)


def _looked(desk: Desk, case: str) -> None:
    opened(desk, f"patient:{case}", case)
    printed(desk, "R2", case)
    paper = Outgoing("DEMO-R3-20261120-1", (case,), ("ais", "nli"), export=True)
    said = Handover("安全性の照会への回答 / a safety query", Basis.STATUTE, "PMDA")
    exported(desk, paper, said)
    write_access(desk)


def starts(
    desk: Desk, words: Words, look: Look, packs: list[tuple[str, str]]
) -> Iterator[tuple[str, QWidget]]:
    """The last step of a new registry, and how it says that a folder cannot be used."""
    for name in ("create-backup", "create-backup-refused"):
        view = CreateView(words, look, packs)
        view.backup.begin(desk)
        view._go_to(LAST_STEP)
        if name.endswith("refused"):
            view.backup.folder.setText("/media/none")
            view.backup.try_it()
        yield name, StartWindow(words, look, view)


def dialogs(owner: MainWindow, case: str) -> Iterator[tuple[str, QWidget]]:
    """One's own sign-in, other people, drafts, the lock, what leaves the program."""
    desk, words, look = owner.desk, owner.words, owner.look
    usual, told = (owner, words, look), (owner, desk, words, look)

    def save(_value: object) -> None:
        """A picture is not to save anything."""

    paper = Outgoing("csv", (case,), ("ais", "nli"), export=True, identifiable=True)
    yield "handover", HandoverDialog(*told, paper)
    yield "drafts", _drafts(owner, case)
    kept = {
        "a|" + words("contacts.on"): "2026-11-19",
        "b|" + words("contacts.note"): "電話で様子を聞いた / asked by telephone",
    }
    now = {"a|" + words("contacts.on"): "2026-11-20"}
    yield "draft-compared", ComparingDialog(*usual, kept, now)
    yield "own-password", OwnPasswordDialog(*told)
    yield "own-factor", SetUpFactorDialog(*told)
    yield "own-codes", BackupCodesDialog(*usual, CODES)
    yield "own-factor-end", EndFactorDialog(*told)
    about = desk.registry.site, desk.path.stem
    yield "person-add", AddPersonDialog(*usual, save, about)
    other = next(
        one.person for one in accounts(desk) if one.person.id != desk.person.id
    )
    yield "person-role", RoleDialog(*usual, save, other)
    yield "person-retire", RetireDialog(*usual, save, other)
    yield "sheet-ask", NewSheetDialog(*told)
    yield "sheet-new", SheetDialog(*usual, HALVES, desk.registry.site, desk.path.name)
    lock = LockView(*told, desk.clock())
    lock.resize(1366, 697)
    yield "lock", lock


def _drafts(owner: MainWindow, case: str) -> DraftsDialog:
    words, at = owner.words, owner.desk.clock()

    def nothing(*_told: object) -> None:
        """A picture leads nowhere."""

    waiting = (
        Waiting(words("trail.kind-contact"), case, at, nothing, nothing, nothing),
        Waiting(
            words("trail.kind-subject"), "", at - timedelta(hours=3), nothing, nothing
        ),
        Waiting(words("trail.kind-form"), case, at - timedelta(days=1), nothing),
    )
    return DraftsDialog(
        owner, words, owner.look, owner.desk.person.display_name, waiting
    )
