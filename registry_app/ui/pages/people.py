"""Who may sign in, as what, and what each role may do; for administrators."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from registry_app.domain.dates import TOKYO
from registry_app.domain.person import Person, Role
from registry_app.domain.rights import Deed, may
from registry_app.services.identity import settle_sign_in_troubles, sign_in_troubles
from registry_app.services.people import (
    Account,
    accounts,
    change_role,
    retire_person,
    rotate,
)
from registry_app.services.registry import add_person
from registry_app.ui.background import Task, Working
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.new_sheet import make_new_sheet
from registry_app.ui.dialogs.people import (
    AddPersonDialog,
    NewPerson,
    RetireDialog,
    RoleDialog,
)
from registry_app.ui.dialogs.question import sure
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import (
    Card,
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


class _Stopped(Exception):
    """The change of the key was stopped on the way; the file is as it was."""


class PeoplePage(Page):
    """Everybody, what went wrong at sign-in, and the table of rights."""

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("people.title"))
        self._accounts: dict[str, Account] = {}
        self.model = RowsModel(
            self._columns(),
            lambda _sort, _down: list(self._accounts),
            lambda ids: [self._accounts[one] for one in ids],
            sort="",
        )
        self.table = Table(look, self.model, words("people.title"))
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.selectionModel().currentRowChanged.connect(
            lambda *_rows: self._allow()
        )
        self.add = button(look, words("people.add"), "primary", self.ask_new)
        self.role = button(look, words("people.change-role"), "", self.ask_role)
        self.retire = button(look, words("people.retire"), "", self.ask_retire)
        self.rotate = button(look, words("people.rotate"), "", self.ask_rotate)
        self.sheet = button(look, words("people.sheet"), "", self.ask_sheet)
        self.strip = Strip(words, look)
        self._working = Working(words, look)
        self._working.setVisible(False)
        listed = Card(look)
        listed.body.setContentsMargins(0, 0, 0, 0)
        listed.body.addWidget(self.table)
        self.troubles = Card(look, words("people.troubles"))
        self._lines = column(gap=2)
        self.read = button(look, words("people.troubles-read"), "small", self.settle)
        self.troubles.body.addLayout(self._lines)
        self.troubles.body.addLayout(row(self.read, None))
        rights = Card(look, words("people.matrix"))
        rights.body.setContentsMargins(0, 0, 0, 0)
        self.matrix = self._rights()
        rights.body.addWidget(self.matrix)
        head = row(
            label(look, words("people.title"), role="title"),
            None,
            self.sheet,
            self.rotate,
            self.retire,
            self.role,
            self.add,
        )
        inside = column(
            head,
            self.strip,
            self._working,
            self.troubles,
            listed,
            rights,
            None,
            margins=(12, 8, 12, 12),
        )
        self.setLayout(column(scrolled(Inside(inside)), gap=0))
        hand_keys(self, self.table)
        self._reload()

    def _columns(self) -> list[Column]:
        words = self.words

        def state(one: Account) -> str:
            return words("people.retired" if one.person.retired else "people.active")

        def how(one: Account) -> str:
            if one.person.retired:
                return ""
            if one.given:
                return words("people.given")
            key = "people.with-factor" if one.factor else "people.password-only"
            failed = words("people.failed", count=one.failed) if one.failed else ""
            return " · ".join(said for said in (words(key), failed) if said)

        return [
            Column(
                words("people.state"),
                state,
                104,
                "chip",
                status=lambda one: "blocked" if one.person.retired else "done",
            ),
            Column(words("people.name"), lambda one: one.person.display_name, 0),
            Column(words("people.user"), lambda one: one.person.id, 160, "quiet"),
            Column(
                words("people.role"), lambda one: words.say(one.person.role.told), 160
            ),
            Column(words("people.sign-in"), how, 260, "quiet", spare=True),
        ]

    def _rights(self) -> Table:
        """A line a deed, a column a role; from the table that the services go by."""
        words = self.words

        def of_role(role: Role) -> Column:
            def told(deed: Deed) -> str:
                return words("people.may" if may(role, deed) else "people.may-not")

            def ink(deed: Deed) -> str:
                return "text1" if may(role, deed) else "text3"

            return Column(words.say(role.told), told, 122, ink=ink)

        columns = [
            Column(words("people.deed"), lambda deed: words.say(deed.told), 0),
            *(of_role(role) for role in Role),
        ]
        made = plain_table(self.look, words("people.matrix"), columns, list(Deed))
        high = made.verticalHeader().defaultSectionSize() * len(Deed)
        made.setMinimumHeight(high + made.horizontalHeader().sizeHint().height() + 4)
        return made

    def _reload(self) -> None:
        with self.asking():
            found = accounts(self.desk)
            active = [one for one in found if not one.person.retired]
            gone = [one for one in found if one.person.retired]
            self._accounts = {one.person.id: one for one in (*active, *gone)}
            self._show_troubles()
        self.model.reload()
        if self._accounts:
            self.table.selectRow(0)
        self._allow()

    def _show_troubles(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        found = sign_in_troubles(self.desk)
        for one in found:
            at = one.last.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")
            told = {"user": one.user, "count": one.untold, "at": at}
            said = self.words("people.trouble", **told)
            self._lines.addWidget(label(self.look, said, wrap=True))
        self.troubles.setVisible(bool(found))

    def _chosen(self) -> Account | None:
        return self._accounts.get(self.model.id_at(self.table.currentIndex().row()))

    def _allow(self) -> None:
        """Of oneself, and of who is retired, nothing is changed here."""
        one = self._chosen()
        other = one is not None and one.person.id != self.desk.person.id
        may_change = other and one is not None and not one.person.retired
        self.role.setEnabled(may_change)
        self.retire.setEnabled(may_change)

    # ── deeds ────────────────────────────────────────────────────────────────────

    def ask_new(self) -> None:
        """Another person."""

        def save(new: NewPerson) -> Person:
            return add_person(self.desk, new.user, new.name, new.role, new.password)

        about = self.desk.registry.site, self.desk.path.stem
        dialog = AddPersonDialog(self, self.words, self.look, save, about)
        if dialog.exec():
            self._said("added", name=dialog.result_of.display_name)
        dialog.deleteLater()

    def ask_role(self) -> None:
        """Another role of the chosen person."""
        one = self._chosen()
        if one is None:
            return
        person = one.person

        def save(told: tuple[Role, str]) -> None:
            change_role(self.desk, person.id, *told)
            self._said(
                "role-done", name=person.display_name, role=self.words.say(told[0].told)
            )

        RoleDialog(self, self.words, self.look, save, person).exec()

    def ask_retire(self) -> None:
        """The end of the chosen person's access."""
        one = self._chosen()
        if one is None:
            return
        person = one.person

        def save(reason: str) -> None:
            retire_person(self.desk, person.id, reason)
            self._said("retired-done", name=person.display_name)

        RetireDialog(self, self.words, self.look, save, person).exec()

    def _said(self, key: str, **params: str) -> None:
        self._reload()
        self.strip.say("done", self.words(f"people.{key}", **params))

    def settle(self) -> None:
        """The failed sign-ins were read."""
        with self.asking():
            settle_sign_in_troubles(self.desk)
        self._reload()

    def ask_sheet(self) -> None:
        """Another recovery sheet."""
        if make_new_sheet(self, self.desk, self.words, self.look):
            self._said("sheet-made")

    def ask_rotate(self) -> None:
        """Another data key, after one question."""
        words = self.words
        if sure(
            self,
            words("people.title"),
            words("people.rotate-ask"),
            words("people.rotate-go"),
            words("app.cancel"),
        ):
            self.change_key()

    def change_key(self) -> None:
        """Off the GUI thread; stopped on the way, the file is as it was."""
        stop = threading.Event()

        def going(_share: float) -> None:
            if stop.is_set():
                raise _Stopped

        task = Task(self, lambda: rotate(self.desk, going))
        task.done.connect(lambda _none: self._said("rotated"))
        task.failed.connect(self.refused)
        task.ended.connect(stop.set)
        task.ended.connect(lambda: self._wait(False))
        self._wait(True)
        self._working.follow(task, self.words("people.rotating"))
        task.start()

    def _wait(self, waiting: bool) -> None:
        self._working.setVisible(waiting)
        for one in (self.add, self.role, self.retire, self.rotate, self.sheet):
            one.setEnabled(not waiting)
        if not waiting:
            self._allow()
