"""A person's seal of the trail: made with their own key as they sign out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TrailSeal:
    """That the trail stood at entry `seq` with `head`, said by somebody's own key.

    Whoever makes the chain anew, with the data key, can make none of these. `signed`:
    what the key has made of it (Ed25519, base64), which `public_key` checks.
    """

    id: str
    person: str
    seq: int
    head: str
    at: datetime
    public_key: str
    signed: str
    version: int = 0
