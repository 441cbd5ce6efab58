"""Reports: made as of a data cut, numbered, filed with their file.

The number is made from the cut and from how it was asked for: the same data, asked for
in the same way, give the same number and the same bytes.
"""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Final

from registry_app.domain.cut import DataCut
from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import SLOTS, IssuedReport, Kind
from registry_app.domain.rights import Deed
from registry_app.domain.signature import Signature
from registry_app.services.access import opened
from registry_app.services.cuts import Point, cut_at, point, still
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_papers
from registry_app.services.making import (
    Asked,
    Report,
    Stop,
    check_asked,
    going_on,
    made,
    usual_period,
)
from registry_app.services.report_options import FORMS, Options, Period
from registry_app.services.rights import check, needs
from registry_app.storage import trail
from registry_app.storage.work import Reading, Work
from registry_app.words import Language

#: What a signature under a report is of.
_REPORT: Final = "report"


@needs(Deed.LOOK)
def make_report(
    desk: Desk,
    kind: Kind,
    languages: tuple[Language, ...],
    *,
    subject_id: str = "",
    about: str = "",
    period: Period | None = None,
    identifiable: bool = False,
    draft: bool = False,
    cut: int | None = None,
    on: date | None = None,
    form: str = FORMS[0],
    stop: Stop | None = None,
) -> Report:
    """A paper of any kind, filed unless it is a draft.

    `subject_id`: the case, for the kinds of one case; `about`: the safety case, of an
    individual case report, or of the 30-day report of an infection; neither is looked
    at for others. `period`: other than the
    usual one. `cut`: the trail entry as of which it is made; without it the newest one
    that holds data. `on`: the day that it is about, in Japan; without it the day of the
    cut, and today for what is handed out today. `stop`: asked between the stages.

    A final report of R1 to R10 freezes a data cut where its data are in none. Raises
    NotFound for a case that is not there then, Refused for a cut that does not exist,
    for a final report by somebody who may only look, for one that the pack does not
    ask for, for names where none may be, and for characters that the fonts lack; then
    nothing is filed.
    """
    # Papers for the desk are no reports: whoever looks at the data may print them.
    if kind.archived and not draft:
        check(desk, Deed.REPORT)
    if kind.of_safety_case and not about:
        raise Refused("report_service.no-case")
    today = day_in_japan(desk.clock())
    if kind.archived and on is not None and on > today:
        raise InvalidValue("report_service.day-to-come", on=on)
    case_id = subject_id if kind.of_one_case else ""
    at, frozen = _point(desk, kind, cut, draft=draft)
    if on is None:
        of_today = kind in (Kind.TODAY, Kind.CARD) and cut is None
        on = today if of_today else at.day
    options = Options(
        languages,
        on,
        identifiable,
        draft,
        period=period,
        about=about if kind.may_be_of_safety_case else "",
        form=form,
        frozen="" if frozen is None else frozen.id,
        written=_written(desk, kind, frozen),
    )
    asked = _checked(desk, Asked(kind, case_id, at, options, frozen))
    opened(desk, f"paper:{kind.value}", case_id)
    while True:
        asked = signed(desk, asked)
        if not draft and _other(desk, asked):
            # Its number stands for what was asked for otherwise: other words.
            asked = replace(asked, options=asked.options.again())
            continue
        report = made(desk, asked, stop)
        if draft:
            return report
        going_on(stop)
        if _filed(desk, report, asked):
            return report
        # Filed already under this number, and other bytes: by another version of the
        # program. Both stay, each under a number of its own.
        asked = replace(asked, options=asked.options.again())


def _point(
    desk: Desk, kind: Kind, cut: int | None, *, draft: bool
) -> tuple[Point, DataCut | None]:
    """The point it is made from, and its cut: one to come has no version yet."""
    with desk.read() as reading:
        frozen = still(reading) if cut is None and kind.archived else None
        at = frozen or point(reading, cut)
        if not kind.archived:
            return at, None
        found = cut_at(desk, reading, at)
        return at, found if found.version or not draft else None


def _written(desk: Desk, kind: Kind, frozen: DataCut | None) -> int:
    """The newest trail entry of the parts that were written for this cut."""
    if frozen is None or not frozen.version:
        return 0
    ids = [f"{frozen.id}:{kind.value}:{slot}" for slot in SLOTS.get(kind, ())]
    with desk.read() as reading:
        found = trail.entries(reading.connection, kind="report_text", ids=ids, newest=1)
        return max((entry.seq for entry in found), default=0)


def _checked(desk: Desk, asked: Asked) -> Asked:
    """The same, with a period of its own only where it is not the usual one."""
    options = asked.options
    with desk.read(asked.cut.head.seq) as reading:
        protocol = desk.planner.plan(reading).protocol
        check_asked(asked.kind, protocol.pack, options)
        if options.period is None:
            return asked
        usual = usual_period(reading, protocol, asked, options)
    own = None if options.period == usual else options.period
    return replace(asked, options=replace(options, period=own))


@needs(Deed.LOOK)
def signed(desk: Desk, asked: Asked) -> Asked:
    """The same, with every signature that was given to its number."""
    if asked.options.draft or not asked.kind.archived:
        return asked
    with desk.read() as reading:
        found = signatures_of(reading, asked.number(desk.registry.site))
    options = replace(asked.options, signed=len(found))
    return replace(asked, options=options, signatures=found)


def signatures_of(reading: Reading, number: str) -> tuple[Signature, ...]:
    """The signatures under a report, in the order in which they were given."""
    found = (one for one in reading.find(Signature, of_id=number) if one.of == _REPORT)
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def _other(desk: Desk, asked: Asked) -> bool:
    """Whether its number was filed for what was asked for in another way."""
    with desk.read() as reading:
        known = reading.find(IssuedReport, id=asked.number(desk.registry.site))
    return bool(known) and not asked.options.same_as(known[0].options)


def _filed(desk: Desk, report: Report, asked: Asked) -> bool:
    """File it; False where its number stands for other bytes."""
    sha256 = hashlib.sha256(report.pdf).hexdigest()
    with desk.begin() as work:
        known = work.find(IssuedReport, id=report.number)
        if known:
            return known[0].sha256 == sha256
        if asked.frozen is not None and not asked.frozen.version:
            work.save(asked.frozen)
        file(
            work,
            IssuedReport(
                id=report.number,
                kind=asked.kind.value,
                subject_id=asked.subject_id,
                cut_seq=asked.cut.head.seq,
                cut_head=asked.cut.head.head,
                sha256=sha256,
                size=len(report.pdf),
                made_at=desk.clock(),
                options=asked.options.plain(),
                about=asked.options.about,
                digest=report.digest if asked.kind.archived else "",
            ),
            report.pdf,
        )
    return True


def file(work: Work, record: IssuedReport, pdf: bytes) -> IssuedReport:
    """Save the record of a report, and keep its file if it is of a kind that is."""
    if record.digest:
        work.put_file(record.sha256, record.id, pdf)
    return work.save(record)


@needs(Deed.LOOK)
def issued(desk: Desk) -> tuple[IssuedReport, ...]:
    """Every report that was filed, the newest first; no papers about the registry."""
    with desk.read() as reading:
        found = reading.find(IssuedReport, kind=[kind.value for kind in Kind])
    return tuple(sorted(found, key=lambda one: (one.made_at, one.id), reverse=True))


@needs(Deed.LOOK)
def issued_report(desk: Desk, number: str) -> IssuedReport:
    """The record of one that was filed. Raises NotFound."""
    with desk.read() as reading:
        found = reading.find(IssuedReport, id=number)
    if not found:
        raise NotFound("report_service.no-such-report", number=number)
    return found[0]


@needs(Deed.LOOK)
def filed_pdf(desk: Desk, number: str) -> bytes:
    """The newest file of a report, as it was filed.

    Raises NotFound, and Refused for one of which no file was kept (a card, today's
    list, a report that an older program filed), and for whoever may not know all of it.
    """
    record = issued_report(desk, number)
    check_papers(desk, record.subject_id)
    with desk.read() as reading:
        content = reading.file(record.sha256)
    if content is None:
        raise Refused("report_service.no-file", number=number)
    opened(desk, f"report:{number}", record.subject_id)
    return content
