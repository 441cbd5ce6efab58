"""The pack in use, and the way to a newer version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from registry_app.domain.plan.pack import Pack
from registry_app.domain.plan.records import PackInUse
from registry_app.services.pack_upgrades import (
    PackUpgrade,
    accept_pack,
    upgrade_plan,
)
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.pack_upgrade import PackUpgradeDialog
from registry_app.ui.frame import Strip
from registry_app.ui.look import MEDIUM
from registry_app.ui.widgets import Chip, button, column, label, row

if TYPE_CHECKING:
    from registry_app.ui.page import Page

#: So many characters of the checksum tell two packs apart on a screen.
_SHORT = 12


class PackLine(QFrame):
    """Name, version and checksum; what a newer version changes is shown first."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        words, look = page.words, page.look
        self._page = page
        name = label(look, words("plan_settings.pack"), "text2", "caption", MEDIUM)
        self._said = label(look, "", wrap=True)
        self._made_up = Chip(look, "due", words("plan_settings.made-up"))
        self.button = button(look, words("plan_settings.upgrade"), "small", self.look)
        self.strip = Strip(words, look)
        self._working = Working(words, look)
        self._working.setVisible(False)
        line = row(name, self._said, self._made_up, self.button)
        line.setStretch(1, 1)
        inside = column(line, self.strip, self._working, gap=4, margins=(12, 6, 8, 6))
        self.setLayout(inside)

    def show_pack(self, used: PackInUse, pack: Pack) -> None:
        """Say which pack it is."""
        self._said.setText(
            self._page.words(
                "plan_settings.pack-line",
                name=pack.name,
                version=used.pack_version,
                checksum=used.sha256[:_SHORT],
            )
        )
        self._said.setToolTip(used.sha256)
        self._made_up.setVisible(pack.made_up)

    def look(self) -> None:
        """See whether the program has a newer version; many cases take time."""
        desk = self._page.desk
        task = Task(self, lambda: upgrade_plan(desk))
        task.done.connect(self._found)
        task.failed.connect(
            lambda refusal: self.strip.say(
                "overdue", self._page.words.say(refusal.message)
            )
        )
        task.ended.connect(lambda: self._wait(False))
        self._wait(True)
        said = self._page.words("plan_settings.looking")
        self._working.follow(task, said, may_cancel=False)
        task.start()

    def _wait(self, waiting: bool) -> None:
        self.button.setEnabled(not waiting)
        self._working.setVisible(waiting)

    def _found(self, upgrade: PackUpgrade | None) -> None:
        page = self._page
        if upgrade is None:
            self.strip.say("done", page.words("plan_settings.current"))
            return
        dialog = PackUpgradeDialog(
            page,
            page.words,
            page.look,
            lambda reason: accept_pack(page.desk, upgrade, reason),
            upgrade=upgrade,
        )
        if dialog.exec():
            told = page.words(
                "plan_settings.upgrade-done", version=upgrade.pack.version
            )
            self.strip.say("done", told)
            page.changes.plan.emit()
            page.changes.subject.emit("")
