"""R1 section 7: events by organ class and term, and what they may come from."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from registry_app.domain.figures.cells import number, said
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import Row, Table, Value
from registry_app.domain.figures.reported import Reported, refs, with_event
from registry_app.domain.figures.tally import (
    column,
    exact_interval,
    in_period,
    label,
    over,
    subjects,
    within,
    words,
)
from registry_app.domain.message import say
from registry_app.domain.safety import Judged, Suspect

_Terms = dict[str, dict[str, list[Reported]]]


def by_term(found: Iterable[Reported]) -> _Terms:
    """Events by organ class and term, in alphabetical order; what is not coded last."""
    terms: _Terms = defaultdict(lambda: defaultdict(list))
    for one in sorted(found, key=lambda each: (not each.group, each.group, each.term)):
        terms[one.group][one.term].append(one)
    return terms


def _class_name(group: str) -> Value:
    return Value(group, group) if group else said(say("periodic.row-not-coded"), "")


def by_class(
    dataset: Dataset, patients: Sequence[Patient], own: Sequence[Reported]
) -> Table:
    """Every event: patients, events, and of these the grave, suspected and new."""

    def row(name: str, shown: Value, found: Sequence[Reported], group: bool) -> Row:
        who = with_event(found)
        now = [one for one in found if within(one.learned, dataset.period)]
        hard = [one for one in found if one.serious]
        blamed = [one for one in found if one.suspected]
        new = [one for one in found if one.expected is False]
        counts = (
            number(len(found), refs(found)),
            in_period(number(len(now), refs(now)), dataset.period),
            *(number(len(kind), refs(kind)) for kind in (hard, blamed, new)),
        )
        cells = (
            shown,
            over(len(who), len(patients), subjects(who)),
            exact_interval(len(who), len(patients)),
            *counts,
        )
        return Row(name, cells, group, 0 if group else 1)

    rows = [row("any", label("any-event"), own, group=True)]
    for group, terms in by_term(own).items():
        every = [one for found in terms.values() for one in found]
        rows.append(row(f"class:{group}", _class_name(group), every, group=True))
        for term, found in terms.items():
            rows.append(row(f"{group}:{term}", Value(term, term), found, group=False))
    return Table(
        "events-by-soc",
        say("periodic.table-events-by-soc", n=len(patients)),
        (
            words("term", 59),
            column("n-of-n", 15),
            column("exact", 28),
            column("events", 12),
            column("period-short", 12),
            column("serious", 13),
            column("related", 14),
            column("unlisted", 15),
        ),
        tuple(rows),
        notes=(say("periodic.note-events"), say("periodic.note-coding")),
    )


#: Columns of the table of reactions: seriousness and expectedness.
_CROSS: Final = tuple(
    (f"{name}-{word}", hard, known)
    for name, hard in (("serious", True), ("mild", False), ("open", None))
    for word, known in (("new", False), ("known", True), ("open", None))
)


def reactions(own: Sequence[Reported]) -> Table:
    """Suspected events only (不具合), by seriousness and expectedness."""

    def row(name: str, shown: Value, found: Sequence[Reported], group: bool) -> Row:
        cells = [shown, number(len(found), refs(found))]
        for _, hard, known in _CROSS:
            kind = [
                one for one in found if one.serious is hard and one.expected is known
            ]
            cells.append(number(len(kind), refs(kind)))
        return Row(name, tuple(cells), group, 0 if group else 1)

    blamed = [one for one in own if one.suspected]
    rows = [row("any", label("any-reaction"), blamed, group=True)]
    for group, terms in by_term(blamed).items():
        every = [one for found in terms.values() for one in found]
        rows.append(row(f"class:{group}", _class_name(group), every, group=True))
        for term, found in terms.items():
            rows.append(row(f"{group}:{term}", Value(term, term), found, group=False))
    return Table(
        "reactions-by-soc",
        say("periodic.table-reactions"),
        (
            words("term", 61.5),
            column("events", 12),
            *(column(name, 10.5) for name, _, _ in _CROSS),
        ),
        tuple(rows),
        notes=(say("periodic.note-reactions"),),
    )


def causality(own: Sequence[Reported]) -> Table:
    """What each event may come from, as the reporter and as the holder judge it."""
    answers = (*Judged, None)
    rows = []
    for suspect in Suspect:
        cells = []
        for judge in ("by_reporter", "by_holder"):
            for answer in answers:
                kind = [
                    one
                    for one in own
                    if getattr(one.event, judge).get(suspect.value) is answer
                ]
                cells.append(number(len(kind), refs(kind)))
        rows.append(Row(suspect.value, (Value(suspect.told), *cells)))
    heads = ("suspected", "cannot-tell", "ruled-out", "unjudged")
    return Table(
        "causality",
        say("periodic.table-causality"),
        (
            words("origin", 56),
            *(column(f"{who}-{head}", 14) for who in ("rep", "mah") for head in heads),
        ),
        tuple(rows),
        notes=(say("periodic.note-causality"),),
    )
