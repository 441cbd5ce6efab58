"""R4, R6, the list of today and the card: made as of a cut, and verified."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from registry_app.domain.errors import Refused
from registry_app.domain.kit import Kit
from registry_app.domain.report import IssuedReport, Kind
from registry_app.services.calendar import calendar
from registry_app.services.cuts import cut_as_of
from registry_app.services.kits import order
from registry_app.services.obligations import ledger_on, settle
from registry_app.services.subjects import correct_subject
from registry_app.services.trail import head
from registry_app.services.verifying import Standing, verify_report
from tests.builders import INJURY, a_subject
from tests.services.report_room import EN, JA, a_case, a_patient, made

WHOLE = [Kind.OBLIGATIONS, Kind.ALL_CASE_LOG, Kind.TODAY]


@pytest.fixture
def furnish():
    return a_patient


@pytest.fixture
def subject(given):
    return given


@pytest.fixture
def with_a_case(desk, subject):
    a_case(desk, subject)
    return subject


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_filed_known_again_and_told_when_it_is_altered(
    desk, with_a_case, kind
):
    subject = with_a_case
    report = made(desk, kind, subject)

    with desk.read() as reading:
        (filed,) = reading.find(IssuedReport)
    assert filed.kind == kind.value
    assert filed.subject_id == (subject.id if kind.of_one_case else "")
    verdict = verify_report(desk, report.pdf)
    assert (verdict.standing, verdict.rebuilt) == (Standing.SAME, True)
    altered = verify_report(desk, report.pdf + b"%")
    assert altered.standing is Standing.ALTERED


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_cut_gives_the_same_bytes_whatever_came_after(desk, with_a_case, kind):
    subject = with_a_case
    cut, on = head(desk).seq, date(2026, 4, 1)
    once = made(desk, kind, subject, (JA, EN), cut=cut, on=on)
    a_subject(desk)
    correct_subject(desk, replace(subject, birth_year=1979), "misread")

    again = made(desk, kind, subject, (JA, EN), cut=cut, on=on)

    assert again.pdf == once.pdf
    assert verify_report(desk, once.pdf).standing is Standing.CHANGED_SINCE


@pytest.mark.parametrize("kind", list(Kind))
def test_another_case_changes_only_what_is_about_all(desk, with_a_case, kind):
    subject = with_a_case
    report = made(desk, kind, subject)
    a_subject(desk)

    told = verify_report(desk, report.pdf).standing
    assert (told is Standing.SAME) == (kind.of_one_case or kind.of_safety_case)


@pytest.mark.parametrize("kind", WHOLE)
def test_no_name_stands_on_a_paper_about_all(desk, subject, kind):
    with pytest.raises(Refused, match=r"report\.no-names"):
        made(desk, kind, subject, identifiable=True)
    figures = f"{made(desk, kind, subject).figures}"
    assert "太郎" not in figures
    assert "タロウ" not in figures


def test_the_day_of_a_report_is_that_of_its_cut_in_japan(desk, subject):
    late = datetime(2026, 4, 2, 15, 30, tzinfo=UTC)  # 3 April in Japan
    later = replace(desk, clock=lambda: late)
    a_subject(later)

    assert made(later, Kind.OBLIGATIONS, subject).figures["on"] == "2026-04-03"


def test_todays_list_is_of_today_though_nothing_was_written_since(desk, subject):
    monday = datetime(2026, 6, 8, 0, 0, tzinfo=UTC)
    later = replace(desk, clock=lambda: monday)

    assert made(later, Kind.TODAY, subject).figures["on"] == "2026-06-08"
    assert made(later, Kind.ALL_CASE_LOG, subject).figures["on"] == "2026-04-01"


def test_a_report_of_a_day_on_which_nothing_was_written_is_of_that_day(desk, subject):
    day = date(2026, 5, 20)
    june = datetime(2026, 6, 8, 0, 0, tzinfo=UTC)
    desk = replace(desk, clock=lambda: june)
    report = made(desk, Kind.OBLIGATIONS, subject, cut=cut_as_of(desk, day), on=day)

    assert report.figures["on"] == "2026-05-20"
    assert "-20260520-" in report.number
    assert verify_report(desk, report.pdf).standing is Standing.SAME


def test_what_was_done_since_the_last_report_is_told_once(desk, subject):
    first = made(desk, Kind.OBLIGATIONS, subject)
    assert first.figures["since"] is None
    duty = next(d for d in ledger_on(desk) if not d.subject_id and d.due is not None)
    settle(desk, duty.key, date(2026, 4, 1), "written confirmation")

    second = made(desk, Kind.OBLIGATIONS, subject)
    a_subject(desk)
    june = replace(desk, clock=lambda: datetime(2026, 6, 8, 0, 0, tzinfo=UTC))
    third = made(june, Kind.OBLIGATIONS, subject, on=date(2026, 4, 2))

    assert second.figures["since"] == "2026-04-01"
    assert duty.rule in {line["rule"] for line in second.figures["done"]}
    assert third.figures["since"] == "2026-04-01"


def test_what_was_done_earlier_and_written_down_later_is_in_the_next_report(
    desk, subject
):
    made(desk, Kind.OBLIGATIONS, subject)
    duty = next(d for d in ledger_on(desk) if not d.subject_id and d.due is not None)
    settle(desk, duty.key, date(2026, 1, 5), "found in the files")

    report = made(desk, Kind.OBLIGATIONS, subject)

    assert "2026-01-05" in {line["done"] for line in report.figures["done"]}


def test_the_log_counts_the_kits_as_they_were_at_the_cut(desk, subject):
    early = head(desk).seq
    order(desk, Kit("k1", "K-0001", INJURY + timedelta(days=10)))

    then = made(desk, Kind.ALL_CASE_LOG, subject, cut=early).figures["sum"]
    now = made(desk, Kind.ALL_CASE_LOG, subject).figures["sum"]

    assert (then["ordered"], now["ordered"], now["unmatched"]) == (0, 1, ["K-0001"])


def test_the_card_bears_the_name_only_where_it_was_asked_for(desk, subject):
    plain = made(desk, Kind.CARD, subject).figures
    named = made(desk, Kind.CARD, subject, identifiable=True)

    assert (plain["name"], named.figures["name"]) == ("", "架空 太郎")
    assert "架空" not in named.number
    assert plain["dates"]


def test_the_calendar_holds_case_ids_and_no_name(desk, subject):
    text = calendar(desk, JA)[0].decode()
    unfolded = text.replace("\r\n ", "")

    assert subject.id in unfolded
    for name in ("太郎", "タロウ", "0012345"):
        assert name not in unfolded


def test_an_event_keeps_its_uid_when_its_day_moves(desk, subject):
    def days():
        events = Calendar.from_ical(calendar(desk, EN)[0]).walk("VEVENT")
        return {str(event["UID"]): event["DTSTART"].dt for event in events}

    before = days()
    moved = INJURY + timedelta(days=1)
    correct_subject(desk, replace(subject, injury_date=moved), "misread")

    of_case = {uid for uid in before if subject.id in uid}
    assert of_case
    assert of_case <= set(days())
    assert any(days()[uid] != before[uid] for uid in of_case)


def test_an_event_says_what_is_unsure_what_is_no_law_and_what_may_not_be_owed(
    desk, subject
):
    events = Calendar.from_ical(calendar(desk, JA)[0]).walk("VEVENT")
    said = {str(e["UID"]).split("@")[0]: e for e in events}
    report = next(said[key] for key in said if key.startswith("infection:"))
    marrow = said[f"O13:{subject.id}"]
    visit = said[f"visit:endpoint:{subject.id}"]

    assert "［要確認］" in report["SUMMARY"]
    assert "義務者：製造販売業者" in report["DESCRIPTION"]
    due = {duty.key: duty.if_any for duty in ledger_on(desk)}
    for key, event in said.items():
        only = "報告すべきことがあるときだけ" in event["DESCRIPTION"]
        assert only is due.get(key, only)
    assert "目安" in marrow["DESCRIPTION"].splitlines()
    assert "要確認" not in visit["SUMMARY"] + visit["DESCRIPTION"]


def test_what_is_done_has_no_event(desk, subject):
    duty = next(d for d in ledger_on(desk) if not d.subject_id and d.due is not None)
    uid = f"UID:{duty.key}@"
    assert uid in calendar(desk, EN)[0].decode()

    settle(desk, duty.key, date(2026, 4, 1), "written confirmation")

    assert uid not in calendar(desk, EN)[0].decode()
