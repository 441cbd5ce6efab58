"""People without the product, beside the results: who, when examined, whether alike.

The day of the baseline decides: most natural recovery comes in the first weeks, so that
a series examined early shows more of it than one from day 49 on (CLINICAL.md section
3). A series with another baseline window is marked, or left out, as the plan says.
"""

from registry_app.domain.evaluation import OtherWindow
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import Row, Said, Table, Value
from registry_app.domain.figures.efficacy_cells import column, heading, words
from registry_app.domain.figures.plan_items import other_window
from registry_app.domain.figures.tally import comparison, people
from registry_app.domain.message import Told, say
from registry_app.domain.plan.pack import Comparator, ComparatorRow, Origin, Pack
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.trail import Plain

Days = tuple[int, int]


def comparators_table(dataset: Dataset) -> Table:
    """Every published series with its baseline window, N, figures and source."""
    pack = dataset.protocol.pack
    own = baseline_days(dataset.protocol)
    rule = other_window(dataset.evaluations)
    columns = (
        words("study", 50),
        words("baseline", 40),
        column("n", 10),
        words("figures", 38),
        words("comparable", 30),
    )
    rows: list[Row] = []
    left_out = 0
    cited: list[str] = []
    for one in pack.comparators:
        alike = comparable(one, own)
        if not alike and rule is OtherWindow.OMIT:
            left_out += 1
            continue
        cited.append(f"[{len(cited) + 1}] {_citation(pack, one)}")
        told = _name(one, len(cited))
        rows.append(heading(one.id, told, len(columns)))
        if not one.rows:
            rows.append(
                Row(f"{one.id}-here", _here(dataset, one, alike=alike), level=1)
            )
        for n, line in enumerate(one.rows, 1):
            cells = _cells(one, line, alike=alike)
            rows.append(Row(f"{one.id}-{n}", cells, level=1))
    notes: list[Said] = [_window_note(own)]
    if left_out:
        notes.append(say("efficacy.comparators-left-out", number=left_out))
    if cited:
        notes.append("  ".join(cited))
    name = say("efficacy.comparators-table")
    return Table("comparators", name, columns, tuple(rows), tuple(notes))


def baseline_days(protocol: Protocol) -> Days | None:
    """The baseline window of the primary endpoints in days after injury.

    None where it is not counted from the injury, or where there are several.
    """
    pack = protocol.pack
    injuries = {a.id for a in pack.anchors if a.origin is Origin.INJURY}
    named = {e.baseline for e in pack.endpoints if e.primary}
    found = {
        (visit.at.days - visit.before, visit.at.days + visit.after)
        for visit in protocol.visits()
        if visit.id in named and visit.anchor in injuries and not visit.at.months
    }
    return found.pop() if len(found) == 1 else None


def comparable(one: Comparator, own: Days | None) -> bool:
    """Whether its baseline window lies in ours; one that is not stated does not."""
    if own is None or one.first_day is None or one.last_day is None:
        return False
    return own[0] <= one.first_day and one.last_day <= own[1]


def _citation(pack: Pack, one: Comparator) -> str:
    """Its sources as they were read, else by their ids: the same in any language."""
    texts = {source.id: source.text for source in pack.sources}
    return "; ".join(texts.get(name, name) for name in one.basis.sources)


def _window_note(own: Days | None) -> Said:
    if own is None:
        return say("efficacy.no-own-window")
    return say("efficacy.own-window", first=own[0], last=own[1])


def _window(one: Comparator) -> Said:
    if one.first_day is None or one.last_day is None:
        return say("efficacy.window-not-stated")
    if one.first_day == one.last_day:
        return say("efficacy.window-day", day=one.first_day)
    return say("efficacy.window-days", first=one.first_day, last=one.last_day)


def _verdict(one: Comparator, *, alike: bool) -> Value:
    if one.first_day is None or one.last_day is None:
        return Value(say("efficacy.window-unknown"), data=False, strong=True)
    key = "efficacy.comparable" if alike else "efficacy.not-alike"
    return Value(say(key), alike, strong=not alike)


def _cells(one: Comparator, line: ComparatorRow, *, alike: bool) -> tuple[Value, ...]:
    return (
        Value(line.study, line.study),
        Value(line.baseline, _days(one)),
        Value("—") if line.n is None else Value(f"{line.n:,}", line.n),
        Value(_figures(one, line), dict(line.figures)),
        _verdict(one, alike=alike),
    )


def _here(dataset: Dataset, one: Comparator, *, alike: bool) -> tuple[Value, ...]:
    """A concurrent series: its figures are those of this registry's other arm."""
    return (
        Value(say("efficacy.in-this-registry")),
        Value(_window(one), _days(one)),
        people(comparison(dataset.patients)),
        Value(say("efficacy.see-responders")),
        _verdict(one, alike=alike),
    )


def _days(one: Comparator) -> Plain:
    if one.first_day is None or one.last_day is None:
        return None
    return [one.first_day, one.last_day]


def _name(one: Comparator, number: int) -> Said:
    """A series with its window, the number of its source, and what its figures are."""
    told = say("efficacy.comparator", name=one.name, days=_window(one), number=number)
    if not one.columns:
        return told
    names = [column_.name for column_ in one.columns]
    figures = Told(" / ".join(n.ja for n in names), " / ".join(n.en for n in names))
    return say("efficacy.comparator-figures", name=told, figures=figures)


def _figures(one: Comparator, line: ComparatorRow) -> str:
    """Its figures in the order of the columns: the same in any language."""
    return " / ".join(line.figures.get(column_.id, "—") for column_ in one.columns)
