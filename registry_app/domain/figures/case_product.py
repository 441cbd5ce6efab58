"""The product that the patient of a safety case got: lot, cells, dose, day, flow."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from registry_app.domain.figures.cells import columns, day, refs_of, rows, said, written
from registry_app.domain.figures.dataset import Patient
from registry_app.domain.figures.document import (
    Block,
    FieldRow,
    Fields,
    Prose,
    Ref,
    Section,
    Table,
    Value,
)
from registry_app.domain.kit import Kit, amount
from registry_app.domain.message import Message, say
from registry_app.domain.plan.pack import Pack, Quantity

_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
#: From here on an amount is written with a power of ten.
_LARGE: Final = Decimal(1_000_000)


def product_section(patient: Patient | None, pack: Pack) -> Section:
    """Every kit of the patient, given or not, with each quantity of the pack."""
    return Section(
        "product", say("case_report.part-product"), tuple(_blocks(patient, pack))
    )


def _blocks(patient: Patient | None, pack: Pack) -> Iterator[Block]:
    product = pack.product
    if product is None:
        yield Prose(say("cover.no-product"))
        return
    rows_: list[FieldRow] = [
        FieldRow("trade", say("cover.trade-name"), said(product.name)),
        FieldRow("generic", say("cover.generic"), said(product.generic)),
        FieldRow("number", say("cover.number"), written(product.number)),
    ]
    yield Fields("product", tuple(rows_))
    kits = () if patient is None else patient.case.kits
    yield Table(
        "kits",
        say("case_report.table-kits"),
        columns(
            _head,
            ("kit", 30.0),
            ("lot", 30.0),
            ("given-on", 24.0),
            ("kit-state", 34.0),
            ("route", 50.0),
        ),
        rows(
            (
                Value(kit.number, kit.number, _ref(kit)),
                written(kit.lot, _ref(kit)),
                day(kit.given_on, _ref(kit)),
                said(kit.state.told, kit.state.value, _ref(kit)),
                written(kit.route, _ref(kit)),
            )
            for kit in kits
        ),
    )
    yield Table(
        "amounts",
        say("case_report.table-amounts"),
        columns(
            _head,
            ("kit", 34.0),
            ("quantity", 60.0),
            ("amount", 44.0),
            ("unit", 30.0),
        ),
        rows(
            (
                Value(kit.number, kit.number, _ref(kit)),
                said(quantity.name, quantity.id),
                amount_of(kit, quantity),
                said(quantity.unit),
            )
            for kit in kits
            if kit.given_on is not None
            for quantity in product.quantities
        ),
    )


def amount_of(kit: Kit, quantity: Quantity) -> Value:
    """A quantity of a kit as it was written, or computed from two others."""
    found = _number(kit, quantity)
    if found is None:
        return written("", _ref(kit))
    return Value(scientific(found), f"{found}", _ref(kit))


def scientific(value: Decimal) -> str:
    """An amount for people: 1.2×10⁸, 62.5, 1,461.

    >>> scientific(Decimal(120_000_000))
    '1.2×10⁸'
    """
    if value < _LARGE:
        return f"{value.normalize():,f}"
    power = value.adjusted()
    mantissa = f"{float(value.scaleb(-power)):.2f}".rstrip("0").rstrip(".")
    return f"{mantissa}×10{str(power).translate(_RAISED)}"


def _number(kit: Kit, quantity: Quantity) -> Decimal | None:
    if quantity.ratio is None:
        text = kit.amounts.get(quantity.id, "")
        return amount(quantity.id, text) if text else None
    over, under = (
        amount(name, text) if (text := kit.amounts.get(name, "")) else None
        for name in quantity.ratio
    )
    if over is None or not under:
        return None
    return round(over / under, 1)


def _ref(kit: Kit) -> tuple[Ref, ...]:
    return refs_of("kit", [kit.id], kit.subject_id or kit.number)


def _head(name: str) -> Message:
    return say(f"case_report.{name}")
