"""Reports: made as of a data cut, numbered, filed with their hash, known again.

The cut is an entry of the trail, and the report's number is made from it: the same
data, asked for in the same way, give the same number and the same bytes.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib.metadata import version
from typing import Final

from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.figures.as_data import Data, as_data
from registry_app.domain.figures.patient_summary import (
    patient_summary as summarise,
)
from registry_app.domain.report import IssuedReport
from registry_app.domain.trail import Entry, Head
from registry_app.services.desk import Desk
from registry_app.services.packs import pack_names
from registry_app.services.subjects import open_subject
from registry_app.storage import trail
from registry_app.words import Language

PATIENT_SUMMARY: Final = "patient-summary"
#: The kind of the trail entries that file a report: they are no data of a report.
_FILED: Final = "report"


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report; `figures` holds every printed figure as plain data."""

    number: str
    pdf: bytes
    figures: Data


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
    """

    standing: Standing
    number: str = ""
    changes: tuple[Entry, ...] = ()
    rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class _Options:
    """How a summary was asked for."""

    languages: tuple[Language, ...]
    identifiable: bool = False
    draft: bool = False
    revision: int = 1

    def number(self, subject_id: str, cut: int) -> str:
        """The report's number: subject, cut, languages, and what else sets it apart."""
        spoken = "".join(language.value[0].upper() for language in self.languages)
        marks = "P" * self.identifiable + "D" * self.draft
        again = "" if self.revision == 1 else f".{self.revision}"
        return f"R5-{subject_id}-{cut}-{spoken}{marks}{again}"

    def plain(self) -> dict[str, str]:
        """As they are filed, and marked in the file."""
        return {
            "languages": "+".join(self.languages),
            "identifiable": "yes" if self.identifiable else "no",
            "draft": "yes" if self.draft else "no",
            "revision": f"{self.revision}",
        }

    @classmethod
    def read(cls, plain: dict[str, str]) -> "_Options":
        """From `plain`. Raises KeyError or ValueError for anything else."""
        return cls(
            tuple(Language(name) for name in plain["languages"].split("+")),
            plain["identifiable"] == "yes",
            plain["draft"] == "yes",
            int(plain["revision"]),
        )


def patient_summary(
    desk: Desk,
    subject_id: str,
    languages: tuple[Language, ...],
    *,
    identifiable: bool = False,
    draft: bool = False,
    cut: int | None = None,
) -> Report:
    """The follow-up summary of one subject (R5), filed unless it is a draft.

    `cut`: the trail entry as of which it is made; without it the newest one that holds
    data. Raises NotFound for a subject that is not there then, Refused for a cut that
    does not exist and for characters that the fonts lack; then nothing is filed.
    """
    at = _cut(desk, cut)
    options = _Options(languages, identifiable, draft)
    while True:
        report = _made(desk, subject_id, at, options)
        if draft or _filed(desk, report, subject_id, at, options):
            return report
        # Filed already under this number, and other bytes: by another version of the
        # program. Both stay, each under a number of its own.
        options = _Options(languages, identifiable, draft, options.revision + 1)


@dataclass(frozen=True, slots=True)
class _Cut:
    """An entry of the trail, and when it was written."""

    head: Head
    at: datetime


def cut_as_of(desk: Desk, day: date) -> int:
    """The newest trail entry of data on or before a day in Japan: a data cut.

    Raises Refused where the registry is younger than that.
    """
    with desk.read() as reading:
        for entry in trail.entries(reading.connection):
            if entry.kind != _FILED and entry.at.astimezone(TOKYO).date() <= day:
                return entry.seq
    raise Refused("report.nothing-yet", day=day.isoformat())


def _cut(desk: Desk, seq: int | None) -> _Cut:
    """The entry with this number, or the newest that is not the filing of a report."""
    with desk.read() as reading:
        if seq is None:
            entries = trail.entries(reading.connection)
            found = next(entry for entry in entries if entry.kind != _FILED)
        elif (there := trail.entry_at(reading.connection, seq)) is None:
            raise Refused("report.no-such-cut", cut=seq)
        else:
            found = there
    return _Cut(Head(found.seq, found.head), found.at)


def _made(desk: Desk, subject_id: str, cut: _Cut, options: _Options) -> Report:
    # Not at start: reportlab takes longer to load than the sign-in window.
    from registry_app.reports.issue import Issue
    from registry_app.reports.patient_summary import content_digest
    from registry_app.reports.patient_summary import patient_summary as printed

    file = open_subject(desk, subject_id, as_of=cut.head.seq)
    summary = summarise(
        file.subject, file.identity, file.exams, identifiable=options.identifiable
    )
    issue = Issue(
        number=options.number(subject_id, cut.head.seq),
        registry=desk.registry,
        cut=cut.head,
        cut_at=cut.at,
        languages=options.languages,
        software=f"registry-app {version('registry-app')}",
        identifiable=options.identifiable,
        draft=options.draft,
        pack=_pack_name(desk.registry.pack),
        options=options.plain(),
    )
    figures: Data = {
        "report": {
            "number": issue.number,
            "kind": PATIENT_SUMMARY,
            "cut": {"seq": cut.head.seq, "head": cut.head.head, "time": issue.cut_time},
            "options": options.plain(),
            "digest": content_digest(summary, issue),
        },
        **as_data(summary),
    }
    return Report(issue.number, printed(summary, issue), figures)


def _pack_name(id: str) -> Mapping[Language, str]:  # noqa: A002
    """The name of a pack; none for one that this program does not have."""
    name = pack_names().get(id)
    return {} if name is None else {Language.JA: name.ja, Language.EN: name.en}


def _filed(
    desk: Desk, report: Report, subject_id: str, cut: _Cut, options: _Options
) -> bool:
    """File it; False where its number stands for other bytes."""
    digest = hashlib.sha256(report.pdf).hexdigest()
    with desk.begin() as work:
        known = work.find(IssuedReport, id=report.number)
        if known:
            return known[0].sha256 == digest
        work.save(
            IssuedReport(
                id=report.number,
                kind=PATIENT_SUMMARY,
                subject_id=subject_id,
                cut_seq=cut.head.seq,
                cut_head=cut.head.head,
                sha256=digest,
                size=len(report.pdf),
                made_at=desk.clock(),
                options=options.plain(),
            )
        )
    return True


def verify_report(desk: Desk, pdf: bytes) -> Verdict:
    """Whether a file is a report of this registry, unaltered, and still true.

    And whether this registry is still the one that it was made from: the head that is
    printed in the report must stand in the trail, and so must its filing.
    """
    from registry_app.reports.archive import marks_of, options_of

    marks = marks_of(pdf)
    if marks.get("RegistryId") != desk.registry.id:
        return Verdict(Standing.NOT_OURS)
    number = marks.get("ReportNumber", "")
    try:
        options = _Options.read(options_of(pdf))
        printed = Head(int(marks["CutSequence"]), marks["CutHead"])
        subject_id = marks["SubjectId"]
    except (KeyError, ValueError):
        return Verdict(Standing.ALTERED, number)
    with desk.read() as reading:
        there = trail.entry_at(reading.connection, printed.seq)
        digest = hashlib.sha256(pdf).hexdigest()
        filed = reading.find(IssuedReport, sha256=digest)
    if there is None:
        return Verdict(Standing.TRAIL_SHORTER, number)
    if there.head != printed.head:
        return Verdict(Standing.TRAIL_OTHER, number)
    try:
        again = _made(desk, subject_id, _Cut(printed, there.at), options)
    except (NotFound, Refused):
        return Verdict(Standing.ALTERED, number)
    rebuilt = again.pdf == pdf
    if not filed and not rebuilt:
        return Verdict(Standing.ALTERED, number)
    if not filed and not options.draft:
        return Verdict(Standing.TRAIL_SHORTER, number)
    changes = tuple(_changes(desk, subject_id, printed.seq))
    standing = Standing.CHANGED_SINCE if changes else Standing.SAME
    return Verdict(standing, number, changes, rebuilt)


def _changes(desk: Desk, subject_id: str, after: int) -> Iterator[Entry]:
    """What was written about a subject after an entry, the newest first."""
    file = open_subject(desk, subject_id)
    ids = [
        subject_id,
        *(visit.id for visit in file.visits),
        *(exam.form.id for exam in file.exams),
    ]
    with desk.read() as reading:
        for entry in trail.entries(reading.connection, ids=ids, after=after):
            if entry.kind != _FILED:
                yield entry
