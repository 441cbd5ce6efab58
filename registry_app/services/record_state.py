"""How far a record can be trusted: its signatures, locks, source-verified marks."""

from dataclasses import dataclass
from typing import Final

from registry_app.domain.lock import Locked, RecordLock
from registry_app.domain.rights import Deed
from registry_app.domain.signature import Signable
from registry_app.domain.visit import Form
from registry_app.services.desk import Desk
from registry_app.services.locks import locks_over
from registry_app.services.record_signing import Standing, standing_of
from registry_app.services.rights import needs
from registry_app.services.source_checks import Marks, marks_in

#: What is locked where this is signed. A safety case is under no lock: its clocks run.
LOCKED: Final = {
    Signable.FORM: Locked.FORM,
    Signable.VISIT: Locked.VISIT,
    Signable.PATIENT: Locked.PATIENT,
    Signable.CUT: Locked.CUT,
}


@dataclass(frozen=True, slots=True)
class RecordState:
    """`locks`: the shut locks over it, its own first. `marks`: of a form alone."""

    of: Signable
    of_id: str
    standing: Standing
    locks: tuple[RecordLock, ...] = ()
    marks: Marks | None = None

    @property
    def own_lock(self) -> RecordLock | None:
        """The lock on this very record."""
        own = (LOCKED.get(self.of), self.of_id)
        return next((one for one in self.locks if (one.of, one.of_id) == own), None)


@needs(Deed.LOOK)
def record_state(desk: Desk, of: Signable, of_id: str) -> RecordState:
    """All of that of one record, at one moment. Raises NotFound."""
    with desk.read() as reading:
        standing = standing_of(reading, of, of_id)
        locked = LOCKED.get(of)
        locks = locks_over(reading, locked, of_id) if locked else ()
        marks = None
        if of is Signable.FORM:
            marks = marks_in(reading, reading.get(Form, of_id))
        return RecordState(of, of_id, standing, locks, marks)
