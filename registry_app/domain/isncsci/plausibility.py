"""What is unusual about an exam and worth a second look; never an error.

The list is that of RULES.md part 5, with 4.15 and 4.16. Whether a score that is not
testable has a comment is not known here: that stands beside the exam, not in it.
"""

from collections.abc import Iterator
from typing import Final

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.display import (
    Said,
    all_of,
    item_said,
    level_said,
    side_said,
    values_said,
)
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.result import Classification
from registry_app.domain.isncsci.segments import (
    DAP,
    KEY_MUSCLES,
    ORDER,
    SCORE_ITEMS,
    VAC,
    Modality,
    Side,
    non_key_item,
    score_item,
)
from registry_app.domain.message import Message, say

#: "Far" is what the standard calls more than three levels (1.6).
FAR: Final = 4
_SACRAL: Final = tuple(
    score_item(side, modality, "S4_5")
    for side in Side
    for modality in (Modality.LIGHT_TOUCH, Modality.PIN_PRICK)
)
_NAMED: Final = 3
_SIDES: Final = ((Side.RIGHT, "right"), (Side.LEFT, "left"))


def warnings(exam: Exam, result: Classification) -> tuple[Message, ...]:
    """The doubts about an exam; `result` is its classification."""
    return (
        *_sacral(exam, result),
        *_levels(result),
        *_stars(exam, result),
        *_non_key(exam, result),
        *_grade(result),
    )


def _sacral(exam: Exam, result: Classification) -> Iterator[Message]:
    values = exam.values
    sacral = [values.get(item) for item in _SACRAL]
    if values.get(VAC) == "Yes" and values.get(DAP) == "No" and set(sacral) == {"0"}:
        yield say("isncsci.doubt-vac")
    if values.get(DAP) == "No" and set(sacral) == {"2"}:
        yield say("isncsci.doubt-dap")
    elif values.get(DAP) in ("NT", "UNK") and result["ais"].values == ("E",):
        yield say("isncsci.doubt-dap-open")


def _levels(result: Classification) -> Iterator[Message]:
    for side, name in _SIDES:
        motor, sensory = f"motor_{name}", f"sensory_{name}"
        lowest, highest = result[motor].values[-1], result[sensory].values[0]
        if ORDER[highest] - ORDER[lowest] >= FAR:
            yield say(
                "isncsci.doubt-motor-level",
                side=side_said(side),
                motor=values_said(motor, result[motor].values),
                sensory=values_said(sensory, result[sensory].values),
            )


def _stars(exam: Exam, result: Classification) -> Iterator[Message]:
    """Decisions on stars that do not fit where the lesion is (2.1)."""
    values = exam.values
    starred = {i: v for i in SCORE_ITEMS if "*" in (v := values.get(i, ""))}
    if not starred:
        return
    lowest = max(ORDER[level] for level in result["nli"].values)
    below = [i for i, v in starred.items() if v.endswith("**") and _at(i) > lowest]
    if below:
        yield say("isncsci.doubt-star-below", items=_named(below))
    # Where would the lesion be, were all of them considered normal?
    normal = {i: f"{v.rstrip('*')}**" for i, v in starred.items()}
    nli = classify(Exam({**values, **normal}))["nli"]
    highest = min(ORDER[level] for level in nli.values)
    above = [i for i, v in starred.items() if not v.endswith("**") and _at(i) < highest]
    if above:
        level = level_said(nli.values[0])
        yield say("isncsci.doubt-star-above", items=_named(above), level=level)


def _at(item: str) -> int:
    return ORDER[item.split("_", 2)[2]]


def _named(items: list[str]) -> Said:
    named = [item_said(item) for item in items[:_NAMED]]
    if len(items) > _NAMED:
        return say("isncsci.and-more", items=all_of(named), count=len(items) - _NAMED)
    return all_of(named)


def _non_key(exam: Exam, result: Classification) -> Iterator[Message]:
    asked = could_decide = False
    for side, name in _SIDES:
        segment = exam.values.get(non_key_item(side))
        levels = result[f"motor_{name}"].values
        if ORDER[levels[0]] + FAR <= ORDER[KEY_MUSCLES[-1]]:
            could_decide = True
        if segment is None:
            continue
        asked = True
        if ORDER[segment] <= ORDER[levels[0]]:
            yield say(
                "isncsci.doubt-non-key",
                side=side_said(side),
                segment=segment,
                level=values_said(f"motor_{name}", levels),
            )
    # In a B it could make it C, unless all segments that have one are too near (1.9).
    possible = "B" in result["ais"].values and not result.missing
    if possible and could_decide and not asked:
        yield say("isncsci.doubt-non-key-unasked")


def _grade(result: Classification) -> Iterator[Message]:
    if result["ais"].values == ("E",):
        yield say("isncsci.doubt-e")
