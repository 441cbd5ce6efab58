"""What stands on each kind of paper: read as of a cut, put into figures, printed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from registry_app.domain.evaluation import Evaluation
from registry_app.domain.figures.all_case_log import all_case_log
from registry_app.domain.figures.as_data import Data
from registry_app.domain.figures.beside_exams import beside_exams
from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.dates_card import dates_card
from registry_app.domain.figures.document import Document, FieldRow
from registry_app.domain.figures.obligations_status import AHEAD, obligations_status
from registry_app.domain.figures.patient_summary import patient_summary
from registry_app.domain.figures.today_list import today_list
from registry_app.domain.figures.visits import VisitRow, visit_rows
from registry_app.domain.kit import Kit
from registry_app.domain.message import say
from registry_app.domain.plan.calendar import add_span, day_in_japan
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.pack import Origin, Span
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Occurrence
from registry_app.domain.plan.regime import state_on
from registry_app.domain.plan.windows import windows
from registry_app.domain.report import IssuedReport, Kind
from registry_app.domain.rights import Deed
from registry_app.domain.safety import Event, SafetyCase
from registry_app.domain.subject import Identity
from registry_app.domain.trail import Head
from registry_app.reports import all_case_log as r6
from registry_app.reports import dates_card as card
from registry_app.reports import obligations as r4
from registry_app.reports import patient_summary as r5
from registry_app.reports import today_list as today
from registry_app.reports.behind import Found
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper
from registry_app.services.about import About
from registry_app.services.blinding import breaks
from registry_app.services.cases import case, cases
from registry_app.services.desk import Desk
from registry_app.services.plans import UNSCHEDULED
from registry_app.services.product_duties import of_product
from registry_app.services.report_documents import document
from registry_app.services.rights import needs
from registry_app.services.subjects import open_subject
from registry_app.storage import trail
from registry_app.storage.work import Reading

if TYPE_CHECKING:
    from registry_app.reports.ink import Region

#: Periods of the product that begin so long after a day are of no concern yet.
_AHEAD: Final = Span(days=AHEAD)


@dataclass(frozen=True, slots=True)
class Sheets:
    """A paper that was printed: its bytes, what it says, where its numbers are from."""

    pdf: bytes
    digest: str
    figures: Data
    regions: tuple["Region", ...] = ()
    document: Document | None = None


#: The frame of a paper, and what prints it, telling where its values stand.
_Made = tuple[Paper, Callable[[Found], bytes]]


@needs(Deed.LOOK)
def paper(
    desk: Desk,
    kind: Kind,
    about: About,
    issue: Issue,
    going: Callable[[float], None],
) -> Sheets:
    """A paper of a kind. Raises NotFound for a case that is not there at the cut.

    `going`: told how far the printing of a document is; what it raises ends it.
    """
    own = {
        Kind.PATIENT_SUMMARY: _patient_summary,
        Kind.CARD: _card,
        Kind.OBLIGATIONS: _obligations,
        Kind.ALL_CASE_LOG: _all_case_log,
        Kind.TODAY: _today,
    }.get(kind)
    if own is None:
        from registry_app.reports.document import print_document

        built = document(desk, kind, about, lambda: going(0.0))
        printed = print_document(built, issue, going=going)
        return Sheets(
            printed.pdf, printed.digest, printed.figures, printed.regions, built
        )
    frame, made = own(desk, about, issue)
    regions: list[Region] = []
    pdf = made(regions.extend)
    return Sheets(pdf, frame.digest, frame.whole, tuple(regions))


def _duties(desk: Desk, reading: Reading, on: date) -> tuple[Duty, ...]:
    """Every duty of the registry as of a reading, from its records alone."""
    plan = desk.planner.plan(reading)
    product = of_product(reading, plan.protocol, add_span(on, _AHEAD))
    of_cases = (duty for one in cases(reading) for duty in plan.duties(one))
    return ledger((*of_cases, *product), {}, on)


def _patient_summary(desk: Desk, about: About, issue: Issue) -> _Made:
    file = open_subject(desk, about.subject_id, as_of=about.cut.seq)
    with about.read(desk) as reading:
        protocol, one = (
            desk.planner.plan(reading).protocol,
            case(reading, about.subject_id),
        )
        broken = breaks(reading, about.subject_id)
        safety = reading.find(SafetyCase)
        events = reading.find(Event)
        cover = _cover(Kind.PATIENT_SUMMARY, protocol, reading, about)
    summary = patient_summary(
        file.subject,
        file.identity,
        file.exams,
        windows=windows(protocol, one),
        anchors=[
            (anchor.name, day)
            for anchor in protocol.pack.anchors
            if anchor.origin in (Origin.DATE, Origin.CONSENT)
            and (day := one.day_of(anchor)) is not None
        ],
        on=about.on,
        ended_on=_ended_on(one),
        unsure=_unsure(protocol),
        beside=beside_exams(protocol, one, safety, events, about.on),
        cover=cover,
        broken=broken,
        visit_names={
            UNSCHEDULED: say("enrol.exam-unscheduled"),
            **{visit.id: visit.name for visit in protocol.pack.visits},
        },
        identifiable=about.identifiable,
    )
    return r5.paper_of(summary, issue), partial(r5.patient_summary, summary, issue)


def _cover(
    kind: Kind, protocol: Protocol, reading: Reading, about: About
) -> tuple[FieldRow, ...]:
    """The fields that every report has in common."""
    return common_cover(
        kind,
        protocol,
        about.on,
        cut=about.frozen,
        period=about.period,
        evaluations=reading.find(Evaluation),
        identifiable=about.identifiable,
    )


def _card(desk: Desk, about: About, issue: Issue) -> _Made:
    with about.read(desk) as reading:
        protocol, one = (
            desk.planner.plan(reading).protocol,
            case(reading, about.subject_id),
        )
        identities = reading.find(Identity, id=about.subject_id)
    identity = identities[0] if identities and about.identifiable else None
    found = dates_card(
        about.subject_id, _visits(protocol, one, about.on), about.on, identity
    )
    return card.paper_of(found, issue), lambda _found: card.card_sheet(found, issue)


def _obligations(desk: Desk, about: About, issue: Issue) -> _Made:
    with about.read(desk) as reading:
        protocol = desk.planner.plan(reading).protocol
        before = _report_before(desk, about)
        occurrences = {one.id: one.name for one in reading.find(Occurrence)}
        status = obligations_status(
            _duties(desk, reading, about.on),
            protocol,
            about.on,
            occurrences=occurrences,
            cover=_cover(Kind.OBLIGATIONS, protocol, reading, about),
            regime=state_on(protocol, about.on),
            since=None if before is None else _day_of(reading, before),
            recorded=() if before is None else _recorded(reading, before, about.cut),
        )
    return r4.paper_of(status, issue), partial(r4.obligations, status, issue)


def _all_case_log(desk: Desk, about: About, issue: Issue) -> _Made:
    with about.read(desk) as reading:
        protocol = desk.planner.plan(reading).protocol
        cover = _cover(Kind.ALL_CASE_LOG, protocol, reading, about)
        kits = reading.find(Kit)
        log = all_case_log(cases(reading), kits, protocol, about.on, cover)
    return r6.paper_of(log, issue), partial(r6.all_case_log, log, issue)


def _today(desk: Desk, about: About, issue: Issue) -> _Made:
    with about.read(desk) as reading:
        found = today_list(_duties(desk, reading, about.on), about.on)
    return today.paper_of(found, issue), lambda _found: today.today_sheet(found, issue)


def _visits(protocol: Protocol, one: Case, on: date) -> tuple[VisitRow, ...]:
    return visit_rows(
        windows(protocol, one), on, ended_on=_ended_on(one), unsure=_unsure(protocol)
    )


def _ended_on(one: Case) -> date | None:
    end = one.follow_up
    return None if end is None or end.reason is None else end.ended_on


def _unsure(protocol: Protocol) -> frozenset[str]:
    return frozenset(each.id for each in protocol.unsure())


def _report_before(desk: Desk, about: About) -> IssuedReport | None:
    """The last report of obligations that was filed before the cut, of an older one."""
    with desk.read(about.cut.seq) as reading:
        found = [
            report
            for report in reading.find(IssuedReport, kind=Kind.OBLIGATIONS.value)
            if report.cut_seq < about.cut.seq
        ]
    return max(found, key=lambda report: (report.cut_seq, report.id), default=None)


def _day_of(reading: Reading, report: IssuedReport) -> date:
    """The day that a report is about."""
    if "on" in report.options:
        return date.fromisoformat(report.options["on"])
    entry = trail.entry_at(reading.connection, report.cut_seq)
    return day_in_japan(report.made_at if entry is None else entry.at)


def _recorded(reading: Reading, before: IssuedReport, cut: Head) -> frozenset[str]:
    """Ids of what was written down between the cut of a report and this one."""

    def ids() -> Iterator[str]:
        for kind in ("settled", "form"):
            for entry in trail.entries(
                reading.connection, kind=kind, after=before.cut_seq
            ):
                if entry.seq <= cut.seq:
                    yield entry.id

    return frozenset(ids())
