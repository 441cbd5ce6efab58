from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from registry_app.domain.isncsci.result import Interval
from registry_app.domain.subject import Arm
from registry_app.services.exams import save_exam
from registry_app.services.subjects import correct_subject, open_subject
from registry_app.services.trail import trail_entries
from registry_app.ui.charts import Chart, Figure
from registry_app.ui.dialogs.correct_patient import CorrectPatientDialog
from registry_app.ui.pages.patient import TABS, PatientPage
from registry_app.ui.pages.patient_exams import ExamsTable
from registry_app.ui.pages.patient_history import HistoryTab
from registry_app.ui.pages.patient_map import CHANGE, MapCard
from registry_app.ui.pages.patient_terms import gain_text, sum_text
from registry_app.ui.pages.patient_visits_tab import VisitsTab
from registry_app.ui.patient_record import read_record
from registry_app.words import Language, Words
from tests.builders import INJURY, a_draft, a_subject, an_exam

LEGS = [
    f"{side}_M_{level}" for side in "RL" for level in ("L2", "L3", "L4", "L5", "S1")
]


def no_legs(value="0"):
    return dict.fromkeys(LEGS, value)


@pytest.fixture
def subject(desk):
    return a_subject(desk)


@pytest.fixture
def open_page(qtbot, desk, words, look, changes, subject):
    def open_page(language=None):
        told = Words(language) if language else words
        page = PatientPage(desk, told, look, changes, subject.id)
        qtbot.addWidget(page)
        page.resize(1298, 616)
        page.show()
        return page

    return open_page


def show(page, view):
    page.tabs.setCurrentIndex(TABS.index("visits"))
    tab = page.findChild(VisitsTab)
    tab.views.choose(view)
    tab.views.chosen.emit(view)
    return tab


def texts(widget):
    """What can be read on the labels."""
    return [each.text() for each in widget.findChildren(QLabel) if each.text()]


def cells(table):
    model = table.model()
    return [
        [model.index(row, at).data() for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_patient_without_an_exam_shows_the_timeline_and_says_what_to_do(open_page):
    page = open_page()

    assert page.tabs.tabText(1) == "Visits 0"
    assert any("No exam yet" in text for text in texts(page))
    assert [c.accessibleName() for c in page.findChildren(Chart)] == ["Timeline"]


def test_the_page_says_whose_banner_it_wants_and_asks_for_exam_and_report(
    qtbot, open_page, subject
):
    page, asked = open_page(), []
    page.new_exam.connect(lambda id_: asked.append(("exam", id_)))
    page.print_report.connect(lambda id_: asked.append(("report", id_)))
    qtbot.mouseClick(page.new_button, Qt.MouseButton.LeftButton)
    page.report_button.click()

    assert page.subject_id == subject.id
    assert asked == [("exam", subject.id), ("report", subject.id)]


def test_the_status_goes_from_the_first_to_the_latest_completed_exam(
    open_page, desk, subject
):
    an_exam(desk, subject, **no_legs())
    an_exam(desk, subject, INJURY + timedelta(days=50), "day-49", R_M_L2="3")
    a_draft(desk, subject, INJURY + timedelta(days=80), "day-90", **no_legs())
    said = texts(open_page())

    assert "day 3 → 50" in said
    assert "0 → 48" in said
    assert "+48" in said


def test_an_uncertain_sum_stays_an_interval_and_a_set_of_grades_a_set(
    open_page, desk, subject
):
    an_exam(desk, subject, **no_legs(), R_LT_L5="0")
    an_exam(desk, subject, INJURY + timedelta(days=50), "day-49", **no_legs("NT"))
    said = texts(open_page())

    assert "0 → 0–50" in said
    assert "±0 to +50" in said


def test_what_is_open_names_the_drafts_and_what_is_not_entered(
    open_page, desk, subject
):
    form = a_draft(desk, subject)
    values = {k: v for k, v in form.values.items() if k not in LEGS[:4]}
    save_exam(desk, replace(form, values=values))

    assert "Exam of day 3: draft, 4 not entered" in texts(open_page())


def test_the_trajectory_reads_each_exam_and_opens_the_one_that_is_read(
    qtbot, open_page, desk, subject
):
    an_exam(desk, subject, **no_legs())
    later = an_exam(desk, subject, INJURY + timedelta(days=50), "day-49")
    page, opened = open_page(), []
    page.open_exam.connect(opened.append)
    chart = next(
        c for c in page.findChildren(Chart) if c.accessibleName() == "Trajectory"
    )
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.accessibleDescription().startswith("Day 50, 2026-03-01, day-49")
    assert "LEMS 50" in chart.accessibleDescription()

    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened == [later.id]


def test_the_map_shows_the_latest_exam_the_change_or_any_other(
    open_page, desk, subject
):
    first = an_exam(desk, subject, R_LT_T5="0", R_PP_T5="0")
    an_exam(desk, subject, INJURY + timedelta(days=50), "day-49")
    card = open_page().findChild(MapCard)
    assert [card.choice.itemText(n) for n in range(card.choice.count())] == [
        "Latest, day 50",
        "Change, day 3 → 50",
        "day 3",
    ]

    chart = card.findChild(Chart)
    at = next(n for n, r in enumerate(chart.readings) if r.title == "T5 right")
    assert chart.readings[at].lines == ("LT 2", "PP 2", "Normal (2)")
    card.choice.choose(CHANGE)
    assert chart.readings[at].lines == ("LT 0 → 2", "PP 0 → 2", "Better")
    card.choice.choose(first.id)
    assert chart.readings[at].lines == ("LT 0", "PP 0", "Absent (0)")


def test_each_figure_has_its_numbers_as_a_table(open_page, desk, subject):
    an_exam(desk, subject, **no_legs("NT"), L_PP_C2="1")
    page = open_page()
    tables = {}
    for figure in page.findChildren(Figure):
        figure.switch(True)
        tables[figure.chart.accessibleName()] = cells(figure.numbers)

    assert tables["Timeline"][0] == ["0", "2026-01-10", "Injury"]
    assert tables["Trajectory"] == [
        ["3", "2026-01-13", "D", "50", "0–50", "112", "111"]
    ]
    assert tables["Sensation"][0] == ["C2", "2", "2", "2", "1"]


def test_the_exams_are_listed_by_date_and_enter_opens_the_sheet(
    qtbot, open_page, desk, subject
):
    later = a_draft(desk, subject, INJURY + timedelta(days=50), "day-49")
    an_exam(desk, subject)
    page, opened = open_page(), []
    page.open_exam.connect(opened.append)
    show(page, "exams")
    table = page.findChild(ExamsTable)
    rows = cells(table)

    assert [row[:2] for row in rows] == [["2026-01-13", "3"], ["2026-03-01", "50"]]
    assert [row[2] for row in rows][1] == "day-49"
    assert [row[-1] for row in rows] == ["Complete", "Draft"]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [later.id]


def test_the_history_says_who_changed_what_from_what_to_what_and_why(
    open_page, desk, subject
):
    form = an_exam(desk, subject)
    values = {**form.values, "R_LT_C2": "1"}
    save_exam(desk, replace(form, values=values), "Misread the sheet")
    page = open_page()
    page.tabs.setCurrentIndex(TABS.index("history"))
    tab = page.findChild(HistoryTab)
    newest = cells(tab.table)[0]

    assert newest[1:] == [
        "kato",
        "Form 2026-01-13",
        "right light touch C2: 2 → 1",
        "Misread the sheet",
    ]
    assert len(cells(tab.table)) >= len(trail_entries(desk, record_id=form.id)) + 2


@pytest.mark.parametrize("language", list(Language))
def test_every_change_of_a_history_has_words_in_both_languages(
    open_page, desk, subject, language
):
    form = a_draft(desk, subject, VAC="NT", R_M_C5="4*")
    save_exam(desk, replace(form, comment="x", prior_deficit=True, own={"ais": "B"}))
    page = open_page(language)
    page.tabs.setCurrentIndex(TABS.index("history"))
    tab = page.findChild(HistoryTab)
    for row in range(tab.table.model().rowCount()):
        tab.table.selectRow(row)
        assert all(cells(tab.detail))


def test_the_page_reads_again_when_its_own_patient_changed(
    open_page, desk, subject, changes
):
    page = open_page()
    an_exam(desk, subject)
    changes.subject.emit("somebody else")
    assert page.tabs.tabText(1) == "Visits 0"

    changes.subject.emit(subject.id)
    assert page.tabs.tabText(1) == "Visits 1"


def test_the_tab_and_the_map_stay_when_the_page_reads_again(
    open_page, desk, subject, changes
):
    an_exam(desk, subject)
    an_exam(desk, subject, INJURY + timedelta(days=50), "day-49")
    page = open_page()
    page.findChild(MapCard).choice.choose(CHANGE)
    page.tabs.setCurrentIndex(1)
    changes.subject.emit(subject.id)

    assert page.tabs.currentIndex() == 1
    page.tabs.setCurrentIndex(0)
    assert page.findChildren(MapCard)[-1].choice.value == CHANGE


@pytest.fixture
def dialog(qtbot, desk, words, look, open_page, subject):
    page = open_page()
    record = read_record(desk, subject.id)

    def save(made):
        correct_subject(desk, made.subject, made.reason, made.identity)

    made = CorrectPatientDialog(page, words, look, page.facts, save, record)
    qtbot.addWidget(made)
    return made


def test_a_correction_needs_a_reason(dialog):
    dialog.accept()

    assert dialog.result() == 0
    assert dialog.reason_field.problem == "Give the reason."


def test_a_treatment_before_the_injury_is_refused_beside_its_field(dialog):
    dialog.reason_field.input.setText("Typing error")
    dialog.treatment.line.setText("2026-01-01")
    dialog.accept()

    assert dialog.result() == 0
    assert "before the injury" in dialog.treatment.problem


def test_a_correction_is_saved_with_its_reason(dialog, desk, subject):
    dialog.injury.line.setText("R8.1.8")
    dialog.treatment.line.setText("")
    dialog.arm.choose(str(Arm.COMPARISON))
    dialog.number.input.setText("77")
    dialog.address.input.setText(" 〒000-0001 東京都見本区架空町1-2-3 ")
    dialog.reason_field.input.setText("Typing error")
    dialog.accept()
    file = open_subject(desk, subject.id)

    assert file.subject.injury_date.isoformat() == "2026-01-08"
    assert file.subject.arm is Arm.COMPARISON
    assert file.subject.treatment_date is None
    assert file.identity.hospital_number == "77"
    assert file.identity.address == "〒000-0001 東京都見本区架空町1-2-3"
    reasons = {e.reason for e in trail_entries(desk, record_id=subject.id)[:2]}
    assert reasons == {"Typing error"}


@pytest.mark.parametrize(
    ("gain", "text"),
    [
        ((3, 3), "+3"),
        ((-1, -1), "−1"),
        ((0, 0), "±0"),
        ((-1, 10), "−1 to +10"),
    ],
)
def test_a_gain_carries_its_sign(words, gain, text):
    assert gain_text(words, Interval(*gain)) == text


def test_a_sum_is_a_number_or_a_range():
    assert (sum_text(Interval(25, 25)), sum_text(Interval(19, 53))) == ("25", "19–53")


def test_enter_on_a_tab_goes_into_what_it_shows(qtbot, open_page, desk, subject):
    an_exam(desk, subject)
    page = open_page()

    qtbot.keyClick(page.tabs, Qt.Key.Key_Right)
    qtbot.keyClick(page.tabs, Qt.Key.Key_Return)

    tab = page.findChild(VisitsTab)
    assert tab.isAncestorOf(page.focusWidget())


def test_every_tab_is_as_wide_as_its_words(qtbot, open_page, desk, subject):
    an_exam(desk, subject)
    page = open_page()
    for _ in range(page.tabs.count()):
        qtbot.waitUntil(lambda: page.tabs.width() >= page.tabs.sizeHint().width())
        qtbot.keyClick(page.tabs, Qt.Key.Key_Right)
