"""Forms of items that the pack declares: recorded whole, corrected with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from registry_app.domain.errors import InvalidValue
from registry_app.domain.forms import problems, said
from registry_app.domain.message import Message, Told
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.pack import FormPlan
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.domain.visit import ISNCSCI, Blinding, Form, Status, Visit
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_shown
from registry_app.services.plans import departure
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs
from registry_app.storage.work import Work
from registry_app.words import Language, Words


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A form of the pack with its visit. `plan` None: this pack does not know it."""

    visit: Visit
    form: Form
    plan: FormPlan | None


@needs(Deed.LOOK)
def forms(desk: Desk, subject_id: str) -> tuple[FormEntry, ...]:
    """The forms of a case other than ISNCSCI sheets, by date.

    Raises NotFound, and Refused where something of the case is hidden.
    """
    check_shown(desk, subject_id)
    plans = {plan.id: plan for plan in protocol(desk).pack.forms}
    with desk.read() as reading:
        reading.get(Subject, subject_id)
        visits = {v.id: v for v in reading.find(Visit, subject_id=subject_id)}
        found = reading.find(Form, visit_id=tuple(visits))
    entries = [
        FormEntry(visits[form.visit_id], form, plans.get(form.instrument))
        for form in found
        if form.instrument != ISNCSCI
    ]
    return tuple(sorted(entries, key=lambda one: (one.form.date, one.form.id)))


@needs(Deed.ENTER)
def record_form(
    desk: Desk,
    subject_id: str,
    visit_code: str,
    instrument: str,
    on: date,
    values: Mapping[str, str],
    assessor: str,
    blinding: Blinding = Blinding.UNKNOWN,
    reason: str = "",
) -> Form:
    """Record a form as complete; what is empty is missing, and may follow.

    Raises InvalidValue for what cannot stand in its place, and Refused outside the
    window of the visit without a reason.
    """
    plan = form_plan(protocol(desk), instrument)
    checked = _checked(plan, values)
    if on > day_in_japan(desk.clock()):
        raise InvalidValue("forms.day-in-future", day=on)
    with desk.begin() as work:
        subject = work.get(Subject, subject_id)
        if on < subject.injury_date:
            raise InvalidValue("forms.before-injury", day=on)
        departs = departure(work, desk, subject_id, visit_code, instrument, on, reason)
        visit = _visit(desk, work, subject_id, visit_code, on)
        form = work.save(
            Form(
                desk.new_id(),
                visit.id,
                instrument,
                on,
                Status.COMPLETE,
                assessor,
                blinding,
                checked,
            )
        )
        if departs is not None:
            work.save(replace(departs, form_id=form.id))
        return form


@needs(Deed.ENTER)
def correct_form(
    desk: Desk, form: Form, values: Mapping[str, str], reason: str
) -> Form:
    """Other values for a recorded form, for a reason."""
    plan = form_plan(protocol(desk), form.instrument)
    checked = _checked(plan, values)
    with desk.begin(reason) as work:
        return work.save(replace(form, values=checked))


def form_plan(followed: Protocol, instrument: str) -> FormPlan:
    """What the pack declares of an instrument that is entered item by item."""
    for plan in followed.pack.forms:
        if plan.id == instrument:
            if not plan.items:
                raise InvalidValue("forms.own-sheet", instrument=plan.name)
            return plan
    raise InvalidValue("forms.no-such-form", instrument=instrument)


def _checked(plan: FormPlan, values: Mapping[str, str]) -> dict[str, str]:
    found = problems(plan, values)
    if found:
        raise InvalidValue("forms.wrong", problems=_together(found), items=tuple(found))
    written = said(values)
    if not written:
        raise InvalidValue("forms.no-values")
    return written


def _together(found: Mapping[str, Message]) -> Told:
    """Several sentences as one, in both languages."""
    ja, en = (Words(language) for language in (Language.JA, Language.EN))
    return Told(
        "、".join(ja.say(one) for one in found.values()),
        "; ".join(en.say(one) for one in found.values()),
    )


def _visit(desk: Desk, work: Work, subject_id: str, code: str, on: date) -> Visit:
    """The visit of that code on that day; a new one where there is none."""
    found = work.find(Visit, subject_id=subject_id, code=code, date=on)
    return found[0] if found else work.save(Visit(desk.new_id(), subject_id, code, on))
