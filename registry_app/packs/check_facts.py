"""What a pack may ask about a case, and which answers there are."""

from collections.abc import Iterator, Mapping
from typing import Final

from registry_app.domain.isncsci.domains import LEVELS
from registry_app.domain.isncsci.scale import GRADES
from registry_app.domain.message import say
from registry_app.domain.plan.facts import is_fact
from registry_app.domain.plan.pack import Pack
from registry_app.domain.subject import Arm, Cause, Sex
from registry_app.packs.found import Known, Mistake

_ANSWERS: Final = ("yes", "no")
#: The facts that are one of a few values.
_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "sex": tuple(Sex),
    "cause": tuple(Cause),
    "arm": tuple(Arm),
    "ais": GRADES,
    "nli": LEVELS[1:],  # no exam's level is NA
    "region": ("cervical", "thoracic", "lumbar", "sacral", "intact"),
}


def values_of(pack: Pack, fact: str) -> tuple[str, ...] | None:
    """The values that a fact is one of; None where it is a number, a day or words."""
    if fact.startswith("asked:"):
        return _ANSWERS
    form, _, item = fact.removeprefix("form:").partition(".")
    for one in (i for f in pack.forms if f.id == form for i in f.items if i.id == item):
        if one.kind == "yes-no":
            return _ANSWERS
        return tuple(choice.id for choice in one.choices) or None
    return _VALUES.get(fact)


def fact_exists(known: Known, path: str, fact: str) -> Iterator[Mistake]:
    """A mistake unless there is such a fact."""
    if not is_fact(fact, known.pack) and not known.lost:
        yield path, say("packs.no-fact", fact=fact)
