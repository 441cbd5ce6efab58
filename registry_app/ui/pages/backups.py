"""The backups: where they go, which there are, which were proved; and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLabel

from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import RegistryError
from registry_app.domain.keeping import Backup, Drill, Place
from registry_app.domain.policy import Policy
from registry_app.domain.rights import Deed, may
from registry_app.services.backup_warnings import Warned, backup_warnings
from registry_app.services.backups import Generation, check_place, generations
from registry_app.services.drills import drills
from registry_app.services.policy import policy, set_policy
from registry_app.ui.background import Task, Working
from registry_app.ui.backup_deeds import BackupDeeds
from registry_app.ui.backup_watch import remedies
from registry_app.ui.changes import Changes
from registry_app.ui.frame import Strip
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.notice import Notice
from registry_app.ui.page import Page
from registry_app.ui.places import documents
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.table import Table
from registry_app.ui.widgets import (
    Card,
    Chip,
    Inside,
    button,
    column,
    hand_keys,
    label,
    row,
    scrolled,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows."""

    known: Policy
    made: tuple[Generation, ...]
    drills: tuple[Drill, ...]
    warned: tuple[Warned, ...]


class BackupsPage(Page):
    """Warnings, places, generations and drills, one under the other."""

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("backup.title"))
        self.strip, self._working = Strip(words, look), Working(words, look)
        self._working.setVisible(False)
        self.deeds = BackupDeeds(self, desk, words, look, self.strip, self._working)
        self.deeds.changed.connect(self.reload)
        self.deeds.refused.connect(self.refused)
        self._warnings = column(gap=4)
        self._made: dict[str, Generation] = {}
        self._drills: dict[str, Drill] = {}
        self.table = self._table(self._columns(), self._made, "generations")
        self.proofs = self._table(self._drill_columns(), self._drills, "drills")
        self.proofs.opened.connect(self._paper)
        self.now = button(look, words("backup.now"), "primary", self.deeds.back_up)
        head = row(
            label(look, words("backup.title"), role="title"),
            None,
            button(look, words("backup.restore"), "", self.deeds.restore),
            button(look, words("backup.copy"), "", self.deeds.copy),
            button(look, words("backup.drill"), "", self.deeds.drill),
            self.now,
        )
        self._paths: dict[Place, QLabel] = {}
        self._chips: dict[Place, Chip] = {}
        self._rhythm = label(look, "", "text2", "caption", wrap=True)
        inside = column(
            head,
            self.strip,
            self._working,
            self._warnings,
            self._places(),
            self._listed(self.table, "generations"),
            self._listed(self.proofs, "drills"),
            None,
            margins=(12, 8, 12, 12),
        )
        self.setLayout(column(scrolled(Inside(inside)), gap=0))
        hand_keys(self, self.now)
        self.reload()

    def _table(
        self,
        columns: list[Column],
        rows: dict[str, Generation] | dict[str, Drill],
        name: str,
    ) -> Table:
        model = RowsModel(
            columns,
            lambda _sort, _down: list(rows),
            lambda ids: [rows[one] for one in ids],
            sort="",
        )
        made = Table(self.look, model, self.words(f"backup.{name}"))
        made.setSortingEnabled(False)
        made.horizontalHeader().setSortIndicatorShown(False)
        return made

    def _listed(self, table: Table, name: str) -> Card:
        card = Card(self.look, self.words(f"backup.{name}"))
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(table)
        lines = 6 if table is self.table else 4
        high = table.verticalHeader().defaultSectionSize()
        table.setMinimumHeight(high * lines + table.horizontalHeader().height() + 4)
        return card

    def _places(self) -> Card:
        """Each place with its folder and whether it can be written just now."""
        words, look = self.words, self.look
        card = Card(look, words("backup.places"))
        for place in (Place.FIRST, Place.SECOND):
            name = label(look, words.say(place.told), "text2")
            name.setFixedWidth(look.px(140))
            self._paths[place] = path = label(look, "", weight=MEDIUM, wrap=True)
            self._chips[place] = chip = Chip(look, "open", "")
            choose = button(
                look,
                words("backup.choose-folder"),
                "small",
                partial(self._choose, place),
            )
            allowed = may(self.desk.person.role, Deed.PEOPLE)
            choose.setEnabled(allowed)
            if not allowed:
                choose.setToolTip(words("backup.only-administrator"))
            line = row(name, path, chip, choose)
            line.setStretch(1, 1)
            card.body.addLayout(line)
        card.body.addWidget(self._rhythm)
        return card

    def _columns(self) -> list[Column]:
        words = self.words

        def state(one: Generation) -> str:
            key = "gone" if not one.there else "proved" if one.proved else "checked"
            return words(f"backup.state-{key}")

        def size(one: Generation) -> str:
            return f"{one.record.size / 1e6:,.1f} MB"

        def entries(one: Generation) -> str:
            return f"{one.record.seq:,}"

        def shape(one: Generation) -> str:
            return "blocked" if not one.there else "done" if one.proved else "open"

        return [
            Column(words("backup.state"), state, 132, "chip", status=shape),
            Column(words("backup.at"), lambda one: _time(one.record), 150),
            Column(
                words("backup.place"), lambda one: words.say(one.record.place.told), 150
            ),
            Column(words("backup.size"), size, 96, "figure"),
            Column(words("backup.entries"), entries, 110, "figure"),
            Column(
                words("backup.why"),
                lambda one: words.say(one.record.occasion.told),
                110,
                "quiet",
                spare=True,
            ),
            Column(
                words("backup.file"), lambda one: Path(one.record.file).name, 0, "quiet"
            ),
        ]

    def _drill_columns(self) -> list[Column]:
        words = self.words

        def result(one: Drill) -> str:
            return words(f"backup.result-{'wanting' if one.problem else 'sound'}")

        return [
            Column(
                words("backup.result"),
                result,
                132,
                "chip",
                status=lambda one: "overdue" if one.problem else "done",
            ),
            Column(words("backup.at"), _time, 150),
            Column(words("backup.person"), lambda one: one.person, 150),
            Column(
                words("backup.entries"), lambda one: f"{one.entries:,}", 110, "figure"
            ),
            Column(
                words("backup.certificate"),
                lambda one: words("backup.open-it") if one.digest else "",
                0,
                "quiet",
            ),
        ]

    # ── what is shown ────────────────────────────────────────────────────────────

    def reload(self) -> None:
        """Read all of it again, in another thread: a place may be far away."""
        desk = self.desk

        def read() -> _Read:
            return _Read(
                policy(desk), generations(desk), drills(desk), backup_warnings(desk)
            )

        task = Task(self, read)
        task.done.connect(self._show)
        task.failed.connect(self.refused)
        task.start()

    def _show(self, found: _Read) -> None:
        self._made.clear()
        self._made.update((one.record.id, one) for one in found.made)
        self._drills.clear()
        self._drills.update((one.id, one) for one in found.drills)
        self._warn(found.warned)
        self._show_places(found.known)
        for table in (self.table, self.proofs):
            model = table.model()
            assert isinstance(model, RowsModel)
            model.reload()

    def _warn(self, found: tuple[Warned, ...]) -> None:
        while (item := self._warnings.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        acts = remedies(self.words, self.deeds)
        for one in found:
            said = self.words.say(one.said)
            status = "overdue" if one.red else "due"
            act = acts.get(one.remedy)
            self._warnings.addWidget(Notice(self.look, status, said, act=act))

    def _show_places(self, known: Policy) -> None:
        words = self.words
        for place, folder in (
            (Place.FIRST, known.backup_place),
            (Place.SECOND, known.second_place),
        ):
            self._paths[place].setText(folder or words("backup.no-folder-yet"))
            self._chips[place].show_status("open" if not folder else "", "")
            if folder:
                self._try(place, Path(folder))
        hours = known.backup_hours
        self._rhythm.setText(
            words(
                "backup.rhythm" if hours else "backup.rhythm-never",
                hours=hours,
                close=words(f"backup.close-{'yes' if known.backup_on_close else 'no'}"),
                generations=known.backup_generations,
                days=known.drill_days,
            )
        )

    def _try(self, place: Place, folder: Path) -> None:
        chip, words = self._chips[place], self.words

        def wrong(refusal: RegistryError) -> None:
            chip.show_status("overdue", words("backup.place-wrong"))
            chip.setToolTip(words.say(refusal.message))

        task = Task(self, lambda: check_place(folder))
        task.done.connect(
            lambda _none: chip.show_status("done", words("backup.place-right"))
        )
        task.failed.connect(wrong)
        task.start()

    def _paper(self, drill_id: str) -> None:
        if self._drills[drill_id].digest:
            with self.asking():
                self.deeds.certificate(drill_id)

    # ── another place ────────────────────────────────────────────────────────────

    def _choose(self, place: Place) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.words("backup.choose-place"), str(documents())
        )
        if chosen:
            self.put_place(place, Path(chosen))

    def put_place(self, place: Place, folder: Path) -> None:
        """Try the folder, in another thread; then the policy names it."""
        reason = self.words("backup.reason-place")

        def work() -> None:
            check_place(folder)
            known = policy(self.desk)
            if place is Place.FIRST:
                known = replace(known, backup_place=str(folder))
            else:
                known = replace(known, second_place=str(folder))
            set_policy(self.desk, known, reason)

        task = Task(self, work)
        task.done.connect(lambda _none: self.reload())
        task.failed.connect(self.refused)
        task.start()


def _time(one: Drill | Backup) -> str:
    return f"{one.at.astimezone(TOKYO):%Y-%m-%d %H:%M}"
