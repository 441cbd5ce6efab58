from datetime import UTC, date, datetime

from icalendar import Calendar

from registry_app.exchange.calendar_file import DueDay, calendar_file

STAMP = datetime(2026, 5, 31, 5, 2, tzinfo=UTC)
DAY = DueDay(
    "visit:baseline:SAP-0001-7@registry-1",
    date(2026, 12, 31),
    "SAP-0001-7 基準時；検査, 来院",
    "義務者：病院\n規則 O11",
    "病院",
)


def test_an_event_is_a_whole_day_and_ends_with_it():
    calendar = Calendar.from_ical(calendar_file("期限", [DAY], STAMP, "registry-app"))
    (event,) = calendar.walk("VEVENT")

    assert event["DTSTART"].dt == date(2026, 12, 31)
    assert event["DTEND"].dt == date(2027, 1, 1)
    assert str(event["UID"]) == DAY.uid
    assert str(event["SUMMARY"]) == DAY.summary
    assert str(event["DESCRIPTION"]) == DAY.description
    assert event["TRANSP"] == "TRANSPARENT"


def test_the_same_days_give_the_same_bytes_and_none_a_whole_file():
    made = calendar_file("期限", [DAY], STAMP, "registry-app")

    assert calendar_file("期限", [DAY], STAMP, "registry-app") == made
    assert (
        Calendar.from_ical(calendar_file("期限", [], STAMP, "x")).walk("VEVENT") == []
    )
