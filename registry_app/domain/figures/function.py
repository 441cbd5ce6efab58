"""What a patient can do: changes from the baseline to the endpoint, patient by patient.

No single line says who has got better: how many reach a small and how many a
substantial change of SCIM III stand beside one another (CLINICAL.md section 3.1). No
such value of the ISNCSCI sums is confirmed, so that none is used.
"""

from collections.abc import Callable, Iterator, Sequence

from registry_app.domain.figures.cells import Refs
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import Block, Row, Section, Table, Value
from registry_app.domain.figures.efficacy_cells import column, forms, words
from registry_app.domain.figures.followed import Followed, followed
from registry_app.domain.figures.measures import (
    LARGE_CHANGE,
    SCIM,
    SMALL_CHANGE,
    Measure,
    Seen,
    measures,
    seen,
)
from registry_app.domain.figures.statistics import proportion
from registry_app.domain.message import say
from registry_app.domain.plan.facts import ISNCSCI
from registry_app.domain.plan.pack import PlannedVisit

#: The values of one patient, before and after.
Pair = tuple[Seen, Seen]


def function_section(dataset: Dataset) -> Section | None:
    """A table for each instrument with a total; None where the pack has none."""
    pack = dataset.protocol.pack
    wanted = [one for one in measures(pack) if one.form != ISNCSCI]
    ends = _ends(dataset)
    if not wanted or ends is None:
        return None
    groups = followed(dataset)
    blocks: list[Block] = [_table(dataset, one, groups, *ends) for one in wanted]
    return Section("efficacy-function", say("efficacy.function"), tuple(blocks))


def _ends(dataset: Dataset) -> tuple[PlannedVisit, PlannedVisit] | None:
    """The baseline and the endpoint visit of the first primary endpoint."""
    endpoints = dataset.protocol.pack.endpoints
    first = next((one for one in endpoints if one.primary), None)
    if first is None:
        return None
    by_id = {visit.id: visit for visit in dataset.protocol.visits()}
    return by_id[first.baseline], by_id[first.at]


def _table(
    dataset: Dataset,
    measure: Measure,
    groups: Sequence[Followed],
    base: PlannedVisit,
    end: PlannedVisit,
) -> Table:
    changes: tuple[tuple[str, Callable[[int], bool]], ...] = (
        ("gained", lambda by: by > 0),
        ("same", lambda by: by == 0),
        ("fell", lambda by: by < 0),
    )
    notes = [say("efficacy.function-note")]
    if measure.id == SCIM:
        changes = (
            *changes,
            ("small", lambda by: by >= SMALL_CHANGE),
            ("large", lambda by: by >= LARGE_CHANGE),
        )
        notes.append(say("efficacy.scim-note", small=SMALL_CHANGE, large=LARGE_CHANGE))
    wide = 16.0
    columns = (
        words("set", 133 - wide * len(changes)),
        column("both", 16),
        column("not-both", 19),
        *(column(name, wide) for name, _ in changes),
    )
    rows = []
    for group in groups:
        pairs = list(_pairs(dataset, measure, group.patients, base, end))
        lacking = len(group.patients) - len(pairs)
        cells = (
            Value(group.name),
            Value(f"{len(pairs):,}", len(pairs), _behind(pairs)),
            Value(f"{lacking:,}", lacking),
            *(_share(pairs, change) for _, change in changes),
        )
        rows.append(Row(group.id, cells))
    name = say("efficacy.function-table", measure=measure.name)
    return Table(f"change-{measure.id}", name, columns, tuple(rows), tuple(notes))


def _pairs(
    dataset: Dataset,
    measure: Measure,
    patients: Sequence[Patient],
    base: PlannedVisit,
    end: PlannedVisit,
) -> Iterator[Pair]:
    for patient in patients:
        before = seen(dataset.protocol, patient, base, measure)
        after = seen(dataset.protocol, patient, end, measure)
        if before is not None and after is not None:
            yield before, after


def _share(pairs: Sequence[Pair], change: Callable[[int], bool]) -> Value:
    part = [pair for pair in pairs if change(int(pair[1].low - pair[0].low))]
    found = proportion(len(part), len(pairs))
    return Value(found.over, found.plain, _behind(part), found.small)


def _behind(pairs: Sequence[Pair]) -> Refs:
    return forms((one.patient.id, one.exam) for pair in pairs for one in pair)
