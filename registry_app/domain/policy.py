"""What a registry asks of its people and of its backups: one record a registry."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry_app.domain.errors import InvalidValue

#: The one record's identity.
POLICY: Final = "policy"
#: Idle minutes may be set between these (FEATURES.md 4.3: 5 to 15 by policy).
_IDLE: Final = range(1, 61)
_MOST_DAYS: Final = 366


class SecondFactor(StrEnum):
    """Whether a second factor is asked for at sign-in.

    The ministry's guideline 6.0 wants one in systems that run in FY2027
    (REGULATION.md section 7, 11).
    """

    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Policy:
    """How strict a registry is, and where its backups go.

    `idle_minutes`: until the screen is covered. `tries`: wrong passwords before each
    further one has to wait. `backup_hours`: a backup as often as that, 0: not by time.
    `backup_on_close`: one at sign-out, where something was written since the last.
    `backup_generations`: how many are kept in each place. `backup_place`,
    `second_place`: folders, "" for none. `detached_days`: how old the newest copy on a
    medium that is detached may be before it is asked for, 0: never. `drill_days`: how
    old the last proved restore may be.
    """

    id: str = POLICY
    idle_minutes: int = 10
    tries: int = 5
    second_factor: SecondFactor = SecondFactor.OPTIONAL
    backup_hours: int = 24
    backup_on_close: bool = True
    backup_generations: int = 10
    backup_place: str = ""
    second_place: str = ""
    detached_days: int = 30
    drill_days: int = 90
    version: int = 0

    def __post_init__(self) -> None:
        for name, said, least, most in (
            ("idle-minutes", self.idle_minutes, _IDLE.start, _IDLE.stop - 1),
            ("tries", self.tries, 3, 20),
            ("backup-hours", self.backup_hours, 0, 24 * 31),
            ("backup-generations", self.backup_generations, 3, 1000),
            ("detached-days", self.detached_days, 0, _MOST_DAYS),
            ("drill-days", self.drill_days, 1, _MOST_DAYS),
        ):
            if not least <= said <= most:
                key = f"policy.not-{name}"
                raise InvalidValue(key, least=least, most=most)
