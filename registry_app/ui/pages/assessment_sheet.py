"""The worksheet of a blinded assessor: the sheet, and nothing around it."""

from __future__ import annotations

from registry_app.services.assessing import open_assessment
from registry_app.services.worksheet import Worksheet
from registry_app.ui.pages.worksheet import WorksheetPage


class AssessmentSheetPage(WorksheetPage):
    """One's own draft. Once it is complete it is left, and its result with it."""

    def opened(self, form_id: str) -> Worksheet:
        """As a blinded assessor may see it. Raises NotFound, and Refused."""
        return open_assessment(self.desk, form_id)

    def _complete(self) -> None:
        super()._complete()
        if self.editor.locked:
            self.close_requested.emit()

    def _on_subject(self, _subject_id: str) -> None:
        """Nobody else writes to it in this window."""
