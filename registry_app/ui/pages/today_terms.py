"""The words of the page of today: the day, and what is left of the term."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from registry_app.domain.plan.calendar import add_span
from registry_app.domain.plan.pack import RuleKind
from registry_app.drawing.term import Term
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.plan.protocol import Protocol
    from registry_app.services.due import Today


def date_said(words: Words, day: date) -> str:
    """A day in words, with its weekday."""
    return words(
        "today.date",
        year=day.year,
        month=words(f"today.month-{day.month}"),
        day=day.day,
        weekday=words(f"today.weekday-{day.weekday()}"),
    )


def span_said(words: Words, start: date, end: date) -> str:
    """How long from one day to a later one: years and months, or days."""
    months = 12 * (end.year - start.year) + end.month - start.month
    months -= end.day < start.day
    if months < 1:
        return words("today.term-days", days=(end - start).days)
    parts = []
    if months >= 12:
        parts.append(words("today.term-years", years=months // 12))
    if months % 12:
        parts.append(words("today.term-months", months=months % 12))
    return " ".join(parts)


def term_left(words: Words, term: Term) -> str:
    """What is left of a term, or since when it is over."""
    if term.today <= term.last:
        span = span_said(words, term.today, term.last)
        return words("today.term-left", span=span)
    return words("today.term-gone", span=span_said(words, term.last, term.today))


def term_of(words: Words, now: Today, plan: Protocol) -> tuple[str, Term | None, str]:
    """What the card of the term says: the state, the term, and a note below."""
    regime = now.regime
    if regime is None:
        return words.say(plan.pack.name), None, words("today.term-none")
    state = words.say(regime.state.name)
    end, granted = regime.term_end, now.granted
    if end is None or granted is None:
        return state, None, words("today.term-unset")
    marks = [
        (add_span(end, rule.due), words.say(rule.name))
        for rule in plan.rules()
        if rule.kind is RuleKind.TERM and (rule.due.months < 0 or rule.due.days < 0)
    ]
    alarm = regime.term_alarm
    both = words("today.term-both", last=end, alarm=alarm)
    return state, Term(granted, end, now.on, tuple(marks)), both
