"""The page of backups, the banner of the window, and the restore in a dialog."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool

from registry_app.domain.keeping import Occasion, Place
from registry_app.domain.person import Role
from registry_app.services import backups, drills
from registry_app.services.policy import policy, set_policy
from registry_app.ui.background import Working
from registry_app.ui.backup_watch import BackupWatch
from registry_app.ui.dialogs.restore import RestoreDialog
from registry_app.ui.frame import Strip
from registry_app.ui.notice import Notice
from registry_app.ui.pages.backups import BackupsPage
from tests.builders import PASSWORD, a_subject, at_desk


@pytest.fixture
def place(desk, tmp_path):
    place = tmp_path / "控え"
    place.mkdir()
    set_policy(desk, replace(policy(desk), backup_place=str(place), detached_days=0))
    return place


@pytest.fixture
def page(qtbot, desk, words, look, changes, place):
    page = BackupsPage(desk, words, look, changes)
    qtbot.addWidget(page)
    yield page
    QThreadPool.globalInstance().waitForDone()


def lines(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def done(qtbot, deeds, deed, *told):
    with qtbot.waitSignal(deeds.changed):
        deed(*told)


def test_a_backup_is_made_off_the_window_and_listed(qtbot, page, place):
    done(qtbot, page.deeds, page.now.click)

    qtbot.waitUntil(lambda: [line[0] for line in lines(page.table)] == ["Verified"])
    assert str(place) in page.strip.said
    assert not page.deeds.busy


def test_a_drill_marks_the_backup_and_offers_its_certificate(qtbot, page):
    done(qtbot, page.deeds, page.deeds.back_up)
    done(qtbot, page.deeds, page.deeds.drill)

    qtbot.waitUntil(lambda: [line[0] for line in lines(page.table)] == ["Proved"])
    assert [line[0] for line in lines(page.proofs)] == ["Sound"]
    assert "DRILL-SAP-" in page.strip.said


def test_a_backup_that_is_wanting_is_said_in_red_with_the_way_on(qtbot, page, desk):
    done(qtbot, page.deeds, page.deeds.back_up)
    Path(backups.generations(desk)[0].record.file).write_bytes(b"no registry")
    done(qtbot, page.deeds, page.deeds.drill)

    assert "wanting" in page.strip.said

    def told():
        warned = page.findChildren(Notice)
        return any("found the backup wanting" in one.said.text() for one in warned)

    qtbot.waitUntil(told)


def test_a_place_is_tried_before_the_policy_names_it(qtbot, page, desk, tmp_path):
    with qtbot.waitSignal(page.refused) as refused:
        page.put_place(Place.SECOND, tmp_path / "gone")
    assert refused.args[0].message.key == "backup.no-folder"
    assert policy(desk).second_place == ""

    second = tmp_path / "second"
    second.mkdir()
    page.put_place(Place.SECOND, second)
    qtbot.waitUntil(lambda: policy(desk).second_place == str(second))


@pytest.fixture
def watch(qtbot, desk, words, look):
    def watched(at=desk):
        strip, working = Strip(words, look), Working(words, look)
        window = strip.window()
        qtbot.addWidget(window)
        qtbot.addWidget(working)
        found = BackupWatch(window, at, words, look, strip, working, lambda: None)
        qtbot.addWidget(found.shown)
        made.append(found)
        return found

    made = []
    yield watched
    for found in made:
        found.stop()
    QThreadPool.globalInstance().waitForDone()


def warned(watch):
    return [one.said.text() for one in watch.shown.findChildren(Notice)]


def test_the_banner_of_a_registry_without_a_place_leads_to_the_page(qtbot, watch):
    found = watch()
    found.look_again()
    qtbot.waitUntil(lambda: bool(warned(found)))

    (notice,) = found.shown.findChildren(Notice)
    assert "every record is lost" in notice.said.text()
    assert notice.act.text() == "Open the backups"


def test_who_may_not_set_it_right_is_warned_without_a_button(qtbot, watch, desk):
    found = watch(replace(desk, person=replace(desk.person, role=Role.ENTRY)))
    found.look_again()
    qtbot.waitUntil(lambda: bool(warned(found)))

    (notice,) = found.shown.findChildren(Notice)
    assert not hasattr(notice, "act")


def test_an_old_proof_is_red_and_its_button_runs_the_drill(qtbot, watch, desk, place):
    backups.back_up(desk, Occasion.DEMAND)
    later = desk.clock() + timedelta(days=91)
    found = watch(replace(desk, clock=lambda: later))
    found.look_again()
    qtbot.waitUntil(lambda: bool(warned(found)))
    (notice,) = found.shown.findChildren(Notice)
    assert "No backup was ever proved" in notice.said.text()

    done(qtbot, found.deeds, notice.act.click)

    qtbot.waitUntil(lambda: "proved" not in " ".join(warned(found)))
    assert drills.drills(desk)[0].problem == ""


def test_a_place_that_cannot_be_written_is_told_at_the_start(qtbot, watch, desk, place):
    place.rmdir()
    found = watch()
    found.start()
    qtbot.waitUntil(lambda: "is not there" in found._strip.said)


def test_a_backup_by_time_is_made_when_it_is_due(qtbot, watch, desk, place):
    found = watch()
    done(qtbot, found.deeds, found.turn)

    (made,) = backups.generations(desk)
    assert made.record.occasion is Occasion.TIME


@pytest.fixture
def dialog(qtbot, desk, words, look, place):
    a_subject(desk)
    backups.back_up(desk, Occasion.DEMAND)
    a_subject(desk)
    made = RestoreDialog(None, words, look, desk)
    qtbot.addWidget(made)
    made.file.input.setText(backups.generations(desk)[0].record.file)
    return made


def shown(qtbot, dialog, password=PASSWORD):
    dialog.password.input.setText(password)
    dialog.accept()
    qtbot.waitUntil(dialog.go.isEnabled)


def test_a_restore_shows_what_differs_before_anything_is_written(
    qtbot, dialog, desk, tmp_path
):
    shown(qtbot, dialog)
    texts = " ".join(
        dialog.preview.layout().itemAt(n).widget().text()
        for n in range(dialog.preview.layout().count())
    )
    assert "Patients: 1." in texts
    assert "Patients: 2." in texts
    assert "Subject 1" in texts
    target = tmp_path / "site-restored.registry"
    assert not target.exists()

    with qtbot.waitSignal(dialog.accepted):
        dialog.accept()

    assert dialog.restored == target
    other = at_desk(target)
    other.close()
    assert not list(tmp_path.glob("*.part*"))


def test_who_looks_and_leaves_leaves_nothing(qtbot, dialog, tmp_path):
    before = {one.name for one in tmp_path.iterdir()}
    shown(qtbot, dialog)
    dialog.reject()

    assert {one.name for one in tmp_path.iterdir()} == before


def test_a_wrong_password_is_said_at_its_field(qtbot, dialog):
    shown(qtbot, dialog, "not this one")

    assert dialog.password.problem
    assert not dialog.preview.isVisibleTo(dialog)
