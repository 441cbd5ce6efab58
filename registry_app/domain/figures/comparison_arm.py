"""Where the comparison patients come from, how chosen, and what nobody wrote down.

Users and non-users can be compared only by whoever knows how both came to be one. What
the registry records of it is counted; what it does not record is said, since a reader
takes silence for care.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from registry_app.domain.figures.cells import dash
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import (
    Block,
    Prose,
    Row,
    Said,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.efficacy_cells import column, heading, words
from registry_app.domain.figures.statistics import proportion
from registry_app.domain.figures.tally import comparison, subjects, treated
from registry_app.domain.message import say
from registry_app.domain.plan.eligibility import Verdict
from registry_app.domain.plan.pack import Comparator
from registry_app.domain.trail import Plain

_Arms = tuple[Sequence[Patient], Sequence[Patient]]


def comparison_section(dataset: Dataset) -> Section:
    """Definition, source and selection of the comparison arm, and what is not known."""
    arms = (treated(dataset.patients, dataset.on), comparison(dataset.patients))
    blocks: list[Block] = [Prose(_definition(dataset))]
    if arms[1]:
        blocks += [_table(arms), Prose(say("efficacy.arm-not-recorded"))]
    else:
        blocks.append(Prose(say("efficacy.arm-nobody")))
    return Section("comparison-arm", say("efficacy.comparison-arm"), tuple(blocks))


def _definition(dataset: Dataset) -> Said:
    """As the pack defines people without the product who are followed up here."""
    here = (one for one in dataset.protocol.pack.comparators if not one.rows)
    own: Comparator | None = next(here, None)
    if own is None:
        return say("efficacy.arm-undefined")
    if own.basis.citation is None:
        return say("efficacy.arm-defined", name=own.name)
    return say("efficacy.arm-defined-by", name=own.name, why=own.basis.citation)


def _table(arms: _Arms) -> Table:
    columns = (
        words("item", 84),
        column("users", 42),
        column("non-users", 42),
    )
    rows = [
        *_sources(arms, len(columns)),
        *_sites(arms, len(columns)),
        heading("days", say("efficacy.arm-days"), len(columns)),
        _span("injured", arms, lambda one: one.case.subject.injury_date),
        _span("enrolled", arms, _enrolled),
        *_criteria(arms, len(columns)),
    ]
    name, notes = say("efficacy.arm-table"), (say("efficacy.arm-note"),)
    return Table("comparison-source", name, columns, tuple(rows), notes)


def _part(found: Sequence[Patient], whole: Sequence[Patient]) -> Value:
    share = proportion(len(found), len(whole))
    return Value(share.over, share.plain, subjects(found), share.small)


def _sources(arms: _Arms, wide: int) -> Iterator[Row]:
    """What was written of where each comparison patient comes from."""
    yield heading("sources", say("efficacy.arm-sources"), wide)
    own = arms[1]
    told = sorted({one.case.course.source.strip() for one in own} - {""})
    for n, source in enumerate(told, 1):
        found = [one for one in own if one.case.course.source.strip() == source]
        cells = (Value(source, source), dash(), _part(found, own))
        yield Row(f"source-{n}", cells, level=1)
    silent = [one for one in own if not one.case.course.source.strip()]
    cells = (Value(say("efficacy.arm-no-source")), dash(), _part(silent, own))
    yield Row("source-none", cells, level=1)


def _sites(arms: _Arms, wide: int) -> Iterator[Row]:
    """The hospitals that followed them up, by the letters of the case ID."""
    yield heading("sites", say("efficacy.arm-sites"), wide)
    for site in sorted({_site(one) for arm in arms for one in arm}):
        parts = (_part([one for one in arm if _site(one) == site], arm) for arm in arms)
        yield Row(f"site-{site}", (Value(site, site), *parts), level=1)


def _site(patient: Patient) -> str:
    return patient.id.partition("-")[0]


def _span(name: str, arms: _Arms, day_of: Callable[[Patient], date | None]) -> Row:
    """The first and the last day, and how many have none."""
    cells = []
    for arm in arms:
        days = [(day, one) for one in arm if (day := day_of(one)) is not None]
        if not days:
            cells.append(dash())
            continue
        first, last = min(d for d, _ in days), max(d for d, _ in days)
        shown: Said = f"{first.isoformat()}–{last.isoformat()}"
        if len(days) < len(arm):
            shown = say(
                "periodic.with-missing", value=shown, missing=len(arm) - len(days)
            )
        data: Plain = [first.isoformat(), last.isoformat()]
        cells.append(Value(shown, data, subjects(one for _, one in days)))
    return Row(name, (Value(say(f"efficacy.arm-{name}")), *cells), level=1)


def _enrolled(patient: Patient) -> date | None:
    agreed = patient.case.indication
    return None if agreed is None else agreed.day


def _criteria(arms: _Arms, wide: int) -> Iterator[Row]:
    """Whether the criteria of enrolment were met, as it was judged on that day."""
    yield heading("criteria", say("efficacy.arm-criteria"), wide)
    for name in ("met", "not-met", "open"):
        parts = (
            _part([one for one in arm if _judged(one) == name], arm) for arm in arms
        )
        told = Value(say(f"efficacy.arm-{name}"))
        yield Row(f"criteria-{name}", (told, *parts), level=1)


def _judged(patient: Patient) -> str:
    agreed = patient.case.indication
    verdicts = set() if agreed is None else set(agreed.verdicts.values())
    if Verdict.NOT_MET.value in verdicts:
        return "not-met"
    return "met" if verdicts == {Verdict.MET.value} else "open"
