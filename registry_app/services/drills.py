"""A drill: the newest backup is restored aside, opened, and compared with the file.

What was found is recorded; where all is well, a certificate of one page is filed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.keeping import Backup, Drill
from registry_app.domain.message import Message, say
from registry_app.domain.report import IssuedReport, OwnPaper
from registry_app.domain.rights import Deed
from registry_app.domain.trail import Head
from registry_app.services.backups import generations
from registry_app.services.desk import Desk
from registry_app.services.own_papers import file_own
from registry_app.services.planning import protocol_of
from registry_app.services.program import program
from registry_app.services.rights import needs
from registry_app.storage import aside as asides
from registry_app.storage import keys, trail
from registry_app.storage.aside import Aside
from registry_app.storage.backup import Going, nothing_told
from registry_app.storage.key_area import Area
from registry_app.storage.keys import Slot
from registry_app.storage.personal import FileSecrets
from registry_app.words import Language

_JA: Final = (Language.JA,)
#: What keeps a backup from being restored aside, and says nothing about it.
_NOT_OF_IT: Final = frozenset(
    {
        *("storage.busy", "storage.disk-full"),
        *("backup.not-writable", "backup.place-full"),
    }
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a drill; no `problems`: the backup can be relied on.

    `certificate`: the number of the paper, or "".
    """

    drill: Drill
    backup: Backup
    problems: tuple[Message, ...]
    certificate: str = ""


@needs(Deed.KEEP)
def drill(
    desk: Desk,
    languages: tuple[Language, ...] = _JA,
    going: Going = nothing_told,
) -> Proof:
    """Prove the newest backup whose file is there, and record what was found.

    `languages`: of the certificate. `going`: told how far it is, from 0 to 1; what it
    raises ends it, and nothing is recorded. Raises Refused where there is no backup,
    and where there is no room to restore it.
    """
    there = [one for one in generations(desk) if one.there]
    if not there:
        raise Refused("backup.nothing-to-prove")
    newest, begun = there[0].record, desk.clock()
    part = desk.path.with_name(f"{desk.path.name}.drill.part")
    head, records, by_slot = Head(0, ""), 0, False
    problems: list[Message] = []
    try:
        with asides.aside(
            Path(newest.file), part, lambda area: _secrets(desk, area), going
        ) as found:
            head, records = found.head, sum(found.records.values())
            by_slot = _own_slot(desk, found.area) is not None
            problems += _wrong(desk, newest, found)
    except (Refused, NotFound) as refusal:
        if refusal.message.key in _NOT_OF_IT:
            raise
        problems.append(refusal.message)
    made = Drill(
        id=desk.new_id(),
        backup=newest.id,
        person=desk.person.id,
        at=desk.clock(),
        seq=head.seq,
        head=head.head,
        entries=head.seq,
        records=records,
        problem=problems[0].key if problems else "",
    )
    if problems:
        with desk.begin() as work:
            return Proof(work.save(made), newest, tuple(problems))
    return _certified(desk, made, newest, begun, languages, by_slot)


@needs(Deed.LOOK)
def drills(desk: Desk) -> tuple[Drill, ...]:
    """Every drill, the newest first."""
    with desk.read() as reading:
        found = reading.find(Drill)
    return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))


@needs(Deed.LOOK)
def certificate_of(desk: Desk, drill_id: str) -> tuple[str, bytes]:
    """The number of a drill's certificate and its file. Raises NotFound."""
    with desk.read() as reading:
        digests = [one.digest for one in reading.find(Drill, id=drill_id)]
        for digest in filter(None, digests):
            (record,) = reading.find(IssuedReport, sha256=digest)
            content = reading.file(digest)
            if content is not None:
                return record.id, content
    raise NotFound("backup.no-certificate")


def _secrets(desk: Desk, area: Area) -> FileSecrets:
    """Those in the backup's own key slots, where the person has one there.

    So the slots are proved, too, and a backup from before another data key opens.
    """
    if area.registry != desk.registry.id:
        raise Refused("backup.other-registry")
    slot = _own_slot(desk, area)
    return desk.own.unsealed(area.binding, slot) if slot else desk.store.secrets


def _own_slot(desk: Desk, area: Area) -> Slot | None:
    slot = area.slot(keys.USER, desk.person.id)
    return slot if slot and slot.signing == desk.own.signing else None


def _wrong(desk: Desk, known: Backup, found: Aside) -> list[Message]:
    """What differs between the backup and what this file says of that moment."""
    problems = list(found.problems)
    if found.sha256 != known.sha256:
        problems.append(say("backup.other-bytes"))
    if problems:
        return problems
    with desk.read() as reading:
        entry = trail.entry_at(reading.connection, found.head.seq)
        then = asides.records_then(reading.connection, found.head.seq)
    if entry is None or entry.head != found.head.head:
        problems.append(say("backup.other-trail", seq=found.head.seq))
    counted = {kind: number for kind, number in found.records.items() if number}
    if counted != then:
        problems.append(say("backup.other-counts"))
    return problems


def _certified(
    desk: Desk,
    made: Drill,
    newest: Backup,
    begun: datetime,
    languages: tuple[Language, ...],
    by_slot: bool,
) -> Proof:
    """The record and its certificate, filed together."""
    # Not at start: reportlab takes longer to load than the sign-in window.
    from registry_app.reports.drill_certificate import Certificate, certificate
    from registry_app.reports.issue import Issue

    with desk.read() as reading:
        pack = protocol_of(reading).pack
        day = f"{made.at.astimezone(TOKYO):%Y%m%d}"
        before = f"DRILL-{desk.registry.site}-{day}-"
        said = sum(
            one.id.startswith(before)
            for one in reading.find(IssuedReport, kind=OwnPaper.DRILL.value)
        )
        entry = trail.entry_at(reading.connection, made.seq)
    assert entry is not None
    number = f"{before}{said + 1}"
    issue = Issue(
        number=number,
        registry=desk.registry,
        cut=Head(made.seq, made.head),
        cut_at=entry.at,
        languages=languages,
        software=program(),
        kind=OwnPaper.DRILL,
        pack=pack.name,
    )
    paper = certificate(
        Certificate(
            file=Path(newest.file).name,
            place=newest.place.told,
            sha256=newest.sha256,
            size=newest.size,
            made_at=newest.at,
            seq=made.seq,
            head=made.head,
            records=made.records,
            seconds=max(int((made.at - begun).total_seconds()), 0),
            person=desk.person.display_name,
            at=made.at,
            by_slot=by_slot,
        ),
        issue,
    )
    with desk.begin() as work:
        filed = file_own(work, issue, paper.pdf, paper.digest, made.at)
        saved = work.save(replace(made, digest=filed.sha256))
    return Proof(saved, newest, (), number)
