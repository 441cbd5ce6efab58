"""A unit of the product, from its order to its use: the all-case reconciliation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say


class Manufacture(StrEnum):
    """What came of making the product."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"kit.manufacture-{self.value}")


class KitState(StrEnum):
    """ordered = given + not given (with a reason) + pending."""

    PENDING = "pending"
    GIVEN = "given"
    NOT_GIVEN = "not given"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"kit.state-{self.name.lower().replace('_', '-')}")


@dataclass(frozen=True, slots=True)
class Kit:
    """One ordered unit of the product; every one belongs to exactly one case.

    `number`: the kit's own number, one of a kind in a registry. `subject_id`: "" while
    it belongs to nobody. `amounts`: quantity of the pack to what was written, a decimal
    number. `not_given`: why it was not given, on `not_given_on`.
    """

    id: str
    number: str
    ordered_on: date
    subject_id: str = ""
    manufacture: Manufacture = Manufacture.PENDING
    lot: str = ""
    given_on: date | None = None
    not_given_on: date | None = None
    not_given: str = ""
    route: str = ""
    operator: str = ""
    amounts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.number.strip():
            raise InvalidValue("kit.no-number")
        if self.given_on is not None and (self.not_given_on or self.not_given):
            raise InvalidValue("kit.given-and-not")
        if self.given_on is not None and self.given_on < self.ordered_on:
            raise InvalidValue("kit.given-before-order")
        if self.given_on is not None and not self.subject_id:
            raise InvalidValue("kit.given-to-nobody")
        if self.given_on is not None and self.manufacture is Manufacture.FAILED:
            raise InvalidValue("kit.given-though-failed")
        if (self.not_given_on is None) != (not self.not_given.strip()):
            raise InvalidValue("kit.reason-and-day")
        if self.not_given_on is not None and self.not_given_on < self.ordered_on:
            raise InvalidValue("kit.not-given-before-order")
        for quantity, text in self.amounts.items():
            amount(quantity, text)

    @property
    def state(self) -> KitState:
        """Where it stands."""
        if self.given_on is not None:
            return KitState.GIVEN
        return KitState.NOT_GIVEN if self.not_given else KitState.PENDING


def amount(quantity: str, text: str) -> Decimal:
    """An amount as it was written; 1.2e8 is a number. Raises InvalidValue.

    >>> amount("cells", "1.2e8") == 120_000_000
    True
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise InvalidValue("kit.not-an-amount", quantity=quantity, text=text)
    return number


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The sum of all kits; `unmatched`: numbers of those that belong to nobody."""

    ordered: int
    given: int
    not_given: int
    pending: int
    unmatched: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """Ordered less given, not given and pending: 0, or kits are lost."""
        return self.ordered - (self.given + self.not_given + self.pending)


def reconcile(kits: Iterable[Kit]) -> Reconciliation:
    """Count kits by their state."""
    found = sorted(kits, key=lambda kit: kit.number)
    states = [kit.state for kit in found]
    return Reconciliation(
        len(found),
        states.count(KitState.GIVEN),
        states.count(KitState.NOT_GIVEN),
        states.count(KitState.PENDING),
        tuple(kit.number for kit in found if not kit.subject_id),
    )
