"""A death of somebody who was given the product opens a draft of a case by itself.

A death is suspected to come from the product until its causality is ruled out, and is
then due within days (REGULATION.md section 5, class E1). The end of a follow-up alone
would start no clock; nothing is judged here, a person takes the draft or dismisses it.
"""

from registry_app.domain.course import EndReason, FollowUp
from registry_app.domain.message import say
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.safety import (
    CaseState,
    Event,
    Outcome,
    SafetyCase,
    Seriousness,
)
from registry_app.domain.subject import Arm, Subject
from registry_app.services.desk import Desk
from registry_app.services.safety_clocks import in_both
from registry_app.services.signals import next_number
from registry_app.storage.work import Work


def draft_of_death(work: Work, desk: Desk, subject: Subject, end: FollowUp) -> None:
    """Open the draft, where the patient had the product and no case says of the death.

    Once: a case with a fatal event, dismissed or not, is known.
    """
    given = subject.treatment_date
    died = end.reason is EndReason.DEATH and end.ended_on is not None
    if not died or subject.arm is not Arm.TREATED or given is None:
        return
    pack = desk.planner.plan(work).protocol.pack
    if not any(one.when for one in pack.events):
        return
    if any(event.fatal for event in work.find(Event, subject_id=subject.id)):
        return
    what = in_both(say("safety.death-of-patient"))
    case = work.save(
        SafetyCase(
            next_number(work, desk.registry.site),
            what,
            state=CaseState.DRAFT,
            subject_id=subject.id,
            hospital_aware=day_in_japan(desk.clock()),
        )
    )
    work.save(
        Event(
            desk.new_id(),
            case.id,
            what,
            subject.id,
            onset=end.ended_on,
            serious={Seriousness.DEATH.value: True},
            outcome=Outcome.FATAL,
        )
    )
