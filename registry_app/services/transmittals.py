"""The log of what was handed over (提出・送付の記録), and the duties that it closes."""

from dataclasses import replace
from datetime import date

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.records import Settled
from registry_app.domain.report import IssuedReport, Transmittal
from registry_app.domain.rights import Deed
from registry_app.domain.texts import line
from registry_app.services.desk import Desk
from registry_app.services.obligations import settle_in
from registry_app.services.protocol import today_in_japan
from registry_app.services.rights import needs


@needs(Deed.LOOK)
def transmittals(desk: Desk) -> tuple[Transmittal, ...]:
    """Everything that was handed over, the newest first."""
    with desk.read() as reading:
        found = reading.find(Transmittal)
    return tuple(sorted(found, key=lambda one: (one.sent_on, one.id), reverse=True))


@needs(Deed.REPORT)
def transmit(desk: Desk, handed: Transmittal) -> Transmittal:
    """A filed report was handed over; the duty that it fulfils is closed with it.

    `id`, `sent_by` and `sha256` of `handed` may be empty: then they are a new one, the
    person at the desk, and the newest file. Raises NotFound for a report that was not
    filed or a duty that is not there, Refused for a file that is not of this report, a
    day to come, or a duty that cannot be closed; then nothing is written.
    """
    _check_come(desk, handed.sent_on)
    _check_come(desk, handed.receipt_on)
    if not line(handed.way):
        raise InvalidValue("report_service.no-way")
    with desk.begin() as work:
        found = work.find(IssuedReport, id=handed.report)
        if not found:
            raise NotFound("report_service.no-such-report", number=handed.report)
        if handed.sent_on < (made := day_in_japan(found[0].made_at)):
            raise InvalidValue("report_service.sent-before-made", on=made)
        sha256 = handed.sha256 or found[0].sha256
        if sha256 not in (found[0].sha256, *work.files_of(handed.report)):
            raise Refused("report_service.other-file", number=handed.report)
        saved = work.save(
            replace(
                handed,
                id=handed.id or desk.new_id(),
                sha256=sha256,
                recipient=line(handed.recipient),
                way=line(handed.way),
                sent_by=line(handed.sent_by) or desk.person.display_name,
                receipt=line(handed.receipt),
                duty=handed.duty.strip(),
            )
        )
        if saved.duty:
            settle_in(
                desk,
                work,
                saved.duty,
                saved.sent_on,
                evidence=saved.report,
                receipt=saved.receipt,
            )
    return saved


@needs(Deed.REPORT)
def add_receipt(
    desk: Desk,
    transmittal_id: str,
    receipt: str,
    on: date | None = None,
    reason: str = "",
) -> Transmittal:
    """The receipt that came later, and with which day; the duty gets it, too.

    Raises NotFound, InvalidValue without a receipt, and Refused where another one
    stands there and no reason is given.
    """
    if not (receipt := line(receipt)):
        raise InvalidValue("obligations.no-receipt")
    _check_come(desk, on)
    with desk.begin(reason) as work:
        known = work.get(Transmittal, transmittal_id)
        saved = work.save(replace(known, receipt=receipt, receipt_on=on))
        for settled in work.find(Settled, id=saved.duty) if saved.duty else ():
            if settled.evidence == saved.report:
                work.save(replace(settled, receipt=receipt))
    return saved


def _check_come(desk: Desk, day: date | None) -> None:
    if day is not None and day > today_in_japan(desk):
        raise InvalidValue("report_service.sent-later", on=day)
