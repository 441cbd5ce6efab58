"""ISNCSCI exams: begun, saved at any time, completed, corrected with a reason."""

from dataclasses import replace
from datetime import date

from registry_app.domain.errors import Refused
from registry_app.domain.person import name_key
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.domain.visit import ISNCSCI, Blinding, Form, Status, Visit
from registry_app.services.blinded_desk import check_begin, check_save
from registry_app.services.desk import Desk
from registry_app.services.plans import departure
from registry_app.services.rights import needs
from registry_app.services.subjects import ExamEntry, SubjectFile
from registry_app.storage.work import Work


@needs(Deed.ASSESS)
def begin_exam(
    desk: Desk,
    subject_id: str,
    visit_code: str,
    on: date,
    assessor: str,
    blinding: Blinding = Blinding.UNKNOWN,
    reason: str = "",
    rates: str = "",
) -> Form:
    """A draft of an exam and its visit, both saved. Raises NotFound for the case.

    Outside the window of its visit it is kept all the same, as a deviation with its
    reason; raises Refused without one. `rates`: the sheet that it is a second,
    independent rating of: of the same visit, by somebody else.
    """
    with desk.begin() as work:
        work.get(Subject, subject_id)
        check_begin(work, desk, subject_id, visit_code, assessor, rates)
        if rates:
            return work.save(_second(desk, work, rates, assessor, blinding))
        departs = departure(work, desk, subject_id, visit_code, ISNCSCI, on, reason)
        visit = work.save(Visit(desk.new_id(), subject_id, visit_code, on))
        form = Form(
            desk.new_id(),
            visit.id,
            ISNCSCI,
            on,
            assessor=assessor,
            blinding=blinding,
        )
        form = work.save(form)
        if departs is not None:
            work.save(replace(departs, form_id=form.id))
        return form


def _second(
    desk: Desk, work: Work, rates: str, assessor: str, blinding: Blinding
) -> Form:
    """Raises Refused for a draft, a second rating, and the same assessor again."""
    first = work.get(Form, rates)
    if first.status is not Status.COMPLETE or first.rates:
        raise Refused("exam.rates-a-complete-one")
    if name_key(first.assessor) == name_key(assessor):
        raise Refused("exam.rated-by-another")
    return Form(
        desk.new_id(),
        first.visit_id,
        ISNCSCI,
        first.date,
        assessor=assessor,
        blinding=blinding,
        rates=rates,
    )


@needs(Deed.ASSESS)
def save_exam(desk: Desk, form: Form, reason: str = "") -> Form:
    """Save an exam as far as it is filled in; an unchanged one is returned as it is.

    Raises InvalidValue for what cannot stand on the sheet, and Refused: a completed one
    without a reason, one that was changed meanwhile.
    """
    with desk.begin(reason) as work:
        check_save(work, desk, form)
        return save(work, form)


@needs(Deed.ASSESS)
def complete_exam(desk: Desk, form: Form, reason: str = "") -> Form:
    """Save an exam and set it complete. Raises Refused while a star is unanswered."""
    return save_exam(desk, replace(form, status=Status.COMPLETE), reason)


def save(work: Work, form: Form, reason: str = "") -> Form:
    """Save an exam within a larger piece of work, such as an import."""
    if form.status is Status.COMPLETE and form.unanswered:
        raise Refused("exam.unanswered", items=", ".join(form.unanswered))
    return work.save(form, reason)


def ratable(file: SubjectFile) -> tuple[ExamEntry, ...]:
    """The completed sheets that somebody else may rate again, the newest first."""
    rated = {exam.form.rates for exam in file.exams}
    return tuple(
        exam
        for exam in reversed(file.exams)
        if exam.form.status is Status.COMPLETE
        and not exam.form.rates
        and exam.form.id not in rated
    )


def previous_exam(file: SubjectFile, form: Form) -> ExamEntry | None:
    """The latest completed exam before the day of `form`."""
    earlier = [
        exam
        for exam in file.exams
        if exam.form.status is Status.COMPLETE
        and exam.form.date < form.date
        and not exam.form.rates
    ]
    return earlier[-1] if earlier else None
