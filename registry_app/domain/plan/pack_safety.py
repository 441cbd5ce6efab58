"""What a pack declares of safety: signals, events of special interest, classes."""

from dataclasses import dataclass
from decimal import Decimal

from registry_app.domain.message import Told
from registry_app.domain.plan.pack_base import Basis


@dataclass(frozen=True, slots=True)
class Signal:
    """A safety signal: when `fact` falls so low or so far, a draft case is opened.

    `compared_with`: the fact it fell from; without it the exam before. `within_hours`
    alone: `fact` is a number of hours, and so few are the signal. `one_of`: the answers
    that are one. `special`: the event of special interest that it may be one of;
    signals of one special at one form open one draft together.
    """

    id: str
    name: Told
    fact: str
    basis: Basis
    below: Decimal | None = None
    falls_by: Decimal | None = None
    compared_with: str = ""
    within_hours: int | None = None
    one_of: tuple[str, ...] = ()
    special: str = ""

    @property
    def threshold(self) -> tuple[str, Decimal] | None:
        """The field that holds its number, and the number; None: it has none."""
        for name in ("below", "falls_by", "within_hours"):
            number = getattr(self, name)
            if number is not None:
                return name, Decimal(number)
        return None


@dataclass(frozen=True, slots=True)
class Special:
    """An event of special interest (注目すべき有害事象).

    `window`: days from the treatment in which it is looked for; None: at any time.
    `capture`: what is written down of it.
    """

    id: str
    name: Told
    basis: Basis
    capture: Told | None = None
    window: int | None = None


@dataclass(frozen=True, slots=True)
class When:
    """What must be so of an event and its case, all of it; what is None is not asked.

    `origin`: where the case comes from (CaseOrigin). `serious_as`: one of these
    criteria (Seriousness) holds. `expected`: as the label says (既知). `frequency`: it
    cannot be predicted, or its change signals a hazard.
    """

    origin: tuple[str, ...] = ()
    fatal: bool | None = None
    serious: bool | None = None
    serious_as: tuple[str, ...] = ()
    expected: bool | None = None
    suspected: bool | None = None
    frequency: bool | None = None
    infection: bool | None = None


@dataclass(frozen=True, slots=True)
class EventClass:
    """A kind of occurrence that starts clocks, such as E2.

    A pack lists them from the gravest to the least. `when`: the ways to be of the
    class, one of which is enough; without any, only a person says that one is of it.
    """

    id: str
    name: Told
    basis: Basis
    when: tuple[When, ...] = ()
