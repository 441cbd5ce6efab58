"""Signatures, locks and source-verified marks of the exam on the worksheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry_app.domain.rights import Deed, may
from registry_app.domain.signature import Signable
from registry_app.services.worksheet import Worksheet
from registry_app.ui.isncsci.terms import visit_said
from registry_app.ui.record_bar import RecordBar
from registry_app.ui.record_words import mark_said, state_said

if TYPE_CHECKING:
    from registry_app.ui.isncsci.editor import Editor
    from registry_app.ui.isncsci.exam_head import ExamHead
    from registry_app.ui.isncsci.score_grid import ScoreGrid
    from registry_app.ui.page import Page

_VALUES = "values."
#: As wide as the result beside the sheet, less its margins (LOOK.md section 3).
_ROOM = 404


class ExamRecord(RecordBar):
    """Under the result; a draft has none until it is locked."""

    def __init__(self, page: Page, editor: Editor, around: Worksheet) -> None:
        super().__init__(page, self._called, _ROOM)
        self._editor, self._around = editor, around
        self.chosen = lambda: f"{_VALUES}{editor.current}"

    def _called(self) -> str:
        """What the exam is called where it is signed."""
        around, words = self._around, self._words
        return words(
            "signing.exam-of",
            id=around.subject_id,
            visit=visit_said(words, around.visit.code, around.visit_name),
            day=self._editor.form.date.isoformat(),
        )

    def reload(self) -> None:
        """Read it again; who may not look at patients sees none of it."""
        if may(self._page.desk.person.role, Deed.LOOK):
            self.show_record(Signable.FORM, self._around.form.id)

    @property
    def wanted(self) -> bool:
        """Whether there is anything to say: a draft is not signed."""
        state = self.state
        return state is not None and (bool(state.locks) or not state.standing.draft)

    @property
    def told(self) -> tuple[str, str] | None:
        """What the chip of the window says of a completed exam, and its shape."""
        if self.state is None:
            return None
        now = self.state.standing
        if now.void:
            return "signing.state-void", "overdue"
        if self.state.locks:
            return "signing.state-locked", "blocked"
        return ("signing.state-signed", "done") if now.holding else None

    def mark(self, head: ExamHead, grid: ScoreGrid) -> None:
        """Show it at the sheet: marks in the cells, and no correction while locked."""
        state = self.state
        if state is None or state.marks is None:
            return
        items = [*state.marks.written, *state.marks.items]
        found = {item: state.marks.of(item) for item in items}
        grid.show_marks(
            {
                item.removeprefix(_VALUES): (mark.holds, mark_said(self._words, mark))
                for item, mark in found.items()
                if mark is not None
            }
        )
        head.correct.setEnabled(not state.locks)
        tips = [
            one.tip for one in state_said(self._words, state) if one.status == "blocked"
        ]
        head.correct.setToolTip("\n".join(tips))
