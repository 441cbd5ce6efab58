"""The colours of a figure, by their use: the same layout serves screen and paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as ``#RRGGBB``.

    `series` are those of lines, always used with a sign and dashes of their own;
    `states` those of the edge of a window (done, due, overdue, blocked, open), `chips`
    those of the ground of its words.
    """

    ground: str
    text: str
    soft: str
    rule: str
    grid: str
    window: str
    accent: str
    on_accent: str
    series: tuple[str, ...]
    states: Mapping[str, str]
    chips: Mapping[str, str]
    outline: str
    level_2: str
    level_1: str
    level_0: str
    not_testable: str
    open: str
    up: str
    down: str


#: Greys that stay apart on a copy of a copy; meaning rests on shape and pattern.
PAPER: Final = Palette(
    ground="#FFFFFF",
    text="#0D0D0D",
    soft="#5C5C5C",
    rule="#808080",
    grid="#BDBDBD",
    window="#E4E4E4",
    accent="#0D0D0D",
    on_accent="#FFFFFF",
    series=("#0D0D0D", "#0D0D0D", "#0D0D0D", "#0D0D0D", "#5C5C5C"),
    states={
        "done": "#0D0D0D",
        "due": "#0D0D0D",
        "overdue": "#0D0D0D",
        "blocked": "#0D0D0D",
        "open": "#808080",
    },
    chips=dict.fromkeys(("done", "due", "overdue", "blocked", "open"), "#FFFFFF"),
    outline="#4A4A4A",
    level_2="#F4F4F4",
    level_1="#D6D6D6",
    level_0="#9E9E9E",
    not_testable="#FFFFFF",
    open="#FFFFFF",
    up="#E4E4E4",
    down="#B4B4B4",
)
