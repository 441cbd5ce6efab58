"""The plan as this registry follows it, and the table of it that lists read.

A desk has one planner. It keeps the protocol until something of it changes, and makes
the planned rows again in the transaction that changes what they rest on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import Course
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.duties import subject_duties
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.pack import Origin, Pack, RuleKind
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import (
    THE_PACK,
    PackInUse,
    RegimeEntry,
    Setting,
)
from registry_app.domain.subject import Arm, Sex, Subject
from registry_app.packs.stored import checksum, from_content
from registry_app.services.cases import case, cases
from registry_app.storage import planned
from registry_app.storage.planned import Versions
from registry_app.storage.touches import OF_ALL, Touched
from registry_app.storage.work import Reading, Work

#: Two made-up injuries, of long ago and of long after: rules begin and end on days.
_INJURIES: Final = (date(2000, 1, 1), date(2100, 1, 1))
_OF_SUBJECTS: Final = (RuleKind.SUBJECT, RuleKind.RETENTION)


class Plan:
    """A protocol, and the duties of cases under it."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol

    def duties(self, one: Case) -> tuple[Duty, ...]:
        """The duties of one case, by the engine, and those settled before."""
        return ledger(subject_duties(self.protocol, one), one.settled, date.min)

    def rows(self, one: Case) -> list[dict[str, Any]]:
        """The planned rows of one case, by key."""
        duties = sorted(self.duties(one), key=lambda duty: duty.key)
        return [planned.row(self._part(duty), duty) for duty in duties]

    def shown(self, reading: Reading, rows: Iterable[Mapping[Any, Any]]) -> list[Duty]:
        """The duties of planned rows, in their order."""
        asked: dict[str, dict[str, Duty]] = {}
        found = []
        for row in rows:
            if template := self._templates.get(row["part"]):
                found.append(planned.duty(row, template))
                continue
            subject = row["subject_id"]
            if subject not in asked:
                duties = self.duties(case(reading, subject))
                asked[subject] = {duty.key: duty for duty in duties}
            found.append(asked[subject][row["key"]])
        return found

    def parts(self, wanted: Callable[[Duty], bool]) -> frozenset[str]:
        """The parts of keys whose duties are wanted, by what they have in common."""
        found = self._templates.items()
        return frozenset(part for part, template in found if wanted(template))

    def template(self, part: str) -> Duty:
        """What the duties of a part have in common: rule, owner, certainty."""
        return self._templates[part]

    def _part(self, duty: Duty) -> str:
        """The part whose template says the rest; "": the engine has to be asked."""
        part = planned.part_of(duty)
        template = self._templates.get(part)
        return part if template and planned.like(duty, template) else ""

    @cached_property
    def _templates(self) -> Mapping[str, Duty]:
        """By part of the key: what the duties of all cases have in common."""
        found: dict[str, Duty] = {}
        for arm in Arm:
            for injury in _INJURIES:
                for duty in self.duties(_anybody(self.protocol.pack, arm, injury)):
                    found.setdefault(planned.part_of(duty), duty)
        return found


class Planner:
    """Keeps the plan of one open registry, and its table up to date."""

    def __init__(self) -> None:
        self._kept: tuple[Versions, Plan] | None = None

    def plan(self, reading: Reading) -> Plan:
        """The plan as it is, or as of the entry of `reading`. Raises Refused."""
        if reading.as_of is not None:
            return Plan(protocol_of(reading))
        now = planned.versions(reading.connection)
        kept = self._kept
        if kept is None or kept[0] != now:
            kept = self._kept = (now, Plan(protocol_of(reading)))
        return kept[1]

    def follow(self, work: Work) -> None:
        """Make the rows again of whom `work` has touched; often of nobody."""
        if not work.touched:
            return
        of_all = {touched for touched in work.touched if touched.what in OF_ALL}
        if of_all:
            # What may yet be rolled back is not kept.
            plan = Plan(protocol_of(work))
            if any(moves_all(plan.protocol, touched) for touched in of_all):
                fill(work, plan)
                return
        ids = {touched.id for touched in work.touched if touched.what == "subject"}
        visits = {touched.id for touched in work.touched if touched.what == "visit"}
        self.make_again(work, ids | planned.subjects_of(work.connection, visits))

    def make_again(self, work: Work, ids: Iterable[str]) -> None:
        """Make the rows of these cases again."""
        plan = self.plan(work)
        for one in cases(work, ids):
            planned.put(work, one.subject.id, plan.rows(one))

    def differing(self, reading: Reading) -> Iterator[str]:
        """Case IDs whose rows are not what the engine says; of rows of nobody, too."""
        plan = self.plan(reading)
        for one in cases(reading):
            try:
                kept = planned.of_subject(reading.connection, one.subject.id)
            except (LookupError, TypeError, ValueError):
                kept = []  # written past the program, and not to be read
            if kept != plan.rows(one):
                yield one.subject.id
        yield from planned.strangers(reading.connection)


def fill(work: Work, plan: Plan) -> None:
    """Make all rows again."""
    for one in cases(work):
        planned.put(work, one.subject.id, plan.rows(one))


def protocol_of(reading: Reading) -> Protocol:
    """The protocol of a registry, as of then too. Raises Refused.

    Before the pack was taken in (a file of an older program) it is that pack, too.
    """
    stored = reading.find(PackInUse) or Reading(reading.connection).find(PackInUse)
    entries = reading.find(RegimeEntry)
    return Protocol(
        pack_of(stored[0]),
        {setting.id: setting for setting in reading.find(Setting)},
        tuple(sorted(entries, key=lambda entry: (entry.on, entry.id))),
    )


def pack_of(stored: PackInUse) -> Pack:
    """The pack that is kept in a registry.

    Raises Refused, with a sentence that says how to go on, where it cannot be read.
    """
    said = {"pack": stored.pack, "version": stored.pack_version}
    if checksum(stored.content) != stored.sha256:
        raise Refused("protocol.pack-changed", **said)
    try:
        return from_content(stored.content)
    except InvalidValue as problem:
        raise Refused("protocol.pack-unreadable", **said, why=problem.message) from None


def in_use(pack: Pack, content: str, version: int = 0) -> PackInUse:
    """The record of a pack; `version`: of the record that it takes the place of."""
    sha256 = checksum(content)
    return PackInUse(THE_PACK, pack.id, pack.version, sha256, content, version)


def moves_all(protocol: Protocol, touched: Touched) -> bool:
    """Whether it can move duties of subjects: most rules are the product's."""
    kind, _, name = touched.id.partition(":")
    of_subjects = [rule for rule in protocol.pack.rules if rule.kind in _OF_SUBJECTS]
    if touched.what == "setting" and kind == "rule":
        return any(rule.id == name for rule in of_subjects)
    if kind in ("signal", "report"):
        return False
    if touched.what == "regime" or kind == "date":
        # The regime, its lapse too, is counted from a base date.
        return any(rule.regimes for rule in of_subjects)
    return True


def _anybody(pack: Pack, arm: Arm, injury: date) -> Case:
    """A made-up case of which every date is known."""
    treated = injury + timedelta(days=30) if arm is Arm.TREATED else None
    subject = Subject("X", arm, Sex.UNKNOWN, injury, treatment_date=treated)
    dates = {
        anchor.id: injury + timedelta(days=20)
        for anchor in pack.anchors
        if anchor.origin is Origin.DATE
    }
    consent = Consent("X", "X", Scope.TREATMENT, "", injury)
    return Case(subject, Course("X", dates), consents=(consent,))
