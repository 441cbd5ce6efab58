"""The control sheet: what a month held, the whole trail checked, its head in print."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.trail import Head
from registry_app.services.control_sheet import control_sheet, read_month
from registry_app.services.trail import head, stands, trail_entries
from registry_app.services.verifying import Standing, verify_report
from registry_app.words import Language
from tests.builders import a_clock, a_subject
from tests.reports.looking import outside, pages

APRIL = date(2026, 4, 1)
BOTH = (Language.JA, Language.EN)


def flat(pdf):
    (text,) = pages(pdf)
    return "".join(text.split())


@pytest.mark.parametrize("languages", [(Language.JA,), (Language.EN,), BOTH])
def test_it_is_one_page_with_the_head_of_the_month_and_of_the_check(desk, languages):
    a_subject(desk)
    end = head(desk)
    later = a_clock(datetime(2026, 5, 2, 3, 0, tzinfo=UTC))
    may = replace(desk, clock=later)
    a_subject(may)
    now = head(desk)
    made = control_sheet(may, APRIL, languages)
    text = flat(made.pdf)
    assert f"{end.seq}:{end.head}" in text
    assert f"{now.seq}:{now.head}" in text
    assert "kato" in text
    assert "2026-04" in text
    assert made.found.problems == ()
    assert made.number == "CONTROL-SAP-202604-1"
    assert outside(made.pdf) == []


def test_it_is_filed_and_known_again(desk):
    a_subject(desk)
    made = control_sheet(desk, APRIL)
    assert verify_report(desk, made.pdf).standing is Standing.SAME
    assert trail_entries(desk)[0].kind == "report"
    assert control_sheet(desk, APRIL).number.endswith("-2")


def test_a_head_on_paper_is_compared_with_the_trail(desk):
    end = head(desk)
    a_subject(desk)
    assert stands(desk, end)
    assert not stands(desk, Head(end.seq, "0" * 64))
    with pytest.raises(Refused, match="shorter-than-paper"):
        stands(desk, Head(999, end.head))


def test_a_month_that_has_no_end_yet_can_be_printed_one_to_come_cannot(desk):
    assert control_sheet(desk, APRIL).pdf
    with pytest.raises(Refused, match="to-come"):
        control_sheet(desk, date(2026, 5, 1))
    with pytest.raises(Refused, match="before-all"):
        control_sheet(desk, date(2026, 3, 1))
    assert read_month("2026-12") == date(2026, 12, 1)
    with pytest.raises(InvalidValue):
        read_month("2026-13")
