"""What a blinded assessor may touch: visits that tell nothing, and sheets of their own.

The services that any role may use for an exam ask here (E6(R3) 4.1).
"""

from registry_app.domain.blinding import assessor_key
from registry_app.domain.errors import Refused
from registry_app.domain.person import Person, Role
from registry_app.domain.plan.pack import Origin, PlannedVisit
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.subject import Arm
from registry_app.domain.visit import ISNCSCI, Form, Status
from registry_app.services.blinding import hidden_in
from registry_app.services.desk import Desk
from registry_app.storage import trail
from registry_app.storage.work import Reading


def is_blinded(person: Person) -> bool:
    """Whether somebody must never see arm, treatment, earlier results."""
    return person.role is Role.BLINDED_ASSESSOR


def neutral_visits(protocol: Protocol) -> dict[str, PlannedVisit]:
    """The visits with an ISNCSCI exam that both arms have, counted from the injury.

    Whether there is a window of any other visit tells the arm, and its days tell the
    day of treatment.
    """
    anchors = protocol.anchors
    return {
        visit.id: visit
        for visit in protocol.visits()
        if ISNCSCI in visit.forms
        and anchors[visit.anchor].origin is Origin.INJURY
        and set(visit.arms) == set(Arm)
    }


def check_begin(
    reading: Reading,
    desk: Desk,
    subject_id: str,
    visit_code: str,
    assessor: str,
    rates: str,
) -> None:
    """Raise Refused where somebody blind would begin another exam than those.

    So would one who is assigned blind to the arm or the treatment of the patient. The
    role assesses under its own name alone: unblindings are found by it.
    """
    hidden = hidden_in(reading, desk, (subject_id,))[subject_id]
    if not is_blinded(desk.person) and not hidden:
        return
    own = assessor_key(desk.person.display_name)
    if is_blinded(desk.person) and assessor_key(assessor) != own:
        raise Refused("assessing.own-name")
    protocol = desk.planner.plan(reading).protocol
    if rates or visit_code not in neutral_visits(protocol):
        raise Refused("assessing.not-neutral")


def check_save(reading: Reading, desk: Desk, form: Form) -> None:
    """Raise Refused where a blinded assessor would save more than their own draft.

    Whose it is, what they knew and which visit it is of stay as they were begun.
    """
    if not is_blinded(desk.person):
        return
    stored = open_to(reading, desk, form.id)
    if (
        form.visit_id != stored.visit_id
        or form.instrument != stored.instrument
        or form.assessor != stored.assessor
        or form.blinding is not stored.blinding
        or form.rates != stored.rates
    ):
        raise Refused("assessing.stays")


def open_to(reading: Reading, desk: Desk, form_id: str) -> Form:
    """A draft that the person at the desk began. Raises NotFound, and Refused."""
    stored = reading.get(Form, form_id)
    if begun_by_me(reading, desk, [form_id]) != {form_id}:
        raise Refused("assessing.not-yours")
    if stored.status is not Status.DRAFT:
        raise Refused("assessing.done")
    return stored


def begun_by_me(reading: Reading, desk: Desk, ids: list[str]) -> set[str]:
    """Which of these forms the person at the desk wrote first, by the trail."""
    me = desk.person.id
    return set(trail.begun_by(reading.connection, "form", ids, me))
