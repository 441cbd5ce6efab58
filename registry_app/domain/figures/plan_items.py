"""What an evaluation plan fixes, item by item, and what has moved away from it.

An item is written in canonical words: the same protocol gives the same text, in no
language, so that two versions can be compared and a change be shown before and after.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from registry_app.domain.evaluation import Evaluation, OtherWindow
from registry_app.domain.plan.pack import Cohort, Endpoint, PlannedVisit, Test
from registry_app.domain.plan.protocol import Protocol, write_span

#: What an item of the plan is about that the protocol does not say, at first.
MISSING: Final = "missing"
OTHER_WINDOW: Final = "other-window"
#: Nothing is filled in; what is missing counts as worst and as best in a sensitivity.
NOT_FILLED: Final = "not imputed; sensitivity: worst, best"
#: Items whose change touches no result.
_ASIDE: Final = ("target:",)


@dataclass(frozen=True, slots=True)
class Moved:
    """An item that says something else than before; "" where it said, or says, nothing.

    `version`: the version of the plan that says so now; "" where the protocol itself
    has moved away from the plan. `after_lock`, `data_seen`: when it was changed.
    """

    item: str
    before: str
    after: str
    version: str = ""
    after_lock: bool = False
    data_seen: bool = False

    @property
    def of_results(self) -> bool:
        """Whether a result rests on it."""
        return not self.item.startswith(_ASIDE)


def definitions(
    protocol: Protocol, other_window: OtherWindow = OtherWindow.WARN
) -> dict[str, str]:
    """Every item of the plan, as the protocol has it now.

    Endpoints, cohorts, the visits of both with their windows and the rule by which one
    of several exams counts, the visits whose exams are never primary, the number of
    people aimed at, what is done about missing values and about comparators with
    another baseline window.
    """
    pack = protocol.pack
    used = {name for one in pack.endpoints for name in (one.baseline, one.at)}
    used |= {one.baseline for one in pack.cohorts}
    # Exams of these are kept out of the primary analysis: that decides results too.
    used |= {one.id for one in protocol.visits() if not one.primary}
    return {
        **{f"endpoint:{one.id}": _endpoint(one) for one in pack.endpoints},
        **{f"cohort:{one.id}": _cohort(one) for one in pack.cohorts},
        **{
            f"visit:{one.id}": _visit(one)
            for one in protocol.visits()
            if one.id in used
        },
        **{f"target:{one.arm.value}": f"{one.number}" for one in pack.targets},
        MISSING: NOT_FILLED,
        OTHER_WINDOW: other_window.value,
    }


def drift(locked: Evaluation, protocol: Protocol) -> tuple[Moved, ...]:
    """The items by which the protocol has moved away from a version of the plan.

    What a plan says of the windows of others stands in no protocol.
    """
    now = definitions(protocol)
    said = dict(locked.definitions)
    now[OTHER_WINDOW] = said.get(OTHER_WINDOW, now[OTHER_WINDOW])
    now[MISSING] = said.get(MISSING, now[MISSING])
    if not said:
        return ()
    return tuple(
        Moved(item, before, after, after_lock=locked.locked_on is not None)
        for item, before, after in _differences(said, now)
    )


def amendments(evaluations: Sequence[Evaluation]) -> tuple[Moved, ...]:
    """What each later version of the plan changed, by version."""
    found: list[Moved] = []
    versions = in_order(evaluations)
    locked = False
    for one, other in pairwise(versions):
        locked = locked or one.locked_on is not None
        found += [
            Moved(item, before, after, other.id, locked, other.data_seen)
            for item, before, after in _differences(one.definitions, other.definitions)
        ]
    return tuple(found)


def in_order(evaluations: Iterable[Evaluation]) -> tuple[Evaluation, ...]:
    """The versions of the plan by their number."""
    return tuple(sorted(evaluations, key=_number))


def in_force(evaluations: Iterable[Evaluation]) -> Evaluation | None:
    """The newest version that was locked; None while none was."""
    locked = [one for one in evaluations if one.locked_on is not None]
    return max(locked, key=_number, default=None)


def changed_after_lock(
    evaluations: Sequence[Evaluation], protocol: Protocol
) -> tuple[Moved, ...]:
    """Everything that was changed after the lock and that a result rests on."""
    plan = in_force(evaluations)
    moved = () if plan is None else drift(plan, protocol)
    late = [one for one in amendments(evaluations) if one.after_lock]
    return tuple(one for one in (*late, *moved) if one.of_results)


def other_window(evaluations: Iterable[Evaluation]) -> OtherWindow:
    """What the plan in force does with a comparator of another baseline window."""
    plan = in_force(evaluations)
    said = "" if plan is None else plan.definitions.get(OTHER_WINDOW, "")
    known = said in tuple(OtherWindow)
    return OtherWindow(said) if known else OtherWindow.WARN


def _number(plan: Evaluation) -> tuple[int, str]:
    return (int(plan.id) if plan.id.isdecimal() else 0, plan.id)


def _differences(
    before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    for item in (*before, *(item for item in after if item not in before)):
        one, other = before.get(item, ""), after.get(item, "")
        if one != other:
            yield item, one, other


def _endpoint(one: Endpoint) -> str:
    return _parts(
        cohort=one.cohort,
        measure=one.measure,
        baseline=one.baseline,
        at=one.at,
        order=" < ".join(one.order),
        by=f"{one.by:+f}",
        unit=one.unit,
        primary=_yes(one.primary),
    )


def _cohort(one: Cohort) -> str:
    tests = " and ".join(_test(test) for test in one.tests)
    return _parts(baseline=one.baseline, tests=tests)


def _test(test: Test) -> str:
    if test.one_of:
        return f"{test.fact} in {{{', '.join(test.one_of)}}}"
    least = "" if test.least is None else f"{test.least:f}"
    most = "" if test.most is None else f"{test.most:f}"
    return f"{test.fact} in [{least}, {most}]"


def _visit(one: PlannedVisit) -> str:
    return _parts(
        anchor=one.anchor,
        at=write_span(one.at),
        before=f"{one.before}",
        after=f"{one.after}",
        form=one.forms[0] if one.forms else "",
        pick=one.pick.value,
        precedes=one.precedes,
        primary=_yes(one.primary),
    )


def _yes(told: bool) -> str:
    return "yes" if told else "no"


def _parts(**named: str) -> str:
    return "; ".join(f"{name}={text}" for name, text in named.items() if text)
