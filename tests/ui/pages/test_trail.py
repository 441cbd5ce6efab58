"""The page of the trail: what is shown, looked for, checked."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registry_app.domain.person import Role
from registry_app.services import exams
from registry_app.services.trail import head
from registry_app.ui.pages.trail import TrailPage
from registry_app.ui.trail_model import TrailModel
from tests.builders import a_clock, a_subject, an_exam


@pytest.fixture
def filled(desk):
    subject = a_subject(desk)
    form = an_exam(desk, subject)
    values = {**form.values, "R_LT_C2": "1"}
    exams.save_exam(desk, replace(form, values=values), "misread")
    return desk, subject


@pytest.fixture
def page(qtbot, filled, words, look, changes):
    page = TrailPage(filled[0], words, look, changes)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    qtbot.waitUntil(lambda: page.count.text().startswith("All"))
    return page


def lines(page):
    return [line.entry.seq for line in page.model.lines]


def cells(page, row):
    model = page.model
    return [model.index(row, n).data() for n in range(model.columnCount())]


def test_the_newest_entry_stands_first_with_its_patient_and_reason(page, filled):
    desk, subject = filled
    assert lines(page)[0] == head(desk).seq
    shown = cells(page, 0)
    assert subject.id in shown[3]
    assert shown[4] == "right light touch C2: 2 → 1"
    assert shown[5] == "misread"
    assert "+09:00" in shown[1]


def test_the_changes_of_the_chosen_entry_stand_below(page):
    model = page.detail.model()
    assert [model.index(0, n).data() for n in range(3)] == [
        "right light touch C2",
        "2",
        "1",
    ]
    page.table.selectRow(len(page.model.lines) - 1)
    assert page.detail.model().rowCount() >= 3


def test_what_fits_the_filters_is_shown(page, qtbot, filled):
    page.filters.kind.choose("form")
    page.filters.item.choose("values")
    page.filters.text.setText("misread")
    page.filters.show_button.click()
    qtbot.waitUntil(lambda: page.count.text().startswith("All"))
    assert len(lines(page)) == 1
    page.filters.patient.setText("nobody")
    page.filters.show_button.click()
    qtbot.waitUntil(lambda: page.count.text().startswith("No"))
    assert page.detail is None
    page.filters.clear_button.click()
    qtbot.waitUntil(lambda: page.count.text().startswith("All"))
    assert lines(page)[0] == head(filled[0]).seq
    assert not page.filters.item.isEnabled()


def test_a_day_that_cannot_be_read_is_told_and_nothing_is_looked_for(page):
    before = lines(page)
    page.filters.first.line.setText("yesterday")
    page.filters.show_button.click()
    assert page.filters.first.problem
    assert lines(page) == before


def test_an_entry_beside_a_jump_of_the_clock_is_marked(
    qtbot, filled, words, look, changes
):
    desk = filled[0]
    early = a_clock(datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    a_subject(replace(desk, clock=early))
    page = TrailPage(desk, words, look, changes)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.count.text().startswith("All"))
    marked = [line.entry.seq for line in page.model.lines if line.jumped]
    jumps = [
        line.entry.seq for line in page.model.lines if line.entry.kind == "clock_jump"
    ]
    assert marked == [seq + 1 for seq in jumps]
    row = lines(page).index(marked[0])
    page.table.selectRow(row)
    assert "clock" in page.said.text()


def test_the_whole_chain_is_checked_with_its_head_in_a_sentence(page, qtbot, filled):
    page.check_button.click()
    assert not page.check_button.isEnabled()
    qtbot.waitUntil(lambda: page.strip.said != "", timeout=20_000)
    end = head(filled[0])
    assert f"{end.seq}:{end.head}" in page.strip.said
    assert page.check_button.isEnabled()


def test_older_ones_come_when_somebody_looks_at_the_end(page, qtbot, monkeypatch):
    everything = lines(page)
    monkeypatch.setattr(
        "registry_app.ui.pages.trail.trail_page",
        lambda desk, query, before, going: _few(desk, query, before, going),
    )
    page.search()
    qtbot.waitUntil(lambda: lines(page) == everything, timeout=20_000)


def _few(desk, query, before, going):
    from registry_app.services.trail_search import trail_page

    return trail_page(desk, query, before, most=4, going=going)


def test_the_model_asks_once_for_more(qtbot):
    model = TrailModel([])
    model.more = True
    with qtbot.waitSignal(model.wants_more):
        model.fetchMore(model.index(-1, -1))
    assert not model.canFetchMore(model.index(-1, -1))


def test_the_trail_is_exported_and_the_month_printed(
    page, qtbot, monkeypatch, tmp_path
):
    out = tmp_path / "trail.csv"
    monkeypatch.setattr(page.deeds._outside, "place", lambda *_told: out)
    page.deeds.export_as("trail-csv")
    qtbot.waitUntil(lambda: str(out) in page.strip.said, timeout=20_000)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    pdf = tmp_path / "sheet.pdf"
    monkeypatch.setattr(page.deeds._outside, "place", lambda *_told: pdf)
    page.deeds.sheet.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: str(pdf) in page.strip.said, timeout=20_000)
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_role_that_makes_no_reports_prints_no_sheet(
    qtbot, filled, words, look, changes
):
    desk = filled[0]
    reader = replace(desk, person=replace(desk.person, role=Role.READ_ONLY))
    page = TrailPage(reader, words, look, changes)
    qtbot.addWidget(page)
    assert not page.deeds.sheet.isEnabled()
    assert page.deeds.sheet.toolTip()
    assert page.deeds.export.isEnabled()
