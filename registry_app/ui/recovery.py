"""Leads from the list of drafts back to where each was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from registry_app.domain.kept_draft import KeptDraft
from registry_app.ui.draft_offers import DraftOffers
from registry_app.ui.keeper import Keeper
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


class Recovery(DraftOffers):
    """The drafts of the person at the desk of the main window."""

    def __init__(self, window: MainWindow, keeper: Keeper) -> None:
        super().__init__(window, keeper)
        self._window = window
        window.drafts_asked.connect(self.show)

    def open_sheet(self, form_id: str) -> None:
        """Its page."""
        self._window.open_exam(form_id)

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
        self.sought(draft)
