"""A sentence by its key: what the domain says without knowing a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A key of the catalogue (resources/i18n) and what is to be filled in.

    A parameter may itself be a Message; `Words.say` words the inner one first.
    """

    key: str
    params: Mapping[str, object] = field(default_factory=dict)


def say(key: str, **params: object) -> Message:
    """A message, written like a call: ``say("isncsci.not-a-score", cell="C5")``."""
    return Message(key, params)
