"""Why a classification is what it is: for each field the rule that decided it.

A sentence is true for every score that an open item can turn out to have: what is said
of a certain field holds in all of these exams, not only in a likely one.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.display import (
    Said,
    all_of,
    item_said,
    listed,
    values_said,
)
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.open_items import Narrowing, OpenItems
from registry_app.domain.isncsci.reasons import Certain
from registry_app.domain.isncsci.result import FIELDS, Classification
from registry_app.domain.isncsci.segments import DAP, VAC
from registry_app.domain.message import Message, say


class Tag(StrEnum):
    """What a reason is about, for a small label beside it."""

    SENSORY = "sensory"
    MOTOR = "motor"
    NLI = "nli"
    COMPLETENESS = "completeness"
    AIS = "ais"
    ZONE = "zpp"
    OPEN = "open"
    STAR = "star"


class Reason(NamedTuple):
    """One sentence on one field, and the section of the rules that it rests on."""

    field: str
    rule: str
    message: Message
    tag: Tag


#: Section of the rules and label of each field, by the first word of its name.
_ABOUT: Final = {
    "sensory": ("1.2", Tag.SENSORY),
    "motor": ("1.3", Tag.MOTOR),
    "nli": ("1.4", Tag.NLI),
    "completeness": ("1.5", Tag.COMPLETENESS),
    "ais": ("1.6", Tag.AIS),
    "zpp_sensory": ("1.7", Tag.ZONE),
    "zpp_motor": ("1.8", Tag.ZONE),
}
_NAMED: Final = 3


def explain(exam: Exam, result: Classification) -> tuple[Reason, ...]:
    """The reasons for each field of `result`, which is the classification of `exam`."""
    certain = Certain(exam, result)
    open_items = OpenItems(exam)
    examined = _without_stars(exam) if any(result[f].star for f in FIELDS) else result
    reasons = []
    for field in FIELDS:
        rule, tag = _ABOUT[field.removesuffix("_right").removesuffix("_left")]
        possible = result[field]
        if possible.certain:
            reasons.append(Reason(field, rule, certain.reason(field), tag))
        else:
            message = _open(field, possible.values, open_items)
            reasons.append(Reason(field, rule, message, Tag.OPEN))
        if possible.star:
            seen = values_said(field, examined[field].values)
            message = say("explain.star", field=_field_said(field), value=seen)
            reasons.append(Reason(field, "2.3", message, Tag.STAR))
    return tuple(reasons)


def _without_stars(exam: Exam) -> Classification:
    """The classification of the examined scores."""
    return classify(Exam({i: v.rstrip("*") for i, v in exam.values.items()}))


def _field_said(field: str) -> Message:
    return say(f"explain.field-{field.replace('_', '-')}")


def _open(field: str, values: Sequence[str], open_items: OpenItems) -> Message:
    """What keeps a field open: the one score that decides, or the first that help."""
    about = {"field": _field_said(field), "values": values_said(field, values)}
    found: list[Narrowing] = []
    for narrowing in open_items.narrowing(field, values):
        found.append(narrowing)
        if len(found) > _NAMED:
            break
        if narrowing.decides:
            return say(
                "explain.open-one",
                **about,
                item=item_said(narrowing.item),
                written=_written_said(narrowing.written),
                outcomes=_outcomes_said(field, narrowing),
            )
    if not found:
        return say("explain.open-together", **about, count=len(open_items))
    items = [item_said(narrowing.item) for narrowing in found]
    if len(items) > _NAMED:
        named = listed(items[:_NAMED])
        return say("explain.open-more", **about, items=named)
    return say("explain.open-some", **about, items=all_of(items))


def _written_said(written: str) -> Said:
    return written or say("explain.not-written")


def _outcomes_said(field: str, narrowing: Narrowing) -> Said:
    """``0 gives B, 1 or more gives C``: neighbouring scores of one outcome together."""
    runs: list[tuple[list[str], tuple[str, ...]]] = []
    for score, values in narrowing.outcomes:
        if runs and runs[-1][1] == values:
            runs[-1][0].append(score)
        else:
            runs.append(([score], values))
    parts: list[Said] = [
        say(
            "explain.outcome",
            score=_scores_said(narrowing.item, scores, last=n == len(runs) - 1),
            value=values_said(field, values),
        )
        for n, (scores, values) in enumerate(runs)
    ]
    return listed(parts)


def _scores_said(item: str, scores: list[str], *, last: bool) -> Said:
    if item in (VAC, DAP):
        return say(f"explain.answer-{scores[0].lower()}")
    if len(scores) == 1:
        return scores[0]
    if last:
        return say("explain.or-more", score=scores[0])
    return f"{scores[0]}–{scores[-1]}"
