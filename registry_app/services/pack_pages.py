"""A pack, written out for people: the data dictionary and the list of its rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from registry_app.domain.message import Message, Told
from registry_app.domain.plan.pack import Basis, Pack
from registry_app.services.pack_tables import about, followed, owed
from registry_app.words import Words

_JOINT: Final = " · "


@dataclass(frozen=True, slots=True)
class Section:
    """One table: its title, the heads of its columns, its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def markdown(pack: Pack, words: Words) -> str:
    """All of a pack as a page of Markdown, in one language."""
    lines = [f"# {words.say(pack.name)}", "", words("packs.page-note"), ""]
    if pack.made_up:
        lines += [f"**{words('packs.page-made-up')}**", ""]
    lines += [words("packs.page-version", id=pack.id, version=pack.version), ""]
    for section in sections(pack, words):
        lines += [f"## {section.title}", "", _line(section.columns)]
        lines.append(_line("---" for _ in section.columns))
        lines += [_line(c.replace("|", "\\|") for c in row) for row in section.rows]
        lines.append("")
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def sections(pack: Pack, words: Words) -> tuple[Section, ...]:
    """The tables of a pack; one without rows is left out."""
    written = (*about(pack), *followed(pack), *owed(pack))
    return tuple(_section(words, *table) for table in written if table[2])


def _section(
    words: Words, key: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> Section:
    based = any(isinstance(row[-1], Basis) for row in rows)
    heads = (*columns, *(("basis", "confidence") if based else ()))
    return Section(
        words(f"packs.of-{key}"),
        tuple(words(f"packs.col-{head}") for head in heads),
        tuple(tuple(_cells(words, row, based)) for row in rows),
    )


def _cells(words: Words, row: tuple[Any, ...], based: bool) -> Iterator[str]:
    basis = row[-1] if isinstance(row[-1], Basis) else None
    for value in row[:-1] if basis else row:
        yield _cell(words, value)
    if basis is not None:
        said = [", ".join(basis.sources)]
        if basis.citation is not None:
            said.append(words.say(basis.citation))
        if basis.valid_from is not None:
            said.append(words("packs.valid-from", day=basis.valid_from))
        if basis.valid_to is not None:
            said.append(words("packs.valid-to", day=basis.valid_to))
        yield _JOINT.join(said)
        yield words(f"packs.confidence-{basis.confidence.value}")
    elif based:
        yield from ("", "")


def _cell(words: Words, value: object) -> str:
    """One value in words; several with a dot between them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words("packs.yes") if value else ""
    if isinstance(value, Message | Told):
        return words.say(value)
    if isinstance(value, tuple | list):
        return _JOINT.join(filter(None, (_cell(words, one) for one in value)))
    return f"{value}"
