"""What a registry itself says about its plan: pack, settings, regime, what was done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

#: The id of the one record of PackInUse.
THE_PACK: Final = "pack"


@dataclass(frozen=True, slots=True)
class PackInUse:
    """The pack that this registry follows, whole: `content` is its canonical JSON.

    `sha256` is of `content`. Another version of the pack is a new version of this
    record, with a reason.
    """

    id: str
    pack: str
    pack_version: int
    sha256: str
    content: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """What this registry says of one rule; `id` is ``rule:O2``, ``visit:baseline``.

    `values`: what differs from the pack: ``due`` and ``every`` as ISO 8601 durations
    (P15D, P12M), ``date`` for a base date, ``preset``. `confirmed_by`: the person who
    has checked it against the text, on `confirmed_on`, by `evidence`; "" : 要確認.
    """

    id: str
    values: Mapping[str, str] = field(default_factory=dict)
    confirmed_by: str = ""
    confirmed_on: date | None = None
    evidence: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class RegimeEntry:
    """The regime goes to `state` on a day; `id` orders entries of one day.

    `years`: by how much the term is extended, where it is.
    """

    id: str
    state: str
    on: date
    evidence: str
    years: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that starts clocks. `event`: its class, such as E2.

    Days are days in Japan. `hospital_aware`, `holder_aware`: day 0 of their clocks.
    `follow_ups`: ``1``, ``2`` … to the day of later significant information.
    `reportable`: False: not reportable after all, with the reason in `note`.
    """

    id: str
    event: str
    name: str
    subject_id: str = ""
    hospital_aware: date | None = None
    holder_aware: date | None = None
    follow_ups: Mapping[str, date] = field(default_factory=dict)
    reportable: bool = True
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done about a duty; `id` is the duty's key. Nothing here is deleted.

    `rule`, `name_ja`, `name_en`, `owner`, `trigger`, `due`: as they stood when it was
    settled, so that a duty whose rule ended still says what it was.
    `not_applicable`: why it is not owed. `otherwise`: the other distance of the rule
    holds (translation needed).
    """

    id: str
    rule: str
    subject_id: str = ""
    name_ja: str = ""
    name_en: str = ""
    owner: str = ""
    trigger: date | None = None
    due: date | None = None
    done_on: date | None = None
    evidence: str = ""
    receipt: str = ""
    not_applicable: str = ""
    not_applicable_on: date | None = None
    otherwise: bool = False
    note: str = ""
    version: int = 0
