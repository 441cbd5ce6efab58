"""What a page says of signatures, locks and marks, and what is done there."""

from dataclasses import replace

import pytest

from registry_app.domain.lock import Locked
from registry_app.domain.person import Role
from registry_app.domain.signature import Meaning, Signable
from registry_app.domain.visit import Form
from registry_app.services import exams, locks
from registry_app.services.record_signing import sign_record, standing
from registry_app.services.source_checks import mark_as_checked
from registry_app.ui.dialogs.asking import line_of
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.dialogs.sign import SignDialog
from registry_app.ui.page import Page
from registry_app.ui.pages.settings_lock import RegistryLock
from registry_app.ui.pages.worksheet import WorksheetPage
from registry_app.ui.record_bar import RecordBar
from registry_app.ui.widgets import Chip
from tests.builders import PASSWORD, a_draft, a_subject, an_exam


@pytest.fixture
def subject(desk):
    return a_subject(desk)


@pytest.fixture
def form(desk, subject):
    return an_exam(desk, subject)


@pytest.fixture
def sheet(qtbot, desk, words, look, changes, form):
    return a_sheet_page(qtbot, (desk, words, look, changes), form)


def a_sheet_page(qtbot, usual, form):
    page = WorksheetPage(*usual, form.id)
    qtbot.addWidget(page)
    page.resize(1366, 697)
    page.show()
    return page


def signed(desk, of, of_id):
    now = standing(desk, of, of_id)
    sign_record(desk, of, of_id, Meaning.PREPARED, PASSWORD, now.state)


def corrected(desk, form_id, **values):
    with desk.read() as reading:
        form = reading.get(Form, form_id)
    changed = replace(form, values={**form.values, **values})
    return exams.save_exam(desk, changed, "misread")


def chips(bar):
    lines = [bar._chips.itemAt(n).widget() for n in range(bar._chips.count())]
    return [chip.text() for line in lines for chip in line.findChildren(Chip)]


def answered(monkeypatch, dialog, *fields):
    """The dialog is answered as a person does, and closed."""

    def run(shown):
        for name, text in fields:
            line_of(getattr(shown, name)).setText(text)
        shown.accept()
        return shown.result()

    monkeypatch.setattr(dialog, "exec", run)


def test_a_signature_is_given_from_the_sheet_and_shown_there(
    qtbot, monkeypatch, desk, sheet, form
):
    assert chips(sheet.record) == ["Not signed"]

    def run(shown):
        line_of(shown.password).setText(PASSWORD)
        with qtbot.waitSignal(shown.accepted):
            shown.accept()
        return shown.result()

    monkeypatch.setattr(SignDialog, "exec", run)
    sheet.record.do("sign")

    assert chips(sheet.record) == [f"Prepared {desk.person.display_name}"]
    assert standing(desk, Signable.FORM, form.id).holding


def test_a_change_is_said_to_have_voided_it_by_whom_and_when(desk, sheet, form):
    signed(desk, Signable.FORM, form.id)
    corrected(desk, form.id, R_M_C5="4")
    sheet.changes.subject.emit(sheet.subject_id)

    bar = sheet.record
    assert chips(bar) == ["Void: Prepared"]
    assert "voided by the change of Form" in bar._void.text()
    assert desk.person.id in bar._void.text()
    assert bar._void.isVisibleTo(bar)


def test_a_locked_exam_says_so_and_offers_no_correction(monkeypatch, sheet):
    answered(monkeypatch, ReasonDialog, ("reason", "read with the source"))
    sheet.record.do("lock")

    assert "Locked (Form)" in chips(sheet.record)
    assert not sheet.head.correct.isEnabled()
    assert "Locked" in sheet.head.correct.toolTip()

    sheet.record.do("unlock")

    assert "Locked (Form)" not in chips(sheet.record)
    assert sheet.head.correct.isEnabled()


def test_the_lock_of_the_patient_is_said_at_each_exam(desk, sheet, subject):
    locks.lock(desk, Locked.PATIENT, subject.id, "complete")
    sheet.record.reload()

    assert "Locked (Patient)" in chips(sheet.record)
    assert sheet.record.why_not("unlock").key == "signing.no-lock-here"


def test_a_draft_that_is_locked_meanwhile_stays_on_the_page(
    qtbot, desk, words, look, changes, subject
):
    page = a_sheet_page(
        qtbot, (desk, words, look, changes), a_draft(desk, subject, R_M_C5="3")
    )
    locks.lock(desk, Locked.PATIENT, subject.id, "complete")
    page.editor.about(lambda form: replace(form, comment="spasm"))

    with qtbot.waitSignal(page.refused) as refused:
        assert not page.save()

    assert refused.args[0].message.key == "locks.locked"
    assert page.editor.form.comment == "spasm"
    assert page.changed


def test_the_chosen_cell_is_marked_and_says_who_compared_it(desk, sheet, form):
    sheet.editor.go("R_M_C5")
    sheet.record.do("check-item")

    assert sheet.card.grid._paint.marks == {"R_M_C5": True}
    assert desk.person.id in sheet.card.grid._tips["R_M_C5"]
    assert "Source-verified 1 of 134" in chips(sheet.record)

    corrected(desk, form.id, R_M_C5="4")
    sheet.changes.subject.emit(sheet.subject_id)

    assert sheet.card.grid._paint.marks == {"R_M_C5": False}
    assert "Verified before a change: 1" in chips(sheet.record)


def test_the_legend_explains_the_bars_where_there_are_any(sheet, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "registry_app.ui.paint.text", lambda *given, **_: shown.append(given[3])
    )
    bars = {"source-verified", "changed since"}
    sheet.card.grid.grab()
    assert "examined" in shown
    assert not bars & set(shown)

    sheet.editor.go("R_M_C5")
    sheet.record.do("check-item")
    sheet.card.grid.grab()

    assert bars <= set(shown)


def test_a_mark_is_withdrawn_with_its_reason(monkeypatch, desk, sheet, form):
    mark_as_checked(desk, form.id)
    sheet.record.reload()
    answered(monkeypatch, ReasonDialog, ("reason", "of the other patient"))

    sheet.record.do("withdraw")

    assert chips(sheet.record) == ["Not signed"]


def test_what_is_not_saved_cannot_be_signed(qtbot, sheet):
    sheet._correct(True, "misread")
    sheet.editor.about(lambda form: replace(form, comment="spasm"))

    with qtbot.waitSignal(sheet.refused) as refused:
        sheet.record.do("sign")

    assert refused.args[0].message.key == "signing.unsaved"


def test_a_role_is_offered_what_it_may_do_and_told_why_not_the_rest(
    qtbot, desk, words, look, changes, form
):
    reader = replace(desk, person=replace(desk.person, role=Role.READ_ONLY))
    page = Page(reader, words, look, changes)
    qtbot.addWidget(page)
    bar = RecordBar(page, lambda: "x")
    bar.setParent(page)
    bar.show_record(Signable.FORM, form.id)
    bar.menu.aboutToShow.emit()

    assert not any(bar.offers(name) for name in ("sign", "lock", "unlock", "check"))
    assert [action.isEnabled() for action in bar.menu.actions()].count(True) == 1
    sign = bar.menu.actions()[0]
    assert "not open to the role" in sign.toolTip()


def test_a_safety_case_takes_no_lock_and_says_why(
    qtbot, desk, words, look, changes, form
):
    page = Page(desk, words, look, changes)
    qtbot.addWidget(page)
    bar = RecordBar(page, lambda: "x")
    bar.setParent(page)
    bar.show_record(Signable.FORM, form.id)
    bar.state = replace(bar.state, of=Signable.SAFETY_CASE)

    assert bar.why_not("lock").key == "signing.no-lock-of-case"
    assert bar.why_not("check").key == "signing.no-record"


def test_the_registry_is_locked_in_the_settings(
    qtbot, monkeypatch, desk, words, look, changes
):
    page = Page(desk, words, look, changes)
    qtbot.addWidget(page)
    part = RegistryLock(page)
    part.setParent(page)
    answered(monkeypatch, ReasonDialog, ("reason", "the study has ended"))

    part.turn.click()
    assert part.state.text() == "The registry is locked"
    assert locks.locks(desk)[0].of is Locked.REGISTRY

    part.turn.click()
    assert part.state.text() == "The registry is not locked"
    assert locks.locks(desk) == ()
