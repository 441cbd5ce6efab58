"""The evaluation plan: what is looked for, fixed before the data are.

One record is one version of the plan. What it fixes is written down item by item, so
that a later version, and a protocol that has moved away from it, can be told apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say


class OtherWindow(StrEnum):
    """What is done with a comparator whose baseline window is another one."""

    WARN = "warn"
    OMIT = "omit"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"evaluation.other-window-{self.value}")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One version of the evaluation plan; `id`: its number from ``1``.

    `definitions`: item (``endpoint:primary-1``, ``cohort:cohort-1``,
    ``visit:baseline``, ``target:treated``, ``missing``, ``other-window``) to what it
    says in canonical words (domain/figures/plan_items.py). `locked_on`: since then it
    stands; every later version is an amendment after the lock. `data_seen`: whether
    data had been looked at when it was written. `why`: what was changed, and why.
    """

    id: str
    label: str
    effective_on: date
    approved_by: str
    definitions: Mapping[str, str] = field(default_factory=dict)
    locked_on: date | None = None
    locked_by: str = ""
    data_seen: bool = False
    why: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.label.strip():
            raise InvalidValue("evaluation.no-label")
        if self.locked_on is not None and not self.approved_by.strip():
            raise InvalidValue("evaluation.lock-without-approver")
