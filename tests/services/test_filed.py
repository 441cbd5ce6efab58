"""What stands behind the numbers of a filed report, and when that cannot be said."""

from dataclasses import replace

import pytest

from registry_app.domain.errors import NotFound
from registry_app.domain.message import say
from registry_app.domain.signature import Meaning
from registry_app.services import making
from registry_app.services.filed import behind
from registry_app.services.reports import issued_report, make_report
from registry_app.services.signing import sign
from registry_app.services.subjects import correct_subject
from tests.builders import PASSWORD
from tests.services.report_room import ARCHIVED, JA, a_case, a_patient, made


@pytest.mark.parametrize("kind", ARCHIVED)
def test_a_filed_report_gives_the_regions_with_which_it_was_made(desk, kind):
    subject = a_patient(desk)
    a_case(desk, subject)
    report = made(desk, kind, subject)
    correct_subject(desk, replace(subject, birth_year=1979), "misread")

    found = behind(desk, report.number)

    assert found.why is None
    assert found.regions == report.regions
    assert found.as_of == issued_report(desk, report.number).cut_seq


def test_the_newest_edition_is_looked_at_with_its_signatures(desk):
    a_patient(desk)
    report = make_report(desk, ARCHIVED[-1], (JA,))
    signed = sign(desk, report.number, Meaning.PREPARED, PASSWORD)

    assert behind(desk, report.number).regions == signed.regions


def test_other_bytes_have_no_regions_and_say_so(desk, monkeypatch):
    a_patient(desk)
    report = make_report(desk, ARCHIVED[-1], (JA,))
    monkeypatch.setattr(making, "program", lambda: "registry-app 99.9")

    found = behind(desk, report.number)

    assert (found.regions, found.why) == ((), say("report_service.other-bytes"))


def test_what_was_not_filed_is_not_there(desk):
    with pytest.raises(NotFound):
        behind(desk, "R6-SAP-1-J")
