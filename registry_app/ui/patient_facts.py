"""What the banner says of a patient: the same facts in the same order everywhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from registry_app.domain.consent import Scope, in_force
from registry_app.domain.dates import age
from registry_app.domain.figures.examined import ungraded
from registry_app.domain.plan.pack import Origin
from registry_app.domain.referral import reported
from registry_app.domain.subject import Sex
from registry_app.domain.visit import ISNCSCI, Status
from registry_app.ui.frame import Fact
from registry_app.ui.sets import told
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.course import Indication
    from registry_app.domain.plan.case import Case
    from registry_app.domain.plan.pack import Pack
    from registry_app.services.subjects import SubjectFile, SubjectRow


def patient_facts(
    words: Words,
    file: SubjectFile,
    today: date,
    pack: Pack,
    case: Case | None = None,
) -> list[Fact]:
    """Case ID, kana, born and sex, day 0, treatment, AIS from first to latest.

    Day 0 and the treatment are named as the `pack` names them.
    Of a `case` also whether consents hold and the follow-up goes on, as chips.
    """
    subject, who = file.subject, file.identity
    facts = [Fact("", subject.id)]
    if who is not None and (who.family_kana or who.given_kana):
        kana = f"{who.family_kana} {who.given_kana}".strip()
        facts.append(Fact(words("banner.kana"), kana))
    sex = words(f"subject.sex-{subject.sex}") if subject.sex != Sex.UNKNOWN else ""
    if who is not None and who.birth_date is not None:
        born = words(
            "banner.born-on",
            day=who.birth_date.isoformat(),
            age=age(who.birth_date, today),
        )
    else:
        born = str(subject.birth_year or "")
    said = words("banner.dot").join(part for part in (born, sex) if part)
    if said:
        facts.append(Fact(words("banner.born") if born else "", said))
    for origin, name, day in (
        (Origin.INJURY, "injured", subject.injury_date),
        (Origin.TREATMENT, "treated", subject.treatment_date),
    ):
        if day is not None:
            said = words("banner.day", on=day.isoformat(), days=(today - day).days)
            facts.append(Fact(date_name(words, pack, origin, f"banner.{name}"), said))
    facts.append(Fact("", words(f"subject.arm-{subject.arm}")))
    grades = [
        words("banner.no-grade")
        if ungraded(exam)
        else told(words, "ais", exam.result["ais"].values)
        for exam in file.exams
        if exam.form.status is Status.COMPLETE and not exam.form.rates
    ]
    if grades:
        said = grades[0]
        if len(grades) > 1:
            said = words("patients.from-to", first=grades[0], latest=grades[-1])
        facts.append(Fact(words("patients.ais"), said))
    return facts if case is None else [*facts, *_chips(words, case, today)]


def date_name(words: Words, pack: Pack, origin: Origin, else_: str) -> str:
    """How the pack names day 0 or the treatment; else the words of the key `else_`."""
    found = (anchor.name for anchor in pack.anchors if anchor.origin is origin)
    name = next(found, None)
    return words(else_) if name is None else words.say(name)


def arm_said(words: Words, row: SubjectRow) -> str:
    """The arm, or that it is hidden."""
    hidden = row.arm is None
    return words("blinding_ui.hidden" if hidden else f"subject.arm-{row.arm}")


def follows_spine(pack: Pack) -> bool:
    """Whether the pack is about the spinal cord: whether it asks for ISNCSCI exams.

    Else neither grade and level nor the cause of an injury mean anything.
    """
    return any(form.id == ISNCSCI for form in pack.forms)


def reported_said(words: Words, frozen: Indication, fact: str) -> str:
    """That a fact of the indication is what the referring hospital told; "" if not."""
    referral = reported(frozen.facts)
    value = referral.ais if fact == "ais" else referral.nli
    if fact not in ("ais", "nli", "region") or not value:
        return ""
    parts = (referral.by, "" if referral.on is None else referral.on.isoformat())
    about = words("ledger_page.comma").join(part for part in parts if part)
    key = "reported-by" if about else "reported"
    return words(f"treatment.{key}", about=about)


def _chips(words: Words, case: Case, today: date) -> list[Fact]:
    """The consent to the follow-up, and its end."""
    chips = []
    held = in_force(case.consents, Scope.FOLLOW_UP, today)
    if held is not None:
        chips.append(Fact("", words("banner.consent"), "done"))
    elif any(c.withdrawn_on for c in case.consents if c.scope is Scope.FOLLOW_UP):
        chips.append(Fact("", words("banner.consent-withdrawn"), "blocked"))
    else:
        chips.append(Fact("", words("banner.no-consent"), "due"))
    end = case.follow_up
    if end is not None and end.reason is not None:
        said = words("banner.ended", reason=end.reason.told)
        chips.append(Fact("", said, "blocked"))
    return chips
