"""All that the page of one patient shows, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from registry_app.domain.blinding import Unblinding
from registry_app.domain.figures.visits import VisitRow, visit_rows
from registry_app.domain.message import Told
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.pack import Origin
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import Window
from registry_app.services.blinding import unblinded_exams
from registry_app.services.plans import SubjectPlan, subject_plan
from registry_app.services.protocol import protocol
from registry_app.services.subjects import SubjectFile, open_subject

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """The file of a case, its plan, and the protocol it is followed under, on a day.

    `unblinded`: by what the assessor of an exam knew, by its form.
    """

    file: SubjectFile
    plan: SubjectPlan
    protocol: Protocol
    today: date
    unblinded: Mapping[str, Unblinding]

    @property
    def case(self) -> Case:
        """The case as the plan sees it."""
        return self.plan.case

    @property
    def ended_on(self) -> date | None:
        """The day on which the follow-up ended."""
        return self.case.follow_up.ended_on if self.case.follow_up else None

    @property
    def rows(self) -> tuple[tuple[Window, VisitRow], ...]:
        """Each window with how it stands today, by its first day."""
        unsure = {each.id for each in self.protocol.unsure()}
        return tuple(
            (
                window,
                visit_rows([window], self.today, ended_on=self.ended_on, unsure=unsure)[
                    0
                ],
            )
            for window in self.plan.windows
        )

    @property
    def visit_names(self) -> Mapping[str, Told]:
        """The names of the planned visits by their codes."""
        return {visit.id: visit.name for visit in self.protocol.pack.visits}

    def anchor_name(self, origin: Origin) -> Told | None:
        """How the pack names day 0 or the treatment; None where it has none."""
        anchors = self.protocol.pack.anchors
        return next((a.name for a in anchors if a.origin is origin), None)

    @property
    def anchors(self) -> tuple[tuple[Told, date], ...]:
        """The dates of the case but day 0 and the treatment, that are known."""
        found = []
        for anchor in self.protocol.pack.anchors:
            day = self.case.day_of(anchor)
            if anchor.origin in (Origin.DATE, Origin.CONSENT) and day is not None:
                found.append((anchor.name, day))
        return tuple(found)


def read_record(desk: Desk, subject_id: str) -> PatientRecord:
    """Read it. Raises NotFound for the case."""
    return PatientRecord(
        open_subject(desk, subject_id),
        subject_plan(desk, subject_id),
        protocol(desk),
        day_in_japan(desk.clock()),
        unblinded_exams(desk, subject_id),
    )
