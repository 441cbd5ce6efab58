"""Who is kept from knowing what, since when; and when somebody came to know it.

Both are about the people who examine (ICH E6(R3) 4.1): an exam is marked when its
assessor knew, by its day, what they were to be blind to. An assessor is a name on a
sheet, and need not be a user of the registry.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say
from registry_app.domain.person import Person, name_key


class Hidden(StrEnum):
    """What somebody is blind to."""

    ARM = "arm"
    TREATMENT = "treatment"
    EARLIER = "earlier results"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"blinding.hidden-{self.name.lower()}")


#: Whoever knows one of these knows who was treated. Earlier results are another thing.
TELLING: Final = frozenset({Hidden.ARM, Hidden.TREATMENT})


class Unblinded(StrEnum):
    """How it came to be known (ICH E6(R3) 4.1: each is recorded and assessed)."""

    PLANNED = "planned"
    UNPLANNED = "unplanned"
    ACCIDENTAL = "accidental"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"blinding.unblinded-{self.value}")


@dataclass(frozen=True, slots=True)
class BlindAssignment:
    """A person is blind to `to` (Hidden values that are True) from a day on.

    `person`: the name typed at sign-in. `subject_id` "": for every patient. `until`:
    the last day, where it has ended.
    """

    id: str
    person: str
    subject_id: str
    to: Mapping[str, bool]
    since: date
    until: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise InvalidValue("blinding.ends-before-it-begins")

    @property
    def hidden(self) -> frozenset[Hidden]:
        """What the person is kept from."""
        return _true(self.to)

    def holds(self, subject_id: str, on: date) -> bool:
        """Whether it is in force for a patient on a day."""
        meant = self.subject_id in ("", subject_id)
        return meant and self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Unblinding:
    """A person came to know something of a patient that they were to be blind to.

    `person`: the name typed at sign-in, or that of an assessor who is no user. `on`:
    the day; exams of the patient by this person from that day on are marked. `what`:
    what became known (Hidden values that are True). `why`: the reason or the
    circumstances, `assessed`: what it means for the data, in words.
    """

    id: str
    subject_id: str
    person: str
    how: Unblinded
    on: date
    what: Mapping[str, bool]
    why: str
    assessed: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.why.strip():
            raise InvalidValue("blinding.needs-reason")

    @property
    def revealed(self) -> frozenset[Hidden]:
        """What became known."""
        return _true(self.what)

    @property
    def tells(self) -> bool:
        """Whether the person has known since who was treated: no blinded exam then."""
        return bool(self.revealed & TELLING)


def _true(values: Mapping[str, bool]) -> frozenset[Hidden]:
    return frozenset(Hidden(name) for name, said in values.items() if said)


def assessor_key(name: str) -> str:
    """What spellings of a name have in common: all but width, case and blanks.

    >>> assessor_key("架空　花子") == assessor_key("架空花子")
    True
    """
    return "".join(name_key(name).split())


@dataclass(frozen=True)
class Breaks:
    """The unblindings of patients, asked by the name that stands on a sheet."""

    by: Mapping[tuple[str, str], tuple[Unblinding, ...]]

    @classmethod
    def of(cls, found: Iterable[Unblinding], people: Iterable[Person]) -> "Breaks":
        """A user is known by both names, the one typed and the one shown."""
        names = {
            one.id: {assessor_key(one.id), assessor_key(one.display_name)}
            for one in people
        }
        by: dict[tuple[str, str], list[Unblinding]] = {}
        for one in sorted(found, key=lambda one: (one.on, one.id)):
            for name in names.get(one.person) or {assessor_key(one.person)}:
                by.setdefault((one.subject_id, name), []).append(one)
        return cls({key: tuple(several) for key, several in by.items()})

    def before(self, subject_id: str, assessor: str, day: date) -> Unblinding | None:
        """By what an assessor knew on the day of an exam: the first that told who was
        treated, or else the first of all; None: by nothing that is on record.
        """
        if not assessor.strip():
            return None
        every = self.by.get((subject_id, assessor_key(assessor)), ())
        known = [one for one in every if one.on <= day]
        telling = (one for one in known if one.tells)
        return next(telling, known[0] if known else None)


#: Nobody came to know anything.
NO_BREAKS: Final = Breaks({})
