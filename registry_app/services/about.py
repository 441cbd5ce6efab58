"""What a paper is about."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date

from registry_app.domain.cut import DataCut
from registry_app.domain.report import ReportText
from registry_app.domain.trail import Head
from registry_app.services.desk import Desk
from registry_app.storage.work import Reading


@dataclass(frozen=True, slots=True)
class About:
    """What a paper is about: a case or, "", the whole registry; a cut; a day.

    `newest`: no data were written after the cut, so that the tables as they are say the
    same as the trail, and are read much faster. `period` None: all since the approval.
    `texts`: what a person wrote, by slot.
    """

    subject_id: str
    cut: Head
    on: date
    newest: bool = False
    identifiable: bool = False
    safety_case: str = ""
    period: tuple[date, date] | None = None
    frozen: DataCut | None = None
    texts: Mapping[str, ReportText] = field(default_factory=dict)

    def read(self, desk: Desk) -> AbstractContextManager[Reading]:
        """One consistent view, as of the cut."""
        return desk.read(None if self.newest else self.cut.seq)
