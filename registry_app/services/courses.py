"""The course of a case: its dates, its match, contacts, and the end of follow-up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from registry_app.domain.attrition import last_known_alive
from registry_app.domain.course import Contact, Course, FollowUp
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.pack import Origin
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Arm, Subject
from registry_app.domain.visit import Visit
from registry_app.services.deaths import draft_of_death
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_shown
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs
from registry_app.storage.work import Reading


@needs(Deed.LOOK)
def course(desk: Desk, subject_id: str) -> Course:
    """The course of a case, empty where nothing was said. Raises NotFound, Refused."""
    check_shown(desk, subject_id)
    with desk.read() as reading:
        reading.get(Subject, subject_id)
        return _course(reading, subject_id)


@needs(Deed.ENTER)
def set_dates(
    desk: Desk, subject_id: str, dates: Mapping[str, date | None], reason: str = ""
) -> Course:
    """Write dates of a case by the pack's anchors; None takes one back.

    A date that is added needs no reason; one that is corrected or taken back does.
    Windows and duties follow in the same transaction. Raises InvalidValue, Refused.
    """
    followed = protocol(desk)
    today = day_in_japan(desk.clock())
    with desk.begin(reason) as work:
        subject = work.get(Subject, subject_id)
        kept = _course(work, subject_id)
        changed = any(
            anchor in kept.dates and kept.dates[anchor] != day
            for anchor, day in dates.items()
        )
        if changed and not reason.strip():
            raise Refused("course.date-needs-reason")
        said = {anchor: day for anchor, day in dates.items() if day is not None}
        check_dates(followed, subject, said, today)
        others = {a: day for a, day in kept.dates.items() if a not in dates}
        return work.save(replace(kept, dates={**others, **said}))


def check_dates(
    followed: Protocol, subject: Subject, dates: Mapping[str, date], today: date
) -> None:
    """Raises InvalidValue: no such anchor, kept elsewhere, not yet, before day 0."""
    anchors = {anchor.id: anchor for anchor in followed.pack.anchors}
    for name, day in dates.items():
        if name not in anchors:
            raise InvalidValue("course.no-such-anchor", anchor=name)
        what = anchors[name].name
        if anchors[name].origin is not Origin.DATE:
            raise InvalidValue("course.kept-elsewhere", anchor=what)
        if day > today:
            raise InvalidValue("course.date-in-future", what=what, day=day)
        if day < subject.injury_date:
            raise InvalidValue(
                "course.date-before-injury",
                what=what,
                day=day,
                injury=subject.injury_date,
            )


def check_subject(followed: Protocol, subject: Subject, today: date) -> None:
    """Raises InvalidValue for an injury or a treatment that has not come yet."""
    days = {
        Origin.INJURY: subject.injury_date,
        Origin.TREATMENT: subject.treatment_date,
    }
    for anchor in followed.pack.anchors:
        day = days.get(anchor.origin)
        if day is not None and day > today:
            raise InvalidValue("course.date-in-future", what=anchor.name, day=day)


@needs(Deed.ENTER)
def set_comparison(
    desk: Desk,
    subject_id: str,
    source: str,
    matching: Mapping[str, str],
    matched_to: str = "",
    reason: str = "",
) -> Course:
    """Say where a comparison patient comes from, and to whom it was matched."""
    followed = protocol(desk)
    with desk.begin(reason) as work:
        subject = work.get(Subject, subject_id)
        course = replace(
            _course(work, subject_id),
            source=source.strip(),
            matching={name: said for name, said in matching.items() if said.strip()},
            matched_to=matched_to,
        )
        check_comparison(work, followed, subject, course)
        return work.save(course)


def check_comparison(
    reading: Reading, followed: Protocol, subject: Subject, course: Course
) -> None:
    """Raises InvalidValue: of the other arm, no such variable, matched to nobody."""
    said = course.source or course.matching or course.matched_to
    if not said:
        return
    if subject.arm is not Arm.COMPARISON:
        raise InvalidValue("course.not-comparison", id=subject.id)
    known = {choice.id for choice in followed.pack.matching}
    for variable in course.matching:
        if variable not in known:
            raise InvalidValue("course.no-such-matching", variable=variable)
    if not course.matched_to:
        return
    found = reading.find(Subject, id=course.matched_to)
    if not found:
        raise InvalidValue("course.matched-to-nobody", id=course.matched_to)
    if found[0].arm is not Arm.TREATED:
        raise InvalidValue("course.matched-to-comparison", id=course.matched_to)


@needs(Deed.LOOK)
def follow_up(desk: Desk, subject_id: str) -> FollowUp:
    """Whether a case is followed up. Raises NotFound for the case."""
    with desk.read() as reading:
        reading.get(Subject, subject_id)
        return _follow_up(reading, subject_id)


@needs(Deed.ENTER)
def end_follow_up(desk: Desk, end: FollowUp, reason: str = "") -> FollowUp:
    """End the follow-up of a case; a correction of its end needs a reason.

    Windows and duties that begin later end with it. The death of somebody who was given
    the product opens a draft of a safety case. Raises InvalidValue for a day that
    has not come, and for a day last known alive before the patient was last seen.
    """
    if end.reason is None or end.ended_on is None or end.last_known_alive is None:
        raise InvalidValue("course.end-needs-reason")
    today = day_in_japan(desk.clock())
    latest = max(end.ended_on, end.last_known_alive)
    if latest > today:
        raise InvalidValue("course.end-in-future", day=latest)
    with desk.begin(reason) as work:
        subject = work.get(Subject, end.id)
        if end.ended_on < subject.injury_date:
            raise InvalidValue("course.end-before-injury", injury=subject.injury_date)
        kept = _follow_up(work, end.id)
        if kept.ended_on is not None and not reason.strip():
            raise Refused("course.already-ended", id=end.id, day=kept.ended_on)
        seen = last_known_alive(
            (visit.date for visit in work.find(Visit, subject_id=end.id)),
            work.find(Contact, subject_id=end.id),
        )
        if seen is not None and end.last_known_alive < seen:
            raise InvalidValue("course.alive-before-seen", day=seen)
        saved = work.save(replace(end, version=kept.version))
        draft_of_death(work, desk, subject, saved)
        return saved


@needs(Deed.ENTER)
def resume(desk: Desk, subject_id: str, reason: str) -> FollowUp:
    """Go on with a follow-up that had ended, for a reason."""
    if not reason.strip():
        raise Refused("course.resume-needs-reason")
    with desk.begin(reason) as work:
        work.get(Subject, subject_id)
        kept = _follow_up(work, subject_id)
        if not kept.ended:
            raise Refused("course.not-ended", id=subject_id)
        return work.save(FollowUp(subject_id, version=kept.version))


@needs(Deed.LOOK)
def contacts(desk: Desk, subject_id: str) -> tuple[Contact, ...]:
    """The attempts to reach a patient, newest first. Raises NotFound for the case."""
    with desk.read() as reading:
        reading.get(Subject, subject_id)
        found = reading.find(Contact, subject_id=subject_id)
    return tuple(sorted(found, key=lambda one: (one.on, one.id), reverse=True))


@needs(Deed.ENTER)
def add_contact(desk: Desk, contact: Contact) -> Contact:
    """Record an attempt. Raises InvalidValue for a day that has not come."""
    _check_contact(desk, contact)
    with desk.begin() as work:
        work.get(Subject, contact.subject_id)
        return work.save(replace(contact, id=contact.id or desk.new_id()))


@needs(Deed.ENTER)
def correct_contact(desk: Desk, contact: Contact, reason: str) -> Contact:
    """Correct what was written of an attempt, for a reason."""
    _check_contact(desk, contact)
    with desk.begin(reason) as work:
        return work.save(contact)


def _check_contact(desk: Desk, contact: Contact) -> None:
    if contact.on > day_in_japan(desk.clock()):
        raise InvalidValue("course.contact-in-future", day=contact.on)


def _course(reading: Reading, subject_id: str) -> Course:
    found = reading.find(Course, id=subject_id)
    return found[0] if found else Course(subject_id)


def _follow_up(reading: Reading, subject_id: str) -> FollowUp:
    found = reading.find(FollowUp, id=subject_id)
    return found[0] if found else FollowUp(subject_id)
