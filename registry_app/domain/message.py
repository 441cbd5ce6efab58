"""A sentence by its key: what the domain says without knowing a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A key of the catalogue (resources/i18n) and what is to be filled in.

    A parameter may itself be a Message or a Told; `Words.say` words it first.
    """

    key: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A text that does not come from the catalogue: a pack brings both languages."""

    ja: str
    en: str


def say(key: str, **params: object) -> Message:
    """A message, written like a call: ``say("isncsci.not-a-score", cell="C5")``."""
    return Message(key, params)
