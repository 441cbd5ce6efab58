"""What changed between two versions of a record, and how to take it back.

A *record* is one frozen dataclass with an `id` and a `version`. Its *plain value* is a
mapping of its other fields that say something, in values that JSON knows (the storage
writes it). A mapping inside a record counts key by key: the score at R_LT_C2 is the
item ``values.R_LT_C2``, so that a history can be opened from one cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

Plain: TypeAlias = "bool | int | str | list[Plain] | dict[str, Plain] | None"
Both: TypeAlias = tuple[Plain, Plain]
#: What changed, by field; by key for a mapping inside.
Differences: TypeAlias = dict[str, Both | dict[str, Both]]


@dataclass(frozen=True, slots=True)
class Change:
    """One item of a record, before and after; None: it said nothing."""

    item: str
    old: Plain
    new: Plain


@dataclass(frozen=True, slots=True)
class Entry:
    """One saved record: who, when (UTC), what, why, sealed by `head`.

    `state` is the SHA-256 of the record's whole value after the change; `head` the
    HMAC over the head before and everything else here. `form` numbers the way in which
    values are written for both.
    """

    seq: int
    at: datetime
    actor: str
    workstation: str
    program: str
    engine: str
    kind: str
    id: str
    version: int
    changes: tuple[Change, ...]
    reason: str
    state: str
    head: str
    form: int


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a trail: printed outside the file, it pins down all before it."""

    seq: int
    head: str


def differences(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> Differences:
    """What changed: (old, new) by field, and by key for a mapping inside.

    >>> differences({"a": 1, "values": {"x": "2"}}, {"values": {"x": "3"}})
    {'a': (1, None), 'values': {'x': ('2', '3')}}
    """
    found: Differences = {}
    for name in {**old, **new}:
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if not isinstance(before, dict) and not isinstance(after, dict):
            found[name] = (before, after)
            continue
        left = before if isinstance(before, dict) else {}
        right = after if isinstance(after, dict) else {}
        there = left.get
        inner = {
            key: (there(key), new) for key, new in right.items() if there(key) != new
        }
        for key in left:
            if key not in right:
                inner[key] = (left[key], None)
        found[name] = inner
    return found


def listed(changes: Mapping[str, Any]) -> tuple[Change, ...]:
    """Differences, as they come back from where they are stored, one by one."""
    found = []
    for name, inner in changes.items():
        if isinstance(inner, Mapping):
            found += [Change(f"{name}.{key}", *both) for key, both in inner.items()]
        else:
            found.append(Change(name, *inner))
    return tuple(found)


def undone(new: Mapping[str, Plain], changes: tuple[Change, ...]) -> dict[str, Plain]:
    """The plain value as it was before `changes` led to `new`."""
    value: dict[str, Plain] = {
        name: dict(inner) if isinstance(inner, dict) else inner
        for name, inner in new.items()
    }
    for change in changes:
        name, _, key = change.item.partition(".")
        if not key:
            _put(value, name, change.old)
            continue
        inner = value.setdefault(name, {})
        assert isinstance(inner, dict)
        _put(inner, key, change.old)
        if not inner:
            del value[name]
    return value


def _put(into: dict[str, Plain], name: str, value: Plain) -> None:
    if value is None:
        into.pop(name, None)
    else:
        into[name] = value
