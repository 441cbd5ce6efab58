"""Leads a blinded assessor from the list of drafts back to where each was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from registry_app.domain.kept_draft import KeptDraft
from registry_app.ui.draft_offers import DraftOffers
from registry_app.ui.keeper import Keeper
from registry_app.ui.pages.assessments import AssessmentsPage

if TYPE_CHECKING:
    from registry_app.ui.assessor_window import AssessorWindow

#: The dialogs of the list, for the row that is chosen.
_OPENED: Final[Mapping[str, Callable[[AssessmentsPage], object]]] = {
    "NewAssessmentDialog": lambda page: page.open_chosen(),
    "UnblindingDialog": lambda page: page.ask_known(),
}


class AssessorRecovery(DraftOffers):
    """The drafts of a blinded assessor: two dialogs, and their own sheets."""

    def __init__(self, window: AssessorWindow, keeper: Keeper) -> None:
        super().__init__(window, keeper)
        self._window = window
        window.drafts_asked.connect(self.show)

    def open(self, draft: KeptDraft) -> None:
        """Its dialog, where the patient still stands in the list."""
        window = self._window
        self._keeper.want(draft)
        if window.page is not window.list:
            window.show_list()
        of_patient = window.list.choose_patient(draft.subject_id)
        if of_patient and window.page is window.list and draft.place in _OPENED:
            _OPENED[draft.place](window.list)
        self.sought(draft)

    def open_sheet(self, form_id: str) -> None:
        """Its page, as from the list."""
        window = self._window
        for one in window.list.of_form(form_id):
            window.open_sheet(one)
