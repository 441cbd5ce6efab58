"""Amounts as people write them: 1.24×10⁸, not 124000000."""

from decimal import Decimal

from registry_app.domain.kit import Kit
from registry_app.domain.plan.facts import number
from registry_app.domain.plan.pack import Quantity
from registry_app.words import Words

#: From here on a number is said with three figures and a power of ten.
_LARGE = 10_000
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def number_said(value: Decimal) -> str:
    """A number with at most three figures where it is large or was computed.

    >>> number_said(Decimal("1.24e8")), number_said(Decimal("0.7"))
    ('1.24×10⁸', '0.7')
    """
    if abs(value) < _LARGE:
        return f"{value.normalize():f}"
    power = value.adjusted()
    return f"{value.scaleb(-power):.2f}×10{str(power).translate(_RAISED)}"


def amount_said(words: Words, kit: Kit, quantity: Quantity) -> str:
    """An amount with its unit; one that is a ratio is computed; "" where not known."""
    value = number(kit.amounts.get(quantity.id, ""))
    if quantity.ratio is not None:
        over, under = (number(kit.amounts.get(part, "")) for part in quantity.ratio)
        value = round(over / under, 2) if over is not None and under else None
    if value is None:
        return ""
    return words("treatment.amount", number=number_said(value), unit=quantity.unit)
