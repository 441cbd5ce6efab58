"""A day counts in Japan, has come, and lies in a year that somebody plans in."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.domain.kit import Kit
from registry_app.services import due, imports, kits, obligations, registry, subjects
from tests.builders import PASSWORD, USER, a_clock, a_registry, a_subject

TODAY = date(2026, 4, 1)
#: One in the morning of the next day in Japan, whatever the zone of the computer.
LATE = datetime(2026, 4, 1, 16, 0, tzinfo=UTC)
TOMORROW = date(2026, 4, 2)


def test_an_import_late_in_the_evening_utc_is_of_the_next_day_in_japan(tmp_path):
    path = tmp_path / "late.registry"
    a_registry(path).close()
    desk = registry.sign_in(path, USER, PASSWORD, clock=a_clock(LATE))
    source = tmp_path / "in.csv"
    columns = "patient,arm,sex,injury_date,exam_date,visit,R_LT_C2"
    row = f"X1,treated,male,{TOMORROW},{TOMORROW},baseline,2"
    source.write_text(f"{columns}\n{row}\n", "utf-8")

    assert due.today(desk).on == TOMORROW
    assert imports.import_file(desk, source).problems == ()
    desk.close()


@pytest.mark.parametrize("field", ["injury_date", "treatment_date"])
def test_nobody_is_hurt_or_treated_on_a_day_that_has_not_come(desk, field):
    known = a_subject(desk)
    told = {"treatment_date": None, field: TOMORROW}
    with pytest.raises(InvalidValue, match=r"course\.date-in-future"):
        a_subject(desk, **told)
    with pytest.raises(InvalidValue, match=r"course\.date-in-future"):
        subjects.correct_subject(desk, replace(known, **told), "chart")
    told[field] = TODAY
    a_subject(desk, **told)


def test_a_year_that_is_a_slip_of_the_pen_closes_no_list(desk):
    for day in (date(1, 1, 1), date(1899, 12, 31)):
        with pytest.raises(InvalidValue, match=r"plan\.year-too-far"):
            kits.order(desk, Kit("", "K-1", day))
        with pytest.raises(InvalidValue, match=r"plan\.year-too-far"):
            a_subject(desk, injury_date=day, treatment_date=None, birth_date=None)
    kits.order(desk, Kit("", "K-1", date(1900, 1, 1)))
    assert obligations.ledger_on(desk)
