"""A report, made: its data as of a cut, its options, its words, into pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from registry_app.domain.cut import DataCut
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.figures.as_data import Data
from registry_app.domain.figures.document import Document
from registry_app.domain.plan.limits import FIRST_YEAR, LAST_YEAR
from registry_app.domain.plan.pack import Pack
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.report import Kind, ReportText
from registry_app.domain.rights import Deed
from registry_app.domain.signature import Signature
from registry_app.services.about import About
from registry_app.services.cuts import Point, point
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_papers
from registry_app.services.product_duties import of_product
from registry_app.services.program import program
from registry_app.services.report_options import Options, Period
from registry_app.services.rights import needs
from registry_app.storage.work import Reading

if TYPE_CHECKING:
    from registry_app.reports.ink import Region

#: Asked between the stages: True gives up.
Stop: TypeAlias = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report; `figures` holds every printed figure as plain data.

    `digest`: of what it says. `regions`: where which records stand behind a number.
    `document`: what it was printed from, of the kinds that have one.
    """

    number: str
    pdf: bytes
    figures: Data
    digest: str = ""
    regions: tuple["Region", ...] = ()
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be made: a kind, a case or "", a cut, options.

    `frozen`: the data cut, if it is one. `signatures`: those that are printed.
    """

    kind: Kind
    subject_id: str
    cut: Point
    options: Options
    frozen: DataCut | None = None
    signatures: tuple[Signature, ...] = field(default=())

    def number(self, site: str) -> str:
        """The number of the report."""
        of = self.subject_id or self.options.about or site
        return self.options.number(self.kind, of, self.cut)


@needs(Deed.LOOK)
def made(desk: Desk, asked: Asked, stop: Stop | None = None) -> Report:
    """Make it; nothing is filed.

    Raises NotFound for a case that is not there at the cut, Refused for characters that
    the fonts lack, where `stop` says so, and for whoever may not know all of it.
    """
    check_papers(desk, asked.subject_id)
    # Not at start: reportlab takes longer to load than the sign-in window.
    from registry_app.reports.issue import Issue
    from registry_app.services.papers import paper

    going_on(stop)
    options = asked.options
    with desk.read(asked.cut.head.seq) as reading:
        protocol = desk.planner.plan(reading).protocol
        period = options.period or usual_period(reading, protocol, asked, options)
    with desk.read() as reading:
        newest = point(reading).head == asked.cut.head
    issue = Issue(
        number=asked.number(desk.registry.site),
        registry=desk.registry,
        cut=asked.cut.head,
        cut_at=asked.cut.at,
        languages=options.languages,
        software=program(),
        kind=asked.kind,
        identifiable=options.identifiable,
        draft=options.draft,
        pack=protocol.pack.name,
        options=options.plain(),
        signatures=asked.signatures,
        cut_record=asked.frozen,
        form=options.form,
        official_form_no=protocol.form_number(asked.kind.letters),
        period=period,
    )
    about = About(
        asked.subject_id,
        asked.cut.head,
        options.on,
        newest=newest,
        identifiable=options.identifiable,
        safety_case=options.about,
        period=period,
        frozen=asked.frozen,
        texts=written_parts(desk, asked.kind, options),
    )
    sheets = paper(desk, asked.kind, about, issue, lambda _share: going_on(stop))
    going_on(stop)
    return Report(
        issue.number,
        sheets.pdf,
        sheets.figures,
        sheets.digest,
        sheets.regions,
        sheets.document,
    )


def going_on(stop: Stop | None) -> None:
    """Raise Refused where the report is not wanted any more."""
    if stop is not None and stop():
        raise Refused("report_service.cancelled")


def usual_period(
    reading: Reading, protocol: Protocol, asked: Asked, options: Options
) -> Period | None:
    """The period of the rule that a kind serves that ended last, on its day or before.

    None: it is about no period, or none is over; then it is about all since the
    approval.
    """
    if not asked.kind.of_period or options.about:
        return None
    rules = _rules(protocol, asked.kind)
    over = [
        duty.period
        for duty in of_product(reading, protocol, options.on)
        if duty.rule in rules
        and duty.ended is None
        and duty.period is not None
        and duty.period[1] <= options.on
    ]
    return max(over, key=lambda days: days[1], default=None)


def _rules(protocol: Protocol, kind: Kind) -> frozenset[str]:
    """The rule that a report serves, and those of one series with it."""
    asked = next((r.rule for r in protocol.pack.reports if r.id == kind.letters), "")
    series = {rule.series for rule in protocol.rules() if rule.id == asked} - {""}
    more = (rule.id for rule in protocol.rules() if rule.series in series)
    return frozenset({asked, *more})


def check_asked(kind: Kind, pack: Pack, options: Options) -> None:
    """Refuse what may not be made: names where none may be, a report of other plans."""
    if not options.languages:
        raise Refused("report_service.no-language")
    years = {day.year for day in (options.on, *(options.period or ()))}
    if min(years) < FIRST_YEAR or max(years) > LAST_YEAR:
        raise InvalidValue("plan.year-too-far", first=FIRST_YEAR, last=LAST_YEAR)
    if options.identifiable and not kind.may_name:
        raise Refused("report.no-names")
    if not kind.of_any_pack and all(one.id != kind.letters for one in pack.reports):
        raise Refused("report_service.not-asked", kind=kind.letters, pack=pack.name)
    if options.period is not None:
        if not kind.of_period:
            raise Refused("report_service.no-period", kind=kind.letters)
        if options.period[1] < options.period[0]:
            raise InvalidValue("report_service.period-backwards")


@needs(Deed.LOOK)
def written_parts(desk: Desk, kind: Kind, options: Options) -> dict[str, ReportText]:
    """The parts that a person wrote, by slot, as of the entry that the options name."""
    if not options.written:
        return {}
    with desk.read(options.written) as reading:
        found = reading.find(ReportText, cut=options.frozen, kind=kind.value)
    return {one.slot: one for one in found}
