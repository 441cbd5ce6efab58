import pytest
from PySide6.QtCore import Qt

from registry_app.domain.safety import CaseOrigin, CaseState
from registry_app.services.safety import case_file, safety_cases
from registry_app.services.safety_deeds import dismiss
from registry_app.ui.dialogs.safety_case import NewCaseDialog
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.patient import TABS, PatientPage
from registry_app.ui.pages.safety import SafetyPage
from registry_app.ui.pages.safety_case import SafetyCasePage
from registry_app.ui.pages.today import TodayPage
from tests.ui.pages.plan_room import a_patient, answer
from tests.ui.pages.safety_room import a_case, a_foreign_action, a_signal


@pytest.fixture
def patient(desk):
    return a_patient(desk)


@pytest.fixture
def page(qtbot, desk, words, look, changes, patient):
    a_case(desk, patient, judged=True)
    a_foreign_action(desk)
    a_signal(desk, patient)
    page = SafetyPage(desk, words, look, changes)
    qtbot.addWidget(page)
    page.resize(1298, 657)
    page.show()
    return page


@pytest.fixture
def window(qtbot, desk, words, look, changes, patient):
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    return window


def rows(page):
    model = page.model
    return [
        [model.index(n, at).data() for at in range(model.columnCount())]
        for n in range(model.rowCount())
    ]


def titles(page):
    found = [page.model.row(n).case.title for n in range(page.model.rowCount())]
    return [title.split(" / ")[-1] for title in found]


def test_a_draft_stands_on_top_and_says_what_it_waits_for(page, words):
    draft = page.model.row(0)
    assert draft.case.state is CaseState.DRAFT

    said = page.model.index(0, 5).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("draft, whether it is a case, seriousness, expectedness")
    assert rows(page)[0][3] == "to be judged"
    assert page.filters["drafts"].text() == "Drafts 1"


def test_a_row_says_the_day_of_the_clock_its_end_and_who_owes_it(page):
    row = next(n for n, each in enumerate(rows(page)) if "E2" in each[2] and n)
    cells = [
        page.model.index(row, at).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(6)
    ]

    assert "E2 Serious, unpredictable" in cells[2]
    assert "Serious: hospitalisation or its prolongation" in cells[2]
    assert cells[3].startswith("day 9 of 15 · due")
    assert "MAH" in cells[3]
    assert cells[4].startswith("2026-04-07")


def test_a_guide_is_never_shown_as_a_legal_deadline(desk, page, words, qtbot):
    a_case(desk, None, "Nobody told the holder", versions={})
    page.reload()
    found = next(n for n, t in enumerate(titles(page)) if t.startswith("Nobody"))
    said = page.model.index(found, 4).data(Qt.ItemDataRole.AccessibleTextRole)

    assert words("safety_page.not-legal") in said


def test_a_chip_shows_what_is_closed_and_escape_what_was_searched(qtbot, desk, page):
    gone = a_case(desk, None, "Made-up mistake")
    dismiss(desk, gone.id, "Entered twice")
    page.reload()
    assert "Made-up mistake" not in titles(page)

    page.filters["closed"].setFocus()
    qtbot.keyClick(page.filters["closed"], Qt.Key.Key_Space)
    assert titles(page) == ["Made-up mistake"]
    assert page.model.row(0).case.closed_why == "Entered twice"

    page.show_only("all")
    qtbot.keyClicks(page.search, "halt")
    qtbot.waitUntil(lambda: titles(page) == ["Made-up halt"])
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(page)) == 4)


def test_the_search_finds_by_patient_and_down_leads_to_the_table(qtbot, page, patient):
    qtbot.keyClicks(page.search, patient.id.lower())
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    page.search.setFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    with qtbot.waitSignal(page.open_safety_case) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [page.model.row(0).case.id]


def test_an_event_of_special_interest_is_a_filter(page):
    page.special.choose("lung")
    page.special.activated.emit(page.special.currentIndex())

    assert [page.model.row(n).case.special for n in range(page.model.rowCount())] == [
        "lung"
    ]


def test_an_empty_list_says_what_belongs_here(qtbot, desk, words, look, changes):
    page = SafetyPage(desk, words, look, changes)
    qtbot.addWidget(page)

    assert page._none.text() == words("safety_page.none-yet")
    assert page._places.currentIndex() == 1


def test_a_case_of_a_patient_is_opened_by_keys_alone(qtbot, window, desk, patient):
    window.show_safety()

    def fill(dialog):
        dialog.patient.input.setText(patient.id.lower())
        qtbot.keyClicks(dialog.what.input, "Made-up chill")
        dialog.onset.line.setText("R8.3.30")
        dialog.accept()
        assert dialog.holder.problem  # nobody knows of it
        dialog.hospital.line.setText("T")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answer(NewCaseDialog, fill)
    qtbot.keyClick(window.page.new_button, Qt.Key.Key_Return)

    assert isinstance(window.page, SafetyCasePage)
    (line,) = safety_cases(desk)
    assert window.page.number == line.case.id
    assert (line.case.subject_id, line.case.title) == (patient.id, "Made-up chill")
    assert line.events[0].onset.isoformat() == "2026-03-30"
    assert window.banner.isVisible()
    window.go_back()
    assert isinstance(window.page, SafetyPage)


def test_an_unknown_patient_is_refused_in_the_dialog(window, desk):
    window.show_safety()
    seen = []

    def fill(dialog):
        dialog.patient.input.setText("SAP-9999-X")
        dialog.what.input.setText("x")
        dialog.holder.line.setText("T")
        dialog.accept()
        seen.append(dialog.strip.said or dialog.patient.problem)

    answer(NewCaseDialog, fill)
    window.page.new_case.emit("")

    assert seen[0]
    assert safety_cases(desk) == ()


def test_a_foreign_action_asks_for_no_patient(window, desk):
    window.show_safety()

    def fill(dialog):
        dialog.origin.input.choose(CaseOrigin.FOREIGN_ACTION.value)
        assert not dialog.patient.isEnabled()
        assert not dialog.hospital.isEnabled()
        dialog.what.input.setText("Made-up recall")
        dialog.holder.line.setText("2026-03-25")
        dialog.accept()

    answer(NewCaseDialog, fill)
    window.page.new_case.emit("")

    file = case_file(desk, window.page.number)
    assert file.case.origin is CaseOrigin.FOREIGN_ACTION
    assert file.events == ()
    assert file.classed.event_class == "E5"
    assert not window.banner.isVisible()


def test_the_page_of_a_patient_lists_the_cases_and_opens_them(
    qtbot, window, desk, patient
):
    case = a_case(desk, patient)
    window.open_subject(patient.id)
    page = window.page
    assert isinstance(page, PatientPage)
    page.tabs.setCurrentIndex(TABS.index("safety"))
    table = page._places.currentWidget().table

    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.page.number == case.id
    window.go_back()
    assert window.page.subject_id == patient.id


def test_a_case_is_begun_from_the_patient_without_asking_whose_it_is(
    window, desk, patient
):
    window.open_subject(patient.id)
    window.page.tabs.setCurrentIndex(TABS.index("safety"))

    def fill(dialog):
        assert not dialog.patient.isVisible()
        assert dialog.focusWidget() is dialog.what.input
        dialog.what.input.setText("Made-up rash")
        dialog.hospital.line.setText("T")
        dialog.accept()

    answer(NewCaseDialog, fill)
    window.page._places.currentWidget().new_button.click()

    assert case_file(desk, window.page.number).case.subject_id == patient.id


def test_today_brings_a_draft_to_be_judged_first(qtbot, window, desk, patient):
    a_signal(desk, patient)
    window.show_today()
    page = window.page
    assert isinstance(page, TodayPage)
    first = page.list.entries.lines[1]
    assert patient.id in first.who
    assert "2026-04-01" in first.left

    qtbot.keyClick(page.list, Qt.Key.Key_Return)

    assert isinstance(window.page, SafetyCasePage)
    window.go_back()
    assert isinstance(window.page, TodayPage)
