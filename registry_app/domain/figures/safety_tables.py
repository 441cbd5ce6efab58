"""R1 section 7, safety: exposure, events, reactions, deaths, special interest.

The safety set is everybody who was given the product. An event whose causality nobody
has ruled out counts as suspected, one whose expectedness nobody has judged stands in a
column of its own. Events of the comparison arm are told apart and never pooled.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from registry_app.domain.course import EndReason
from registry_app.domain.figures.cells import Refs, dash, number
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.disposition import ended
from registry_app.domain.figures.document import Prose, Row, Section, Table, Value
from registry_app.domain.figures.event_classes import (
    by_class,
    causality,
    causality_by_term,
    reactions,
)
from registry_app.domain.figures.reported import (
    Reported,
    Reports,
    refs,
    with_event,
)
from registry_app.domain.figures.safety_listings import deaths, drafts, serious
from registry_app.domain.figures.special_events import special
from registry_app.domain.figures.statistics import tenths
from registry_app.domain.figures.tally import (
    column,
    comparison,
    exact_interval,
    in_period,
    label,
    median,
    over,
    part,
    subjects,
    treated,
    within,
    words,
)
from registry_app.domain.message import say
from registry_app.domain.trail import Plain

_YEAR: Final = 365.25
#: Followed up for at least so many days since the treatment.
_SINCE: Final = (30, 90, 180, 365, 730, 1095, 1826)
_Test = Callable[[Reported], bool]
_KINDS: Final[tuple[tuple[str, _Test], ...]] = (
    ("any-event", lambda _: True),
    ("serious", lambda one: one.serious is True),
    ("not-serious", lambda one: one.serious is False),
    ("seriousness-open", lambda one: one.serious is None),
    ("suspected", lambda one: one.suspected),
    (
        "suspected-serious",
        lambda one: one.suspected and bool(one.serious),
    ),
    ("unknown", lambda one: one.expected is False),
    ("expectedness-open", lambda one: one.expected is None),
    (
        "unknown-serious",
        lambda one: one.expected is False and bool(one.serious),
    ),
    ("infection", lambda one: one.event.infection is True),
    ("fatal", lambda one: one.event.fatal),
    ("special", lambda one: bool(one.event.special)),
)


def safety(dataset: Dataset, found: Reports) -> Section:
    """All of section 7. `found`: every event, see `reports`."""
    patients = treated(dataset.patients, dataset.on)
    ids = {patient.id for patient in patients}
    own = [one for one in found.events if one.patient and one.patient.id in ids]
    return Section(
        "safety",
        say("periodic.section-safety"),
        (
            Prose(say("periodic.safety-set", n=len(patients))),
            _part("exposure", _exposure(dataset, patients)),
            _part("events-overview", _summary(dataset, patients, own, found)),
            _part(
                "events-by-class",
                by_class(dataset, patients, own),
                reactions(own),
                causality(own),
                causality_by_term(own),
            ),
            _part("deaths-and-serious", deaths(dataset, own), serious(own)),
            _part("special-interest", special(dataset, patients, own)),
            _part("not-yet-judged", drafts(dataset, found)),
        ),
        new_page=True,
    )


def _part(name: str, *tables: Table) -> Section:
    return Section(name, say(f"periodic.section-{name}"), tables)


def observed_days(
    patient: Patient, first: date, last: date, *, since: date | None = None
) -> int:
    """Days under observation from `first`, day 0, to `last` or to the end before it.

    Somebody lost is observed until last known alive. `since`: only days after it.
    """
    end = patient.case.follow_up
    until = last
    if end is not None and end.reason is not None and end.ended_on is not None:
        lost = end.reason is EndReason.LOST and end.last_known_alive is not None
        stopped = end.last_known_alive if lost else end.ended_on
        until = min(last, stopped or last)
    begun = first if since is None else max(first, since)
    return max(0, (until - begun).days)


def _exposure(dataset: Dataset, patients: Sequence[Patient]) -> Table:
    on, period = dataset.on, dataset.period
    days = [(p, observed_days(p, _given(p), on)) for p in patients]
    everybody = subjects(patients)
    longest = max((n for _, n in days), default=0)
    recent = 0
    if period is not None:
        recent = sum(
            observed_days(p, _given(p), min(on, period[1]), since=period[0])
            for p in patients
        )
    rows = [
        Row("patients", (label("treated"), number(len(patients), everybody))),
        Row(
            "patient-years",
            (label("patient-years"), _years(sum(n for _, n in days), everybody)),
        ),
        Row(
            "patient-years-period",
            (label("patient-years-period"), in_period(_years(recent), period)),
        ),
        Row(
            "days",
            (label("days-observed"), median([float(n) for _, n in days], everybody)),
        ),
        *(
            Row(
                f"since-{least}",
                (
                    Value(say("periodic.row-observed-for", days=least)),
                    part([p for p, n in days if n >= least], len(patients)),
                ),
                level=1,
            )
            for least in _SINCE
            if least <= longest
        ),
    ]
    return Table(
        "exposure",
        say("periodic.table-exposure"),
        (words("item", 118), column("safety-set", 50)),
        tuple(rows),
        notes=(say("periodic.note-exposure"), say("periodic.note-median")),
    )


def _given(patient: Patient) -> date:
    day = patient.case.subject.treatment_date
    return patient.case.subject.injury_date if day is None else day


def _years(days: int, refs_of_them: Refs = ()) -> Value:
    years = days / _YEAR
    data: Plain = {"days": days, "years": f"{years:.6f}"}
    return Value(tenths(years), data, refs_of_them)


def _summary(
    dataset: Dataset,
    patients: Sequence[Patient],
    own: Sequence[Reported],
    found: Reports,
) -> Table:
    """Each kind of event: patients, interval, events; and those of nobody treated."""
    period = dataset.period
    rows = []
    for name, test in _KINDS:
        kind = [one for one in own if test(one)]
        now = [one for one in kind if within(one.learned, period)]
        who = with_event(kind)
        rows.append(
            Row(
                name,
                (
                    label(name),
                    over(len(who), len(patients), subjects(who)),
                    exact_interval(len(who), len(patients)),
                    number(len(kind), refs(kind)),
                    in_period(number(len(now), refs(now)), period),
                ),
                level=int(name == "suspected-serious"),
            )
        )
    rows += _died(dataset, patients, own)
    rows += _others(dataset, patients, found)
    return Table(
        "events-summary",
        say("periodic.table-events-summary", n=len(patients)),
        (
            words("item", 80),
            column("n-of-n", 20),
            column("exact", 34),
            column("events", 15),
            column("events-period", 19),
        ),
        tuple(rows),
        notes=(say("periodic.note-events"), say("periodic.note-learned")),
    )


def _died(
    dataset: Dataset, patients: Sequence[Patient], own: Sequence[Reported]
) -> Iterable[Row]:
    """Everybody whose follow-up ended by death, and of these without a fatal event."""
    dead = [p for p in patients if ended(p, dataset.on) is EndReason.DEATH]
    told = {one.who for one in own if one.event.fatal}
    silent = [patient for patient in dead if patient.id not in told]
    for name, found in (("ended-by-death", dead), ("death-not-told", silent)):
        yield Row(
            name,
            (
                label(name),
                over(len(found), len(patients), subjects(found)),
                exact_interval(len(found), len(patients)),
                dash(),
                dash(),
            ),
            level=int(name == "death-not-told"),
        )


def _others(
    dataset: Dataset, patients: Sequence[Patient], found: Reports
) -> Iterable[Row]:
    """Events of patients who were not given the product, apart and not in N."""
    given = {patient.id for patient in patients}
    compared = {patient.id: patient for patient in comparison(dataset.patients)}
    waiting = [
        p for p in dataset.patients if p.id not in given and p.id not in compared
    ]
    for name, group in (
        ("of-comparison", [*compared.values()]),
        ("of-waiting", waiting),
    ):
        ids = {patient.id for patient in group}
        own = [one for one in found.events if one.patient and one.patient.id in ids]
        now = [one for one in own if within(one.learned, dataset.period)]
        who = with_event(own)
        yield Row(
            name,
            (
                label(name),
                over(len(who), len(group), subjects(who)),
                exact_interval(len(who), len(group)),
                number(len(own), refs(own)),
                in_period(number(len(now), refs(now)), dataset.period),
            ),
        )
