"""Figures as the files that travel inside a report: JSON, and lines of CSV.

Written piece by piece: another thread gets its turn between two of them.
"""

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from registry_app.domain.figures.document_data import HEAD, line

#: So many entries of a list are written at once.
_LOT = 50
#: So many lines are put together at once.
_LINES = 500
#: Deeper than this nothing large is expected.
_DEEP = 3


def json_of(value: Any, depth: int = 0) -> Iterator[bytes]:
    """A value as JSON in UTF-8, its keys in order."""
    if isinstance(value, Mapping) and depth < _DEEP:
        sign = b"{"
        for key in sorted(value):
            yield sign + _dumped(key) + b":"
            yield from json_of(value[key], depth + 1)
            sign = b",\n"
        yield b"{}" if sign == b"{" else b"}"
    elif isinstance(value, list | tuple) and len(value) > _LOT:
        sign = b"["
        for first in range(0, len(value), _LOT):
            yield sign + _dumped(value[first : first + _LOT])[1:-1]
            sign = b",\n"
        yield b"]"
    else:
        yield _dumped(value)


def _dumped(value: Any) -> bytes:
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()


def csv_of(lines: Iterable[str]) -> bytes:
    """Lines as a file, with the mark of UTF-8, which spreadsheets need."""
    rest = iter(lines)
    parts = [codecs.BOM_UTF8]
    while lot := "".join(islice(rest, _LINES)):
        parts.append(lot.encode())
    return b"".join(parts)


def flattened(figures: Mapping[str, Any]) -> Iterator[str]:
    """Plain data as lines: what it is of, where in it, by what name, the value."""
    yield line(HEAD)
    for name, value in figures.items():
        for path, single in _singles(value, ()):
            said = "" if single is None else f"{single}"
            row, column = ".".join(path[:-1]), path[-1] if path else "value"
            yield line((name, row, column, said, said, ""))


def _singles(
    value: Any, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _singles(inner, (*path, f"{key}"))
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value):
            yield from _singles(inner, (*path, f"{n}"))
    else:
        yield path, value
