"""What may be made: by the pack, for a period, with names, until it is stopped."""

from datetime import date

import pytest

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.report import Kind
from registry_app.services.protocol import set_setting
from registry_app.services.reports import issued, make_report
from registry_app.services.verifying import Standing, verify_report
from tests.builders import a_registry, a_subject
from tests.services.report_room import ARCHIVED, JA, a_case, a_patient, made


@pytest.fixture
def subject(desk):
    subject = a_patient(desk)
    a_case(desk, subject)
    return subject


def test_a_pack_without_a_product_asks_for_no_report_of_one(tmp_path):
    desk = a_registry(tmp_path / "other.registry", pack="natural-history")
    try:
        subject = a_subject(desk, treatment_date=None)
        for kind in ARCHIVED:
            if kind.of_any_pack:
                assert made(desk, kind, subject).pdf
            else:
                with pytest.raises(Refused, match=r"report_service\.not-asked"):
                    made(desk, kind, subject)
    finally:
        desk.close()


@pytest.mark.parametrize("kind", ARCHIVED)
def test_names_stand_only_where_they_may(desk, subject, kind):
    if kind in (Kind.PATIENT_SUMMARY, Kind.USE_RECORD):
        assert "架空" in f"{made(desk, kind, subject, identifiable=True).figures}"
    else:
        with pytest.raises(Refused, match=r"report\.no-names"):
            made(desk, kind, subject, identifiable=True)
    assert "太郎" not in f"{made(desk, kind, subject).figures}"


def test_the_usual_period_is_the_one_of_the_rule_that_ended_last(desk, subject):
    set_setting(desk, "date:designated", {"date": "2024-06-01"}, "notice")

    report = made(desk, Kind.PERIODIC, subject)
    assert report.figures["report"]["period"] == ["2024-06-01", "2025-05-31"]
    usual = (date(2024, 6, 1), date(2025, 5, 31))
    assert made(desk, Kind.PERIODIC, subject, period=usual) == report
    other = made(
        desk, Kind.PERIODIC, subject, period=(date(2025, 6, 1), date(2026, 3, 31))
    )

    assert "-20250601-20260331-" in other.number
    assert other.figures["report"]["period"] == ["2025-06-01", "2026-03-31"]
    for one in (report, other):
        assert verify_report(desk, one.pdf).standing is Standing.SAME


def test_a_period_that_cannot_be_is_refused(desk, subject):
    days = (date(2026, 3, 1), date(2026, 2, 1))
    with pytest.raises(InvalidValue, match=r"report_service\.period-backwards"):
        made(desk, Kind.PERIODIC, subject, period=days)
    with pytest.raises(Refused, match=r"report_service\.no-period"):
        made(desk, Kind.DISCLOSURE, subject, period=days[::-1])
    with pytest.raises(Refused, match=r"report_service\.no-case"):
        make_report(desk, Kind.CASE_REPORT, (JA,))


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_report_that_is_stopped_is_not_issued(desk, subject, after):
    asked = []

    def stop():
        asked.append(1)
        return len(asked) > after

    with pytest.raises(Refused, match=r"report_service\.cancelled"):
        made(desk, Kind.PERIODIC, subject, stop=stop)
    assert issued(desk) == ()


def test_a_draft_is_marked_known_again_and_never_filed(desk, subject):
    draft = made(desk, Kind.PERIODIC, subject, draft=True)

    assert draft.number.endswith("D")
    assert verify_report(desk, draft.pdf).standing is Standing.SAME
    assert issued(desk) == ()
