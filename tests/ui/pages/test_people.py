"""The page of people: who may sign in, what went wrong, who may do what."""

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.person import Person, Role
from registry_app.domain.rights import MAY, Deed
from registry_app.domain.trouble import SignInTrouble
from registry_app.services import people as services
from registry_app.services import registry
from registry_app.ui.dialogs.new_sheet import NewSheetDialog, SheetDialog
from registry_app.ui.dialogs.people import AddPersonDialog, RetireDialog, RoleDialog
from registry_app.ui.pages.people import PeoplePage
from registry_app.ui.pages.settings_places import SETTINGS_PLACES
from tests.builders import CHEAP, at_desk

OTHER = "quince jelly"


@pytest.fixture
def sato(desk):
    return registry.add_person(
        desk, "sato", "架空 入力者", Role.ENTRY, OTHER, cost=CHEAP
    )


@pytest.fixture
def page(qtbot, desk, words, look, changes, sato):
    page = PeoplePage(desk, words, look, changes)
    qtbot.addWidget(page)
    return page


@pytest.fixture
def answers(qtbot, monkeypatch):
    """The next dialog of a kind is filled in and accepted."""

    def answers(kind, fill):
        def exec_(dialog):
            fill(dialog)
            dialog.accept()
            qtbot.waitUntil(dialog.go.isEnabled, timeout=300_000)
            return dialog.result()

        monkeypatch.setattr(kind, "exec", exec_)

    return answers


def shown(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_everybody_is_listed_with_role_and_sign_in(page):
    assert [line[1:] for line in shown(page.table)] == [
        ["架空 管理者", "kato", "Administrator", "Password"],
        ["架空 入力者", "sato", "Data entry", "First password, not changed yet"],
    ]


def test_of_oneself_nothing_is_changed_here(page):
    page.table.selectRow(0)
    assert not page.role.isEnabled()
    assert not page.retire.isEnabled()
    page.table.selectRow(1)
    assert page.role.isEnabled()
    assert page.retire.isEnabled()


def test_a_person_is_added(page, desk, answers):
    def fill(dialog):
        dialog.user.input.setText("suzuki")
        dialog.name.input.setText("架空 鈴木")
        dialog.role.input.choose(Role.SAFETY.value)
        for line in (dialog.password.first, dialog.password.second):
            line.setText("seven green plum trees")

    answers(AddPersonDialog, fill)

    page.ask_new()

    with desk.read() as reading:
        assert reading.get(Person, "suzuki").role is Role.SAFETY
    assert len(shown(page.table)) == 3
    assert "架空 鈴木" in page.strip.said


def test_a_taken_name_is_told_at_its_field_and_the_rest_stays(page, answers):
    kept = []

    def fill(dialog):
        dialog.user.input.setText("SATO")
        dialog.name.input.setText("架空 別人")
        for line in (dialog.password.first, dialog.password.second):
            line.setText("seven green plum trees")
        kept.append(dialog)

    answers(AddPersonDialog, fill)
    page.ask_new()

    assert kept[0].user.problem
    assert kept[0].name.input.text() == "架空 別人"
    assert len(shown(page.table)) == 2


def test_another_role_is_given_with_a_reason(page, desk, answers):
    def fill(dialog):
        dialog.role.input.choose(Role.DATA_MANAGER.value)
        dialog.reason.input.setText("new post")

    answers(RoleDialog, fill)
    page.table.selectRow(1)
    page.ask_role()

    with desk.read() as reading:
        assert reading.get(Person, "sato").role is Role.DATA_MANAGER


def test_a_person_is_retired_with_a_reason_and_stays_in_the_list(page, desk, answers):
    answers(RetireDialog, lambda d: d.reason.input.setText("moved away"))
    page.table.selectRow(1)
    page.ask_retire()

    with desk.read() as reading:
        assert reading.get(Person, "sato").retired
    assert shown(page.table)[1][0] == "Retired"
    page.table.selectRow(1)
    assert not page.retire.isEnabled()


def test_failed_sign_ins_are_told_until_somebody_has_read_them(
    qtbot, desk, words, look, changes, sato
):
    path = desk.path
    desk.close()
    with pytest.raises(Refused):
        at_desk(path, "sato", "guess")
    desk = at_desk(path)
    page = PeoplePage(desk, words, look, changes)
    qtbot.addWidget(page)
    assert page.troubles.isVisibleTo(page)

    page.read.click()

    assert not page.troubles.isVisibleTo(page)
    with desk.read() as reading:
        (trouble,) = reading.find(SignInTrouble)
    assert (trouble.user, trouble.count) == ("sato", 1)
    desk.close()


def test_the_table_of_rights_is_the_one_that_the_services_go_by(page):
    lines = shown(page.matrix)
    assert len(lines) == len(Deed)
    for deed, line in zip(Deed, lines, strict=True):
        allowed = {
            role for role, said in zip(Role, line[1:], strict=True) if said == "yes"
        }
        assert allowed == MAY[deed]


def test_the_data_key_is_changed(qtbot, page, desk):
    before = desk.store.key

    page.change_key()
    qtbot.waitUntil(lambda: bool(page.strip.said), timeout=300_000)

    assert desk.store.key != before
    assert services.accounts(desk)[1].person.id == "sato"


def test_the_pages_behind_the_settings_have_their_names(words):
    assert all(words(place.title) for place in SETTINGS_PLACES)
    assert len({place.name for place in SETTINGS_PLACES}) == len(SETTINGS_PLACES)


def test_a_new_sheet_opens_the_file_and_the_old_one_does_not(
    qtbot, page, desk, answers, monkeypatch
):
    shown = []

    def keep(dialog):
        dialog.reject()  # it stays until somebody has kept both halves
        assert not dialog.go.isEnabled()
        dialog.copied.setChecked(True)
        shown.append((dialog.sheet.halves, dialog.sheet.document().toPlainText()))

    answers(NewSheetDialog, lambda _dialog: None)
    monkeypatch.setattr(SheetDialog, "exec", keep)

    page.ask_sheet()

    ((halves, printed),) = shown
    assert all(half in printed for half in halves)
    desk.close()
    registry.recover(desk.path, halves, "kato", OTHER, cost=CHEAP).close()
