"""R1 section 6, baseline: treated and comparison patients side by side.

Missing and undecided values stand in rows of their own: they are never left out, and
nobody is put into a group by a guess.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from registry_app.domain.figures.baseline_confounders import confounder_rows
from registry_app.domain.figures.cells import dash, number
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import Row, Said, Section, Table, Value
from registry_app.domain.figures.tally import (
    baseline_visit,
    column,
    comparison,
    label,
    median,
    part,
    people,
    subjects,
    treated,
    with_missing,
    words,
)
from registry_app.domain.message import Message, say
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.facts import amount, possible
from registry_app.domain.plan.pack import Anchor, Origin
from registry_app.domain.referral import reported
from registry_app.domain.subject import Cause, Sex

OPEN: Final = "open"  # several groups are possible
MISSING: Final = "missing"
_GRADES: Final = ("A", "B", "C", "D", "E")
_LEVELS: Final = ("c1-c4", "c5-c8", "t1-t9", "t10-below", "intact")

#: The group of a patient: an id, OPEN or MISSING.
Grouping = Callable[[Patient], str]


def ages(case: Case) -> tuple[int, ...]:
    """Possible years of life at the injury: one where it is known, else two, or none.

    The answer at enrolment holds as long as the year of birth allows it.
    """
    born = case.subject.birth_year
    if born is None:
        return ()
    oldest = case.subject.injury_date.year - born
    found = (oldest - 1, oldest) if oldest else (0,)
    frozen = "" if case.indication is None else case.indication.facts.get("age", "")
    return (int(frozen),) if frozen in {f"{age}" for age in found} else found


def decade(case: Case) -> str:
    """The ten years that an age lies in, ``60-69``; OPEN, MISSING."""
    return _only(f"{age // 10 * 10}-{age // 10 * 10 + 9}" for age in ages(case))


def level_group(nli: str) -> str:
    """The group of a neurological level: C1-C4, C5-C8, T1-T9, T10 and below, intact."""
    if nli.startswith("I"):
        return "intact"
    part_of_cord, digits = nli[0], nli[1:].split("-")[0]
    height = int(digits) if digits.isdecimal() else 0
    if part_of_cord == "C":
        return "c1-c4" if height <= 4 else "c5-c8"
    return "t1-t9" if part_of_cord == "T" and height <= 9 else "t10-below"


def _only(groups: Iterable[str]) -> str:
    """The one group that all possible values lie in; OPEN, or MISSING without any."""
    found = set(groups)
    if not found:
        return MISSING
    return found.pop() if len(found) == 1 else OPEN


def baseline(dataset: Dataset) -> Section:
    """The table of baseline characteristics."""
    return Section(
        "baseline-characteristics",
        say("periodic.section-baseline"),
        (_table(dataset),),
    )


def _table(dataset: Dataset) -> Table:
    arms = (treated(dataset.patients, dataset.on), comparison(dataset.patients))
    visit = baseline_visit(dataset.protocol)
    name = next((v.name for v in dataset.protocol.pack.visits if v.id == visit), "—")
    waiting = len(dataset.patients) - sum(map(len, arms))
    return Table(
        "baseline",
        say("periodic.table-baseline"),
        (words("item", 84), column("treated", 42), column("comparison", 42)),
        tuple(_rows(dataset, arms, visit)),
        notes=(
            say("periodic.note-baseline", visit=name),
            say("periodic.note-median"),
            say("periodic.note-with-missing"),
            say("periodic.note-age"),
            say("periodic.note-confounders"),
            say("periodic.note-waiting", n=waiting),
            *_note_reported([one for arm in arms for one in arm]),
        ),
    )


def _note_reported(patients: Sequence[Patient]) -> tuple[Message, ...]:
    """How many grades at the decision a referring hospital told; none made here."""
    frozen = (patient.case.indication for patient in patients)
    n = sum(one is not None and bool(reported(one.facts).ais) for one in frozen)
    return (say("periodic.note-reported-grade", n=n),) if n else ()


_Arms = Sequence[Sequence[Patient]]


def _rows(dataset: Dataset, arms: _Arms, visit: str) -> Iterator[Row]:
    yield Row("n", (label("patients"), *(people(arm, strong=True) for arm in arms)))
    yield from _ages(arms)
    sexes = tuple((sex.value, say(f"subject.sex-{sex.value}")) for sex in Sex)
    yield from _grouped("sex", arms, lambda p: p.case.subject.sex.value, sexes[:2])
    causes = tuple((c.value, say(f"subject.cause-{c.value}")) for c in Cause)
    yield from _grouped("cause", arms, lambda p: p.case.subject.cause.value, causes[:2])
    yield from _grouped(
        "level",
        arms,
        lambda p: _only(map(level_group, _found(p, visit, "nli"))),
        tuple((one, say(f"periodic.level-{one}")) for one in _LEVELS),
    )
    grades = tuple((grade, grade) for grade in _GRADES)
    yield from _grouped("ais", arms, lambda p: _only(_found(p, visit, "ais")), grades)
    yield from _grouped(
        "ais-decision",
        arms,
        lambda p: _only(possible(p.cohort.decision_grade or None)),
        grades,
    )
    yield from _before(arms, visit)
    yield from _days(dataset, arms)
    yield from _ratios(dataset, arms)
    yield from confounder_rows(dataset.protocol.pack, arms)


def _found(patient: Patient, visit: str, field: str) -> tuple[str, ...]:
    """What the exam that counts at the baseline allows."""
    exam = patient.counted(visit)
    if exam is None:
        return ()
    return exam.ais if field == "ais" else exam.nli


def _grouped(
    name: str,
    arms: _Arms,
    group: Grouping,
    groups: Sequence[tuple[str, Said]],
) -> Iterator[Row]:
    """A heading with how many are known, the groups, the undecided, the missing."""
    sorted_in: list[dict[str, list[Patient]]] = []
    for arm in arms:
        bins: dict[str, list[Patient]] = defaultdict(list)
        for patient in arm:
            found = group(patient)
            bins[MISSING if found == "unknown" else found].append(patient)
        sorted_in.append(bins)

    def known(bins: dict[str, list[Patient]]) -> Sequence[Patient]:
        lists = (found for one, found in bins.items() if one not in (OPEN, MISSING))
        return [patient for found in lists for patient in found]

    heads = [
        part(known(bins), len(arm)) for bins, arm in zip(sorted_in, arms, strict=True)
    ]
    yield Row(name, (label(f"of-{name}"), *heads), group=True)
    rest = ((OPEN, say("periodic.row-open")), (MISSING, say("periodic.row-missing")))
    for one, said in (*groups, *rest):
        cells = (
            part(bins.get(one, []), len(arm))
            for bins, arm in zip(sorted_in, arms, strict=True)
        )
        yield Row(f"{name}:{one}", (Value(said, one), *cells), level=1)


def _ages(arms: _Arms) -> Iterator[Row]:
    patients = [patient for arm in arms for patient in arm]
    oldest = max((age for p in patients for age in ages(p.case)), default=0)
    youngest = min((age for p in patients for age in ages(p.case)), default=0)
    first = youngest // 10 * 10
    bands = [f"{n}-{n + 9}" for n in range(first, oldest + 1, 10) if patients]
    yield from _grouped(
        "age",
        arms,
        lambda p: decade(p.case),
        [(band, _band(band)) for band in bands],
    )
    cells = []
    for arm in arms:
        known = [p for p in arm if ages(p.case)]
        least = [float(min(ages(p.case))) for p in known]
        most = [float(max(ages(p.case))) for p in known]
        low, high = median(least, subjects(known)), median(most)
        if low.shown == high.shown:
            cells.append(low)
        else:
            said = say("periodic.between", low=low.shown, high=high.shown)
            cells.append(Value(said, [low.data, high.data], low.refs))
    yield Row("age:median", (label("age-median"), *cells), level=1)


def _band(band: str) -> Said:
    first, _, last = band.partition("-")
    return say("periodic.band", first=first, last=last)


def _before(arms: _Arms, visit: str) -> Iterator[Row]:
    """Whether the baseline exam was made before the treatment (CLINICAL.md 7)."""
    given = [p for p in arms[0] if p.counted(visit) is not None]
    late = [
        p
        for p in given
        if (exam := p.counted(visit)) is not None
        and (on := p.case.subject.treatment_date) is not None
        and exam.day >= on
    ]
    yield Row(
        "baseline-not-before",
        (label("baseline-not-before"), part(late, len(given)), dash()),
    )


def _days(dataset: Dataset, arms: _Arms) -> Iterator[Row]:
    """Days from the injury to each date of the course, and on to the treatment."""
    anchors = dataset.protocol.pack.anchors
    injury = next((a for a in anchors if a.origin is Origin.INJURY), None)
    given = next((a for a in anchors if a.origin is Origin.TREATMENT), None)
    last = next((a for a in reversed(anchors) if a.origin is Origin.DATE), None)
    yield Row(
        "days",
        (label("of-days"), *(number(len(arm)) for arm in arms)),
        group=True,
    )
    for anchor in anchors:
        if injury is not None and anchor is not injury:
            yield _away(arms, injury, anchor)
    if last is not None and given is not None:
        yield _away(arms, last, given)


def _away(arms: _Arms, start: Anchor, end: Anchor) -> Row:
    """Median days between two dates, and for how many patients they are not known."""
    cells = []
    for n, arm in enumerate(arms):
        if n and end.origin in (Origin.TREATMENT, Origin.DATE, Origin.CONSENT):
            cells.append(dash())
            continue
        found = [
            (p, (last - first).days)
            for p in arm
            if (first := p.case.day_of(start)) and (last := p.case.day_of(end))
        ]
        value = median(
            [float(days) for _, days in found], subjects(p for p, _ in found)
        )
        cells.append(with_missing(value, len(found), len(arm)))
    name = say("periodic.from-to", first=start.name, last=end.name)
    return Row(f"days:{start.id}:{end.id}", (Value(name), *cells), level=1)


def _ratios(dataset: Dataset, arms: _Arms) -> Iterator[Row]:
    """What was given per kg."""
    pack = dataset.protocol.pack
    for quantity in () if pack.product is None else pack.product.quantities:
        if quantity.ratio is None:
            continue
        found = [
            (p, float(value))
            for p in arms[0]
            if (value := amount(pack, p.case, quantity.id)) is not None
        ]
        middle = median([one for _, one in found], subjects(p for p, _ in found))
        name = say("periodic.with-unit", name=quantity.name, unit=quantity.unit)
        yield Row(
            f"amount:{quantity.id}",
            (Value(name), with_missing(middle, len(found), len(arms[0])), dash()),
        )
