"""The monthly control sheet: counted, checked, printed, and filed to be signed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.keeping import Backup, Drill
from registry_app.domain.message import say
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import IssuedReport, OwnPaper
from registry_app.domain.rights import Deed
from registry_app.domain.trail import Head
from registry_app.domain.trouble import ClockJump, SignInTrouble
from registry_app.services.desk import Desk
from registry_app.services.own_papers import file_own
from registry_app.services.planning import protocol_of
from registry_app.services.program import program
from registry_app.services.rights import needs
from registry_app.services.trail import Verified, verify
from registry_app.storage import trail, trail_month
from registry_app.storage.check import no_going
from registry_app.storage.follow import Going
from registry_app.words import Language

_JA: Final = (Language.JA,)


@dataclass(frozen=True, slots=True)
class ControlSheet:
    """The paper, and what the check of the whole trail has found for it."""

    number: str
    pdf: bytes
    found: Verified


def read_month(text: str) -> date:
    """The first day of a month that was written as 2026-11. Raises InvalidValue."""
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        raise InvalidValue("control_sheet.not-a-month", text=text) from None


@needs(Deed.REPORT)
def control_sheet(
    desk: Desk,
    month: date,
    languages: tuple[Language, ...] = _JA,
    going: Going = no_going,
) -> ControlSheet:
    """The sheet of a month, its first day given; the whole trail is checked for it.

    `going`: told how far that is, from 0 to 1; what it raises ends it. Raises Refused
    for a month that has not begun, or before anything was written.
    """
    # Not at start: reportlab takes longer to load than the sign-in window.
    from registry_app.reports import control_sheet as paper
    from registry_app.reports.issue import Issue

    now = desk.clock()
    since, until = _begin(month), _begin(_next(month))
    if since > now:
        raise Refused("control_sheet.to-come", month=f"{month:%Y-%m}")
    found = verify(desk, going)
    with desk.read() as reading:
        connection = reading.connection
        end = trail_month.end_before(connection, desk.registry.site, until)
        if end is None:
            raise Refused("control_sheet.before-all", month=f"{month:%Y-%m}")
        cut = Head(found.entries, found.head)
        if not found.head:  # too damaged to be read to its end
            cut = trail.newest(connection, desk.registry.site)
        entry = trail.entry_at(connection, cut.seq)
        counted = trail_month.written(connection, since, until)
        kinds, people = Counter[str](), Counter[str]()
        for one in counted:
            kinds[one.kind] += one.entries
            people[one.person] += one.entries
        failed = Counter[str]()
        for trouble in reading.find(SignInTrouble):
            if since <= trouble.at < until:
                failed[trouble.user] += trouble.count
        jumps = [one for one in reading.find(ClockJump) if since <= one.after < until]
        sheet = paper.Sheet(
            month=f"{month:%Y-%m}",
            entries=sum(kinds.values()),
            kinds=[(say(f"trail.kind-{kind}"), n) for kind, n in kinds.most_common()],
            people=people.most_common(),
            seq=end.seq,
            head=end.head,
            checked=cut.seq,
            checked_head=cut.head,
            problems=found.problems,
            jumps=sorted((one.before, one.after) for one in jumps),
            failed=failed.most_common(),
            backups=_within([one.at for one in reading.find(Backup)], since, until),
            drills=sorted(
                (one.at, not one.problem)
                for one in reading.find(Drill)
                if since <= one.at < until
            ),
            printed_by=desk.person.display_name,
            printed_on=day_in_japan(now),
        )
        before = f"CONTROL-{desk.registry.site}-{month:%Y%m}-"
        known = reading.find(IssuedReport, kind=OwnPaper.CONTROL.value)
        said = sum(one.id.startswith(before) for one in known)
        pack = protocol_of(reading).pack
    issue = Issue(
        number=f"{before}{said + 1}",
        registry=desk.registry,
        cut=cut,
        cut_at=now if entry is None else entry.at,
        languages=languages,
        software=program(),
        kind=OwnPaper.CONTROL,
        pack=pack.name,
    )
    made = paper.control_sheet(sheet, issue)
    with desk.begin() as work:
        file_own(work, issue, made.pdf, made.digest, now)
    return ControlSheet(issue.number, made.pdf, found)


def _within(
    moments: Sequence[datetime], since: datetime, until: datetime
) -> list[datetime]:
    return sorted(at for at in moments if since <= at < until)


def _begin(day: date) -> datetime:
    """When a day begins in Japan."""
    return datetime.combine(day, time(), TOKYO)


def _next(month: date) -> date:
    """The first day of the month after this one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
