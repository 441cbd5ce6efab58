"""What the windows of a case bring: visits to make, booklets (分冊) to hand over."""

from collections.abc import Iterator
from datetime import date

from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.calendar import add_span, target_within
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.pack import Booklet, BookletStep, Owner
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import counted, placed


def end_of_follow_up(case: Case) -> tuple[date, Message] | None:
    """The day on which the follow-up ended, and how that is said; None: it goes on."""
    follow_up = case.follow_up
    if follow_up is None or follow_up.reason is None or follow_up.ended_on is None:
        return None
    reason, on = follow_up.reason.told, follow_up.ended_on
    return on, say("plan.follow-up-ended", reason=reason, on=on)


def visit_duties(
    protocol: Protocol, case: Case, end: tuple[date, Message] | None
) -> Iterator[Duty]:
    """A duty for each window that is owed, and for each hand-over after it.

    `end`: see `end_of_follow_up`. What was still open then has ended.
    """
    case_id = case.subject.id
    booklets: dict[str, list[Booklet]] = {}
    for booklet in protocol.pack.booklets:
        booklets.setdefault(booklet.after, []).append(booklet)
    for at in placed(protocol, case):
        visit = at.visit
        chosen, _ = counted(protocol, case, at)
        ended = None
        if end is not None and chosen is None and at.last >= end[0]:
            ended = end[1]
        if visit.owed:
            yield Duty(
                f"visit:{visit.id}:{case_id}",
                visit.duty or visit.id,
                visit.name,
                Owner.HOSPITAL,
                visit.basis,
                min(at.anchor_day, at.first),
                at.first,
                at.last,
                case_id,
                None,
                target_within(at.first, at.last),
                done=None if chosen is None else chosen.day,
                ended=ended,
                confirmed=protocol.confirmed(f"visit:{visit.id}"),
                form_id="" if chosen is None else chosen.form_id,
            )
        for booklet in booklets.get(visit.id, ()):
            if booklet.basis.in_force(at.last):
                yield from _booklet(protocol, case, booklet, at.last, ended)


def _full_name(booklet: Booklet, step: BookletStep) -> Told:
    """A hand-over by itself says nothing: it is called with its booklet."""
    whole, part = booklet.name, step.name
    return Told(f"{whole.ja}：{part.ja}", f"{whole.en}: {part.en}")


def _booklet(
    protocol: Protocol, case: Case, booklet: Booklet, day: date, ended: Message | None
) -> Iterator[Duty]:
    """Each hand-over. One has a day only when the one before it was done."""
    confirmed = protocol.confirmed(f"booklet:{booklet.id}")
    ready = True
    for step in booklet.steps:
        key = f"booklet:{booklet.id}:{step.id}:{case.subject.id}"
        due = add_span(day, step.due) if ready else None
        yield Duty(
            key,
            booklet.id,
            _full_name(booklet, step),
            step.owner,
            booklet.basis,
            day,
            day,
            due,
            case.subject.id,
            target=None if due is None else target_within(day, due),
            ended=ended,
            confirmed=confirmed,
        )
        settled = case.settled.get(key)
        if settled is not None and settled.done_on is not None:
            day = settled.done_on
        elif settled is None or not settled.not_applicable:
            ready = False
