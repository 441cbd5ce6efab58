"""Windows and duties as JSON and as lines, the same for every subcommand."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from registry_app.domain.dates import read_date
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.message import Message, Told
from registry_app.domain.plan.calendar import day_in_japan, target_within
from registry_app.domain.plan.duty import Confirmed, Duty, Step
from registry_app.domain.plan.pack import Basis, Confidence
from registry_app.domain.plan.windows import Window, window_steps
from registry_app.words import Words

#: Days outside of these are a slip of the pen, not a plan.
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT", re.IGNORECASE)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def today() -> date:
    """The day that it is in Japan."""
    return day_in_japan(now())


def read_day(text: str, option: str = "--as-of") -> date:
    """A day as people write it, or a moment with its zone: the day it has in Japan.

    Raises InvalidValue, naming the option, for what is neither, and for years that
    nobody plans in.
    """
    try:
        return _day(text)
    except InvalidValue as error:
        raise InvalidValue("clock.at", option=option, what=error.message) from None


def _day(text: str) -> date:
    if _MOMENT.match(text.strip()):
        try:
            day = day_in_japan(datetime.fromisoformat(text.strip().upper()))
        except (ValueError, OverflowError):
            raise InvalidValue("clock.not-a-moment") from None
    else:
        day = read_date(text)
    if not _FIRST <= day <= _LAST:
        raise InvalidValue("clock.no-such-year", first=_FIRST.year, last=_LAST.year)
    return day


def read_as_of(text: str | None) -> date:
    """``--as-of``, or today."""
    return today() if text is None else read_day(text)


def not_after(day: date, as_of: date) -> date:
    """The same day. Raises Refused for one that has not come yet."""
    if day > as_of:
        raise Refused("clock.not-yet", day=day, as_of=as_of)
    return day


def _said(words: Words, text: Message | Told | None) -> str | None:
    return None if text is None else words.say(text)


def step_data(steps: Iterable[Step], words: Words) -> list[dict[str, Any]]:
    """The arithmetic: of each step its date (or none), what it is, and why."""
    return [
        {
            "date": _iso(step.day),
            "text": words.say(step.what),
            "note": _said(words, step.note),
        }
        for step in steps
    ]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def basis_data(
    basis: Basis, confirmed: Confirmed | None, words: Words
) -> dict[str, Any]:
    """What a date rests on, and whether somebody has checked that."""
    sure = confirmed is not None
    return {
        "citation": _said(words, basis.citation),
        "sources": list(basis.sources),
        "confidence": basis.confidence.value,
        "confirmed": sure,
        "confirmed_by": confirmed.by if confirmed else None,
        "confirmed_on": _iso(confirmed.on) if confirmed else None,
        "to_confirm": basis.confidence is Confidence.UNCONFIRMED and not sure,
    }


def duty_data(
    duty: Duty, on: date, steps: Iterable[Step], words: Words
) -> dict[str, Any]:
    """One duty as it stands on a day. `due` is what the law names; `alarm` is the
    earlier day of another way of counting, or a convention where `due` is none.
    """
    return {
        "key": duty.key,
        "rule": duty.rule,
        "name": words.say(duty.name),
        "owner": duty.owner.value,
        "patient": duty.subject_id or None,
        "trigger": duty.trigger.isoformat(),
        "opens": duty.opens.isoformat(),
        "due": _iso(duty.due),
        "alarm": _iso(duty.alarm),
        "target": _iso(duty.target),
        "period": [_iso(day) for day in duty.period] if duty.period else None,
        "standing": duty.standing(on).value,
        "days_left": duty.days_left(on),
        "done": _iso(duty.done),
        "evidence": duty.evidence or None,
        "receipt": duty.receipt or None,
        "not_applicable": duty.not_applicable or None,
        "ended": _said(words, duty.ended),
        "legal": duty.legal,
        "if_any": duty.if_any,
        "addressee": _said(words, duty.addressee),
        "warning": _said(words, duty.warning),
        **basis_data(duty.basis, duty.confirmed, words),
        "steps": step_data(steps, words),
    }


def window_data(
    window: Window, on: date, confirmed: Confirmed | None, words: Words
) -> dict[str, Any]:
    """One window as it stands on a day, without an exam."""
    visit = window.visit
    wished = None
    if window.target_first and window.target_last:
        wished = [_iso(window.target_first), _iso(window.target_last)]
    return {
        "visit": visit.id,
        "name": words.say(visit.name),
        "duty": visit.duty or None,
        "owed": visit.owed,
        "anchor": window.anchor.id,
        "anchor_date": window.anchor_day.isoformat(),
        "centre": window.centre.isoformat(),
        "first": window.first.isoformat(),
        "last": window.last.isoformat(),
        "days": [
            (window.first - window.anchor_day).days,
            (window.last - window.anchor_day).days,
        ],
        "wished": wished,
        "target": target_within(window.first, window.last).isoformat(),
        "status": status(window, on),
        "days_left": (window.last - on).days,
        "forms": list(visit.forms),
        "counts": words(f"due.counts-{visit.pick.value}"),
        "primary": visit.primary,
        **basis_data(visit.basis, confirmed, words),
        "steps": step_data(window_steps(window), words),
    }


def status(window: Window, on: date) -> str:
    """Whether a window is still to come, open, or over."""
    if on < window.first:
        return "upcoming"
    return "open" if on <= window.last else "closed"


def step_lines(steps: Iterable[Step], words: Words) -> list[str]:
    """The arithmetic for people: date, sentence, and why in brackets."""
    lines = []
    for step in steps:
        day = "          " if step.day is None else step.day.isoformat()
        note = f" ({words.say(step.note)})" if step.note is not None else ""
        lines.append(f"    {day}  {words.say(step.what)}{note}")
    return lines
