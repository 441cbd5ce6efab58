"""The pictures of backups: a registry whose proof is old, its page, a restore."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from registry_app.domain.keeping import Occasion
from registry_app.domain.policy import Policy
from registry_app.services.backups import back_up, back_up_to, generations
from registry_app.services.desk import Desk
from registry_app.services.drills import certificate_of, drill, drills
from registry_app.services.policy import policy, set_policy
from registry_app.services.registry import create
from registry_app.storage.keys import Cost
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.pdf import PdfDialog
from registry_app.ui.dialogs.restore import RestoreDialog
from registry_app.ui.look import Look
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pdf_pages import PdfPages
from registry_app.words import Words

BEGUN = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
PASSWORD = "a made-up plum blossom"
SIZE = (1366, 697)


def a_kept_registry(folder: Path) -> Desk:
    """No training registry: of those nothing is warned. One proof, and it is old."""
    place = folder / "バックアップ"
    place.mkdir()
    told = {"pack": "msc-iv-sci", "site": "SAP", "user": "kato"}
    desk, _ = create(
        folder / "sap.registry",
        display_name="架空 管理者",
        password=PASSWORD,
        clock=lambda: BEGUN,
        cost=Cost(t=1, m=64, p=1),
        **told,
    )
    set_policy(desk, replace(Policy(), backup_place=str(place)))
    for day in (1, 2, 3, 150):
        desk = _on(desk, BEGUN + timedelta(days=day, hours=9))
        kept = replace(policy(desk), backup_generations=3 + day % 5)
        set_policy(desk, kept, "made up")
        back_up(desk, Occasion.TIME)
        if day == 2:
            drill(desk)
            back_up_to(desk, place)
    return _on(desk, BEGUN + timedelta(days=150, hours=12))


def _on(desk: Desk, now: datetime) -> Desk:
    return replace(desk, clock=lambda: now)


def screens(desk: Desk, words: Words, look: Look) -> Iterator[tuple[str, QWidget]]:
    """The page under the window's own banner, and what a restore shows first."""
    window = MainWindow(desk, words, look, Changes())
    window.resize(*SIZE)
    window.show()
    window.backups.look_again()
    window.show_place("backups")
    yield "backups", window
    usual = (window, words, look)
    dialog = RestoreDialog(*usual, desk)
    _fill(dialog, generations(desk)[1].record.file)
    dialog.show()
    dialog.accept()
    while not dialog.go.isEnabled():
        QApplication.processEvents()
    yield "dialog-restore", dialog
    dialog.reject()
    proof = next(one for one in drills(desk) if one.digest)
    number, pdf = certificate_of(desk, proof.id)
    yield "dialog-drill-certificate", PdfDialog(*usual, number, PdfPages(pdf))


def _fill(dialog: RestoreDialog, file: str) -> None:
    for field, text in ((dialog.file, file), (dialog.password, PASSWORD)):
        field.input.setText(text)
