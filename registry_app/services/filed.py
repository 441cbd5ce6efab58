"""A filed report, made again from its record: what stands behind its numbers.

The regions of a report are not filed. The same cut and the same options give the same
bytes, and with them the regions; where other bytes come out, there are none to trust.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from registry_app.domain.errors import RegistryError
from registry_app.domain.message import Message, say
from registry_app.domain.report import IssuedReport, Kind
from registry_app.domain.rights import Deed
from registry_app.domain.signature import Signature
from registry_app.services.cuts import cut_numbered, point
from registry_app.services.desk import Desk
from registry_app.services.making import Asked, Stop, made
from registry_app.services.report_options import Options
from registry_app.services.reports import filed_pdf, issued_report, signatures_of
from registry_app.services.rights import needs

if TYPE_CHECKING:
    from registry_app.reports.ink import Region


@dataclass(frozen=True, slots=True)
class Behind:
    """Where which records stand behind a number of a filed report.

    `as_of`: the trail entry that it was made from. `why`: why there are no `regions`.
    """

    as_of: int
    regions: tuple["Region", ...] = ()
    why: Message | None = None


@needs(Deed.LOOK)
def behind(desk: Desk, number: str, stop: Stop | None = None) -> Behind:
    """The regions of a filed report. It is made again, so it takes its time.

    Raises NotFound for a number that was not filed, Refused where no file was kept.
    """
    record, pdf = issued_report(desk, number), filed_pdf(desk, number)
    with desk.read() as reading:
        given = signatures_of(reading, number)
    try:
        again = made(desk, as_filed(desk, record, given), stop)
    except RegistryError as refusal:
        return Behind(record.cut_seq, why=refusal.message)
    except (KeyError, ValueError):  # its options are those of another program
        return Behind(record.cut_seq, why=say("report_service.other-bytes"))
    if again.pdf != pdf:
        return Behind(record.cut_seq, why=say("report_service.other-bytes"))
    return Behind(record.cut_seq, again.regions)


@needs(Deed.LOOK)
def as_filed(desk: Desk, record: IssuedReport, signed: tuple[Signature, ...]) -> Asked:
    """What was filed, with these signatures.

    Raises Refused where its cut is not here, KeyError or ValueError for options that
    this program does not know.
    """
    with desk.read() as reading:
        at = point(reading, record.cut_seq)
    options = replace(Options.read(record.options, at.day), signed=len(signed))
    frozen = cut_numbered(desk, options.frozen) if options.frozen else None
    return Asked(Kind(record.kind), record.subject_id, at, options, frozen, signed)
