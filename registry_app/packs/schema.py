"""How the dataclasses of a plan are written as tables: names, needs, and what is where.

A table has the name of its field in the singular, because TOML writes it ``[[visit]]``;
a list keeps its plural. What a `Basis` holds lies flat in the table that rests on it.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

from registry_app.domain.message import Told
from registry_app.domain.plan.pack import Basis, Pack, PlannedVisit, Span

#: The name of a field in the files, where it is another one.
KEYS: Final[Mapping[str, str]] = {
    "anchors": "anchor",
    "base_dates": "date",
    "booklets": "booklet",
    "choices": "choice",
    "cohorts": "cohort",
    "columns": "column",
    "comparators": "comparator",
    "conditions": "condition",
    "criteria": "criterion",
    "endpoints": "endpoint",
    "events": "event",
    "items": "item",
    "labels": "label",
    "presets": "preset",
    "quantities": "quantity",
    "reports": "report",
    "rows": "row",
    "rules": "obligation",
    "signals": "signal",
    "sources": "source",
    "specials": "special",
    "states": "state",
    "steps": "step",
    "targets": "target",
    "tests": "test",
    "visits": "visit",
    "forms": "form",
}


@cache
def fields(kind: type) -> tuple[tuple[str, Any, bool], ...]:
    """Name, type and whether it is needed, of each field of a dataclass."""
    hints = get_type_hints(kind)
    return tuple(
        (
            field.name,
            hints[field.name],
            field.default is dataclasses.MISSING
            and type(None) not in get_args(hints[field.name]),
        )
        for field in dataclasses.fields(kind)
    )


def key_of(kind: type, field: str) -> str:
    """How a field is called in the files."""
    plural = (kind, field) == (PlannedVisit, "forms")  # ids of forms, not tables
    return field if plural else KEYS.get(field, field)


def keys_of(kind: type) -> Iterator[tuple[str, str, Any, bool]]:
    """Key, field, type and whether it is needed; those of a Basis among them."""
    for name, hint, needed in fields(kind):
        if hint is Basis:
            yield from keys_of(Basis)
        else:
            yield key_of(kind, name), name, hint, needed


#: Key of each list of tables at the top of a pack, to its field and the kind of each.
LISTS: Final[Mapping[str, tuple[str, type]]] = {
    key_of(Pack, name): (name, get_args(hint)[0])
    for name, hint, _ in fields(Pack)
    if get_origin(hint) is tuple
}


def elements(pack: Pack) -> Iterator[tuple[str, Any]]:
    """Every dataclass in a pack with its path, the pack's own tables first."""
    for name, value in (
        (f.name, getattr(pack, f.name)) for f in dataclasses.fields(pack)
    ):
        yield from _within(value, KEYS.get(name, name))


def _within(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, tuple):
        for at, entry in enumerate(value, 1):
            if dataclasses.is_dataclass(entry):
                yield from _within(entry, f"{path}[{getattr(entry, 'id', at)}]")
    elif dataclasses.is_dataclass(value) and not isinstance(value, Told | Span | Basis):
        kind: type = type(value)
        yield path, value
        for name, _, _ in fields(kind):
            yield from _within(getattr(value, name), f"{path}.{key_of(kind, name)}")
