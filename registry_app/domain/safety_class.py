"""The class of a case, from the table of the pack: the gravest that its facts allow.

Nothing is judged by silence. Who has not decided counts as having decided for the
graver: an expectedness is unexpected, a seriousness serious, a causality that is not
ruled out suspected (REGULATION.md section 5). What may be an infection is taken for one
where that makes the clock shorter; elsewhere it would only be the wrong name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Final

from registry_app.domain.message import Message, in_halves, say
from registry_app.domain.plan.pack import Pack, RuleKind, When
from registry_app.domain.safety import (
    Event,
    Expectedness,
    Judged,
    SafetyCase,
    Seriousness,
    Suspect,
)

#: What a person decides, in the order in which it is asked.
DECISIONS: Final = ("serious", "expected", "suspected", "infection")
#: Those that are taken for the graver answer, whatever follows.
_GRADED: Final = DECISIONS[:3]
#: For comparing clocks only: a month, and a class that starts none.
_MONTH, _NEVER = 30, 10_000
_SUSPECTS: Final = tuple(one for one in Suspect if one is not Suspect.INJURY)


@dataclass(frozen=True, slots=True)
class Classed:
    """The class of a case. `event_class` "": of none, so that no clock runs.

    `sure`: no open decision could change it. `why`: from what it follows. `if_decided`:
    each open decision of DECISIONS to the class if it is decided for the less grave.
    """

    event_class: str
    sure: bool
    why: tuple[Message, ...] = ()
    if_decided: Mapping[str, str] = field(default_factory=dict)


def classify(pack: Pack, case: SafetyCase, events: Sequence[Event]) -> Classed:
    """The class of a case: the one that a person chose, else the gravest of its events.

    A case without an event yet is taken for one of which nothing is decided.
    """
    if case.chosen_class:
        why = say("safety.why-chosen", name=case.chosen_class, why=case.chosen_why)
        return Classed(case.chosen_class, True, (why,))
    if not any(one.when for one in pack.events):
        return Classed("", False, (say("safety.no-table"),))
    asked: Sequence[Event | None] = events or (None,)
    found, event, way = _gravest(pack, case, asked, frozenset())
    open_ones = [name for name in DECISIONS if any(_is_open(e, name) for e in asked)]
    several = chain.from_iterable(
        combinations(open_ones, count) for count in range(1, len(open_ones) + 1)
    )
    others = {
        names: _gravest(pack, case, asked, frozenset(names))[0] for names in several
    }
    return Classed(
        found,
        all(other == found for other in others.values()),
        tuple(_why(pack, case, event, found, way)),
        {
            names[0]: other
            for names, other in others.items()
            if len(names) == 1 and (names[0] != "infection" or other != found)
        },
    )


def class_of(pack: Pack, case: SafetyCase, event: Event) -> str:
    """The class of one event by itself; "": of none."""
    return _gravest(pack, case, (event,), frozenset())[0]


def _gravest(
    pack: Pack,
    case: SafetyCase,
    events: Sequence[Event | None],
    decided: frozenset[str],
) -> tuple[str, Event | None, When | None]:
    """The first class of the table that an event is of, that event, and by which way.

    `decided`: what is open is decided for the less grave.
    """
    found = _first(pack, case, events, decided, False)
    if "infection" in decided or all(not _is_open(e, "infection") for e in events):
        return found
    infected = _first(pack, case, events, decided, True)
    return infected if _days(pack, infected[0]) < _days(pack, found[0]) else found


def _first(
    pack: Pack,
    case: SafetyCase,
    events: Sequence[Event | None],
    decided: frozenset[str],
    infected: bool,
) -> tuple[str, Event | None, When | None]:
    """`infected`: what is taken for so where nobody has said."""
    for one in pack.events:
        for event in events:
            for way in one.when:
                if _holds(way, case, event, decided, infected):
                    return one.id, event, way
    return "", events[0], None


def _days(pack: Pack, event_class: str) -> int:
    """How long the shortest clock of a class runs that the law or a contract names."""
    clocks = (
        rule.due.days + _MONTH * rule.due.months
        for rule in pack.rules
        if rule.kind is RuleKind.CLOCK
        and rule.counts_from == "holder"
        and event_class in rule.on
    )
    return min(clocks, default=_NEVER)


def _holds(
    way: When,
    case: SafetyCase,
    event: Event | None,
    decided: frozenset[str],
    infected: bool,
) -> bool:
    if way.origin and case.origin.value not in way.origin:
        return False
    if way.serious_as and not _serious_as(way, event, decided):
        return False
    facts = {
        "fatal": event is not None and event.fatal,
        "frequency": event is not None and event.frequency,
        "infection": infected if _is_open(event, "infection") else _infects(event),
        **{name: _fact(event, name, decided) for name in _GRADED},
    }
    return all(getattr(way, name) in (None, fact) for name, fact in facts.items())


def _fact(event: Event | None, name: str, decided: frozenset[str]) -> bool:
    """What is taken for so: of a decision that is open, the graver."""
    if event is None or _is_open(event, name):
        return (name in decided) == (name == "expected")
    if name == "serious":
        return bool(event.is_serious) or event.fatal
    if name == "expected":
        return event.expected is Expectedness.EXPECTED
    return event.suspected


def _infects(event: Event | None) -> bool:
    return event is not None and event.infection is True


def _is_open(event: Event | None, name: str) -> bool:
    """Whether nobody has decided it."""
    if event is None:
        return True
    if name == "serious":
        return event.is_serious is None and not event.fatal
    if name == "expected":
        return event.expected is Expectedness.UNDECIDED
    if name == "infection":
        return event.infection is None
    said = [
        judge.get(one.value)
        for judge in (event.by_reporter, event.by_holder)
        for one in _SUSPECTS
    ]
    # Who says that it is not known has judged: it counts as suspected, surely.
    return None in said and Judged.SUSPECTED not in said


def _serious_as(way: When, event: Event | None, decided: frozenset[str]) -> bool:
    """Whether one of these criteria holds, or may: it was not answered."""
    said = {} if event is None else event.serious
    if any(said.get(one) for one in way.serious_as):
        return True
    unanswered = any(one not in said for one in way.serious_as)
    return unanswered and "serious" not in decided


# --- how it is explained


def _why(
    pack: Pack, case: SafetyCase, event: Event | None, found: str, way: When | None
) -> Iterator[Message]:
    name = next((one.name for one in pack.events if one.id == found), None)
    if name is not None:
        yield say("safety.why-class", name=name)
    else:
        yield say("safety.why-no-class")
    if way is not None and way.origin:
        yield say("safety.why-origin", origin=case.origin.told)
    if event is None:
        yield say("safety.why-no-events")
        return
    yield say("safety.why-event", event=in_halves(event.what))
    if event.fatal:
        yield say("safety.why-fatal")
    asks_serious = way is None or way.serious is not None or bool(way.serious_as)
    if asks_serious and not event.fatal:
        yield from _serious(event)
    if way is None or way.expected is not None:
        yield _expected(event)
    if way is None or way.suspected is not None:
        yield _suspected(event)
    if way is not None and way.infection:
        known = event.infection is not None
        yield say("safety.why-infection" if known else "safety.why-infection-open")
    if event.frequency and (way is None or way.frequency is not None):
        yield say("safety.why-frequency")


def _serious(event: Event) -> Iterator[Message]:
    held = [one for one in Seriousness if event.serious.get(one.value)]
    for one in held:
        yield say("safety.why-serious", as_what=one.told)
    if not held:
        undecided = _is_open(event, "serious")
        yield say("safety.why-serious-open" if undecided else "safety.why-not-serious")


def _expected(event: Event) -> Message:
    if _is_open(event, "expected"):
        return say("safety.why-expected-open")
    known = event.expected is Expectedness.EXPECTED
    key = "safety.why-expected" if known else "safety.why-unexpected"
    return say(key, label=event.label)


def _suspected(event: Event) -> Message:
    if _is_open(event, "suspected"):
        return say("safety.why-suspected-open")
    return say("safety.why-suspected" if event.suspected else "safety.why-ruled-out")
