"""R1 section 7: events by organ class and term, and what they may come from."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from registry_app.domain.figures.cells import number, said, written
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
#: Name, what is shown, the events, and whether it is a row of a group.
_MakeRow = Callable[[str, Value, Sequence[Reported], bool], Row]


def by_term(found: Iterable[Reported]) -> _Terms:
    """Events by organ class and term, in alphabetical order; what is not coded last."""
    terms: _Terms = defaultdict(lambda: defaultdict(list))
    for one in sorted(found, key=lambda each: (not each.group, each.group, each.term)):
        terms[one.group][one.term].append(one)
    return terms


def _class_name(group: str) -> Value:
    return written(group) if group else said(say("periodic.row-not-coded"), "")


def _classed(every: str, events: Sequence[Reported], row: _MakeRow) -> tuple[Row, ...]:
    """A row for all of them, one for each organ class, one for each term in it."""
    rows = [row("any", label(every), events, True)]
    for group, terms in by_term(events).items():
        own = [one for found in terms.values() for one in found]
        rows.append(row(f"class:{group}", _class_name(group), own, True))
        for term, found in terms.items():
            rows.append(row(f"{group}:{term}", written(term), found, False))
    return tuple(rows)


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
        _classed("any-event", own, row),
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
    return Table(
        "reactions-by-soc",
        say("periodic.table-reactions"),
        (
            words("term", 61.5),
            column("events", 12),
            *(column(name, 10.5) for name, _, _ in _CROSS),
        ),
        _classed("any-reaction", blamed, row),
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


def causality_by_term(own: Sequence[Reported]) -> Table:
    """Of each term, how many events are suspected to come from each origin.

    An origin is ruled out only where reporter and holder have both said so (REGULATION
    section 5): what is unknown or not judged is suspected.
    """

    def row(name: str, shown: Value, found: Sequence[Reported], group: bool) -> Row:
        cells = [shown, number(len(found), refs(found))]
        for suspect in Suspect:
            out = [one for one in found if _ruled_out(one, suspect)]
            left = [one for one in found if not _ruled_out(one, suspect)]
            cells += (number(len(left), refs(left)), number(len(out), refs(out)))
        return Row(name, tuple(cells), group, 0 if group else 1)

    return Table(
        "causality-by-term",
        say("periodic.table-causality-by-term"),
        (
            words("term", 60),
            column("events", 12),
            *(
                column(f"{suspect.value}-{head}", 12)
                for suspect in Suspect
                for head in ("suspected", "ruled-out")
            ),
        ),
        _classed("any-event", own, row),
        notes=(say("periodic.note-causality-by-term"),),
    )


def _ruled_out(one: Reported, suspect: Suspect) -> bool:
    judges = (one.event.by_reporter, one.event.by_holder)
    return all(judge.get(suspect.value) is Judged.RULED_OUT for judge in judges)
