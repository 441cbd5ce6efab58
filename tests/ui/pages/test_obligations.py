from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.pack import Owner
from registry_app.domain.plan.records import Occurrence
from registry_app.services.ledger_list import LedgerQuery
from registry_app.services.obligations import (
    add_occurrence,
    duty_of,
    follow_up_information,
    ledger_on,
    occurrences,
)
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.trail import trail_entries
from registry_app.ui.dialogs.confirm import ConfirmDialog
from registry_app.ui.dialogs.occurrence import LaterDialog, OccurrenceDialog
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.dialogs.settle import ReceiptDialog, SettleDialog
from registry_app.ui.pages.obligations import ObligationsPage
from registry_app.ui.pages.obligations_calendar import MonthView
from tests.builders import a_subject
from tests.ui.made_up_duties import TODAY, a_duty

DUTIES = [
    a_duty("O1:1", -3),
    a_duty("O2:1", 20, owner=Owner.HOSPITAL, unsure=True),
    a_duty("O3:1", 80),
    a_duty("O4:1", 5, done=TODAY),
    a_duty("O5:1", 5, not_applicable="none sold"),
]


# ── the page, on a real registry ─────────────────────────────────────────────────


@pytest.fixture
def clock(desk):
    """An occurrence whose 15 days run."""
    pack = protocol(desk).pack
    event = next(rule.on[0] for rule in pack.rules if rule.restarts and rule.on)
    aware = today_in_japan(desk) - timedelta(days=4)
    known = Occurrence("", event, "fever", holder_aware=aware, hospital_aware=aware)
    return add_occurrence(desk, known)


@pytest.fixture
def page(qtbot, desk, words, look, changes, clock):
    page = ObligationsPage(desk, words, look, changes)
    qtbot.addWidget(page)
    page.resize(1298, 656)
    page.show()
    return page


def go_to(page, key):
    page.narrow_to(LedgerQuery("all"))
    page.reload(key)
    assert page.panel.shown.duty.key == key


def labels(page):
    return [label.text() for label in page.panel._inside.findChildren(QLabel)]


def press(page, name):
    wanted = page.words(f"ledger_page.{name}")
    (button,) = [
        b for b in page.panel._inside.findChildren(QPushButton) if b.text() == wanted
    ]
    button.click()


def answer(kind, fill):
    """Do something to the dialog that is about to open."""

    def found():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        fill(dialog)
        dialog.accept()
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, found)


def a_clock_key(desk, clock):
    return next(d.key for d in ledger_on(desk) if f":{clock.id}" in d.key and d.due)


def test_every_duty_of_the_ledger_is_a_row_and_opens_beside_it(page, desk):
    page.narrow_to(LedgerQuery("all"))

    assert page.model.rowCount() == len(ledger_on(desk))
    for row in range(0, page.model.rowCount(), 7):
        page.table.selectRow(row)
        assert page.panel.shown.duty.key == page.model.id_at(row)
        assert page.panel.shown.steps


def test_the_arithmetic_is_shown_step_by_step_and_ends_on_the_date(page, desk, clock):
    key = a_clock_key(desk, clock)
    go_to(page, key)

    said = labels(page)
    duty = page.panel.shown.duty
    assert clock.holder_aware.isoformat() in said
    assert duty.due.isoformat() in said
    assert any("not the" in text for text in said)


def test_a_running_clock_says_at_which_day_it_is(page, desk, clock):
    key = a_clock_key(desk, clock)
    go_to(page, key)
    row = page.model.row_of(key)
    said = page.model.index(row, 3).data()

    assert said.startswith("day 4 of ")


def test_what_was_done_is_recorded_with_its_proof(page, desk, clock):
    key = a_clock_key(desk, clock)
    go_to(page, key)

    def fill(dialog):
        dialog.evidence.input.setText("R2-0001")
        dialog.receipt.input.setText("PMDA-7")

    answer(SettleDialog, fill)
    press(page, "record-done")

    duty = duty_of(desk, key)
    assert (duty.evidence, duty.receipt) == ("R2-0001", "PMDA-7")
    assert duty.done == today_in_japan(desk)
    assert page.panel.shown.duty == duty


def test_the_keys_stay_with_the_duty_when_its_buttons_change(page, desk, clock):
    go_to(page, a_clock_key(desk, clock))
    page.panel.take_keys()
    answer(SettleDialog, lambda dialog: dialog.evidence.input.setText("R2"))
    press(page, "record-done")

    assert page.panel.isAncestorOf(page.window().focusWidget())


def test_nothing_is_recorded_without_a_proof(page, desk, clock):
    key = a_clock_key(desk, clock)
    go_to(page, key)
    problems = []

    def leave_it_empty(dialog):
        dialog.accept()
        problems.append(dialog.evidence.problem)

    answer(SettleDialog, leave_it_empty)
    press(page, "record-done")

    assert problems == [page.words("enrol.needed")]
    assert duty_of(desk, key).done is None


def test_a_receipt_comes_later_and_a_record_can_be_taken_back(page, desk, clock):
    key = a_clock_key(desk, clock)
    go_to(page, key)
    answer(SettleDialog, lambda dialog: dialog.evidence.input.setText("R2"))
    press(page, "record-done")
    answer(ReceiptDialog, lambda dialog: dialog.receipt.input.setText("PMDA-8"))
    press(page, "record-receipt")
    assert duty_of(desk, key).receipt == "PMDA-8"

    answer(ReasonDialog, lambda dialog: dialog.reason.input.setText("wrong duty"))
    press(page, "take-back")
    assert duty_of(desk, key).done is None
    answer(SettleDialog, lambda dialog: dialog.evidence.input.setText("R2 again"))
    press(page, "record-done")
    assert duty_of(desk, key).evidence == "R2 again"


def test_what_is_not_owed_stays_with_its_reason(page, desk, clock):
    key = a_clock_key(desk, clock)
    go_to(page, key)
    answer(ReasonDialog, lambda dialog: dialog.reason.input.setText("no such event"))
    press(page, "not-owed")

    duty = duty_of(desk, key)
    assert duty.not_applicable == "no such event"
    assert duty.standing(today_in_japan(desk)) is Standing.NOT_APPLICABLE
    assert "no such event" in labels(page)


def test_later_information_starts_another_clock(page, desk, clock):
    plan = protocol(desk)
    restarts = {rule.id for rule in plan.rules() if rule.restarts}
    key = next(
        duty.key
        for duty in ledger_on(desk)
        if f":{clock.id}" in duty.key and duty.rule in restarts
    )
    go_to(page, key)
    answer(LaterDialog, lambda dialog: dialog.note.input.setText("now fatal"))
    press(page, "later")

    assert duty_of(desk, f"{key}:1").trigger == today_in_japan(desk)


def test_what_became_known_is_corrected_for_a_reason_and_its_clocks_follow(
    page, desk, clock
):
    key = a_clock_key(desk, clock)
    before = duty_of(desk, key)
    go_to(page, key)

    def fill(dialog):
        assert dialog.name.input.text() == "fever"
        aware = clock.holder_aware - timedelta(days=1)
        dialog.holder.line.setText(aware.isoformat())
        dialog.hospital.line.setText(aware.isoformat())
        dialog.accept()
        assert dialog.why.problem
        dialog.why.input.setText("The fax came a day earlier")

    answer(OccurrenceDialog, fill)
    press(page, "correct")

    assert duty_of(desk, key).trigger == before.trigger - timedelta(days=1)
    (known,) = occurrences(desk)
    assert (known.id, known.version) == (clock.id, 2)
    assert trail_entries(desk)[0].reason == "The fax came a day earlier"


def test_later_information_by_mistake_is_taken_back_and_its_clock_stays_as_ended(
    page, desk, clock
):
    restarts = {rule.id for rule in protocol(desk).rules() if rule.restarts}
    rule = next(d.rule for d in ledger_on(desk) if d.rule in restarts)
    key = f"{rule}:{clock.id}"
    follow_up_information(desk, clock.id, today_in_japan(desk), "now fatal")
    assert duty_of(desk, f"{key}:1").ended is None
    go_to(page, key)

    def fill(dialog):
        dialog.later["1"].line.clear()
        dialog.why.input.setText("Another patient")

    answer(OccurrenceDialog, fill)
    press(page, "correct")

    assert not occurrences(desk)[0].follow_ups
    gone = {duty.key: duty for duty in ledger_on(desk)}[f"{key}:1"]
    assert gone.not_applicable == "Another patient"


def test_what_need_not_be_reported_after_all_ends_its_clocks_with_the_note(
    page, desk, clock
):
    key = a_clock_key(desk, clock)
    go_to(page, key)

    def fill(dialog):
        dialog.reportable.choose("no")
        dialog.why.input.setText("Assessed again")
        dialog.accept()
        assert dialog.note.problem
        dialog.note.input.setText("Known before the treatment")

    answer(OccurrenceDialog, fill)
    press(page, "correct")

    assert not occurrences(desk)[0].reportable
    assert duty_of(desk, key).ended is not None


def test_a_named_person_confirms_a_rule_and_the_mark_goes(page, desk):
    unsure = {one.id for one in protocol(desk).unsure()}
    key = next(d.key for d in ledger_on(desk) if f"rule:{d.rule}" in unsure)
    go_to(page, key)
    answer(
        ConfirmDialog, lambda dialog: dialog.evidence.input.setText("approval letter")
    )
    press(page, "confirm")

    if duty_of(desk, key).to_confirm:  # the date that it is counted from, too
        answer(
            ConfirmDialog, lambda dialog: dialog.evidence.input.setText("the gazette")
        )
        press(page, "confirm")

    duty = duty_of(desk, key)
    assert not duty.to_confirm
    assert duty.confirmed.by == desk.person.display_name
    assert page.words("ledger_page.to-confirm") not in labels(page)


def test_a_duty_named_elsewhere_is_opened_whatever_the_filter(
    qtbot, desk, words, look, changes
):
    key = ledger_on(desk)[-1].key
    page = ObligationsPage(desk, words, look, changes, key)
    qtbot.addWidget(page)

    assert page.panel.shown.duty.key == key


def test_the_visit_of_a_patient_leads_to_the_patient(qtbot, page, desk):
    subject = a_subject(desk)
    page.reload()
    key = next(d.key for d in ledger_on(desk) if d.key.startswith("visit:"))
    go_to(page, key)

    with qtbot.waitSignal(page.open_subject) as opened:
        press(page, "go-patient")

    assert opened.args == [subject.id]


def test_in_a_narrow_window_enter_opens_the_duty_and_escape_the_list(qtbot, page):
    page.resize(640, 600)
    qtbot.waitUntil(lambda: page.sides.narrow)
    assert not page.panel.isVisible()

    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.panel.isVisible()
    assert not page.table.isVisible()

    qtbot.keyClick(page.panel, Qt.Key.Key_Escape)
    assert page.table.isVisible()


# ── the calendar ─────────────────────────────────────────────────────────────────


@pytest.fixture
def month(qtbot, words, look):
    month = MonthView(words, look, TODAY)
    qtbot.addWidget(month)
    month.resize(800, 400)
    month.show_duties(DUTIES)
    month.show()
    return month


def test_a_duty_stands_on_the_day_that_alarms(month):
    assert [d.key for d in month.duties(date(2026, 11, 17))] == ["O1:1"]
    assert [d.key for d in month.duties(date(2026, 11, 25))] == ["O4:1", "O5:1"]


def test_the_keys_go_by_day_by_week_and_by_month(qtbot, month):
    for key, day in (
        (Qt.Key.Key_Right, date(2026, 11, 21)),
        (Qt.Key.Key_Down, date(2026, 11, 28)),
        (Qt.Key.Key_Left, date(2026, 11, 27)),
        (Qt.Key.Key_Up, date(2026, 11, 20)),
        (Qt.Key.Key_PageDown, date(2026, 12, 20)),
        (Qt.Key.Key_PageUp, date(2026, 11, 20)),
    ):
        qtbot.keyClick(month, key)
        assert month.day == day


def test_a_month_with_fewer_days_shows_its_last_one(month):
    month.go_to(date(2027, 1, 31))
    month.go_months(1)
    assert month.day == date(2027, 2, 28)

    month.go_months(-2)
    assert month.day == date(2026, 12, 28)


def test_a_screen_reader_is_told_the_day_and_its_duties(month):
    month.go_to(date(2026, 11, 17))

    assert "2026-11-17" in month.accessibleName()
    assert "Made-up duty O1:1" in month.accessibleName()


def test_the_calendar_shows_the_rows_of_the_ledger(qtbot, page, desk, clock):
    key = a_clock_key(desk, clock)
    page.views.choose("calendar")
    page._show_view("calendar")
    page.month.days.go_to(duty_of(desk, key).due)

    assert key in page.month._rows
    assert page.panel.shown.duty.due == page.month.days.day


def test_the_filters_say_what_the_page_was_opened_with(
    qtbot, desk, words, look, changes, clock
):
    duty = duty_of(desk, a_clock_key(desk, clock))
    rule, owner = duty.rule, duty.owner
    other = next(one for one in Owner if one is not owner)
    query = LedgerQuery("open", owner, rule)
    page = ObligationsPage(desk, words, look, changes, wanted=query)
    qtbot.addWidget(page)

    values = (page.state.value, page.owner.value, page.rule.value)
    assert values == ("open", owner.value, rule)
    assert page.model.rowCount() > 0

    page.owner.choose(other.value)
    page._filter_chosen()
    assert page.model.rowCount() == 0
    assert page._count.text() == words("ledger_page.none")
    assert page.panel.shown is None
