"""What a date rests on, and how a distance is said."""

from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.duty import Step
from registry_app.domain.plan.pack import Basis, Span


def distance(span: Span) -> Message:
    """A distance in words: 15 days, 6 months, 7 years; negative ones: before.

    Months that make whole years are said as years.
    """
    if span.months and span.days:
        months, days = Span(span.months), Span(days=span.days)
        return say("plan.span-both", months=distance(months), days=distance(days))
    number = span.months or span.days
    unit = "months" if span.months else "days"
    if span.months and span.months % 12 == 0:
        number, unit = span.months // 12, "years"
    if number < 0:
        return say("plan.span-before", distance=_counted(unit, -number))
    return _counted(unit, number)


def _counted(unit: str, number: int) -> Message:
    one = "-one" if number == 1 else ""
    return say(f"plan.span-{unit}{one}", number=number)


def sources(basis: Basis) -> Message:
    """The sources by their ids."""
    return say("plan.sources", sources=", ".join(basis.sources))


def rests_on(rule: str, name: Told, basis: Basis) -> Step:
    """The last step of every derivation: the rule and its citation."""
    return Step(
        None,
        say("plan.step-rule", rule=rule, name=name),
        basis.citation or sources(basis),
    )
