"""Protocol packs: found in their folders, and read with every check."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from registry_app.domain.errors import InvalidValue, NotFound
from registry_app.domain.message import Told
from registry_app.domain.plan.pack import Machine, Pack, PlannedVisit, Product
from registry_app.packs.check import mistakes
from registry_app.packs.parse import PACK_ID, Header, Parser, Problem, bad
from registry_app.packs.schema import LISTS
from registry_app.paths import RESOURCES, own_packs

PACKS: Final = RESOURCES / "packs"
#: The header stands here, so that the name of a pack is known without all of it.
_FIRST: Final = "pack.toml"
_SINGLE: Final[dict[str, type]] = {
    "pack": Header,
    "product": Product,
    "machine": Machine,
}


def folders() -> tuple[Path, ...]:
    """Where packs lie: those of the program, then those of the hospital."""
    return PACKS, own_packs()


def pack_ids(within: Sequence[Path] | None = None) -> tuple[str, ...]:
    """The packs that there are, in order of their ids; sound or not."""
    found = {
        path.parent.name
        for folder in (folders() if within is None else within)
        for path in folder.glob(f"*/{_FIRST}")
        if path.is_file()
    }
    return tuple(sorted(found))


def folder_of(id: str, within: Sequence[Path] | None = None) -> Path:  # noqa: A002
    """The folder of a pack; of two with one id that of the program.

    Raises NotFound, naming those that exist.
    """
    known = pack_ids(within)
    if id not in known:
        raise NotFound("packs.no-such-pack", id=id, known=", ".join(known))
    places = (folder / id for folder in (folders() if within is None else within))
    return next(place for place in places if (place / _FIRST).is_file())


def load_pack(id: str, within: Sequence[Path] | None = None) -> Pack:  # noqa: A002
    """One pack. Raises NotFound, and InvalidValue with its first mistake."""
    pack, problems = read_folder(folder_of(id, within))
    if pack is None:
        first = problems[0].said
        if len(problems) == 1:
            raise InvalidValue(first.key, **first.params)
        raise InvalidValue("packs.not-sound", first=first, more=len(problems) - 1)
    return pack


def pack_header(id: str) -> Header | None:  # noqa: A002
    """The first table of a pack alone; None where it cannot be read."""
    if id not in pack_ids():
        return None
    parser = Parser()
    folder = folder_of(id)
    parser.file = f"{folder.name}/{_FIRST}"
    header = _tables(parser, _content(folder / _FIRST)).get("pack")
    read = parser.table(Header, header, "pack")
    return read if isinstance(read, Header) else None


def read_folder(folder: Path) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack of a folder, or every mistake in it: by file, in the order found."""
    found = folder.glob("*.toml")
    paths = sorted(found, key=lambda path: (path.name != _FIRST, path.name))
    return _read(folder.name, tuple((path.name, _content(path)) for path in paths))


#: A file as it is read: its bytes, or why it cannot be opened.
_Content: TypeAlias = bytes | str | None


@lru_cache(maxsize=8)
def _read(
    folder: str, files: tuple[tuple[str, _Content], ...]
) -> tuple[Pack | None, tuple[Problem, ...]]:
    """What the files of a folder say, the one with the header first.

    The same bytes are read once: packs are asked for again and again and never change
    in between.
    """
    reading = _Reading(Parser(), folder)
    reading.read(files)
    pack = reading.pack()
    problems = reading.parser.problems
    problems += [
        Problem(reading.file_of(path), path, message)
        for path, message in mistakes(pack, reading.parser.lost)
    ]
    problems.sort(key=lambda problem: problem.file)
    return (None if problems else pack), tuple(problems)


def _content(path: Path) -> _Content:
    try:
        return path.read_bytes()
    except OSError as error:
        return error.strerror


def _tables(parser: Parser, content: _Content) -> dict[str, Any]:
    """The tables of a file; none, and a problem, where it cannot be read."""
    if not isinstance(content, bytes):
        parser.note("", "cannot-open", error=content)
        return {}
    try:
        # Lines may end as on any computer.
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        # Not TOML, no text, or a number that Python does not read.
        parser.note("", "not-toml", error=error)
    return {}


@dataclass
class _Reading:
    """One folder while it is read: what was found, and in which file."""

    parser: Parser
    folder: str
    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def read(self, files: tuple[tuple[str, _Content], ...]) -> None:
        """Read each file of the folder, the one with the header first."""
        for name, content in files:
            self.parser.file = f"{self.folder}/{name}"
            for key, raw in _tables(self.parser, content).items():
                if key in _SINGLE:
                    self._single(key, raw)
                elif key in LISTS:
                    self._several(key, raw)
                else:
                    self.parser.note(key, "unknown-key")
        self.parser.file = f"{self.folder}/{_FIRST}"
        if "pack" not in self.files:
            self.parser.note("pack", "missing-key")

    def _single(self, key: str, raw: object) -> None:
        if key in self.files:
            self.parser.note(key, "twice", id=key)
            return
        self.files[key] = self.parser.file
        value = self.parser.table(_SINGLE[key], raw, key)
        if bad(value):
            self.parser.lost.add((key, ""))
        else:
            self.values[key] = value
        if isinstance(value, Header) and not (
            value.id == self.folder and PACK_ID.fullmatch(value.id)
        ):
            self.parser.note("pack.id", "wrong-id", folder=self.folder)
        if isinstance(value, Header) and value.version < 1:
            self.parser.note("pack.version", "wrong-version")

    def _several(self, key: str, raw: object) -> None:
        name, kind = LISTS[key]
        if not isinstance(raw, list):
            self.parser.note(key, "not-a-list")
            return
        found = self.values.setdefault(name, [])
        for at, entry in enumerate(raw, 1):
            if kind is PlannedVisit:
                read = self.parser.visits(entry, key, at)
            else:
                value = self.parser.one(kind, entry, key, at)
                read = [] if bad(value) else [value]
            for value in read:
                path = f"{key}[{getattr(value, 'id', at)}]"
                if path in self.files:
                    self.parser.note(f"{path}.id", "twice", id=value.id)
                self.files[path] = self.parser.file
                found.append(value)

    def pack(self) -> Pack:
        """What could be read of it, as a pack."""
        plain = {k: v for k, v in self.values.items() if k not in _SINGLE}
        lists = {name: tuple(found) for name, found in plain.items()}
        header = self.values.get("pack", Header("", 1, Told("", "")))
        return Pack(
            header.id,
            header.version,
            header.name,
            lists.pop("sources", ()),
            made_up=header.made_up,
            product=self.values.get("product"),
            machine=self.values.get("machine"),
            **lists,
        )

    def file_of(self, path: str) -> str:
        """The file in which the element at a path stands."""
        first = path.partition("].")[0]
        first = f"{first}]" if "[" in first and not first.endswith("]") else first
        found = self.files.get(first) or self.files.get(first.partition(".")[0])
        return found or f"{self.folder}/{_FIRST}"
