"""Kits: ordered, made, given or set aside; no kit is lost, and none is nobody's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from registry_app.domain.course import Deviation, DeviationKind
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.kit import Kit, KitState, Reconciliation, reconcile
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.eligibility import Judged, judge
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Arm, Subject
from registry_app.services.cases import case
from registry_app.services.desk import Desk
from registry_app.services.eligibility import departures
from registry_app.services.hiding import check_shown, hidden_subjects
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs
from registry_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Recorded:
    """A kit as it was recorded, and the deviations that came of it."""

    kit: Kit
    deviations: tuple[Deviation, ...] = ()


@needs(Deed.LOOK)
def kits(desk: Desk) -> tuple[Kit, ...]:
    """Every kit, the newest order first; none of a patient who is hidden."""
    with desk.read() as reading:
        hidden = hidden_subjects(reading, desk)
        found = [one for one in reading.find(Kit) if one.subject_id not in hidden]
    return tuple(sorted(found, key=lambda k: (k.ordered_on, k.number), reverse=True))


@needs(Deed.LOOK)
def reconciliation(desk: Desk) -> Reconciliation:
    """Ordered = given + not given + pending, and the kits that are nobody's."""
    with desk.read() as reading:
        return reconcile(reading.find(Kit))


@needs(Deed.LOOK)
def judged_kit(
    desk: Desk, kit: Kit, answers: Mapping[str, str] | None = None
) -> tuple[Judged, ...]:
    """The criteria of the treatment as they would stand with this kit given.

    Nothing is written. () for a kit that is not given. Raises Refused for a patient of
    whom something is hidden from the person at the desk.
    """
    if kit.given_on is None:
        return ()
    check_shown(desk, kit.subject_id)
    with desk.read() as reading:
        found = case(reading, kit.subject_id)
    return _judged(protocol(desk), found, kit, answers or {})


@needs(Deed.ENTER)
def order(
    desk: Desk,
    kit: Kit,
    *,
    reasons: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Recorded:
    """Record a kit that was ordered; one entered late may have been given already."""
    new = replace(kit, id=kit.id or desk.new_id(), number=kit.number.strip(), version=0)
    return _record(desk, new, "", reasons or {}, answers or {})


@needs(Deed.ENTER)
def change(
    desk: Desk,
    kit: Kit,
    reason: str = "",
    *,
    reasons: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Recorded:
    """Record what became of a kit: its case, lot, amounts, its use.

    Giving it sets the treatment date of its case in the same transaction, and judges
    the criteria of the treatment: one that is not met is a deviation with its reason
    (`reasons`, by criterion). Raises Refused without one; and without `reason` where
    something on record is corrected.
    """
    return _record(desk, kit, reason, reasons or {}, answers or {})


def _record(
    desk: Desk,
    kit: Kit,
    reason: str,
    reasons: Mapping[str, str],
    answers: Mapping[str, str],
) -> Recorded:
    with desk.begin(reason) as work:
        return save_kit(work, desk, protocol(desk), kit, reason, reasons, answers)


def save_kit(
    work: Work,
    desk: Desk,
    followed: Protocol,
    kit: Kit,
    reason: str,
    reasons: Mapping[str, str],
    answers: Mapping[str, str],
) -> Recorded:
    """Save a kit within a larger piece of work: all that `change` says."""
    kit = replace(kit, lot=kit.lot.strip())
    _check_days(kit, day_in_japan(desk.clock()))
    _check_amounts(followed, kit)
    if any(same.id != kit.id for same in work.find(Kit, number=kit.number)):
        raise Refused("kit.number-taken", number=kit.number)
    if kit.subject_id:
        subject = work.get(Subject, kit.subject_id)
        if subject.arm is Arm.COMPARISON:
            raise Refused("kit.comparison", id=subject.id)
    before = work.get(Kit, kit.id) if kit.version else None
    saved = work.save(kit, reason)
    for subject_id in sorted({before.subject_id if before else "", kit.subject_id}):
        if subject_id:
            _set_treatment(work, subject_id, before, saved, reason)
    return Recorded(saved, _deviate(desk, work, followed, saved, reasons, answers))


def _check_days(kit: Kit, today: date) -> None:
    for day in (kit.ordered_on, kit.given_on, kit.not_given_on):
        if day is not None and day > today:
            raise InvalidValue("kit.in-future", day=day)


def _check_amounts(followed: Protocol, kit: Kit) -> None:
    product = followed.pack.product
    known = (
        {quantity.id: quantity for quantity in product.quantities} if product else {}
    )
    for name in kit.amounts:
        if name not in known:
            raise InvalidValue("kit.no-such-quantity", quantity=name)
        if known[name].ratio is not None:
            raise InvalidValue("kit.computed-quantity", quantity=known[name].name)


def _set_treatment(
    work: Work, subject_id: str, before: Kit | None, kit: Kit, reason: str
) -> None:
    """The treatment date of a case is the day of its first given kit.

    A date that was recorded without a kit stays until a kit says one.
    """
    subject = work.get(Subject, subject_id)
    given = [k.given_on for k in work.find(Kit, subject_id=subject_id) if k.given_on]
    day = min(given, default=None)
    was_given = before is not None and before.given_on is not None
    if day == subject.treatment_date or (day is None and not was_given):
        return
    if subject.treatment_date is not None and not reason.strip():
        raise Refused(
            "kit.other-treatment-date", id=subject.id, day=subject.treatment_date
        )
    work.save(replace(subject, treatment_date=day), reason or f"kit {kit.number}")


def _deviate(
    desk: Desk,
    work: Work,
    followed: Protocol,
    kit: Kit,
    reasons: Mapping[str, str],
    answers: Mapping[str, str],
) -> tuple[Deviation, ...]:
    """Deviations of the treatment; one that is on record is not recorded again."""
    if kit.state is not KitState.GIVEN or kit.given_on is None:
        return ()
    found = case(work, kit.subject_id)
    known = {
        (one.rule, one.found)
        for one in found.deviations
        if one.kind is DeviationKind.TREATMENT
    }
    judged = [
        one
        for one in _judged(followed, found, kit, answers)
        if (one.criterion.id, one.found) not in known
    ]
    return tuple(
        work.save(one)
        for one in departures(
            judged,
            reasons,
            kit.subject_id,
            DeviationKind.TREATMENT,
            kit.given_on,
            desk.new_id,
        )
    )


def _judged(
    followed: Protocol, found: Case, kit: Kit, answers: Mapping[str, str]
) -> tuple[Judged, ...]:
    """The treatment criteria of a case whose kit is this one, as it stands here."""
    if kit.given_on is None:
        return ()
    subject = replace(found.subject, treatment_date=kit.given_on)
    others = tuple(other for other in found.kits if other.id != kit.id)
    as_given = replace(found, subject=subject, kits=(*others, kit))
    return judge(followed, as_given, "treatment", kit.given_on, answers)
