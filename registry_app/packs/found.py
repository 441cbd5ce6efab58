"""What the checks of a pack share: what it names, and how a mistake is said."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from registry_app.domain.message import Message, say
from registry_app.domain.plan.pack import Pack, Span
from registry_app.packs.schema import KEYS

#: The path of a key, and what is wrong there.
Mistake: TypeAlias = tuple[str, Message]


@dataclass(frozen=True)
class Known:
    """What a pack names, by the key of the table; what could not be read counts too."""

    pack: Pack
    lost: Collection[tuple[str, str]] = field(default_factory=frozenset)

    def ids(self, field_name: str) -> tuple[str, ...]:
        """The ids of one list of the pack."""
        there = tuple(one.id for one in getattr(self.pack, field_name))
        key = KEYS[field_name]
        return there + tuple(id for table, id in self.lost if table == key)  # noqa: A001

    def missing(
        self, path: str, ids: Iterable[str], field_name: str
    ) -> Iterator[Mistake]:
        """A mistake for each id that no element of that list has."""
        known = self.ids(field_name)
        for id in ids:  # noqa: A001
            if id not in known:
                yield path, say("packs.dangling", id=id, known=", ".join(known))


def length(span: Span) -> int:
    """Days of a span, roughly: enough to tell its sign."""
    return span.months * 30 + span.days


def positive(path: str, span: Span | None) -> Iterator[Mistake]:
    """A mistake unless the span goes forward, where there is one."""
    if span is not None and length(span) <= 0:
        yield path, say("packs.not-positive")


def forward(path: str, span: Span | None) -> Iterator[Mistake]:
    """A mistake where the span goes back."""
    if span is not None and length(span) < 0:
        yield path, say("packs.backwards")


def together(path: str, one: object, other: object, keys: str) -> Iterator[Mistake]:
    """A mistake where only one of two keys is written."""
    if (one is None) != (other is None):
        yield path, say("packs.together", keys=keys)


def ordered(path: str, least: object, most: object) -> Iterator[Mistake]:
    """A mistake where the least is more than the most."""
    if least is not None and most is not None and least > most:  # type: ignore[operator]
        yield path, say("packs.upside-down", least=least, most=most)
