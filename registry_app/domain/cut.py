"""A data cut (データ固定): a point of the trail that reports are made from."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DataCut:
    """`id`: its number, ``1``, ``2`` … in one registry; it is never changed.

    `seq`, `head`: the trail entry as of which all is read. `on`: the day in Japan that
    the data are of. `pack`, `pack_version`, `engine`, `program`: what was in force.
    `frozen_by`, `frozen_at`: who froze it, and when (UTC). `purpose`: in words.
    """

    id: str
    seq: int
    head: str
    on: date
    pack: str
    pack_version: int
    engine: str
    program: str
    frozen_by: str
    frozen_at: datetime
    purpose: str = ""
    version: int = 0
