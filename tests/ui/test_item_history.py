"""The history of a field: a right click or Shift+F10, and one more click."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from registry_app.domain.person import Role
from registry_app.domain.visit import How
from registry_app.services import exams
from registry_app.ui.inputs import Line
from registry_app.ui.item_history import (
    ItemHistoryDialog,
    Named,
    offer_history,
    show_history,
)
from registry_app.ui.page import Page
from registry_app.ui.pages.worksheet import WorksheetPage
from tests.builders import a_subject, an_exam


@pytest.fixture
def form(desk):
    form = an_exam(desk, a_subject(desk))
    values = {**form.values, "R_LT_C2": "1"}
    how = {"R_LT_C2": How.FILLED}
    return exams.save_exam(desk, replace(form, values=values, how=how), "misread")


@pytest.fixture
def page(qtbot, desk, form, words, look, changes):
    page = WorksheetPage(desk, words, look, changes, form.id)
    qtbot.addWidget(page)
    page.resize(1300, 700)
    page.show()
    return page


def menus():
    found = QApplication.topLevelWidgets()
    return [one for one in found if isinstance(one, QMenu) and one.isVisible()]


def the_menu():
    (menu,) = menus()
    return menu


def dialogs():
    found = QApplication.topLevelWidgets()
    return [
        one for one in found if isinstance(one, ItemHistoryDialog) and one.isVisible()
    ]


def rows(dialog):
    model = dialog.table.model()
    return [
        [model.index(n, m).data() for m in range(model.columnCount())]
        for n in range(model.rowCount())
    ]


def test_a_cell_of_the_sheet_shows_its_history_in_two_clicks(page, qtbot):
    grid = page.card.grid
    place = grid.layout_.cell("R_LT_C2").center().toPoint()
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, grid.mapToGlobal(place)
    )
    QApplication.sendEvent(grid, asked)
    menu = the_menu()
    menu.actions()[-1].trigger()
    menu.close()
    (dialog,) = dialogs()
    assert "right light touch C2" in dialog.windowTitle()
    new, first = rows(dialog)
    assert new[1:] == ["kato", "2", "1", "misread", "Filled down"]
    assert first[1:4] == ["kato", "–", "2"]
    assert first[5] == "Examined"
    dialog.close()


def test_shift_f10_asks_for_the_item_where_the_keys_are(page, qtbot):
    page.editor.go("R_LT_C2")
    QTest.keyClick(page.card.grid, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = the_menu()
    assert menu.actions()[-1].text() == "History"
    menu.close()


def test_a_field_keeps_its_usual_commands(qtbot, desk, form, words, look, changes):
    page = Page(desk, words, look, changes)
    line = Line(look, "x")
    line.setParent(page)
    offer_history(line, Named("form", form.id, "comment"))
    qtbot.addWidget(page)
    page.show()
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, QPoint(2, 2), line.mapToGlobal(QPoint(2, 2))
    )
    QApplication.sendEvent(line, asked)
    menu = the_menu()
    assert len(menu.actions()) > 3
    menu.close()
    dialog = show_history(line, page, Named("form", form.id, "comment"))
    assert not dialog.none.isHidden()
    dialog.close()


def test_nothing_is_offered_for_a_record_that_was_never_saved(
    qtbot, desk, words, look, changes
):
    page = Page(desk, words, look, changes)
    line = Line(look, "x")
    line.setParent(page)
    offer_history(line, Named("form", "", "comment"))
    qtbot.addWidget(page)
    QTest.keyClick(line, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert menus() == []


def test_who_may_not_see_it_is_told_so(qtbot, desk, form, words, look, changes):
    blind = replace(desk, person=replace(desk.person, role=Role.BLINDED_ASSESSOR))
    page = Page(blind, words, look, changes)
    qtbot.addWidget(page)
    dialog = show_history(page, page, Named("form", form.id, "values.R_LT_C2"))
    assert dialog.table.isHidden()
    assert "blinded" in dialog.none.text().lower()
    dialog.close()
