"""The art of the body map, read from resources/drawing/bodymap.json.

The drawing is this project's own, made from body proportions and the facts of the
dermatomes; no chart was traced. Units are those of its view box, y down.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from registry_app.domain.isncsci.segments import Side
from registry_app.drawing.patterns import Bounds, bounds
from registry_app.drawing.shapes import Point, Rings
from registry_app.paths import RESOURCES

_SIDES = {"right": Side.RIGHT, "left": Side.LEFT}


@dataclass(frozen=True, slots=True)
class Region:
    """A part of one dermatome in one view (front, back, palm, dorsum, perianal).

    `room` and `breadth`: how high and how wide a name may be around `at`; `sign_at`
    is where + or − goes when it stands apart from the name.
    """

    id: str
    segment: str
    side: Side
    view: str
    rings: Rings
    box: Bounds
    at: Point
    sign_at: Point
    room: float
    breadth: float


@dataclass(frozen=True, slots=True)
class Outline:
    """A line of the drawing; `width` in units, 0 for a silhouette."""

    rings: Rings
    closed: bool
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Caption:
    """A word to be translated, its centre and its size."""

    key: str
    at: Point
    size: float


@dataclass(frozen=True, slots=True)
class BodyArt:
    """The whole drawing."""

    width: float
    height: float
    regions: tuple[Region, ...]
    face: tuple[Rings, ...]
    silhouettes: tuple[Outline, ...]
    details: tuple[Outline, ...]
    key_points: tuple[tuple[Point, bool], ...]
    muscles: tuple[Point, ...]
    landmarks: tuple[tuple[str, Point], ...]
    captions: tuple[Caption, ...]


def _point(pair: list[float]) -> Point:
    return pair[0], pair[1]


def _region(given: Mapping[str, Any]) -> Region:
    label = given["label"]
    return Region(
        id=given["id"],
        segment=given["dermatome"],
        side=_SIDES[given["side"]],
        view=given["view"],
        rings=given["rings"],
        box=bounds(given["rings"]),
        at=_point(label["at"]),
        sign_at=_point(label["sign"]),
        room=2 * label["r"],
        breadth=2 * label["w"],
    )


def body_art(drawing: Mapping[str, Any]) -> BodyArt:
    """The drawing as values, from the parsed bodymap.json."""
    return BodyArt(
        width=drawing["view_box"][2],
        height=drawing["view_box"][3],
        regions=tuple(_region(r) for r in drawing["regions"]),
        face=tuple(n["rings"] for n in drawing["neutral"]),
        silhouettes=tuple(
            Outline(s["rings"], "open" not in s) for s in drawing["silhouettes"]
        ),
        details=tuple(
            Outline((d["curve"],), False, d["width"]) for d in drawing["details"]
        ),
        key_points=tuple((_point(k["at"]), k["inset"]) for k in drawing["key_points"]),
        muscles=tuple(_point(m["at"]) for m in drawing["muscles"]),
        landmarks=tuple(
            (m["dermatome"], _point(m["at"])) for m in drawing["landmarks"]
        ),
        captions=tuple(
            Caption(c["key"], _point(c["at"]), c["size"]) for c in drawing["captions"]
        ),
    )


@cache
def shipped_art() -> BodyArt:
    """The drawing that comes with the program, read once: that takes 20 ms."""
    path = RESOURCES / "drawing" / "bodymap.json"
    return body_art(json.loads(path.read_text(encoding="utf-8")))
