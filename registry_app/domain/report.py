"""A report that has been handed out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """What was issued, made from which state of the trail, and how to know it again.

    `id` is the report's number. `cut_seq` and `cut_head`: the trail entry as of which
    it was made. `sha256` and `size` (bytes) are of the file.
    """

    id: str
    kind: str
    subject_id: str
    cut_seq: int
    cut_head: str
    sha256: str
    size: int
    made_at: datetime
    options: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
