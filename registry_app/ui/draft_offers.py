"""Offers a person what of theirs waits; each window knows the way back to it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import partial

from registry_app.domain.errors import RegistryError
from registry_app.domain.kept_draft import KeptDraft
from registry_app.services.drafts import OpenSheet, discard, mine, open_sheets
from registry_app.ui.dialogs.draft_list import DraftsDialog, Waiting
from registry_app.ui.keeper import TITLE, Keeper
from registry_app.ui.page_window import PageWindow


class DraftOffers(ABC):
    """The list of drafts of the person at the desk of a window."""

    def __init__(self, window: PageWindow, keeper: Keeper) -> None:
        self._offering, self._keeper = window, keeper

    def offer(self) -> None:
        """Show the list if something waits that its author was cut off from."""
        drafts, sheets = self._waiting()
        cut_off = [sheet for sheet in sheets if sheet.cut_off]
        if drafts or cut_off:
            self._show(drafts, cut_off)

    def show(self) -> None:
        """Show the list, with every sheet that is a draft of theirs."""
        self._show(*self._waiting())

    def _waiting(self) -> tuple[tuple[KeptDraft, ...], tuple[OpenSheet, ...]]:
        desk = self._offering.desk
        return mine(desk), open_sheets(desk)

    def _show(self, drafts: Sequence[KeptDraft], sheets: Sequence[OpenSheet]) -> None:
        window, words = self._offering, self._offering.words
        waiting = [
            Waiting(
                draft.values.get(TITLE, draft.place),
                draft.subject_id,
                draft.at,
                partial(self.open, draft),
                partial(self._keeper.compare, draft),
                partial(self._discard, draft),
            )
            for draft in drafts
        ]
        waiting += [
            Waiting(
                words("drafts.list-sheet"),
                sheet.subject_id,
                sheet.at,
                partial(self.open_sheet, sheet.form_id),
            )
            for sheet in sheets
        ]
        waiting.sort(key=lambda one: one.at, reverse=True)
        name = window.desk.person.display_name
        DraftsDialog(window, words, window.look, name, waiting).open()

    def _discard(self, draft: KeptDraft) -> None:
        try:
            discard(self._offering.desk, draft.id)
        except RegistryError as refusal:
            self._offering.refuse(refusal)

    @abstractmethod
    def open(self, draft: KeptDraft) -> None:
        """Go to where it was typed."""

    @abstractmethod
    def open_sheet(self, form_id: str) -> None:
        """Go to a sheet that is a draft."""

    def sought(self, draft: KeptDraft) -> None:
        """Where its window did not open by itself, say which it is."""
        if self._keeper.wants(draft):
            window, title = self._offering, draft.values.get(TITLE, "")
            window.strip.say("now", window.words("drafts.sought", title=title))
