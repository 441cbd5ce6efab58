"""Reports: made as of a data cut, numbered, filed with their hash, known again.

The cut is an entry of the trail, and the report's number is made from it: the same
data, asked for in the same way, give the same number and the same bytes.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from importlib.metadata import version
from typing import Final

from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.figures.as_data import Data
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import IssuedReport, Kind
from registry_app.domain.trail import Entry, Head
from registry_app.domain.visit import Form, Visit
from registry_app.services.cases import case
from registry_app.services.desk import Desk
from registry_app.storage import trail
from registry_app.words import Language

#: The kind of the trail entries that file a report: they are no data of a report.
_FILED: Final = "report"
#: Who may sign in stands on no report; which pack is followed bears on all of them.
_PERSON: Final = "person"
_PACK: Final = "pack"
_SETTING: Final = "setting"


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
    """How a report was asked for. `on`: the day that it is about."""

    languages: tuple[Language, ...]
    on: date
    identifiable: bool = False
    draft: bool = False
    revision: int = 1

    def number(self, kind: Kind, of: str, cut: "_Cut") -> str:
        """Kind, case or site, cut, another day than the cut's, languages, the rest."""
        spoken = "".join(language.value[0].upper() for language in self.languages)
        marks = "P" * self.identifiable + "D" * self.draft
        again = "" if self.revision == 1 else f".{self.revision}"
        day = "" if self.on == cut.day else f"-{self.on:%Y%m%d}"
        return f"{kind.letters}-{of}-{cut.head.seq}{day}-{spoken}{marks}{again}"

    def plain(self) -> dict[str, str]:
        """As they are filed, and marked in the file."""
        return {
            "languages": "+".join(self.languages),
            "on": self.on.isoformat(),
            "identifiable": "yes" if self.identifiable else "no",
            "draft": "yes" if self.draft else "no",
            "revision": f"{self.revision}",
        }

    @classmethod
    def read(cls, plain: Mapping[str, str], cut_day: date) -> "_Options":
        """From `plain`. Raises KeyError or ValueError for anything else.

        Older reports name no day: it is that of their cut.
        """
        return cls(
            tuple(Language(name) for name in plain["languages"].split("+")),
            date.fromisoformat(plain["on"]) if "on" in plain else cut_day,
            plain["identifiable"] == "yes",
            plain["draft"] == "yes",
            int(plain["revision"]),
        )


def make_report(
    desk: Desk,
    kind: Kind,
    languages: tuple[Language, ...],
    *,
    subject_id: str = "",
    identifiable: bool = False,
    draft: bool = False,
    cut: int | None = None,
    on: date | None = None,
) -> Report:
    """A paper of any kind, filed unless it is a draft.

    `subject_id`: the case, for the kinds of one case; it is not looked at for others.
    `cut`: the trail entry as of which it is made; without it the newest one that holds
    data. `on`: the day that it is about, in Japan; without it the day of the cut, and
    today for what is handed out today. Raises NotFound for a case that is not there
    then, Refused for a cut that does not exist, for names where none may be, and for
    characters that the fonts lack; then nothing is filed.
    """
    # Not at start: reportlab takes longer to load than the sign-in window.
    from registry_app.services.papers import check_names

    check_names(kind, identifiable=identifiable)
    about = subject_id if kind.of_one_case else ""
    at = _cut(desk, cut)
    today = day_in_japan(desk.clock())
    if on is None:
        of_today = kind in (Kind.TODAY, Kind.CARD) and cut is None
        on = today if of_today else at.day
    options = _Options(languages, on, identifiable, draft)
    while True:
        report = _made(desk, kind, about, at, options)
        if draft or _filed(desk, report, kind, about, at, options):
            return report
        # Filed already under this number, and other bytes: by another version of the
        # program. Both stay, each under a number of its own.
        options = replace(options, revision=options.revision + 1)


@dataclass(frozen=True, slots=True)
class _Cut:
    """An entry of the trail, and when it was written."""

    head: Head
    at: datetime

    @property
    def day(self) -> date:
        """The day in Japan."""
        return day_in_japan(self.at)


def cut_as_of(desk: Desk, day: date) -> int:
    """The newest trail entry of data on or before a day in Japan: a data cut.

    Raises Refused where the registry is younger than that.
    """
    with desk.read() as reading:
        for entry in trail.entries(reading.connection):
            if entry.kind != _FILED and day_in_japan(entry.at) <= day:
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


def _made(
    desk: Desk, kind: Kind, subject_id: str, cut: _Cut, options: _Options
) -> Report:
    from registry_app.reports.issue import Issue
    from registry_app.services.papers import About, paper

    with desk.read(cut.head.seq) as reading:
        pack = desk.planner.plan(reading).protocol.pack
    issue = Issue(
        number=options.number(kind, subject_id or desk.registry.site, cut),
        registry=desk.registry,
        cut=cut.head,
        cut_at=cut.at,
        languages=options.languages,
        software=f"registry-app {version('registry-app')}",
        kind=kind,
        identifiable=options.identifiable,
        draft=options.draft,
        pack=pack.name,
        options=options.plain(),
    )
    about = About(
        subject_id,
        cut.head,
        options.on,
        newest=_cut(desk, None).head == cut.head,
        identifiable=options.identifiable,
    )
    frame, printed = paper(desk, kind, about, issue)
    figures: Data = {
        "report": {
            "number": issue.number,
            "kind": kind.value,
            "cut": {"seq": cut.head.seq, "head": cut.head.head, "time": issue.cut_time},
            "options": options.plain(),
            "digest": frame.digest,
        },
        **frame.figures,
    }
    return Report(issue.number, printed(), figures)


def _filed(
    desk: Desk,
    report: Report,
    kind: Kind,
    subject_id: str,
    cut: _Cut,
    options: _Options,
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
                kind=kind.value,
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
        kind = Kind(marks.get("ReportKind", Kind.PATIENT_SUMMARY))
        printed = Head(int(marks["CutSequence"]), marks["CutHead"])
        subject_id = marks["SubjectId"] if kind.of_one_case else ""
        with desk.read() as reading:
            there = trail.entry_at(reading.connection, printed.seq)
        cut_day = date.min if there is None else day_in_japan(there.at)
        options = _Options.read(options_of(pdf), cut_day)
    except (KeyError, ValueError):
        return Verdict(Standing.ALTERED, number)
    with desk.read() as reading:
        digest = hashlib.sha256(pdf).hexdigest()
        filed = reading.find(IssuedReport, sha256=digest)
    if there is None:
        return Verdict(Standing.TRAIL_SHORTER, number)
    if there.head != printed.head:
        return Verdict(Standing.TRAIL_OTHER, number)
    try:
        again = _made(desk, kind, subject_id, _Cut(printed, there.at), options)
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
    """What was written about a case, or about anything, after an entry, newest first.

    A case is followed under the visits of the registry: what changes them counts, too.
    """
    ids = frozenset(_of_case(desk, subject_id)) if subject_id else frozenset()
    with desk.read() as reading:
        for entry in trail.entries(reading.connection, after=after):
            if entry.kind in (_FILED, _PERSON):
                continue
            visits = entry.kind == _SETTING and entry.id.startswith("visit:")
            if not subject_id or entry.id in ids or visits or entry.kind == _PACK:
                yield entry


def _of_case(desk: Desk, subject_id: str) -> Iterator[str]:
    """The ids of all that the paper of a case rests on; some records share its own."""
    with desk.read() as reading:
        one = case(reading, subject_id)
        visits = [visit.id for visit in reading.find(Visit, subject_id=subject_id)]
        forms = reading.find(Form, visit_id=tuple(visits))
    yield subject_id
    yield from visits
    yield from (form.id for form in forms)
    yield from (consent.id for consent in one.consents)
