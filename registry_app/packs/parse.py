"""From the tables of a pack to its values: each mistake is noted, none stops the rest.

The dataclasses of domain/plan/pack.py are the schema: a type says what may be written.
"""

import dataclasses
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, get_args, get_origin

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.pack import Basis, PlannedVisit, Span
from registry_app.domain.plan.protocol import read_span
from registry_app.packs.schema import fields, key_of, keys_of
from registry_app.words import Language

PACK_ID: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9+_-]{0,39}")
#: A century: nothing that is followed up is planned for longer.
MONTHS: Final = 1200
DAYS: Final = 36_525
_YEARS: Final = (1900, 2200)


class _Bad:
    """In place of a value that could not be read; its problem has been noted."""


_BAD: Final = _Bad()


def bad(value: object) -> bool:
    """Whether it stands in place of a value that could not be read."""
    return isinstance(value, _Bad)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a pack: its file, the path of its key, and what is wrong."""

    file: str
    path: str
    message: Message

    @property
    def said(self) -> Message:
        """All of it as one sentence."""
        if not self.path:
            return say("packs.at-file", file=self.file, what=self.message)
        return say("packs.at", file=self.file, path=self.path, what=self.message)


@dataclass(frozen=True, slots=True)
class Header:
    """The first table of a pack."""

    id: str
    version: int
    name: Told
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """A visit again and again: `times` in all, numbered from `first`."""

    every: Span
    times: int
    first: int = 1


class Parser:
    """Reads the tables of one pack; `problems` grows, `lost` has what was left out.

    `lost`: key of the table and id of each element that could not be read, so that what
    points to it is not called dangling too.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.lost: set[tuple[str, str]] = set()
        self.file = ""

    def note(self, path: str, key: str, **params: object) -> _Bad:
        """A problem in the file that is being read."""
        message = say(f"packs.{key}", **params)
        self.problems.append(Problem(self.file, path, message))
        return _BAD

    def table(self, kind: type, raw: object, path: str) -> Any:
        """The value of one table, or what stands for a bad one."""
        if not isinstance(raw, dict):
            return self.note(path, "not-a-table")
        known = {key for key, *_ in keys_of(kind)}
        sound = True
        for name in raw:
            if name not in known:
                self.note(f"{path}.{name}", "unknown-key")
                sound = False
        values: dict[str, Any] = {}
        for name, hint, needed in fields(kind):
            if hint is Basis:
                own = {key: raw[key] for key, *_ in keys_of(Basis) if key in raw}
                values[name] = self.table(Basis, own, path)
            elif (key := key_of(kind, name)) in raw:
                here = f"{path}.{key}"
                values[name] = self._value(hint, raw[key], here, key)
            elif needed:
                values[name] = self.note(f"{path}.{key}", "missing-key")
            elif type(None) in get_args(hint):
                values[name] = None  # TOML has no word for nothing
        if not sound or any(isinstance(value, _Bad) for value in values.values()):
            return _BAD
        return kind(**values)

    def tables(self, kind: type, raw: object, path: str) -> tuple[Any, ...] | _Bad:
        """The values of a list of tables; each id once."""
        if not isinstance(raw, list):
            return self.note(path, "not-a-list")
        read = [self.one(kind, entry, path, at) for at, entry in enumerate(raw, 1)]
        found = tuple(value for value in read if not isinstance(value, _Bad))
        twice = self.twice(path, (getattr(value, "id", None) for value in found))
        return _BAD if twice or len(found) < len(read) else found

    def one(self, kind: type, raw: object, path: str, at: int) -> Any:
        """One table of a list; its path has its id, or where it stands in the file."""
        mark = raw.get("id") if isinstance(raw, dict) else None
        known = isinstance(mark, str) and bool(mark)
        value = self.table(kind, raw, f"{path}[{mark if known else at}]")
        if isinstance(value, _Bad) and isinstance(mark, str):
            self.lost.add((path, mark))
        return value

    def twice(self, path: str, ids: Iterator[str | None]) -> bool:
        """Whether an id stands there twice; each one is noted."""
        seen: set[str] = set()
        sound = True
        for id in ids:  # noqa: A001
            if id is not None and id in seen:
                self.note(f"{path}[{id}].id", "twice", id=id)
                sound = False
            seen.add(id or "")
        return not sound

    def visits(self, raw: object, path: str, at: int) -> list[PlannedVisit]:
        """A planned visit, and those that repeat it; none where it cannot be read."""
        if not isinstance(raw, dict) or "repeat" not in raw:
            visit = self.one(PlannedVisit, raw, path, at)
            return [] if isinstance(visit, _Bad) else [visit]
        plain = {key: value for key, value in raw.items() if key != "repeat"}
        visit = self.one(PlannedVisit, plain, path, at)
        mark = f"{path}[{raw.get('id', at)}].repeat"
        repeat = self.table(Repeat, raw["repeat"], mark)
        if isinstance(repeat, Repeat) and not 1 <= repeat.times <= 100:
            repeat = self.note(f"{mark}.times", "out-of-range", least=1, most=100)
        if isinstance(repeat, Repeat) and _length(repeat.every) <= 0:
            repeat = self.note(f"{mark}.every", "not-positive")
        if isinstance(visit, _Bad) or isinstance(repeat, _Bad):
            self.lost.add((path, str(raw.get("id"))))
            return []
        return list(_repeated(visit, repeat))

    def _value(self, hint: Any, raw: object, path: str, key: str) -> Any:
        """A value of some type; the type says what may be written."""
        args = get_args(hint)
        if get_origin(hint) in (types.UnionType,):
            inner = next(arg for arg in args if arg is not type(None))
            return self._value(inner, raw, path, key)
        if get_origin(hint) is tuple:
            return self._list(args, raw, path, key)
        if get_origin(hint) is not None:
            return self._mapping(raw, path)
        if hint is Told:
            return self.told(raw, path)
        if dataclasses.is_dataclass(hint) and hint is not Span:
            return self.table(hint, raw, path)  # type: ignore[arg-type]
        return self._plain(hint, raw, path, key)

    def _plain(self, hint: Any, raw: object, path: str, key: str) -> Any:
        if hint is bool:
            return raw if isinstance(raw, bool) else self.note(path, "not-a-truth")
        if hint is int:
            whole = type(raw) is int and abs(raw) <= DAYS * 1000
            return raw if whole else self.note(path, "not-whole")
        if hint is Decimal:
            return self._number(raw, path)
        if hint is date:
            return self._day(raw, path)
        if not isinstance(raw, str) or not raw.strip():
            return self.note(path, "no-text")
        if hint is Span:
            return self._span(raw, path)
        if issubclass(hint, StrEnum):
            known = ", ".join(member.value for member in hint)
            fits = raw in tuple(hint)
            return hint(raw) if fits else self.note(path, "not-one-of", known=known)
        if key == "id" and not (_ID.fullmatch(raw) or path == "pack.id"):
            return self.note(path, "not-an-id")
        return raw

    def _day(self, raw: object, path: str) -> Any:
        if type(raw) is not date:
            return self.note(path, "not-a-date")
        least, most = _YEARS
        fits = least <= raw.year <= most
        return raw if fits else self.note(path, "out-of-range", least=least, most=most)

    def _number(self, raw: object, path: str) -> Any:
        if type(raw) is int or (isinstance(raw, Decimal) and raw.is_finite()):
            return Decimal(str(raw))
        return self.note(path, "not-a-number")

    def _span(self, raw: str, path: str) -> Any:
        try:
            span = read_span(raw)
        except InvalidValue:
            return self.note(path, "not-a-span")
        fits = abs(span.months) <= MONTHS and abs(span.days) <= DAYS
        return span if fits else self.note(path, "too-long")

    def _list(self, args: tuple[Any, ...], raw: object, path: str, key: str) -> Any:
        kind = args[0]
        if dataclasses.is_dataclass(kind):
            return self.tables(kind, raw, path)  # type: ignore[arg-type]
        if not isinstance(raw, list):
            return self.note(path, "not-a-list")
        values = [self._value(kind, entry, path, key) for entry in raw]
        if any(isinstance(value, _Bad) for value in values):
            return _BAD
        if Ellipsis not in args and len(values) != len(args):
            return self.note(path, "not-so-many", count=len(args))
        if len(set(values)) < len(values):
            return self.note(path, "listed-twice")
        return tuple(values)

    def _mapping(self, raw: object, path: str) -> Any:
        if not isinstance(raw, dict):
            return self.note(path, "not-a-table")
        blank = [n for n, v in raw.items() if not isinstance(v, str) or not v.strip()]
        for name in blank:
            self.note(f"{path}.{name}", "no-text")
        return _BAD if blank else raw

    def told(self, raw: object, path: str) -> Any:
        """A text in every language, and in no other."""
        texts = raw if isinstance(raw, dict) else {}
        sound = True
        for language in texts:
            if language not in tuple(Language):
                self.note(f"{path}.{language}", "unknown-key")
                sound = False
        for language in Language:
            text = texts.get(language)
            if not isinstance(text, str) or not text.strip():
                self.note(f"{path}.{language}", "no-text")
                sound = False
        return Told(texts["ja"], texts["en"]) if sound else _BAD


def _length(span: Span) -> int:
    """Days of a span, roughly: enough to tell its sign."""
    return span.months * 30 + span.days


def _repeated(visit: PlannedVisit, repeat: Repeat) -> Iterator[PlannedVisit]:
    for step in range(repeat.times):
        n = repeat.first + step
        yield dataclasses.replace(
            visit,
            id=visit.id if n == 1 else f"{visit.id}-{n}",
            name=Told(
                visit.name.ja.replace("{n}", f"{n}"),
                visit.name.en.replace("{n}", f"{n}"),
            ),
            at=Span(
                visit.at.months + step * repeat.every.months,
                visit.at.days + step * repeat.every.days,
            ),
        )
