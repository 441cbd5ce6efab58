"""What is done about a safety case: opened, judged, reported, version by version.

Every change brings its clocks along (services/safety_clocks.py), in one transaction.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.duties import HOSPITAL
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.rights import Deed
from registry_app.domain.safety import (
    CaseOrigin,
    CaseState,
    CaseVersion,
    Event,
    Letter,
    SafetyCase,
)
from registry_app.domain.safety_class import classify
from registry_app.domain.subject import Subject
from registry_app.domain.texts import line
from registry_app.services.desk import Desk
from registry_app.services.obligations import settle_in
from registry_app.services.protocol import today_in_japan
from registry_app.services.rights import needs
from registry_app.services.safety_clocks import (
    FIRST,
    Clock,
    clocks_of,
    follow,
    reports,
)
from registry_app.services.signals import next_number
from registry_app.storage.work import Reading, Work

_ENDED: Final = (CaseState.CLOSED, CaseState.NOT_A_CASE)
#: Cases about no patient: their classes are by the origin alone, with longer days.
_OF_NOBODY: Final = (
    CaseOrigin.DEFECT,
    CaseOrigin.RESEARCH,
    CaseOrigin.FOREIGN_ACTION,
)


@needs(Deed.SAFETY)
def open_case(desk: Desk, case: SafetyCase, events: Sequence[Event] = ()) -> SafetyCase:
    """A new case with its number and its events; its clocks run.

    Raises InvalidValue where nobody knows of it, or for a day to come, Refused in any
    other state: only a signal makes a draft, and a case ends by a deed of its own.
    """
    if case.state is not CaseState.OPEN:
        raise Refused("safety.opened-open", state=case.state.told)
    with desk.begin() as work:
        _check(desk, work, case)
        number = next_number(work, desk.registry.site)
        saved = work.save(replace(case, id=number, title=line(case.title)))
        for event in events:
            _save_event(desk, work, saved, event)
        follow(work, desk, saved, _events(work, number), "")
        return saved


@needs(Deed.SAFETY)
def save_case(desk: Desk, case: SafetyCase, reason: str = "") -> SafetyCase:
    """What is known of a case now; what was said before changes with a reason.

    Not reportable after all: `reportable` False, with the reason. Raises NotFound for
    a case that was not opened, Refused where it is to be taken, dismissed, closed or
    opened again, or loses a version: for these there are deeds of their own.
    """
    with desk.begin(reason) as work:
        known = work.get(SafetyCase, case.id)
        if case.state is not known.state or known.versions.keys() - case.versions:
            raise Refused("safety.own-deed", case=case.id)
        _check(desk, work, case)
        return _save(desk, work, case, reason)


@needs(Deed.SAFETY)
def save_event(desk: Desk, event: Event, reason: str = "") -> Event:
    """A new event (`id` "") or what is known of one now; the class may change by it."""
    with desk.begin(reason) as work:
        case = work.get(SafetyCase, event.case_id)
        saved = _save_event(desk, work, case, event)
        follow(work, desk, case, _events(work, case.id), reason)
        return saved


@needs(Deed.SAFETY)
def add_letter(desk: Desk, letter: Letter) -> Letter:
    """A piece of correspondence about a case. Raises NotFound, InvalidValue."""
    if not letter.about.strip():
        raise InvalidValue("safety.letter-without-words")
    if letter.on > today_in_japan(desk):
        raise InvalidValue("safety.day-to-come", day=letter.on)
    with desk.begin() as work:
        work.get(SafetyCase, letter.case_id)
        return work.save(replace(letter, id=letter.id or desk.new_id()))


@needs(Deed.SAFETY)
def take_draft(
    desk: Desk,
    case_id: str,
    *,
    hospital_aware: date | None,
    holder_aware: date | None = None,
    reason: str,
) -> SafetyCase:
    """A draft becomes a case: its clocks run from the days on which it was known."""
    with desk.begin(reason) as work:
        case = work.get(SafetyCase, case_id)
        if case.state is not CaseState.DRAFT:
            raise Refused("safety.no-draft", case=case_id)
        versions = dict(case.versions)
        if holder_aware is not None:
            versions[FIRST] = CaseVersion(holder_aware)
        taken = replace(
            case,
            state=CaseState.OPEN,
            hospital_aware=hospital_aware,
            versions=versions,
        )
        _check(desk, work, taken)
        return _save(desk, work, _with_classes(desk, work, taken), reason)


@needs(Deed.SAFETY)
def dismiss(desk: Desk, case_id: str, why: str) -> SafetyCase:
    """It is no case. Raises Refused where it was reported: not reportable, then."""
    with desk.begin(why) as work:
        case = work.get(SafetyCase, case_id)
        if any(version.sent_on for version in case.versions.values()):
            raise Refused("safety.was-sent", case=case_id)
        gone = replace(case, state=CaseState.NOT_A_CASE, closed_why=why.strip())
        return _save(desk, work, gone, why)


@needs(Deed.SAFETY)
def close_case(desk: Desk, case_id: str, why: str) -> SafetyCase:
    """Nothing is left to do. Raises Refused while the clock of a report runs."""
    with desk.begin(why) as work:
        case = work.get(SafetyCase, case_id)
        if case.state is CaseState.DRAFT:
            raise Refused("safety.still-draft", case=case_id)
        protocol = desk.planner.plan(work).protocol
        owed = {rule.id for rule in protocol.rules() if reports(rule)}
        clocks = clocks_of(work, protocol, (case_id,), today_in_japan(desk))
        for clock in clocks.get(case_id, ()):
            if clock.runs and clock.rule in owed:
                raise Refused("safety.clock-runs", name=clock.name, due=clock.due)
        closed = replace(case, state=CaseState.CLOSED, closed_why=why.strip())
        return _save(desk, work, closed, why)


@needs(Deed.SAFETY)
def new_version(desk: Desk, case_id: str, version: CaseVersion) -> SafetyCase:
    """The initial report of a case, or later information: that may restart its clock.

    A case that was closed is open again. Raises Refused for a draft, InvalidValue for a
    day to come or before the one on which the holder first knew.
    """
    with desk.begin(version.what) as work:
        case = work.get(SafetyCase, case_id)
        if case.state is CaseState.DRAFT:
            raise Refused("safety.still-draft", case=case_id)
        number = f"{max(map(int, case.versions), default=0) + 1}"
        if number != FIRST and not version.what.strip():
            raise InvalidValue("safety.version-without-words")
        again = case.state in _ENDED
        more = replace(
            case,
            state=CaseState.OPEN if again else case.state,
            closed_why="" if again else case.closed_why,
            versions={**case.versions, number: version},
        )
        _check(desk, work, more)
        more = _with_classes(desk, work, more)
        return _save(desk, work, more, version.what)


@needs(Deed.SAFETY)
def record_sent(
    desk: Desk,
    case_id: str,
    number: str,
    sent_on: date,
    receipt: str = "",
    reason: str = "",
) -> SafetyCase:
    """A version was reported on this day: the clock of that version is settled.

    The receipt may come later: say the same again, with it. Another day needs a reason.

    A report that the hospital owes itself (ASRM: to the certified committee) counts
    from its own day 0, and waits for no holder: without a version, "1" is that report.
    """
    with desk.begin(reason) as work:
        case = work.get(SafetyCase, case_id)
        if not case.versions and number == FIRST and _of_hospital(desk, work, case_id):
            _settle_of_hospital(desk, work, case, sent_on, receipt)
            return case
        if number not in case.versions:
            raise NotFound("safety.no-such-version", case=case_id, number=number)
        version = case.versions[number]
        _check_sent(_day0(desk, work, case, number), sent_on, today_in_japan(desk))
        told = replace(
            version, sent_on=sent_on, receipt=receipt.strip() or version.receipt
        )
        return _save(
            desk,
            work,
            replace(case, versions={**case.versions, number: told}),
            reason,
        )


@needs(Deed.LOOK)
def owed_by_hospital(desk: Desk, case_id: str) -> bool:
    """Whether the report of a case counts from the hospital's own day 0."""
    with desk.read() as reading:
        return bool(_of_hospital(desk, reading, case_id))


# --- within one transaction


def _of_hospital(desk: Desk, reading: Reading, case_id: str) -> tuple[Clock, ...]:
    """The clocks of a report that the hospital owes itself, the next to end first."""
    protocol = desk.planner.plan(reading).protocol
    own = {
        rule.id
        for rule in protocol.rules()
        if reports(rule) and rule.counts_from == HOSPITAL
    }
    clocks = clocks_of(reading, protocol, (case_id,), today_in_japan(desk))
    return tuple(
        clock
        for clock in clocks.get(case_id, ())
        if clock.rule in own and clock.standing is not Standing.NOT_APPLICABLE
    )


def _settle_of_hospital(
    desk: Desk, work: Work, case: SafetyCase, sent_on: date, receipt: str
) -> None:
    for clock in _of_hospital(desk, work, case.id):
        _check_sent(clock.trigger, sent_on, today_in_japan(desk))
        settle_in(desk, work, clock.key, sent_on, case.id, receipt)


def _day0(desk: Desk, reading: Reading, case: SafetyCase, number: str) -> date:
    """Before which a version cannot have been reported.

    The hospital may have sent its own report before the holder knew of the case.
    """
    days = [case.versions[number].day0]
    if number == FIRST:
        days += [clock.trigger for clock in _of_hospital(desk, reading, case.id)]
    return min(days)


def _save(desk: Desk, work: Work, case: SafetyCase, reason: str) -> SafetyCase:
    saved = work.save(case)
    events = _events(work, saved.id)
    for event in events:
        _check_harm(saved, event)
    follow(work, desk, saved, events, reason)
    return saved


def _save_event(desk: Desk, work: Work, case: SafetyCase, event: Event) -> Event:
    _known_special(desk.planner.plan(work).protocol, event.special)
    _check_harm(case, event)
    days = (event.onset, event.ended, *(test.on for test in event.tests.values()))
    last = max((day for day in days if day is not None), default=None)
    if last is not None and last > today_in_japan(desk):
        raise InvalidValue("safety.day-to-come", day=last)
    for known in work.find(Event, id=event.id):
        if known.case_id != case.id:
            raise NotFound("storage.no-such-record", id=event.id)
    # A case of a patient holds events of nobody else.
    subject_id = case.subject_id or event.subject_id
    if subject_id:
        work.get(Subject, subject_id)
    return work.save(
        replace(
            event,
            id=event.id or desk.new_id(),
            case_id=case.id,
            subject_id=subject_id,
        )
    )


def _check_harm(case: SafetyCase, event: Event) -> None:
    """A serious event of somebody is a case of its own, which is due earlier.

    A defect without harm has 30 days; with a death it would be hidden behind them.
    """
    harmed = event.fatal or bool(event.is_serious)
    if harmed and case.origin in _OF_NOBODY:
        raise Refused("safety.harm-apart", origin=case.origin.told)


def _events(work: Work, case_id: str) -> tuple[Event, ...]:
    return work.find(Event, case_id=case_id)


def _with_classes(desk: Desk, work: Work, case: SafetyCase) -> SafetyCase:
    """Each version says of which class it was then; older ones keep what they said."""
    pack = desk.planner.plan(work).protocol.pack
    found = classify(pack, case, _events(work, case.id)).event_class
    return replace(
        case,
        versions={
            number: version
            if version.event_class
            else replace(version, event_class=found)
            for number, version in case.versions.items()
        },
    )


def _check(desk: Desk, work: Work, case: SafetyCase) -> None:
    """Days that have come, in their order; a patient, a class, a special that exist."""
    protocol, today = desk.planner.plan(work).protocol, today_in_japan(desk)
    if case.subject_id:
        work.get(Subject, case.subject_id)
    _known_special(protocol, case.special)
    classes = {event.id for event in protocol.pack.events}
    if case.chosen_class and case.chosen_class not in classes:
        raise InvalidValue("obligations.no-such-event", event=case.chosen_class)
    days = [version.day0 for version in case.versions.values()]
    aware = [*days, *([case.hospital_aware] if case.hospital_aware else [])]
    if not aware:
        raise InvalidValue("obligations.nobody-aware")
    if max(aware) > today:
        raise InvalidValue("safety.day-to-come", day=max(aware))
    if days and min(days) < case.versions[FIRST].day0:
        raise InvalidValue("safety.version-before-first")
    for number, version in case.versions.items():
        if version.sent_on is not None:
            _check_sent(_day0(desk, work, case, number), version.sent_on, today)


def _check_sent(day0: date, sent_on: date, today: date) -> None:
    if sent_on > today:
        raise InvalidValue("safety.day-to-come", day=sent_on)
    if sent_on < day0:
        raise InvalidValue("safety.sent-before-known", day=day0)


def _known_special(protocol: Protocol, special: str) -> None:
    if special and all(one.id != special for one in protocol.pack.specials):
        raise InvalidValue("safety.no-such-special", special=special)
