"""The one or two languages of a report: the first leads, the second accompanies."""

from functools import cache

from registry_app.domain.message import Message, Told
from registry_app.reports.fonts import lowered, writable
from registry_app.reports.text import Span, soft
from registry_app.words import Language, Words

#: The catalogue in a language, read once: every paper says the same words.
words_of = cache(Words)


class Voice:
    """Texts of the catalogue for paper.

    The lead is printed as it is, the accompaniment smaller and softer; figures, which
    have no room for that, say both one after the other. In either language alone there
    is no accompaniment.
    """

    def __init__(self, languages: tuple[Language, ...]) -> None:
        self._lead = words_of(languages[0])
        self._second = words_of(languages[1]) if len(languages) > 1 else None

    @property
    def language(self) -> Language:
        """The language that leads."""
        return self._lead.language

    @property
    def doubled(self) -> bool:
        """Whether two languages are printed."""
        return self._second is not None

    def lead(self, key: str, **params: object) -> str:
        """The text in the leading language."""
        return self._lead(key, **params)

    def second(self, key: str, **params: object) -> str:
        """The text in the other language, or nothing where it says the same."""
        if self._second is None:
            return ""
        said = self._second(key, **params)
        return "" if said == self._lead(key, **params) else said

    def pair(self, key: str, **params: object) -> tuple[str, str]:
        """Both, for a heading, a caption or a label."""
        return self.lead(key, **params), self.second(key, **params)

    def spans(self, key: str, **params: object) -> list[Span]:
        """Both on one line, the second in soft grey."""
        lead, second = self.pair(key, **params)
        return [Span(lead), *([soft(f"  {second}")] if second else [])]

    def line(self, key: str, **params: object) -> str:
        """Both on one line as plain words: what a figure or a header says."""
        return " ".join(filter(None, self.pair(key, **params)))

    def say(self, message: Message | Told) -> tuple[str, str]:
        """A message of the domain, or a text of a pack, in both languages."""
        lead = writable(self._lead.say(message))
        second = ""
        if self._second is not None:
            second = writable(self._second.say(message))
        return lead, "" if second == lead else second

    def said(self, said: Message | Told | str) -> tuple[str, str]:
        """The same of words as they were typed too; raised letters stay (text.py)."""
        if isinstance(said, str):
            return lowered(said), ""
        lead = lowered(self._lead.say(said))
        second = "" if self._second is None else lowered(self._second.say(said))
        return lead, "" if second == lead else second
