"""A sentence by its key: what the domain says without knowing a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: Hiragana, katakana and kanji: signs that no English text has.
_JAPANESE: Final = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
#: ``日本語 / English``; a count of what else there is may follow, as ``(+2)``.
_HALVES: Final = re.compile(
    rf"(?P<ja>[^/;]*[{_JAPANESE}][^/;]*?) / (?P<en>[^/;{_JAPANESE}]+?)"
    r"(?P<more> \(\+\d+\))?"
)


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


def in_halves(text: str) -> Told | str:
    """A text that a record holds as ``日本語 / English``, one half for each reader.

    So the program writes down what a signal found (`plan.signals.both`), and so some
    people type. Several stand with ``; `` between them. Another text is as it is.

    >>> in_halves("貧血 / Anaemia (+2)")
    Told(ja='貧血 (+2)', en='Anaemia (+2)')
    """
    if " / " not in text:
        return text
    found = [_HALVES.fullmatch(part) for part in text.strip().split("; ")]
    if not all(found):
        return text
    ja, en = (
        "; ".join(f"{one[half]}{one['more'] or ''}" for one in found if one)
        for half in ("ja", "en")
    )
    return Told(ja, en)
