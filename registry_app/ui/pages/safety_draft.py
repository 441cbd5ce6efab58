"""What was typed into a safety case and is not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry_app.domain.safety import Event, SafetyCase
from registry_app.services.safety import CaseFile
from registry_app.services.safety_deeds import save_case, save_event

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class CaseDraft:
    """The case and its events as they stand in the fields; `at`: the event shown."""

    def __init__(self, file: CaseFile, at: str = "") -> None:
        self._case = self.case = file.case
        self._events = {event.id: event for event in file.events}
        self.events = dict(self._events)
        self.at = at if at in self.events else next(iter(self.events), "")

    @property
    def event(self) -> Event | None:
        """The event that is shown; a case need not have one."""
        return self.events.get(self.at)

    @property
    def changed(self) -> bool:
        """Whether something is not saved."""
        return self.case != self._case or self.events != self._events

    def hold(self, case: SafetyCase, event: Event | None) -> None:
        """Keep what was typed."""
        self.case = case
        if event is not None:
            self.events[event.id] = event

    def save(self, desk: Desk, reason: str) -> None:
        """Save what changed. Raises Refused where a reason is needed and is not there.

        What was saved before a refusal stays saved, and is not saved twice.
        """
        if self.case != self._case:
            made = save_case(desk, self.case, reason)
            self._case = self.case = made
        for id_, event in self.events.items():
            if event != self._events[id_]:
                kept = save_event(desk, event, reason)
                self._events[id_] = self.events[id_] = kept
