"""The log of what was handed over, and the duties that it closes."""

from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.records import Settled
from registry_app.domain.report import Kind, Transmittal
from registry_app.services.obligations import duty_of, ledger_on
from registry_app.services.trail import trail_entries
from registry_app.services.transmittals import add_receipt, transmit, transmittals
from tests.services.report_room import a_patient, made

SENT = date(2026, 4, 1)


def handed(number, **told):
    """It was handed over to PMDA on paper."""
    return Transmittal(
        **{
            "id": "",
            "report": number,
            "sha256": "",
            "recipient": "PMDA",
            "way": "窓口",
            "sent_on": SENT,
            "sent_by": "",
            **told,
        }
    )


@pytest.fixture
def report(desk):
    return made(desk, Kind.ALL_CASE_LOG, a_patient(desk))


@pytest.fixture
def duty(desk, report):
    """A duty that can be closed."""
    return next(d for d in ledger_on(desk) if not d.subject_id and d.due is not None)


def test_it_is_logged_with_its_file_and_who_handed_it_over(desk, report):
    saved = transmit(desk, handed(report.number, receipt="R-1", receipt_on=SENT))

    assert transmittals(desk) == (saved,)
    assert saved.sent_by == desk.person.display_name
    assert len(saved.sha256) == 64
    with pytest.raises(Refused, match=r"report_service\.other-file"):
        transmit(desk, handed(report.number, sha256="0" * 64))


def test_it_closes_the_duty_that_it_fulfils_in_the_same_moment(desk, report, duty):
    transmit(desk, handed(report.number, duty=duty.key))

    closed = duty_of(desk, duty.key)
    assert (closed.done, closed.evidence) == (SENT, report.number)
    settled, logged = trail_entries(desk, newest=2)
    assert (settled.kind, logged.kind) == ("settled", "transmittal")
    assert settled.at == logged.at


def test_a_duty_that_cannot_be_closed_leaves_nothing_logged(desk, report):
    with pytest.raises(NotFound):
        transmit(desk, handed(report.number, duty="O99:1"))

    assert transmittals(desk) == ()


def test_the_receipt_comes_later_and_goes_to_the_duty_too(desk, report, duty):
    saved = transmit(desk, handed(report.number, duty=duty.key))

    with pytest.raises(InvalidValue, match=r"report_service\.sent-later"):
        add_receipt(desk, saved.id, "PMDA 17", date(2026, 4, 2))
    with_receipt = add_receipt(desk, saved.id, "PMDA 17", date(2026, 4, 1))

    assert with_receipt.receipt == "PMDA 17"
    with desk.read() as reading:
        assert reading.get(Settled, duty.key).receipt == "PMDA 17"
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        add_receipt(desk, saved.id, "PMDA 18", date(2026, 4, 1))
    assert add_receipt(
        desk, saved.id, "PMDA 18", date(2026, 4, 1), "misread"
    ).receipt.endswith("18")


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"sent_on": date(2026, 4, 2)}, r"report_service\.sent-later"),
        ({"receipt_on": date(2026, 4, 2)}, r"report_service\.sent-later"),
        ({"sent_on": date(2026, 3, 31)}, r"report_service\.sent-before-made"),
        ({"way": " "}, r"report_service\.no-way"),
        ({"report": "R6-SAP-9-J"}, r"report_service\.no-such-report"),
    ],
)
def test_what_is_not_so_is_refused(desk, report, wrong, key):
    with pytest.raises((InvalidValue, NotFound, Refused), match=key):
        transmit(desk, replace(handed(report.number), **wrong))
    with pytest.raises(InvalidValue, match=r"report\.no-recipient"):
        handed(report.number, recipient="")
    with pytest.raises(InvalidValue, match=r"obligations\.no-receipt"):
        add_receipt(desk, "any", " ")
