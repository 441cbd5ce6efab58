"""Offers a person their drafts, and leads back to where each was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from registry_app.domain.errors import RegistryError
from registry_app.domain.kept_draft import KeptDraft
from registry_app.services.drafts import OpenSheet, discard, mine, open_sheets
from registry_app.ui.dialogs.draft_list import DraftsDialog, Waiting
from registry_app.ui.keeper import TITLE, Keeper
from registry_app.ui.pages.patient import TABS, PatientPage

if TYPE_CHECKING:
    from registry_app.ui.main_window import MainWindow

#: The dialogs that the window itself opens.
_OF_WINDOW: Final[Mapping[str, Callable[[MainWindow], object]]] = {
    "EnrolPage": lambda window: window.enrol(),
    "NewExamDialog": lambda window: window.new_exam(),
    "NewCaseDialog": lambda window: window.new_safety_case(),
    "RegimeDialog": lambda window: window.plan.change_regime(),
    "SettingDialog": lambda window: window.show_plan(),
}
#: The tab of a patient where a dialog is opened, and what opens one for a new record.
_OF_PATIENT: Final[Mapping[str, tuple[str, str]]] = {
    "ContactDialog": ("contacts", "add"),
    "EndFollowUpDialog": ("contacts", "end"),
    "ConsentDialog": ("documents", "add"),
    "WithdrawDialog": ("documents", ""),
    "DeviationDialog": ("treatment", "deviate"),
    "ComparisonDialog": ("treatment", ""),
    "DatesDialog": ("treatment", ""),
    "FormDialog": ("visits", ""),
}


class Recovery:
    """The list of drafts of the person at the desk of a window."""

    def __init__(self, window: MainWindow, keeper: Keeper) -> None:
        self._window, self._keeper = window, keeper

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
        desk = self._window.desk
        return mine(desk), open_sheets(desk)

    def _show(self, drafts: Sequence[KeptDraft], sheets: Sequence[OpenSheet]) -> None:
        window, words = self._window, self._window.words
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
                partial(window.open_exam, sheet.form_id),
            )
            for sheet in sheets
        ]
        waiting.sort(key=lambda one: one.at, reverse=True)
        name = window.desk.person.display_name
        DraftsDialog(window, words, window.look, name, waiting).open()

    def _discard(self, draft: KeptDraft) -> None:
        try:
            discard(self._window.desk, draft.id)
        except RegistryError as refusal:
            self._window.refuse(refusal)

    def open(self, draft: KeptDraft) -> None:
        """Go to where it was typed; where its window opens by itself, it is put in."""
        window = self._window
        self._keeper.want(draft)
        if draft.place == "SafetyCasePage":
            window.open_safety_case(draft.about)
        elif draft.subject_id:
            window.open_subject(draft.subject_id)
        page = window.page
        if draft.place in _OF_WINDOW:
            _OF_WINDOW[draft.place](window)
        elif isinstance(page, PatientPage) and draft.place == "CorrectPatientDialog":
            page.correct()
        elif isinstance(page, PatientPage) and draft.place in _OF_PATIENT:
            tab, opens = _OF_PATIENT[draft.place]
            page.tabs.setCurrentIndex(TABS.index(tab))
            if opens and not draft.about:
                getattr(page.tab, opens)()
        if self._keeper.wants(draft):
            title = draft.values.get(TITLE, "")
            window.strip.say("now", window.words("drafts.sought", title=title))
