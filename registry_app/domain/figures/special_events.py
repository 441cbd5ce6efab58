"""R1 section 7: events of special interest (注目すべき有害事象), each with n / N.

What nobody had stands too, with the one-sided upper limit: no event is no proof of
safety (CLINICAL.md section 3.2).
"""

from collections.abc import Sequence

from registry_app.domain.figures.cells import number
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import Mark, Row, Said, Table, Value
from registry_app.domain.figures.reported import Reported, refs, with_event
from registry_app.domain.figures.tally import (
    column,
    days_after,
    exact_interval,
    median,
    over,
    subjects,
    to_confirm,
    upper_limit,
    words,
)
from registry_app.domain.message import say
from registry_app.domain.safety import Outcome

_WELL = (Outcome.RECOVERED, Outcome.RECOVERING, Outcome.SEQUELAE)


def special(
    dataset: Dataset, patients: Sequence[Patient], own: Sequence[Reported]
) -> Table:
    """A row for each one that the pack names, in its order, had or not."""
    protocol = dataset.protocol
    rows = []
    for one in protocol.pack.specials:
        mark = to_confirm(protocol, f"special:{one.id}", one.basis)
        kind = [event for event in own if event.event.special == one.id]
        rows.append(_row(one.id, one.name, kind, patients, mark))
    known = {one.id for one in protocol.pack.specials}
    rest = [e for e in own if e.event.special and e.event.special not in known]
    if rest:
        rows.append(_row("other", say("periodic.row-other-special"), rest, patients))
    return Table(
        "special",
        say("periodic.table-special", n=len(patients)),
        (
            words("special", 57),
            column("n-of-n", 14.2),
            column("exact", 27),
            column("upper", 16),
            column("serious", 12.8),
            column("onset", 21),
            column("outcomes", 20),
        ),
        tuple(rows),
        notes=(say("periodic.note-special"), say("periodic.note-upper")),
    )


def _row(
    name: str,
    said: Said,
    kind: Sequence[Reported],
    patients: Sequence[Patient],
    mark: Mark = Mark.NONE,
) -> Row:
    who = with_event(kind)
    hard = [one for one in kind if one.serious]
    onset = [float(day) for one in kind if (day := one.onset_day) is not None]
    well = sum(one.event.outcome in _WELL and not one.event.fatal for one in kind)
    died = sum(one.event.fatal for one in kind)
    data = {"recovered": well, "not": len(kind) - well - died, "died": died}
    return Row(
        name,
        (
            Value(said, name, mark=mark),
            over(len(who), len(patients), subjects(who)),
            exact_interval(len(who), len(patients)),
            upper_limit(len(who), len(patients)),
            number(len(hard), refs(hard)),
            _onset(onset),
            Value(" / ".join(f"{n}" for n in data.values()), {**data}, refs(kind)),
        ),
    )


def _onset(days: Sequence[float]) -> Value:
    """The median with quartiles; of a single one the day itself."""
    if len(days) == 1:
        return days_after(int(days[0]))
    return median(days)
