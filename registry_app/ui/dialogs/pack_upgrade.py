"""A newer version of the pack: what changes for whom, before it is accepted."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from registry_app.domain.message import Told
from registry_app.services.pack_upgrades import PackUpgrade, PartChange
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.dialogs.change_list import change_said, change_table, widen
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import label
from registry_app.words import Words

#: So many rules are named; the others are counted.
_NAMED: Final = 12


class PackUpgradeDialog(Asking[str]):
    """The reason for which the version is accepted."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[str], object],
        *,
        upgrade: PackUpgrade,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        said = words(
            "plan_settings.upgrade-from",
            before=upgrade.now.pack_version,
            after=upgrade.pack.version,
            rules=len(upgrade.parts),
            subjects=upgrade.subjects,
        )
        names = words("plan_settings.upgrade-rules", names=_names(words, upgrade.parts))
        self.reason = self.line(words("ledger_page.reason"))
        self.ask(
            words("plan_settings.upgrade-title"),
            words("plan_settings.upgrade-go"),
            label(look, words.say(upgrade.pack.name), wrap=True),
            label(look, said, weight=MEDIUM, wrap=True),
            label(look, names, "text2", "caption", wrap=True),
            label(look, change_said(words, upgrade.plan), "text2", wrap=True),
            change_table(words, look, upgrade.plan),
            self.reason,
        )
        widen(self, look)
        self.reason.setFocus()

    def value(self) -> str | None:
        """The reason."""
        return self.needed(self.reason) or None


def _names(words: Words, parts: tuple[PartChange, ...]) -> str:
    """The parts that are new, gone, or say something else."""
    said = []
    for part in parts[:_NAMED]:
        name: Told | str = part.name
        if part.before is None:
            name = words("plan_settings.part-new", name=name)
        elif part.after is None:
            name = words("plan_settings.part-gone", name=name)
        said.append(name if isinstance(name, str) else words.say(name))
    names = words("ledger_page.comma").join(said)
    if len(parts) <= _NAMED:
        return names
    return words("plan_settings.parts-more", names=names, count=len(parts) - _NAMED)
