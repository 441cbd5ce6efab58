"""What everything in a pack shares: how sure it is, whose it is, how far away it is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry_app.domain.message import Told


class Confidence(StrEnum):
    """How sure a rule is: the marks [A], [B] and [U] of the sources."""

    CONFIRMED = "confirmed"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


class Owner(StrEnum):
    """Who owes a duty. The program never implies that another one has filed it."""

    HOLDER = "mah"
    HOSPITAL = "hospital"
    PHYSICIAN = "physician"


class Origin(StrEnum):
    """Where the date of an anchor is kept."""

    INJURY = "injury_date"  # Subject.injury_date, the day 0 of every case
    TREATMENT = "treatment_date"  # Subject.treatment_date
    CONSENT = "consent"  # the first consent to the treatment
    DATE = "date"  # Course.dates, under the anchor's id


class Pick(StrEnum):
    """Which of several exams in a window counts."""

    NEAREST = "nearest"  # to the centre; of two the earlier
    FIRST = "first"
    LAST = "last"


class RuleKind(StrEnum):
    """How the date of a duty is found."""

    TERM = "term"  # the end of the term of the regime, and `due` from it (may be < 0)
    CLOCK = "clock"  # `due` after somebody became aware of an occurrence
    PERIOD = "period"  # every `every` from a base date, and `due` after each period
    ONCE = "once"  # a base date and `due`
    SUBJECT = "subject"  # a subject's anchor and `due`; done by another anchor
    RETENTION = "retention"  # records are kept until a subject's anchor and `due`
    KIT = "kit"  # a kit that belongs to nobody, `due` after it was ordered
    ALARM = "alarm"  # as CLOCK, but the day is ours: no law names one


@dataclass(frozen=True, slots=True)
class Span:
    """A distance in calendar months, then days. 7 years are 84 months."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule rests on. `valid_from` and `valid_to` are both included.

    `sources`: ids of `Pack.sources`. `citation`: the article, in words.
    """

    sources: tuple[str, ...]
    confidence: Confidence
    citation: Told | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the rule is valid on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)
