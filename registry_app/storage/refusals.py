"""What a change of a stored record may be, and when it needs a reason.

Each takes the plain values before and after and the reason given, and gives the key of
the sentence that refuses the change; None: it may be.
"""

from collections.abc import Mapping
from typing import Any, Final

from registry_app.domain.kit import Manufacture
from registry_app.domain.safety import Expectedness, Outcome
from registry_app.domain.trail import Plain
from registry_app.domain.visit import Status

Values = Mapping[str, Any]


def any_change(_: Values, __: Values, ___: str) -> str | None:
    """Free to change."""
    return None


def with_reason(_: Values, __: Values, reason: str) -> str | None:
    """Any change needs a reason."""
    return None if reason else "trail.reason-needed"


def never(_: Values, __: Values, ___: str) -> str | None:
    """It stays as it was made."""
    return "trail.never-changed"


def unless_added(before: Values, after: Values, reason: str) -> str | None:
    """What was empty may be filled in without a reason: a receipt comes later."""
    added = all(_still(said, after.get(name)) for name, said in before.items())
    return None if added or reason else "trail.reason-needed"


def _still(said: Plain, now: Plain) -> bool:
    """Whether a value is what it was; a mapping may have more keys, inside too."""
    if isinstance(said, dict) and isinstance(now, dict):
        return all(_still(one, now.get(key)) for key, one in said.items())
    return said == now


def unless_added_to_kit(before: Values, after: Values, reason: str) -> str | None:
    """An outcome of the manufacture that was pending was not said yet."""
    pending = Manufacture.PENDING.value
    said = {name: one for name, one in before.items() if one != pending}
    return unless_added(said, after, reason)


def unless_added_to_event(before: Values, after: Values, reason: str) -> str | None:
    """What nobody had judged or answered yet was not said."""
    said = {
        name: one for name, one in before.items() if _UNJUDGED.get(name, ...) != one
    }
    return unless_added(said, after, reason)


#: What an event says of itself before anybody has.
_UNJUDGED: Final = {
    "expected": Expectedness.UNDECIDED.value,
    "outcome": Outcome.UNKNOWN.value,
    "frequency": False,
    "infection": False,
}


def unless_keys(before: Values, after: Values, reason: str) -> str | None:
    """Of a person the keys alone change without a reason: they go with the password."""
    said = {name: one for name, one in before.items() if name != "public_key"}
    now = {name: one for name, one in after.items() if name != "public_key"}
    return None if said == now or reason else "trail.reason-needed"


def unless_edition(before: Values, after: Values, _: str) -> str | None:
    """What was issued stays; a signature makes a new edition of its file."""
    said, now = (
        {name: one for name, one in each.items() if name not in _EDITION}
        for each in (before, after)
    )
    return None if said == now else "trail.never-changed"


#: What an issued report says of its newest file.
_EDITION: Final = frozenset({"sha256", "size", "options"})


def until_locked(before: Values, _: Values, __: str) -> str | None:
    """What is to change after the lock is a new version of the plan."""
    return "trail.never-changed" if before.get("locked_on") else None


def completed(before: Values, after: Values, reason: str) -> str | None:
    """A draft is free; what is completed stays so, and changes with a reason."""
    if before["status"] != Status.COMPLETE:
        return None
    if after["status"] != Status.COMPLETE:
        return "exam.stays-complete"
    return None if reason else "exam.reason-needed"
