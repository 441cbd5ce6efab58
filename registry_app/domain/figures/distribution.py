"""R1 section 4, distribution and use: every ordered unit, its lot, its dose."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from registry_app.domain.figures.cells import dash, day, number, written
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import Prose, Ref, Row, Section, Table, Value
from registry_app.domain.figures.tally import (
    LONG,
    amount,
    column,
    in_period,
    label,
    median,
    span,
    within,
    words,
)
from registry_app.domain.kit import Kit, KitState, Manufacture
from registry_app.domain.message import say
from registry_app.domain.plan.facts import amount as amount_given
from registry_app.domain.plan.facts import number as number_in
from registry_app.domain.plan.pack import Quantity

#: What becomes of a unit; each belongs to exactly one.
_FATES: Final[tuple[tuple[str, Callable[[Kit], bool]], ...]] = (
    ("given", lambda kit: kit.state is KitState.GIVEN),
    ("failed", lambda kit: _failed(kit)),
    ("not-given", lambda kit: kit.state is KitState.NOT_GIVEN and not _failed(kit)),
    ("pending", lambda kit: kit.state is KitState.PENDING and not _failed(kit)),
)


def _failed(kit: Kit) -> bool:
    return kit.manufacture is Manufacture.FAILED


def distribution(dataset: Dataset) -> Section:
    """Ordered = given + not manufactured + not given + pending; reasons and doses."""
    return Section(
        "distribution-and-use",
        say("periodic.section-distribution"),
        (_reconciled(dataset), _not_given(dataset), _doses(dataset), _lots(dataset)),
    )


def _reconciled(dataset: Dataset) -> Table:
    period = dataset.period
    ordered = [kit for kit in dataset.kits if kit.ordered_on <= dataset.on]
    recent = [kit for kit in ordered if within(kit.ordered_on, period)]

    def row(name: str, of: Callable[[Kit], bool], level: int = 1) -> Row:
        now = _kits(kit for kit in recent if of(kit))
        every = _kits(kit for kit in ordered if of(kit))
        return Row(name, (label(name), in_period(now, period), every), level=level)

    def left(kits: Sequence[Kit]) -> Value:
        told = sum(any(of(kit) for _, of in _FATES) for kit in kits)
        return number(len(kits) - told, strong=True)

    first = row("ordered", lambda _: True, 0)
    given = [kit for kit in ordered if within(kit.given_on, period)]
    return Table(
        "distribution",
        say("periodic.table-distribution"),
        (words("item", 104), column("this-period", 32), column("cumulative", 32)),
        (
            replace(first, cells=tuple(c._replace(strong=True) for c in first.cells)),
            *(row(name, of) for name, of in _FATES),
            Row(
                "difference",
                (label("difference"), in_period(left(recent), period), left(ordered)),
            ),
            row("unmatched", lambda kit: not kit.subject_id, 0),
            Row(
                "given-then",
                (label("given-then"), in_period(_kits(given), period), dash()),
            ),
            Row(
                "sites",
                (
                    label("sites"),
                    in_period(_sites(given), period),
                    _sites(kit for kit in ordered if kit.given_on),
                ),
            ),
        ),
        notes=(say("periodic.note-distribution"), say("periodic.note-sites")),
    )


def _kits(found: Iterable[Kit]) -> Value:
    kits = tuple(found)
    return number(len(kits), tuple(_ref(kit) for kit in kits))


def _ref(kit: Kit) -> Ref:
    return Ref("kit", kit.id, kit.subject_id or kit.number)


def _sites(found: Iterable[Kit]) -> Value:
    """Sites where it was given, by the letters that a case ID begins with."""
    kits = [kit for kit in found if kit.subject_id]
    sites = {kit.subject_id.split("-")[0] for kit in kits}
    return number(len(sites), tuple(_ref(kit) for kit in kits))


def _not_given(dataset: Dataset) -> Table:
    """Every unit that was not made, or made and not given, with the reason."""
    kits = [k for k in dataset.kits if k.not_given or _failed(k)]
    kits.sort(key=lambda kit: (kit.ordered_on, kit.number))
    return Table(
        "kits",
        say("periodic.table-kits"),
        (
            words("kit", 25),
            words("case", 22.5),
            words("ordered", 18),
            words("manufacture", 23),
            words("why", 79.5),
        ),
        tuple(
            Row(
                kit.id,
                (
                    Value(kit.number, kit.number, (_ref(kit),)),
                    written(kit.subject_id),
                    day(kit.ordered_on),
                    Value(kit.manufacture.told, kit.manufacture.value),
                    written(kit.not_given),
                ),
            )
            for kit in kits
        ),
        listing=len(kits) > LONG,
    )


def _doses(dataset: Dataset) -> Table:
    pack = dataset.protocol.pack
    quantities = () if pack.product is None else pack.product.quantities
    given = [
        p
        for p in dataset.patients
        if any(kit.given_on is not None for kit in p.case.kits)
    ]
    return Table(
        "dose",
        say("periodic.table-dose", n=len(given)),
        (
            words("quantity", 62),
            column("known", 14),
            column("missing", 14),
            column("median", 46),
            column("range", 32),
        ),
        tuple(_dose(dataset, given, quantity) for quantity in quantities),
        notes=(say("periodic.note-median"), say("periodic.note-dose")),
    )


def _dose(dataset: Dataset, given: Sequence[Patient], quantity: Quantity) -> Row:
    pack = dataset.protocol.pack
    found = [
        (p, float(value))
        for p in given
        if (value := amount_given(pack, p.case, quantity.id)) is not None
    ]
    known = {p.id for p, _ in found}
    values = [value for _, value in found]
    refs = tuple(Ref("subject", p.id, p.id) for p, _ in found)
    lost = tuple(Ref("subject", p.id, p.id) for p in given if p.id not in known)
    ends = dash()
    if values:
        low, high = min(values), max(values)
        ends = Value(span(low, high), [f"{low!r}", f"{high!r}"], refs)
    name = say("periodic.with-unit", name=quantity.name, unit=quantity.unit)
    return Row(
        quantity.id,
        (
            Value(name),
            number(len(found), refs),
            number(len(lost), lost),
            median(values, refs),
            ends,
        ),
    )


def _lots(dataset: Dataset) -> Prose:
    """How many lots there are, and that the appendix lists them."""
    lots = {kit.lot for kit in dataset.kits if kit.lot}
    blank = sum(not kit.lot for kit in dataset.kits if kit.given_on)
    return Prose(say("periodic.lots", lots=len(lots), blank=blank))


def lots(dataset: Dataset) -> Table:
    """The listing of the appendix: every unit that was given, with lot and amounts."""
    pack = dataset.protocol.pack
    quantities = () if pack.product is None else pack.product.quantities
    shown = [q for q in quantities if q.ratio is None][:3]
    patients = {patient.id: patient for patient in dataset.patients}
    kits = sorted(
        (kit for kit in dataset.kits if kit.given_on is not None),
        key=lambda kit: (kit.subject_id, kit.number),
    )
    return Table(
        "lots",
        say("periodic.table-lots"),
        (
            words("case", 26),
            words("kit", 28),
            words("lot", 96 - 22 * len(shown)),
            column("given-day", 18),
            *(replace(column("amount", 22), id=q.id, head=q.name) for q in shown),
        ),
        tuple(_lot(kit, patients.get(kit.subject_id), shown) for kit in kits),
        notes=(say("periodic.note-lots"),),
        listing=True,
    )


def _lot(kit: Kit, patient: Patient | None, shown: Sequence[Quantity]) -> Row:
    on = kit.given_on
    days = patient.case.subject.day(on) if patient is not None and on else None
    return Row(
        kit.id,
        (
            Value(kit.subject_id, kit.subject_id, (_ref(kit),)),
            Value(kit.number, kit.number),
            written(kit.lot),
            dash() if days is None else number(days),
            *(_amount(kit.amounts.get(q.id, "")) for q in shown),
        ),
    )


def _amount(text: str) -> Value:
    found = number_in(text)
    return written("") if found is None else Value(amount(float(found)), text)
