"""The makers' signatures under a report (作成, 確認, 承認): records of this registry.

Each is given with the password, typed anew, over what the report says, and makes a new
edition of the same number on which it is printed.
"""

import hashlib
from dataclasses import replace

from registry_app.domain.errors import Refused
from registry_app.domain.message import Message, say
from registry_app.domain.person import Person
from registry_app.domain.rights import Deed
from registry_app.domain.signature import Meaning, Signature
from registry_app.services.desk import Desk
from registry_app.services.filed import as_filed
from registry_app.services.identity import prove
from registry_app.services.making import Report, made
from registry_app.services.reports import file, issued_report, signatures_of
from registry_app.services.rights import needs
from registry_app.storage.signed import statement, text


@needs(Deed.LOOK)
def signatures(desk: Desk, number: str) -> tuple[Signature, ...]:
    """The signatures under a report, in the order in which they were given."""
    with desk.read() as reading:
        return signatures_of(reading, number)


@needs(Deed.LOOK)
def same_hand(desk: Desk, number: str) -> Message | None:
    """Says that the person at the desk has signed a report already, where others might.

    It is no refusal: who prepares, reviews and approves is for the makers to settle,
    and a site may have one person in office. None: there is nothing to say.
    """
    with desk.read() as reading:
        own = [
            one
            for one in signatures_of(reading, number)
            if one.person == desk.person.id
        ]
        others = [
            one
            for one in reading.find(Person)
            if one.id != desk.person.id and not one.retired
        ]
    if not own or not others:
        return None
    return say("report_service.same-hand", meaning=own[-1].meaning.told)


@needs(Deed.SIGN)
def sign(desk: Desk, number: str, meaning: Meaning, password: str) -> Report:
    """Sign a filed report: its new edition, filed under the same number.

    It is prepared, then reviewed, then approved. One person may do all of it (see
    `same_hand`). Raises NotFound for a number that was not
    filed, Refused for a wrong password, out of this order, a second time, and where
    this program would print something else than what was filed.
    """
    own = prove(desk, password, wrong="report_service.wrong-password")
    record = issued_report(desk, number)
    if not record.digest:
        raise Refused("report_service.not-signed", number=number)
    given = signatures(desk, number)
    _check_order(given, meaning)
    new = Signature(
        id=f"{number}:{meaning.value}",
        of="report",
        of_id=number,
        state=record.digest,
        meaning=meaning,
        person=desk.person.id,
        name=desk.person.display_name,
        role=desk.person.role.value,
        at=desk.clock(),
        public_key=own.signing,
    )
    new = replace(new, signed=text(own.sign(statement(desk.registry.id, new))))
    report = made(desk, as_filed(desk, record, (*given, new)))
    if report.digest != record.digest or report.number != number:
        raise Refused("report_service.other-program", number=number)
    sha256 = hashlib.sha256(report.pdf).hexdigest()
    options = {**record.options, "signed": f"{len(given) + 1}"}
    with desk.begin() as work:
        work.save(new)
        edition = replace(record, sha256=sha256, size=len(report.pdf), options=options)
        file(work, edition, report.pdf)
    return report


def _check_order(given: tuple[Signature, ...], meaning: Meaning) -> None:
    steps = list(Meaning)
    done = {one.meaning for one in given}
    if meaning in done:
        raise Refused("report_service.signed-already", meaning=meaning.told)
    before = steps[: steps.index(meaning)]
    for step in before:
        if step not in done:
            raise Refused(
                "report_service.signed-first", meaning=meaning.told, first=step.told
            )
