"""What the worksheet of one exam needs to know around it."""

from dataclasses import dataclass
from datetime import date

from registry_app.domain.message import Message, Told
from registry_app.domain.rights import Deed
from registry_app.domain.visit import Form, Visit
from registry_app.services.desk import Desk
from registry_app.services.exams import previous_exam
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs
from registry_app.services.subjects import ExamEntry, open_subject


@dataclass(frozen=True, slots=True)
class Worksheet:
    """An exam, its visit, whose it is, and the exams before it, by date.

    `previous`: the newest of them that is complete. `visit_name`: as the pack names the
    visit; None where it plans none of that code. `blinded`: for an assessor who is not
    to know of anything else (services/assessing.py).
    """

    form: Form
    visit: Visit
    subject_id: str
    injury_date: date
    earlier: tuple[ExamEntry, ...] = ()
    previous: ExamEntry | None = None
    visit_name: Message | Told | None = None
    blinded: bool = False

    @property
    def day(self) -> int:
        """Days from the injury to the exam."""
        return (self.form.date - self.injury_date).days


@needs(Deed.LOOK)  # who fills it in sees the exams before it, too
def open_worksheet(desk: Desk, form_id: str) -> Worksheet:
    """Everything around one exam. Raises NotFound."""
    with desk.read() as reading:
        form = reading.get(Form, form_id)
        visit = reading.get(Visit, form.visit_id)
    file = open_subject(desk, visit.subject_id)
    planned = protocol(desk).pack.visits
    name = next((each.name for each in planned if each.id == visit.code), None)
    return Worksheet(
        form,
        visit,
        file.subject.id,
        file.subject.injury_date,
        tuple(exam for exam in file.exams if exam.form.date < form.date),
        previous_exam(file, form),
        name,
    )
