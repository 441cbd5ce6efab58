"""The sums of sheets of digits alone, told from their text as it is stored.

A report reads every sheet there is, and most are written alike: the same items, each
with a digit. A text that differs from a known one in those digits only need not be
parsed again, which takes three times as long.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from registry_app.domain.isncsci.result import Interval
from registry_app.domain.isncsci.segments import (
    DERMATOMES,
    KEY_MUSCLES,
    Modality,
    Side,
    score_item,
)

#: So many ways of writing are remembered at once.
_KNOWN: Final = 64
_ZERO: Final = ord("0")
#: An item with a digit. Within a string a quote is escaped: none is found in a comment.
_WRITTEN: Final = re.compile(r'"([^"\\]+)"\s*:\s*"(\d)"', re.ASCII)


def _items(modality: Modality, segments: Sequence[str]) -> tuple[str, ...]:
    return tuple(score_item(side, modality, one) for side in Side for one in segments)


#: The items of arms, legs, light touch and pin prick.
_SUMS: Final = (
    _items(Modality.MOTOR, KEY_MUSCLES[:5]),
    _items(Modality.MOTOR, KEY_MUSCLES[5:]),
    _items(Modality.LIGHT_TOUCH, DERMATOMES),
    _items(Modality.PIN_PRICK, DERMATOMES),
)
_ITEMS: Final = frozenset(item for items in _SUMS for item in items)


class _Way(NamedTuple):
    """One way of writing. `frame`: the text with a place for each digit.

    `digits`: those of a text; `sums`: of the digits, what belongs to each sum.
    """

    frame: str
    digits: Callable[[str], tuple[str, ...]]
    sums: tuple[Callable[[bytes], tuple[int, ...]], ...]


class PlainSheets:
    """Remembers how the sheets that it has seen are written."""

    def __init__(self) -> None:
        self._ways: dict[int, list[_Way]] = {}

    def totals(self, text: str) -> dict[str, Interval] | None:
        """``uems``, ``lems``, ``motor``, ``lt``, ``pp``; None where not all are digits.

        `text`: the values of a sheet, as JSON.
        """
        for way in self._ways.get(len(text), ()):
            written = way.digits(text)
            if way.frame % written == text:
                digits = "".join(written)
                return _sums(way, digits.encode()) if _plain(digits) else None
        return self._learn(text)

    def _learn(self, text: str) -> dict[str, Interval] | None:
        places = dict(_places(text))
        values = json.loads(text)
        if any(values.get(item) != text[at] for item, at in places.items()):
            return None
        if len(places) < len(_ITEMS):
            return None
        way = _way(text, places)
        if sum(map(len, self._ways.values())) < _KNOWN:
            self._ways.setdefault(len(text), []).append(way)
        return _sums(way, "".join(way.digits(text)).encode())


def _places(text: str) -> Iterator[tuple[str, int]]:
    for found in _WRITTEN.finditer(text):
        if found[1] in _ITEMS:
            yield found[1], found.start(2)


def _plain(digits: str) -> bool:
    return digits.isascii() and digits.isdigit()


def _way(text: str, places: Mapping[str, int]) -> _Way:
    ordered = sorted(places.items(), key=itemgetter(1))
    frame, last = "", 0
    for _, at in ordered:
        frame += text[last:at].replace("%", "%%") + "%s"
        last = at + 1
    frame += text[last:].replace("%", "%%")
    number = {item: n for n, (item, _) in enumerate(ordered)}
    sums: list[Any] = [itemgetter(*(number[item] for item in items)) for items in _SUMS]
    return _Way(frame, itemgetter(*(at for _, at in ordered)), tuple(sums))


def _sums(way: _Way, digits: bytes) -> dict[str, Interval]:
    uems, lems, touch, pin = (
        sum(found) - _ZERO * len(found) for found in (own(digits) for own in way.sums)
    )
    sums = {"uems": uems, "lems": lems, "motor": uems + lems, "lt": touch, "pp": pin}
    return {name: Interval(one, one) for name, one in sums.items()}
