"""Whether a report is ours, unaltered, and still true; and a filed one as it is kept.

A report is known by the SHA-256 of its bytes. One that is not filed, a draft, or a
final one whose filing was lost with the tail of the trail, is made again from what its
file says of itself.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from registry_app.domain.cut import DataCut
from registry_app.domain.errors import NotFound, RegistryError
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import NOT_DATA, IssuedReport, Kind, OwnPaper
from registry_app.domain.rights import Deed
from registry_app.domain.safety import Event, Letter, SafetyCase
from registry_app.domain.trail import Entry, Head
from registry_app.domain.visit import Form, Visit
from registry_app.services.cases import case
from registry_app.services.certificate import added_to
from registry_app.services.cuts import Point
from registry_app.services.desk import Desk
from registry_app.services.making import Asked, check_asked, made
from registry_app.services.report_options import Options, read_marked
from registry_app.services.reports import signatures_of
from registry_app.services.rights import needs
from registry_app.storage import trail
from registry_app.storage.sealed import as_sealed
from registry_app.storage.work import Reading

#: Who may sign in stands on no report; which pack is followed bears on all of them.
_PERSON: Final = "person"
_PACK: Final = "pack"
_SETTING: Final = "setting"


class Standing(StrEnum):
    """What a file is to this registry.

    TRAIL_SHORTER, TRAIL_OTHER: the state that it was made from is not in this registry,
    because an older copy was put back, or because the file's marks were altered.
    """

    SAME = "same"
    CHANGED_SINCE = "changed since"
    ALTERED = "altered"
    TRAIL_SHORTER = "trail shorter"
    TRAIL_OTHER = "trail other"
    NOT_OURS = "not ours"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a PDF is ours, and still true.

    `changes`: what was written about its subject after the cut. `rebuilt`: the same
    bytes came out again; they do not where another version of the program is at work.
    `earlier`: an edition that has fewer signatures than the newest. `certified`: who
    has put a certificate's signature on top of the filed bytes.
    """

    standing: Standing
    number: str = ""
    changes: tuple[Entry, ...] = ()
    rebuilt: bool = False
    earlier: bool = False
    certified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a file says of itself."""

    kind: Kind
    subject_id: str
    cut: Head
    options: Options


@needs(Deed.LOOK)
def verify_report(desk: Desk, pdf: bytes) -> Verdict:
    """Whether a file is a report of this registry, unaltered, and still true.

    And whether this registry is still the one that it was made from: the head that is
    printed in the report must stand in the trail, and so must its filing.
    """
    registry, number = _claimed(pdf)
    if registry != desk.registry.id:
        return Verdict(Standing.NOT_OURS)
    with desk.read() as reading:
        whole = _whole(reading, number)
        if whole is None:
            return _as_made(desk, pdf, number, filed=False)
        (known,) = reading.find(IssuedReport, id=number) if whole else (None,)
        editions = reading.files_of(number)
    sha256 = hashlib.sha256(pdf).hexdigest()
    if known is None:
        return Verdict(Standing.ALTERED, number)
    if sha256 != known.sha256 and sha256 not in editions:
        return _certified(desk, pdf, known, editions)
    if known.kind in tuple(OwnPaper):  # of no data, so that none can have changed
        return Verdict(Standing.SAME, number)
    verdict = _as_made(desk, pdf, number, filed=True)
    return replace(verdict, earlier=sha256 != known.sha256)


def _certified(
    desk: Desk, pdf: bytes, known: IssuedReport, editions: Sequence[str]
) -> Verdict:
    """A file whose number is filed, and whose bytes are not: altered, or signed."""
    if len(pdf) > known.size:
        with desk.read() as reading:
            files = [reading.file(sha256) or pdf for sha256 in editions]
        for filed in files:
            if len(filed) < len(pdf) and pdf.startswith(filed):
                names = added_to(pdf)
                if names:
                    verdict = verify_report(desk, filed)
                    return replace(verdict, certified=names)
    return Verdict(Standing.ALTERED, known.id)


def _claimed(pdf: bytes) -> tuple[str, str]:
    """Registry and number that a file bears; "" where it bears none.

    A report of an older program bears them in its marks alone.
    """
    from registry_app.reports.archive import marks_of
    from registry_app.reports.claim import claimed

    found = claimed(pdf)
    if found is not None:
        return found
    marks = marks_of(pdf)
    return marks.get("RegistryId", ""), marks.get("ReportNumber", "")


def _as_made(desk: Desk, pdf: bytes, number: str, *, filed: bool) -> Verdict:
    """Make it again from what it says of itself, and compare."""
    from registry_app.reports.archive import marks_of

    try:
        claim, there = _claim(desk, marks_of(pdf))
    except (KeyError, ValueError):
        return Verdict(Standing.ALTERED, number)
    if there is None:
        return Verdict(Standing.TRAIL_SHORTER, number)
    if there.head != claim.cut:
        return Verdict(Standing.TRAIL_OTHER, number)
    asked = _asked(desk, claim, there, number)
    if asked is None:
        # It names a cut or signatures that were lost with the tail of the trail.
        return Verdict(Standing.TRAIL_SHORTER, number)
    rebuilt = _again(desk, asked) == pdf
    if not filed and not rebuilt:
        return Verdict(Standing.ALTERED, number)
    if not filed and not claim.options.draft:
        return Verdict(Standing.TRAIL_SHORTER, number)
    changes = tuple(_changes(desk, claim))
    standing = Standing.CHANGED_SINCE if changes else Standing.SAME
    return Verdict(standing, number, changes, rebuilt)


def _claim(desk: Desk, marks: Mapping[str, str]) -> tuple[_Claim, Point | None]:
    """What it says of itself, and the point of the trail that it names.

    Raises KeyError or ValueError where that cannot be read.
    """
    kind = Kind(marks.get("ReportKind", Kind.PATIENT_SUMMARY))
    cut = Head(int(marks["CutSequence"]), marks["CutHead"])
    with desk.read() as reading:
        entry = trail.entry_at(reading.connection, cut.seq)
    day = date.min if entry is None else day_in_japan(entry.at)
    options = Options.read(read_marked(marks["Options"]), day)
    subject_id = marks["SubjectId"] if kind.of_one_case else ""
    if options.written > cut.seq and entry is not None:
        with desk.read() as reading:
            if trail.entry_at(reading.connection, options.written) is None:
                entry = None  # the parts that it prints were lost with the tail
    there = None if entry is None else Point(Head(entry.seq, entry.head), entry.at)
    return _Claim(kind, subject_id, cut, options), there


def _asked(desk: Desk, claim: _Claim, there: Point, number: str) -> Asked | None:
    """What it says that it is; None where its cut or its signatures are not here."""
    options = claim.options
    with desk.read() as reading:
        cuts = reading.find(DataCut, id=options.frozen) if options.frozen else ()
        signatures = signatures_of(reading, number)[: options.signed]
    if bool(options.frozen) != bool(cuts) or len(signatures) != options.signed:
        return None
    frozen = cuts[0] if cuts else None
    return Asked(claim.kind, claim.subject_id, there, options, frozen, signatures)


def _again(desk: Desk, asked: Asked) -> bytes:
    """The bytes that come out for what a file says of itself; none where it cannot."""
    try:
        with desk.read(asked.cut.head.seq) as reading:
            pack = desk.planner.plan(reading).protocol.pack
        check_asked(asked.kind, pack, asked.options)
        return made(desk, asked).pdf
    except RegistryError:
        return b""


def _changes(desk: Desk, claim: _Claim) -> Iterator[Entry]:
    """What was written about a case, or about anything, after the cut, newest first.

    A case is followed under the visits of the registry: what changes them counts, too.
    """
    with desk.read() as reading:
        ids = frozenset(_of_case(reading, claim))
        for entry in trail.entries(reading.connection, after=claim.cut.seq):
            if entry.kind in NOT_DATA or entry.kind == _PERSON:
                continue
            visits = entry.kind == _SETTING and entry.id.startswith("visit:")
            if not ids or entry.id in ids or visits or entry.kind == _PACK:
                yield entry


def _of_case(reading: Reading, claim: _Claim) -> Iterator[str]:
    """The ids of all that a paper of one case rests on; some records share its own."""
    subject_id = claim.subject_id
    for one in reading.find(SafetyCase, id=claim.options.about):
        subject_id = one.subject_id
        yield one.id
        yield from (event.id for event in reading.find(Event, case_id=one.id))
        yield from (letter.id for letter in reading.find(Letter, case_id=one.id))
    if subject_id:
        patient = case(reading, subject_id)
        visits = [visit.id for visit in reading.find(Visit, subject_id=subject_id)]
        yield subject_id
        yield from visits
        forms = reading.find(Form, visit_id=tuple(visits))
        yield from (form.id for form in forms)
        yield from (consent.id for consent in patient.consents)


@needs(Deed.LOOK)
def verify_filed(desk: Desk, number: str) -> Verdict:
    """Whether the record of a filed report, and its files, are as they were filed.

    Nothing is made again, so that every line of a list can be looked at. Raises
    NotFound.
    """
    with desk.read() as reading:
        whole = _whole(reading, number)
    if whole is None:
        raise NotFound("report_service.no-such-report", number=number)
    return Verdict(Standing.SAME if whole else Standing.ALTERED, number)


def _whole(reading: Reading, number: str) -> bool | None:
    """Whether the record of a report and its files are as filed; None: it never was.

    The record must be what its newest trail entry sealed, each file what its SHA-256
    says, and the file that the record names must be there.
    """
    connection = reading.connection
    found = trail.entries(connection, kind="report", ids=[number], newest=1)
    sealed = next(found, None)
    if sealed is None:
        return None
    if not as_sealed(connection, IssuedReport, sealed):
        return False
    (record,) = reading.find(IssuedReport, id=number)
    files = reading.files_of(number)
    return (record.sha256 in files or not record.digest) and all(
        hashlib.sha256(reading.file(sha256) or b"").hexdigest() == sha256
        for sha256 in files
    )
