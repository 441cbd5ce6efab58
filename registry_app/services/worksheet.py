"""What the worksheet of one exam needs to know around it."""

from dataclasses import dataclass
from datetime import date

from registry_app.domain.blinding import TELLING, Hidden
from registry_app.domain.errors import Refused
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.calendar import add_span
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.domain.visit import Form, Status, Visit
from registry_app.services.blinded_desk import neutral_visits
from registry_app.services.blinding import hidden_in
from registry_app.services.desk import Desk
from registry_app.services.exams import previous_exam
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs
from registry_app.services.subjects import ExamEntry, open_subject
from registry_app.storage.work import Reading


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
    """Everything around one exam. Raises NotFound.

    Of a patient of whom something is hidden from the person at the desk, the sheet of a
    visit that tells nothing, and nothing around it; Refused for any other.
    """
    with desk.read() as reading:
        form = reading.get(Form, form_id)
        visit = reading.get(Visit, form.visit_id)
        if hidden := hidden_in(reading, desk, (visit.subject_id,))[visit.subject_id]:
            neutral = neutral_visits(desk.planner.plan(reading).protocol)
            known = Hidden.EARLIER in hidden and form.status is Status.COMPLETE
            tells = hidden & TELLING and visit.code not in neutral
            if known or tells:
                raise Refused("blinding_ui.exam-hidden", id=visit.subject_id)
            return bare_worksheet(reading, desk, form)
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


def bare_worksheet(reading: Reading, desk: Desk, form: Form) -> Worksheet:
    """A sheet with nothing around it; a visit of both arms is named by its day."""
    visit = reading.get(Visit, form.visit_id)
    subject = reading.get(Subject, visit.subject_id)
    plan = neutral_visits(desk.planner.plan(reading).protocol).get(visit.code)
    name = None
    if plan is not None:
        middle = add_span(subject.injury_date, plan.at)
        name = say("assessing.visit", day=(middle - subject.injury_date).days)
    return Worksheet(
        form, visit, subject.id, subject.injury_date, visit_name=name, blinded=True
    )
