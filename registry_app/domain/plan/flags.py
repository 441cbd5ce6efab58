"""What goes against the plan of a case without a deviation that says why."""

from collections.abc import Iterable, Sequence
from datetime import date

from registry_app.domain.consent import Scope, in_force
from registry_app.domain.message import Message, say
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.eligibility import Judged, Verdict
from registry_app.domain.plan.windows import Window
from registry_app.domain.referral import reported


def outside(found: Case, placed: Sequence[Window]) -> tuple[Message, ...]:
    """Exams outside the window of their visit, without a deviation that says why.

    They came by import, or their day was corrected.
    """
    explained = {deviation.form_id for deviation in found.deviations}
    of_visit = {window.visit.id: window for window in placed}
    flags = []
    for exam in found.exams:
        window = of_visit.get(exam.visit_code)
        if window is None or exam.instrument not in window.visit.forms:
            continue
        if not window.holds(exam.day) and exam.form_id not in explained:
            flags.append(
                say(
                    "course.outside",
                    visit=window.visit.name,
                    day=exam.day,
                    first=window.first,
                    last=window.last,
                )
            )
    return tuple(flags)


def consent_flags(found: Case, day: date) -> tuple[Message, ...]:
    """What goes against the consents on record; nothing where none was recorded.

    The product given on a day without a consent to it, and a follow-up that goes on
    after the consent to it was taken back.
    """
    if not found.consents:
        return ()
    flags = []
    treated = found.subject.treatment_date
    if treated and in_force(found.consents, Scope.TREATMENT, treated) is None:
        flags.append(say("consent.given-without", day=treated))
    back = [
        consent.withdrawn_on
        for consent in found.consents
        if consent.scope is Scope.FOLLOW_UP and consent.withdrawn_on is not None
    ]
    ended = found.follow_up is not None and found.follow_up.ended
    if back and not ended and in_force(found.consents, Scope.FOLLOW_UP, day) is None:
        flags.append(say("consent.followed-after", day=max(back)))
    return tuple(flags)


def decided_on(found: Case, day: date) -> date:
    """The day by which the criteria of enrolment are judged; later exams tell recovery.

    That of the consent, the treatment or the enrolment, whichever came first; of the
    first exam where there was none until then and no hospital had reported a grade;
    `day` without any.
    """
    known = [consent.signed_on for consent in found.consents]
    if found.indication is not None:
        known.append(found.indication.day)
    if found.subject.treatment_date is not None:
        known.append(found.subject.treatment_date)
    exams = [exam.day for exam in found.exams if exam.complete and exam.ais]
    if found.indication is not None and reported(found.indication.facts).ais:
        exams = []
    return max(min(known, default=day), min(exams, default=date.min))


def unexplained(found: Case, judged: Iterable[Judged]) -> tuple[Message, ...]:
    """Criteria that are not met, without a deviation that says why: known only later.

    The grade of an exam made after the enrolment is the usual one.
    """
    explained = {deviation.rule for deviation in found.deviations}
    return tuple(
        say("enrolment.not-met", criterion=one.criterion.name, found=one.found)
        for one in judged
        if one.verdict is Verdict.NOT_MET and one.criterion.id not in explained
    )
