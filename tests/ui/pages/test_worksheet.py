from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from registry_app.domain.visit import Blinding, StarReason, Status
from registry_app.services.exams import begin_exam, save_exam
from registry_app.services.subjects import open_subject
from registry_app.services.trail import trail_entries
from registry_app.ui.pages.worksheet import WorksheetPage
from tests.builders import INJURY, a_subject, an_exam

#: What is typed for a whole sheet: motor, sensation, motor, VAC, DAP.
WHOLE = "5" * 10 + "2" * 112 + "5" * 10 + "10"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def subject(desk):
    subject = a_subject(desk)
    an_exam(desk, subject, INJURY + timedelta(days=5), R_LT_C2="1")
    return subject


@pytest.fixture
def draft(desk, subject):
    return begin_exam(desk, subject.id, "day-50", date(2026, 3, 1), "Dr Sample")


@pytest.fixture
def open_page(qtbot, desk, words, look, changes):
    def opened(form):
        page = WorksheetPage(desk, words, look, changes, form.id)
        page.said, page.states = [], []
        for refused in (page.refused, page.editor.refused, page.head.refused):
            refused.connect(lambda refusal: page.said.append(refusal.message.key))
        page.state_changed.connect(lambda key, _params: page.states.append(key))
        qtbot.addWidget(page)
        page.resize(1298, 616)
        with qtbot.waitExposed(page):
            page.show()
        page.setFocus()
        return page

    return opened


@pytest.fixture
def page(open_page, draft):
    return open_page(draft)


def stored(desk, page):
    exams = open_subject(desk, page.subject_id).exams
    return next(e.form for e in exams if e.form.id == page.editor.form.id)


def keys(qtbot, page, text):
    qtbot.keyClicks(page.card.grid, text)


def test_a_whole_exam_is_typed_completed_and_stored(page, qtbot, desk):
    keys(qtbot, page, WHOLE)
    qtbot.keyClick(page.card.grid, Qt.Key.Key_Return, CTRL)

    form = stored(desk, page)
    assert form.status is Status.COMPLETE
    assert form.exam.missing == ()
    assert page.states[-1] == "worksheet.state-complete"
    assert page.said == []


def test_to_complete_a_sheet_with_open_cells_is_asked_first(page, qtbot, desk):
    keys(qtbot, page, "54")
    qtbot.keyClick(page.card.grid, Qt.Key.Key_Return, CTRL)
    assert page.asked.no.hasFocus(), "to go on is the default"
    qtbot.keyClick(page.asked.no, Qt.Key.Key_Return)
    assert page.editor.current == "R_M_C7"
    assert not page.editor.locked

    page.complete()
    page.asked.yes.click()

    assert stored(desk, page).status is Status.COMPLETE


def test_a_draft_is_saved_at_any_time_and_says_so(page, qtbot, desk):
    keys(qtbot, page, "54")
    assert page.states[-1] == "worksheet.state-unsaved"
    qtbot.keyClick(page.card.grid, Qt.Key.Key_S, CTRL)

    assert stored(desk, page).values == {"R_M_C5": "5", "R_M_C6": "4"}
    assert page.states[-1] == "worksheet.state-saved"


def test_leaving_the_page_keeps_what_is_written(page, qtbot, desk):
    keys(qtbot, page, "5")

    assert page.may_close()
    assert stored(desk, page).values == {"R_M_C5": "5"}


def test_an_unchanged_sheet_is_not_written_again(page, desk):
    before = len(trail_entries(desk))

    assert page.may_close()
    assert len(trail_entries(desk)) == before


def test_other_pages_are_told_when_the_sheet_is_stored(page, qtbot, changes):
    keys(qtbot, page, "5")
    with qtbot.waitSignal(changes.subject) as told:
        page.save()

    assert told.args == [page.subject_id]


def test_the_counted_exam_before_is_shown_in_grey(page):
    assert page.editor.previous["R_LT_C2"] == "1"


def test_an_unanswered_star_is_asked_for_instead_of_completing(page, qtbot, desk):
    keys(qtbot, page, "3*")
    page.card.grid.setFocus()
    page.editor.go("L_PP_T1")
    qtbot.keyClick(page.card.grid, Qt.Key.Key_Return, CTRL)

    assert page.editor.current == "R_M_C5"
    assert page.card.strip.reason.hasFocus()
    assert stored(desk, page).status is Status.DRAFT


def test_ctrl_enter_completes_from_the_comment_too(page, qtbot, desk):
    keys(qtbot, page, WHOLE)
    page.card.comment.setFocus()
    qtbot.keyClicks(page.card.comment, "Left leg in a cast")
    qtbot.keyClick(page.card.comment, Qt.Key.Key_Return, CTRL)

    form = stored(desk, page)
    assert (form.status, form.comment) == (Status.COMPLETE, "Left leg in a cast")


def test_an_answered_star_is_stored_with_its_note(page, qtbot, desk):
    keys(qtbot, page, "3*")
    qtbot.keyClicks(page.card.strip.reason, "1")
    qtbot.keyClicks(page.card.strip.normal.focusProxy(), "0")
    page.save()

    assert stored(desk, page).stars["R_M_C5"].reason is StarReason.PLEXOPATHY


def test_a_completed_exam_is_read_only_until_a_reason_is_given(
    open_page, subject, desk, qtbot
):
    page = open_page(an_exam(desk, subject, date(2026, 2, 1)))
    keys(qtbot, page, "0")
    assert page.said == ["worksheet.locked"]
    assert page.head.correct.isVisible()
    assert not page.head.complete.isVisible()

    page.head.correct.click()
    assert page.asked.line.hasFocus()
    qtbot.keyClick(page.asked.line, Qt.Key.Key_Return)
    assert page.asked.isVisible(), "no reason, no correction"
    qtbot.keyClicks(page.asked.line, "Misread the sheet")
    qtbot.keyClick(page.asked.line, Qt.Key.Key_Return)
    keys(qtbot, page, "3")
    page.save()

    form = stored(desk, page)
    assert (form.values["R_M_C5"], form.status) == ("3", Status.COMPLETE)
    entries = trail_entries(desk, record_id=form.id)
    assert max(entries, key=lambda e: e.seq).reason == "Misread the sheet"
    page.complete()
    assert page.editor.locked


def test_a_refused_save_is_a_sentence_and_loses_nothing(page, qtbot, desk, draft):
    """Somebody else stored the same draft in between."""
    save_exam(desk, replace(draft, values={"R_M_C5": "1"}))
    keys(qtbot, page, "54")
    page.save()

    assert page.said == ["storage.changed-meanwhile"]
    assert page.editor.form.values == {"R_M_C5": "5", "R_M_C6": "4"}
    assert page.states[-1] == "worksheet.state-unsaved"


def test_leaving_asks_first_when_saving_is_refused(page, qtbot, desk, draft):
    save_exam(desk, replace(draft, values={"R_M_C5": "1"}))
    keys(qtbot, page, "54")
    assert not page.may_close()
    assert page.asked.isVisible()
    assert page.asked.no.hasFocus(), "staying is the default"

    with qtbot.waitSignal(page.close_requested):
        page.asked.yes.click()
    assert page.may_close()


def test_what_another_page_stored_is_taken_over(page, desk, draft, changes):
    save_exam(desk, replace(draft, values={"R_M_C5": "1"}))
    changes.subject.emit(page.subject_id)

    assert page.editor.form.values == {"R_M_C5": "1"}
    page.save()
    assert page.said == []


def test_who_examined_when_and_what_was_known_is_stored(page, qtbot, desk):
    page.head.day.setText("2026/3/2")
    page.head.day.editingFinished.emit()
    page.head.assessor.setText("Dr Other")
    page.head.assessor.editingFinished.emit()
    page.head.blinding.choose(str(Blinding.BLINDED))
    page.head.blinding.activated.emit(0)
    page.save()

    form = stored(desk, page)
    assert form.date == date(2026, 3, 2)
    assert (form.assessor, form.blinding) == ("Dr Other", Blinding.BLINDED)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("2030-01-01", "worksheet.day-to-come"),
        ("2025-01-01", "worksheet.day-before-injury"),
    ],
)
def test_an_impossible_day_is_refused_and_the_old_one_kept(page, written, key):
    page.head.day.setText(written)
    page.head.day.editingFinished.emit()

    assert page.said == [key]
    assert page.head.day.text() == written
    assert page.editor.form.date == date(2026, 3, 1)
    day = page.head.day
    assert page.sentence.isVisible()
    assert page.sentence.y() >= day.mapTo(page, day.rect().bottomLeft()).y()


def test_f6_goes_round_the_parts_of_the_page(page, qtbot):
    seen = []
    for _ in range(4):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_F6)
        seen.append(page.focusWidget())

    nli = page.summary.own.lines["nli"]
    assert seen == [page.card.comment, nli, page.head.day, page.card.grid]


def test_printing_saves_first(page, qtbot, desk):
    keys(qtbot, page, "5")
    with qtbot.waitSignal(page.print_report) as asked:
        page.head.print.click()

    assert asked.args == [page.subject_id]
    assert stored(desk, page).values == {"R_M_C5": "5"}


@pytest.mark.parametrize("size", [(1298, 616), (1852, 928), (1045, 431), (700, 400)])
def test_every_size_shows_the_sheet_and_leads_to_the_result(page, qtbot, size):
    page.resize(*size)

    both = page.summary.isVisible()
    assert page.head.result.isVisible() is not both
    if not both:
        page.head.result.click()
        assert page.summary.isVisible()
    assert not page.grab().isNull()


def test_an_impossible_day_stops_completing_and_leaving_but_not_saving(
    page, qtbot, desk
):
    keys(qtbot, page, "5")
    page.head.day.setText("2030-01-01")
    page.complete()
    assert stored(desk, page).status is Status.DRAFT
    assert page.head.day.hasFocus()

    assert not page.may_close()
    assert stored(desk, page).values == {"R_M_C5": "5"}
    page.asked.no.click()
    assert page.head.day.hasFocus()
    assert not page.may_close()
    page.asked.yes.click()
    assert page.may_close()


def test_a_changed_draft_is_saved_by_itself_after_a_while(page, qtbot, desk):
    keys(qtbot, page, "5")
    page._later.timeout.emit()

    assert stored(desk, page).values == {"R_M_C5": "5"}


def test_what_somebody_else_completed_is_read_only_here_too(page, desk, draft, changes):
    save_exam(desk, replace(draft, status=Status.COMPLETE))
    changes.subject.emit(page.subject_id)

    assert page.editor.locked
    assert page.head.correct.isVisible()


def test_a_key_that_is_refused_is_told_without_moving_the_sheet(page, qtbot):
    before = page.card.geometry()
    keys(qtbot, page, "9")
    assert page.sentence.isVisible()
    assert page.sentence.label.text() == (
        "'9' cannot stand here. What can: 0, 1, 2, 3, 4, 5, NT."
    )
    assert page.card.geometry() == before
    keys(qtbot, page, "5")
    assert not page.sentence.isVisible()
