"""Somebody is enrolled: who it is, what was agreed, and the indication as it was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from registry_app.domain.consent import Consent
from registry_app.domain.course import Course, DeviationKind
from registry_app.domain.errors import InvalidValue
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.eligibility import Judged, judge
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.referral import Referral
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Arm, Cause, Identity, Sex, Subject, case_id
from registry_app.services.consents import check_consent
from registry_app.services.courses import (
    check_comparison,
    check_dates,
    check_subject,
)
from registry_app.services.desk import Desk
from registry_app.services.eligibility import departures, frozen
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs
from registry_app.storage import lists
from registry_app.storage.work import Reading, Work

_NOT_REFERRED: Final = Referral()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What is known of somebody who is enrolled; names may come later, or never."""

    arm: Arm
    sex: Sex
    injury_date: date
    cause: Cause = Cause.UNKNOWN
    treatment_date: date | None = None
    birth_year: int | None = None
    birth_date: date | None = None
    family: str = ""
    given: str = ""
    family_kana: str = ""
    given_kana: str = ""
    hospital_number: str = ""
    address: str = ""
    source_code: str = ""

    def subject(self, case: str) -> Subject:
        """The case, without anything that says who it is."""
        year = self.birth_date.year if self.birth_date else self.birth_year
        return Subject(
            case,
            self.arm,
            self.sex,
            self.injury_date,
            year,
            self.cause,
            self.treatment_date,
            self.source_code,
        )

    def identity(self, case: str) -> Identity | None:
        """Who it is; None where nothing was said."""
        who = Identity(
            case,
            self.family,
            self.given,
            self.family_kana,
            self.given_kana,
            self.birth_date,
            self.hospital_number,
            self.address,
        )
        return None if who == Identity(case) else who


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What an enrolment says beside who it is; all of it may come later.

    `consents`: their `subject_id` is given at enrolment. `dates`: by anchor. `answers`:
    by fact, what was asked of a person. `reasons`: by criterion that is not met.
    `referral`: what the referring hospital told of the injury.
    """

    consents: Sequence[Consent] = ()
    dates: Mapping[str, date] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    matching: Mapping[str, str] = field(default_factory=dict)
    matched_to: str = ""
    referral: Referral = _NOT_REFERRED

    @property
    def known(self) -> Mapping[str, str]:
        """What was answered and what was reported, by fact."""
        return {**self.answers, **self.referral.facts}

    def course(self, case: str) -> Course:
        """The course that the case begins with."""
        said = {name: text for name, text in self.matching.items() if text.strip()}
        return Course(case, self.dates, self.source.strip(), said, self.matched_to)


@needs(Deed.ENTER)
def enrol(
    desk: Desk,
    enrolment: Enrolment,
    *,
    consents: Sequence[Consent] = (),
    dates: Mapping[str, date] | None = None,
    answers: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    source: str = "",
    matching: Mapping[str, str] | None = None,
    matched_to: str = "",
    referral: Referral = _NOT_REFERRED,
) -> Subject:
    """Enrol somebody under the site's next case ID, and freeze the indication.

    A criterion that is not met becomes a deviation with its reason (`reasons`, by
    criterion); raises Refused without one. What is not known needs none.
    """
    beside = Beside(
        consents=consents,
        dates=dates or {},
        answers=answers or {},
        reasons=reasons or {},
        source=source,
        matching=matching or {},
        matched_to=matched_to,
        referral=referral,
    )
    followed = protocol(desk)
    with desk.begin() as work:
        case = next_case_id(work, desk.registry.site)
        return save_enrolment(work, desk, followed, case, enrolment, beside)


def save_enrolment(
    work: Work,
    desk: Desk,
    followed: Protocol,
    case: str,
    enrolment: Enrolment,
    beside: Beside,
    *,
    decided: date | None = None,
) -> Subject:
    """Save all of an enrolment within a larger piece of work, such as an import.

    `decided`: the day of an enrolment of the past, as the training registry has them;
    then `freeze_indication` has to follow, once the exams of until then are saved.
    """
    today = day_in_japan(desk.clock())
    found = _case(case, enrolment, beside, desk.new_id)
    check_subject(followed, found.subject, today)
    check_dates(followed, found.subject, found.course.dates, today)
    check_comparison(work, followed, found.subject, found.course)
    _check_referral(beside.referral, found.subject, today)
    for consent in found.consents:
        check_consent(consent, today)
    on = decided or today
    criteria = judge(followed, found, "enrolment", on, beside.known)
    eligibility = DeviationKind.ELIGIBILITY
    departed = departures(criteria, beside.reasons, case, eligibility, on, desk.new_id)
    subject = work.save(found.subject)
    identity = enrolment.identity(case)
    if identity is not None:
        work.save(identity)
    if found.course != Course(case):
        work.save(found.course)
    for consent in found.consents:
        work.save(consent)
    if decided is None:
        work.save(frozen(followed, found, criteria, today, beside.known))
    for deviation in departed:
        work.save(deviation)
    return subject


def freeze_indication(
    work: Work, followed: Protocol, found: Case, beside: Beside, on: date
) -> None:
    """Keep the indication of a saved case as it was known at the end of a day.

    It is of that day too: the training registry enrols people of the past.
    """
    criteria = judge(followed, found, "enrolment", on, beside.known)
    work.save(frozen(followed, found, criteria, on, beside.known))


@needs(Deed.ENTER)
def judged(
    desk: Desk,
    enrolment: Enrolment,
    *,
    consents: Sequence[Consent] = (),
    dates: Mapping[str, date] | None = None,
    answers: Mapping[str, str] | None = None,
    referral: Referral = _NOT_REFERRED,
) -> tuple[Judged, ...]:
    """Each criterion of enrolment, as it would stand. Nothing is written."""
    beside = Beside(
        consents=consents, dates=dates or {}, answers=answers or {}, referral=referral
    )
    found = _case("", enrolment, beside, str)
    today = day_in_japan(desk.clock())
    return judge(protocol(desk), found, "enrolment", today, beside.known)


def _check_referral(told: Referral, subject: Subject, today: date) -> None:
    """Raise InvalidValue for an exam before the injury or after today."""
    if told.on is not None and not subject.injury_date <= told.on <= today:
        raise InvalidValue("enrolment.reported-day", day=told.on)


def _case(
    case: str,
    enrolment: Enrolment,
    beside: Beside,
    new_id: Callable[[], str],
) -> Case:
    signed = tuple(
        replace(one, id=one.id or new_id(), subject_id=case) for one in beside.consents
    )
    return Case(enrolment.subject(case), beside.course(case), consents=signed)


def next_case_id(reading: Reading, site: str) -> str:
    """The case ID after the newest one of a site."""
    last = lists.last_subject_id(reading)
    return case_id_after(site, int(last.split("-")[1]) if last else 0)


def case_id_after(site: str, number: int) -> str:
    """The case ID of the next number that gives one; some give none."""
    while (found := case_id(site, number := number + 1)) is None:
        pass
    return found


@needs(Deed.ENTER)
def likely_duplicates(desk: Desk, enrolment: Enrolment) -> tuple[str, ...]:
    """Case IDs of whom this may already be: a warning, never a refusal."""
    who = enrolment.identity("") or Identity("")
    with desk.read() as reading:
        return tuple(lists.alike(reading, who, enrolment.source_code))
