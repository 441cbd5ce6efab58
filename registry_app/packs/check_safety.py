"""What signals, events of special interest and classes of events must hold to."""

from collections.abc import Iterator
from typing import Final

from registry_app.domain.message import say
from registry_app.domain.plan.pack import Signal, Special, When
from registry_app.domain.safety import CaseOrigin, Seriousness
from registry_app.packs.check_facts import fact_exists, values_of
from registry_app.packs.found import Known, Mistake

#: Sums of an ISNCSCI sheet that a signal may look at, beside the facts of a case.
_SUMS: Final = ("motor",)


def signal(known: Known, path: str, signal: Signal) -> Iterator[Mistake]:
    """The mistakes of one signal."""
    if signal.fact not in _SUMS:
        yield from fact_exists(known, f"{path}.fact", signal.fact)
    if signal.compared_with:
        yield from fact_exists(known, f"{path}.compared_with", signal.compared_with)
    asked = (signal.below, signal.falls_by, signal.within_hours)
    if asked == (None, None, None) and not signal.one_of:
        yield path, say("packs.no-signal")
    if signal.compared_with and signal.falls_by is None:
        yield path, say("packs.together", keys="compared_with, falls_by")
    for key in ("falls_by", "within_hours"):
        if (value := getattr(signal, key)) is not None and value <= 0:
            yield f"{path}.{key}", say("packs.not-positive")
    answers = values_of(known.pack, signal.fact)
    if answers is not None and not set(signal.one_of) <= set(answers):
        yield f"{path}.one_of", say("packs.not-one-of", known=", ".join(answers))
    if signal.special:
        yield from known.missing(f"{path}.special", [signal.special], "specials")


def special(_: Known, path: str, special: Special) -> Iterator[Mistake]:
    """The mistakes of one event of special interest."""
    if special.window is not None and special.window <= 0:
        yield f"{path}.window", say("packs.not-positive")


def when(_: Known, path: str, when: When) -> Iterator[Mistake]:
    """The mistakes of one way to be of a class: it asks for something that there is."""
    if when == When():
        yield path, say("packs.empty")
    for key, known in (("origin", CaseOrigin), ("serious_as", Seriousness)):
        if not set(getattr(when, key)) <= set(known):
            yield f"{path}.{key}", say("packs.not-one-of", known=", ".join(known))
