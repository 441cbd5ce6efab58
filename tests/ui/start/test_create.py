import pytest
from PySide6.QtCore import Qt

from registry_app.services.backups import generations
from registry_app.services.policy import policy
from registry_app.services.registry import look_at
from registry_app.ui.start import recovery_sheet
from registry_app.ui.start.create import CreateView


@pytest.fixture
def view(qtbot, look, words):
    view = CreateView(words, look, [("natural-history", "Natural history")])
    qtbot.addWidget(view)
    view.show()
    return view


def test_a_registry_is_made_by_keyboard_alone(qtbot, view, tmp_path):
    path = tmp_path / "sap.registry"
    view.site.setText("ｓａｐ")
    view.file.setText(str(path))
    qtbot.keyClick(view.site, Qt.Key.Key_Return)
    assert view.focusWidget() is view.pack
    assert view._pack.problem
    qtbot.keyClick(view.pack, Qt.Key.Key_Down)
    qtbot.keyClick(view.pack, Qt.Key.Key_Return)
    for typed in ("Sato", "Dr Sato", *["correct horse battery"] * 2):
        qtbot.keyClicks(view.focusWidget(), typed)
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(view.sheet.halves), timeout=300_000)

    qtbot.keyClick(view.copied, Qt.Key.Key_Return)
    assert not view.kept.isEnabled()
    qtbot.keyClick(view.copied, Qt.Key.Key_Space)
    qtbot.keyClick(view.copied, Qt.Key.Key_Return)
    place = tmp_path / "控え"
    view.backup.folder.setText(str(place))
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "is not there" in view.backup._folder.problem)
    place.mkdir()
    with qtbot.waitSignal(view.created) as told:
        qtbot.keyClick(view.backup.folder, Qt.Key.Key_Return)
    desk = told.args[0]

    assert policy(desk).backup_place == str(place)
    assert [one.there for one in generations(desk)] == [True]
    desk.close()
    assert look_at(path).users == ("Sato",)
    assert look_at(path).site == "SAP"


def test_the_place_of_backups_may_be_decided_later(qtbot, view, desk):
    view._show_halves((desk, ("ABCD-EFGH", "IJKL-MNOP")))
    view.copied.setChecked(True)
    view.kept.click()

    with qtbot.waitSignal(view.created):
        qtbot.keyClick(view.backup.later, Qt.Key.Key_Return)

    assert policy(desk).backup_place == ""


def test_tab_comes_to_what_goes_on_before_what_goes_back(qtbot, view):
    view.file.setFocus()
    for _ in range(2):  # past the button that chooses a file
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Tab)

    assert view.next.hasFocus()


def test_each_half_is_kept_in_a_file_of_its_own(qtbot, view, tmp_path, monkeypatch):
    files = [tmp_path / "1.txt", tmp_path / "2.txt"]
    asked = iter(files)
    monkeypatch.setattr(recovery_sheet, "ask_place", lambda *_asked: str(next(asked)))
    view._show_halves((None, ("ABCD-EFGH", "IJKL-MNOP")))

    view.sheet.save()

    first, second = (file.read_text("utf-8") for file in files)
    assert ("ABCD-EFGH" in first, "IJKL-MNOP" in first) == (True, False)
    assert ("ABCD-EFGH" in second, "IJKL-MNOP" in second) == (False, True)


@pytest.mark.parametrize("site", ["", "s", "1AB", "札幌", "TOOLONGCODE"])
def test_a_site_code_that_cannot_begin_a_case_id_is_told(view, site, tmp_path):
    view.site.setText(site)
    view.file.setText(str(tmp_path / "x.registry"))

    view.pack.choose("natural-history")
    view._to_person()

    assert view._site.problem
    assert view.steps.currentIndex() == 0


def test_a_file_that_is_there_already_is_never_written_over(view, tmp_path):
    there = tmp_path / "there.registry"
    there.write_text("mine")
    view.site.setText("SAP")
    view.file.setText(str(there))

    view.pack.choose("natural-history")
    view._to_person()

    assert view._file.problem
    assert there.read_text() == "mine"


def test_a_user_name_that_is_not_taken_is_told_at_its_field(qtbot, view, tmp_path):
    view.site.setText("SAP")
    view.file.setText(str(tmp_path / "x.registry"))
    view.pack.choose("natural-history")
    view._to_person()
    view.user.setText("a" * 65)
    view.password.first.setText("correct horse battery")
    view.password.second.setText("correct horse battery")

    view._make()

    qtbot.waitUntil(lambda: view._user.problem != "", timeout=300_000)
    assert view.steps.currentIndex() == 1


def test_a_synchronised_folder_has_to_be_accepted_for_this_file(qtbot, view, tmp_path):
    (tmp_path / "Dropbox").mkdir()
    path = tmp_path / "Dropbox" / "x.registry"
    view.site.setText("SAP")
    view.file.setText(str(path))
    view.pack.choose("natural-history")
    view._to_person()
    view.user.setText("sato")
    for line in (view.password.first, view.password.second):
        line.setText("correct horse battery")
    view._make()

    qtbot.waitUntil(view.why.isVisible, timeout=300_000)
    assert "Dropbox" in view.why.said.text()
    assert view.steps.currentIndex() == 0
    assert view.accepted.isVisible()
    assert list(path.parent.iterdir()) == []

    view.accepted.setChecked(True)
    view.file.setText(str(path.with_name("y.registry")))
    assert (view.accepted.isVisible(), view.accepted.isChecked()) == (False, False)
    view.file.setText(str(path))
    view.accepted.setChecked(True)
    view._to_person()
    view._make()
    qtbot.waitUntil(lambda: bool(view.sheet.halves), timeout=300_000)
    view._desk.close()
