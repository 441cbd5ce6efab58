"""Duties as the lines of a table: one each, or one for many cases that stand alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry_app.domain.figures.document import Ref
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.duty import AMBER_DAYS, RED_DAYS, Duty, Standing
from registry_app.domain.plan.pack import Owner

#: More cases than this under one rule, standing alike, are one line.
TOGETHER: Final = 4

#: How a reason is said of many whose days or cases differ.
_OF_MANY: Final = {
    "plan.follow-up-ended": "report_r4.reason-follow-up",
    "plan.kit-matched": "report_r4.reason-kit",
}


@dataclass(frozen=True, slots=True)
class Late:
    """One late case of a line that stands for many: by how many days."""

    case: str
    days: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: a duty, or the same duty of several cases.

    `first`, `last`: the earliest and the latest due date. `days`: late by so many;
    negative: so many are left; of the first one. `cases`: the case IDs; none for a duty
    of the product. `late`: each late case, where they are more than a line can name.
    `about`: the name of the occurrence that it is about. `reason`: why it does not
    apply. `refs`: the records behind it, as far as there are any.
    """

    rule: str
    name: Told
    owner: Owner
    standing: Standing
    count: int
    cases: tuple[str, ...]
    trigger: date | None
    first: date | None
    last: date | None
    days: int | None
    alarm: date | None = None
    target: date | None = None
    period: tuple[date, date] | None = None
    done: date | None = None
    evidence: str = ""
    receipt: str = ""
    about: str = ""
    reason: Message | str = ""
    to_confirm: bool = False
    legal: bool = True
    if_any: bool = False
    warning: Told | None = None
    late: tuple[Late, ...] = ()
    refs: tuple[Ref, ...] = ()


def bucket(duty: Duty, on: date) -> Standing:
    """How it stands by its days alone: a window may be due soon and not open yet."""
    standing = duty.standing(on)
    left = duty.days_left(on)
    if standing is not Standing.WAITING or left is None:
        return standing
    if left <= RED_DAYS:
        return Standing.RED
    return Standing.AMBER if left <= AMBER_DAYS else Standing.GREEN


def lines_of(
    duties: Iterable[Duty], on: date, names: Mapping[str, str]
) -> tuple[Line, ...]:
    """Duties as lines, the most urgent first; many cases alike are one line.

    `names`: of each occurrence by its id.
    """
    alike: dict[tuple[object, ...], list[Duty]] = {}
    for duty in duties:
        alike.setdefault(_kind_of(duty, on), []).append(duty)
    found: list[Line] = []
    for these in alike.values():
        these.sort(key=lambda duty: (duty.last_day or date.max, duty.key))
        ended = these[0].standing(on) is Standing.NOT_APPLICABLE
        if len(these) > TOGETHER and (these[0].subject_id or ended):
            found.append(_together(these, on))
        else:
            found += [_line(duty, on, names) for duty in these]
    return tuple(sorted(found, key=_urgency))


def _kind_of(duty: Duty, on: date) -> tuple[object, ...]:
    """What duties have in common that may stand in one line."""
    what = (duty.rule, duty.name, bool(duty.subject_id))
    same = (*what, bucket(duty, on), duty.to_confirm)
    if duty.standing(on) is not Standing.NOT_APPLICABLE:
        return same
    reason = _reason(duty)
    return (*same, reason if isinstance(reason, str) else reason.key)


def _urgency(line: Line) -> tuple[date, str, tuple[str, ...]]:
    return (line.alarm or line.first or date.max, line.rule, line.cases)


def _reason(duty: Duty) -> Message | str:
    return duty.ended if duty.ended is not None else duty.not_applicable


def _reason_of_all(duties: Sequence[Duty]) -> Message | str:
    """What is true of all: the reason of one is not that of another patient."""
    first = _reason(duties[0])
    if isinstance(first, str) or all(_reason(duty) == first for duty in duties):
        return first
    return say(_OF_MANY.get(first.key, "report_r4.reason-each"))


def _about(duty: Duty, names: Mapping[str, str]) -> str:
    """The name of what started its clock: the second part of its key is the id."""
    parts = duty.key.split(":")
    return names.get(parts[1], "") if len(parts) > 1 else ""


def _refs(duty: Duty) -> tuple[Ref, ...]:
    """What may stand behind a duty: its form, how it was settled, its clock, its case.

    The key of a clock names its occurrence, which may be that of a safety case.
    """
    parts = duty.key.split(":")
    refs = []
    if duty.form_id:
        refs.append(Ref("form", duty.form_id, duty.subject_id))
    elif duty.done is not None or duty.not_applicable:
        refs.append(Ref("settled", duty.key, duty.subject_id))
    if duty.event and len(parts) > 1:
        refs += [Ref("safety_case", parts[1], parts[1]), Ref("occurrence", parts[1])]
    if duty.subject_id:
        refs.append(Ref("subject", duty.subject_id, duty.subject_id))
    return tuple(refs)


def _days(duty: Duty, on: date) -> int | None:
    """Days late or (negative) left; of a duty that is done, when that was."""
    standing = duty.standing(on)
    if standing is Standing.NOT_APPLICABLE:
        return None
    if standing is Standing.DONE:
        if duty.done is None or duty.due is None:
            return None
        return (duty.done - duty.due).days
    left = duty.days_left(on)
    return None if left is None else -left


def number_of(duty: Duty) -> str:
    """The number of its rule; a visit or a booklet without one has only its name."""
    part = duty.key.split(":")[1] if duty.key.startswith(("visit:", "booklet:")) else ""
    return "" if duty.rule == part else duty.rule


def _line(duty: Duty, on: date, names: Mapping[str, str]) -> Line:
    return Line(
        rule=number_of(duty),
        name=duty.name,
        owner=duty.owner,
        standing=bucket(duty, on),
        count=1,
        cases=(duty.subject_id,) if duty.subject_id else (),
        trigger=duty.trigger,
        first=duty.due,
        last=duty.due,
        days=_days(duty, on),
        alarm=duty.alarm if duty.alarm != duty.due else None,
        target=duty.target if duty.target != duty.due else None,
        period=duty.period,
        done=duty.done if duty.standing(on) is Standing.DONE else None,
        evidence=duty.evidence,
        receipt=duty.receipt,
        about=_about(duty, names),
        reason=_reason(duty),
        to_confirm=duty.to_confirm,
        legal=duty.legal,
        if_any=duty.if_any,
        warning=duty.warning,
        refs=_refs(duty),
    )


def _together(duties: Sequence[Duty], on: date) -> Line:
    """Many cases as one line; `duties` by their last day."""
    first = duties[0]
    dues = [duty.due for duty in duties if duty.due is not None]
    standing = bucket(first, on)
    # One without a due date, such as an alarm, is neither late nor early.
    days = [(d, n) for d in duties if (n := _days(d, on)) is not None]
    done = [duty.done for duty in duties if duty.done is not None]
    late = standing is Standing.LATE
    return Line(
        rule=number_of(first),
        name=first.name,
        owner=first.owner,
        standing=standing,
        count=len(duties),
        cases=tuple(duty.subject_id for duty in duties if duty.subject_id),
        trigger=None,
        first=min(dues, default=None),
        last=max(dues, default=None),
        days=max((n for _, n in days), default=None),
        done=max(done, default=None) if standing is Standing.DONE else None,
        reason=_reason_of_all(duties),
        to_confirm=first.to_confirm,
        legal=first.legal,
        if_any=first.if_any,
        warning=first.warning,
        late=tuple(Late(d.subject_id, n) for d, n in days) if late else (),
        refs=tuple(ref for duty in duties for ref in _refs(duty)),
    )


def case_words(cases: Sequence[str], most: int = 4) -> Message:
    """Case IDs in a line, and how many more there are."""
    named = ", ".join(cases[:most])
    if len(cases) <= most:
        return say("report_r4.cases", cases=named)
    return say("report_r4.cases-more", cases=named, more=len(cases) - most)
