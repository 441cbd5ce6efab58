from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from registry_app.domain.message import Told
from registry_app.domain.plan.regime import RegimeState
from registry_app.domain.signature import Meaning, Signable
from registry_app.domain.subject import Arm
from registry_app.services import exams
from registry_app.services.due import (
    DraftRow,
    Drafts,
    Enrolled,
    Group,
    Today,
    TodayRow,
    Week,
)
from registry_app.services.ledger_list import LedgerQuery
from registry_app.services.record_signing import sign_record, standing
from registry_app.storage.due_lists import Draft
from registry_app.ui.notice import Notice
from registry_app.ui.pages import today as page_module
from registry_app.ui.pages.today import TodayPage
from registry_app.ui.pages.today_entries import entries, need_a_person, status_of
from registry_app.ui.pages.today_list import Entry, Heading
from registry_app.ui.pages.today_terms import date_said, span_said
from registry_app.words import Language, Words
from tests.builders import PASSWORD, a_subject, an_exam
from tests.ui.made_up_duties import TODAY, a_duty

FORMS = {"isncsci": Told("ISNCSCI検査", "ISNCSCI exam")}
NONE = Group(0, ())


def a_group(*duties, total=None):
    rows = tuple(TodayRow(duty, "") for duty in duties)
    return Group(len(rows) if total is None else total, rows)


def a_day(**told):
    return Today(
        **{
            "on": TODAY,
            "late": NONE,
            "closing": NONE,
            "waiting": Drafts(0, ()),
            "done_this_week": NONE,
            "unset": (),
            "regime": None,
            "granted": None,
            "enrolment": (
                Enrolled(Arm.TREATED, 6, 90),
                Enrolled(Arm.COMPARISON, 2, None),
            ),
            "weeks": tuple(Week(TODAY + timedelta(weeks=n), n, 0) for n in range(8)),
            "to_confirm": 0,
            **told,
        }
    )


LATE = a_duty("O8:1", -3)
VISIT = a_duty("visit:day-90:SAP-0001-7", 4, subject_id="SAP-0001-7")
DRAFT = Draft("form-1", "SAP-0002-5", "isncsci", "day-90", date(2026, 11, 19))
FULL = a_day(
    late=a_group(LATE),
    closing=a_group(VISIT),
    waiting=Drafts(1, (DraftRow(DRAFT, "カクウ タロウ"),)),
    done_this_week=a_group(a_duty("O1", 9, done=TODAY)),
)


def lines(words, day):
    return list(entries(words, day, FORMS))


def rows(words, day):
    return [line for line in lines(words, day) if isinstance(line, Entry)]


def test_the_groups_come_in_the_order_of_urgency(words):
    titles = [line.title for line in lines(words, FULL) if isinstance(line, Heading)]

    assert titles == [
        words("today.late"),
        words("today.closing"),
        words("today.waiting"),
        words("today.done"),
    ]


def test_a_group_without_rows_has_no_heading(words):
    assert lines(words, a_day()) == []


def test_each_row_says_what_for_whom_by_when_and_leads_straight_there(words):
    late, visit, draft, done = rows(words, FULL)

    assert (late.status, late.left, late.owner) == ("overdue", "3 days over", "MAH")
    assert late.to == "duty|O8:1"
    assert visit.to == "subject|SAP-0001-7"
    assert draft.to == "form|form-1"
    assert "ISNCSCI exam" in draft.what
    assert (done.status, done.left) == ("done", "in time")
    for row in (late, visit, done):
        assert all(part in row.spoken for part in (row.what, row.day, row.left))


def test_an_unconfirmed_rule_carries_its_mark(words):
    (row,) = rows(words, a_day(late=a_group(a_duty(left=-1, unsure=True))))

    assert row.unsure == words("ledger_page.to-confirm")


def test_late_periods_of_one_rule_are_one_row_that_opens_them_all(words):
    periods = [a_duty(f"O6:{n}", n - 200, period=(TODAY, TODAY)) for n in (1, 2, 3)]
    day = a_day(late=a_group(periods[0], LATE, *periods[1:]))

    first, other = rows(words, day)

    assert first.to == "rule|O6"
    assert "3 periods" in first.who
    assert other.to == "duty|O8:1"


def test_rows_that_do_not_fit_are_counted_and_can_be_seen(words):
    day = a_day(late=a_group(LATE, total=1_201))

    last = rows(words, day)[-1]

    assert "1,200" in last.what
    assert last.to == "all|late"


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (FULL, "overdue"),
        (a_day(closing=a_group(a_duty(left=7))), "due"),
        (a_day(closing=a_group(a_duty(left=8))), ""),
        (a_day(), ""),
    ],
)
def test_the_most_urgent_duty_gives_the_shape_at_the_rail(day, status):
    assert status_of(day) == status


def test_what_is_finished_needs_nobody():
    assert need_a_person(FULL) == 3


@pytest.mark.parametrize(
    ("language", "said"),
    [(Language.EN, "Friday 20 November 2026"), (Language.JA, "2026年11月20日（金）")],
)
def test_the_day_is_said_with_its_weekday(language, said):
    assert date_said(Words(language), TODAY) == said


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (date(2026, 12, 5), "15 days"),
        (date(2026, 12, 20), "1 months"),
        (date(2027, 11, 19), "11 months"),
        (date(2027, 11, 20), "1 y"),
        (date(2029, 3, 31), "2 y 4 months"),
    ],
)
def test_what_is_left_of_the_term_is_said_in_years_and_months(words, end, said):
    assert span_said(words, TODAY, end) == said


# ── the page ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def shown(monkeypatch, qtbot, desk, words, look, changes):
    """Shows a made-up day; the plan is that of the pack."""

    def show(day):
        monkeypatch.setattr(page_module, "today", lambda _desk: day)
        page = TodayPage(desk, words, look, changes)
        qtbot.addWidget(page)
        page.resize(1298, 656)
        page.show()
        page.setFocus()
        return page

    return show


def test_the_first_row_is_chosen_and_enter_presses_its_button(qtbot, shown):
    page = shown(FULL)

    with qtbot.waitSignal(page.open_duty) as opened:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)

    assert opened.args == ["O8:1"]


def test_down_goes_over_the_headings_to_the_next_row(qtbot, shown):
    page = shown(FULL)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_subject) as opened:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert opened.args == ["SAP-0001-7"]

    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_exam) as opened:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert opened.args == ["form-1"]


def test_a_click_on_the_button_of_a_row_presses_it_and_elsewhere_only_chooses(
    qtbot, shown
):
    page = shown(FULL)
    index = page.list.entries.index(3, 0)
    rect = page.list.visualRect(index)
    area, left = page.list.viewport(), Qt.MouseButton.LeftButton
    with qtbot.assertNotEmitted(page.open_subject):
        qtbot.mouseClick(area, left, pos=rect.center())
    assert page.list.currentIndex() == index

    with qtbot.waitSignal(page.open_subject):
        qtbot.mouseClick(area, left, pos=QPoint(rect.right() - 40, rect.center().y()))


def test_a_row_that_stands_for_many_opens_them_in_the_ledger(qtbot, shown):
    page = shown(a_day(late=a_group(LATE, total=1_201)))
    qtbot.keyClick(page.list, Qt.Key.Key_Down)

    with qtbot.waitSignal(page.show_ledger) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)

    assert asked.args == [LedgerQuery("late")]


def test_a_day_without_work_says_what_belongs_here(shown, words):
    page = shown(a_day())

    assert page._none.isVisible()
    assert page._none.text() == words("today.nothing")
    assert not page.list.isVisible()


def a_regime(**told):
    state = SimpleNamespace(name=Told("申請中", "applied"), id="applied")
    return RegimeState(
        **{
            "state": state,
            "since": date(2025, 11, 14),
            "past_term": False,
            "lapsed": False,
            "term_end": date(2025, 12, 28),
            "term_alarm": date(2025, 12, 27),
            "extended_years": 0,
            **told,
        }
    )


def notices(page):
    return [notice.said.text() for notice in page.findChildren(Notice)]


def test_past_the_term_the_page_says_that_the_approval_continues(shown, words):
    page = shown(a_day(regime=a_regime(past_term=True)))

    assert notices(page) == [words("today.past-term")]
    assert "approval continues" in words("today.past-term")


def test_a_lapse_is_said_and_within_the_term_nothing_is(shown, words):
    assert notices(shown(a_day(regime=a_regime(lapsed=True)))) == [
        words("today.lapsed")
    ]
    assert notices(shown(a_day(regime=a_regime()))) == []


def test_the_page_reads_again_when_something_was_done(monkeypatch, shown, changes):
    page = shown(FULL)
    monkeypatch.setattr(page_module, "today", lambda _desk: replace(FULL, late=NONE))

    changes.plan.emit()

    assert page.list.entries.lines[0].title == page.words("today.closing")


def test_in_a_narrow_window_all_is_one_column_that_scrolls_as_one(qtbot, shown):
    page = shown(FULL)
    page.resize(640, 600)
    qtbot.waitUntil(lambda: page.sides.narrow)

    assert page.list.height() >= page.list.content_height()
    assert not page.list.verticalScrollBar().isVisible()


def test_what_is_to_be_confirmed_is_one_press_away(qtbot, shown, words):
    page = shown(a_day(to_confirm=12))
    (button,) = [
        button
        for button in page.findChildren(QPushButton)
        if button.text() == words("today.plan-open")
    ]

    with qtbot.waitSignal(page.open_plan):
        button.click()


def test_a_void_signature_waits_at_the_end_and_leads_to_where_it_is_signed_again(
    qtbot, desk, words, look, changes
):
    form = an_exam(desk, a_subject(desk))
    for of, of_id in ((Signable.FORM, form.id), (Signable.VISIT, form.visit_id)):
        state = standing(desk, of, of_id).state
        sign_record(desk, of, of_id, Meaning.PREPARED, PASSWORD, state)
    exams.save_exam(desk, replace(form, comment="left hand in plaster"), "forgotten")
    page = TodayPage(desk, words, look, changes)
    qtbot.addWidget(page)

    heading, *found = page.list.entries.lines[-3:]

    assert heading == Heading("Signatures that a change made void", 2)
    assert {one.to for one in found} == {f"form|{form.id}", "subject|SAP-0001-7"}
    assert "changed by kato" in found[0].who
