"""R1 sections 1 to 3: the summary, the product, the conditions of the approval."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from registry_app.domain.course import EndReason
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.figures.analysis_sets import Group
from registry_app.domain.figures.cells import dash, number, written
from registry_app.domain.figures.cover import standing_word
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.deviation_tables import (
    deviation_refs,
    every_deviation,
)
from registry_app.domain.figures.disposition import ended
from registry_app.domain.figures.document import (
    FieldRow,
    Fields,
    Prose,
    Ref,
    Row,
    Section,
    Table,
    Value,
    Written,
)
from registry_app.domain.figures.reported import Reports, with_event
from registry_app.domain.figures.tally import (
    column,
    label,
    over,
    people,
    subjects,
    treated,
    within,
    words,
)
from registry_app.domain.message import Message, say
from registry_app.domain.plan.regime import state_on
from registry_app.domain.report import Kind
from registry_app.domain.subject import Arm

#: So many key figures stand side by side.
_LARGE: Final = 6


def written_slot(dataset: Dataset, slot: str) -> Written:
    """What a person wrote for a part of the report."""
    text = dataset.texts.get(slot)
    return Written(slot) if text is None else Written(slot, text.ja, text.en)


def summary(dataset: Dataset, groups: Sequence[Group], found: Reports) -> Section:
    """Key figures, what was written, what is new since the last report."""
    word = standing_word(state_on(dataset.protocol, dataset.on))
    return Section(
        "summary",
        say("periodic.section-summary"),
        (
            _key_figures(dataset, groups, found),
            Section(
                "main-results",
                say("periodic.section-main-results"),
                (
                    Prose(say("periodic.standing", word=word)),
                    written_slot(dataset, "summary"),
                ),
            ),
            Section(
                "since-last",
                say("periodic.section-since-last"),
                (Prose(_last(dataset)), _changes(dataset, found)),
            ),
        ),
        new_page=True,
    )


def _key_figures(dataset: Dataset, groups: Sequence[Group], found: Reports) -> Fields:
    given = treated(dataset.patients, dataset.on)
    ids = {patient.id for patient in given}
    watched = [p for p in given if ended(p, dataset.on) is None]
    hard = with_event(
        one
        for one in found.events
        if one.serious and one.patient and one.patient.id in ids
    )
    rows = [
        FieldRow("treated", say("periodic.key-treated"), people(given)),
        FieldRow("watched", say("periodic.key-watched"), people(watched)),
        FieldRow(
            "serious",
            say("periodic.key-serious"),
            over(len(hard), len(given), subjects(hard)),
        ),
    ]
    own = [group for group in groups if group.arm is Arm.TREATED]
    for n, group in enumerate(own, 1):
        if len(rows) < _LARGE:
            reached = [one.patient for one in group.reached]
            rows.append(
                FieldRow(
                    f"primary:{group.endpoint.id}",
                    say(
                        "periodic.key-primary",
                        n=n,
                        by=f"{group.endpoint.by}",
                    ),
                    over(len(reached), len(group.evaluable), subjects(reached)),
                )
            )
    return Fields("key-figures", tuple(rows), large=True)


def _last(dataset: Dataset) -> Message:
    sent = [
        one
        for one in dataset.transmittals
        if one.report.split("-")[0] == Kind.PERIODIC.letters
        and one.sent_on <= dataset.on
    ]
    if not sent:
        return say("periodic.no-last-report")
    last = max(sent, key=lambda one: (one.sent_on, one.id))
    return say("periodic.last-report", report=last.report, day=last.sent_on.isoformat())


_Dated = Sequence[tuple[date | None, Ref]]


def _changes(dataset: Dataset, found: Reports) -> Table:
    """What came in before the period, in it, and up to the cut."""
    given = treated(dataset.patients, dataset.on)
    ids = {patient.id for patient in given}
    own = [one for one in found.events if one.patient and one.patient.id in ids]
    counted: tuple[tuple[str, _Dated], ...] = (
        (
            "newly-registered",
            [(_enrolled(p), Ref("subject", p.id, p.id)) for p in dataset.patients],
        ),
        (
            "newly-treated",
            [
                (p.case.subject.treatment_date, Ref("subject", p.id, p.id))
                for p in given
            ],
        ),
        ("new-events", [(one.learned, one.ref) for one in own]),
        (
            "new-serious",
            [(one.learned, one.ref) for one in own if one.serious],
        ),
        (
            "deaths-ended",
            [
                (p.case.follow_up.ended_on, one)
                for p, one in zip(given, subjects(given), strict=True)
                if p.case.follow_up and ended(p, dataset.on) is EndReason.DEATH
            ],
        ),
        ("new-deaths", [(one.learned, one.ref) for one in own if one.event.fatal]),
        (
            "new-deviations",
            [
                (one.on, ref)
                for (_, one), ref in zip(
                    every_deviation(dataset),
                    deviation_refs(every_deviation(dataset)),
                    strict=True,
                )
            ],
        ),
        (
            "plan-versions",
            [
                (plan.effective_on, Ref("evaluation", plan.id))
                for plan in _plans(dataset)
            ],
        ),
    )
    rows = [_change(dataset, name, dated) for name, dated in counted]
    unsure = dataset.protocol.unsure()
    cells = (label("unconfirmed"), dash(), dash(), number(len(unsure)))
    return Table(
        "changes",
        say("periodic.table-changes"),
        (
            words("item", 84),
            column("before-period", 28),
            column("this-period", 28),
            column("cumulative", 28),
        ),
        (*rows, Row("unconfirmed", cells)),
        notes=(say("periodic.note-changes"), say("periodic.note-learned")),
    )


def _enrolled(patient: Patient) -> date | None:
    indication = patient.case.indication
    return None if indication is None else indication.day


def _plans(dataset: Dataset) -> tuple[Evaluation, ...]:
    return tuple(p for p in dataset.evaluations if p.effective_on <= dataset.on)


def _change(dataset: Dataset, name: str, dated: _Dated) -> Row:
    period = dataset.period
    cells = [dash(), dash()]
    if period is not None:
        before = tuple(ref for on, ref in dated if on is None or on < period[0])
        during = tuple(ref for on, ref in dated if within(on, period))
        cells = [number(len(before), before), number(len(during), during)]
    every = tuple(ref for _, ref in dated)
    return Row(name, (label(name), *cells, number(len(every), every)))


def product(dataset: Dataset) -> Section:
    """Section 2: what is given, under which label."""
    pack = dataset.protocol.pack
    own = pack.product
    if own is None:
        blocks: tuple[Prose | Fields, ...] = (Prose(say("periodic.no-product")),)
        return Section("product", say("periodic.section-product"), blocks)
    labels = [
        FieldRow(
            f"label-{one.version}",
            say("periodic.field-label"),
            Value(
                say("periodic.label", name=one.name, version=one.version), one.version
            ),
        )
        for one in own.labels
    ]
    rows = (
        FieldRow("name", say("periodic.field-name"), Value(own.name, strong=True)),
        FieldRow("generic", say("periodic.field-generic"), Value(own.generic)),
        FieldRow("number", say("periodic.field-number"), written(own.number)),
        FieldRow(
            "route",
            say("periodic.field-route"),
            written("") if own.route is None else Value(own.route),
        ),
        *(labels or [FieldRow("label", say("periodic.field-label"), written(""))]),
    )
    return Section(
        "product", say("periodic.section-product"), (Fields("product-facts", rows),)
    )
