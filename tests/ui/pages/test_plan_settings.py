from datetime import date

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from registry_app.services.protocol import pack_in_use, protocol
from registry_app.ui.dialogs.confirm import ConfirmDialog
from registry_app.ui.dialogs.setting import SettingDialog
from registry_app.ui.pages.plan_settings import PlanSettingsPage
from registry_app.ui.pages.plan_settings_rows import plan_rows


@pytest.fixture
def page(qtbot, desk, words, look, changes):
    page = PlanSettingsPage(desk, words, look, changes)
    qtbot.addWidget(page)
    page.resize(1298, 656)
    page.show()
    return page


def answer(kind, fill):
    def found():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        fill(dialog)
        dialog.accept()
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, found)


def choose(page, id_):
    page._filter("all")
    page.table.selectRow(page.model.row_of(id_))
    assert page.panel.shown.id == id_


def shown(page):
    return [page.model.id_at(row) for row in range(page.model.rowCount())]


def test_what_nobody_has_confirmed_is_shown_first(page, desk):
    first = shown(page)
    assert sorted(first) == sorted(one.id for one in protocol(desk).unsure())


def test_everything_that_rests_on_a_source_is_listed_once(page, desk):
    page._filter("all")

    assert sorted(shown(page)) == sorted(one.id for one in protocol(desk).parts())


def test_each_rule_says_its_source_and_how_sure_it_is(page, words):
    page._filter("all")
    for row in range(page.model.rowCount()):
        page.table.selectRow(row)
        one = page.panel.shown
        said = [label.text() for label in page.panel._inside.findChildren(QLabel)]
        assert words.say(one.name) in said
        assert words(f"ledger_page.confidence-{one.basis.confidence}") in said


def test_a_rule_is_confirmed_under_the_name_of_the_person_at_the_desk(page, desk):
    id_ = next(i for i in shown(page) if i.startswith("rule:"))
    choose(page, id_)
    answer(ConfirmDialog, lambda dialog: dialog.evidence.input.setText("Art. 68-10"))
    page.confirm()

    who = protocol(desk).confirmed(id_)
    assert (who.by, who.evidence) == (desk.person.display_name, "Art. 68-10")
    assert page.panel.shown.state == "sure"
    page._filter("unsure")
    assert id_ not in shown(page)


def test_a_base_date_that_is_not_known_can_be_set(page, desk):
    page._filter("unset")
    id_ = shown(page)[0]
    choose(page, id_)

    def fill(dialog):
        dialog.day_field.line.setText("R8.4.1")
        dialog.reason.input.setText("letter came")

    answer(SettingDialog, fill)
    page.change()

    assert protocol(desk).base_date(id_.partition(":")[2]) == date(2026, 4, 1)
    page._filter("unset")
    assert id_ not in shown(page)


def test_the_days_of_a_visit_are_set_here_and_the_pack_s_are_still_said(page, desk):
    visit = protocol(desk).pack.visits[0]
    choose(page, f"visit:{visit.id}")

    def fill(dialog):
        dialog.before.input.setText("3")
        dialog.after.input.setText("5")
        dialog.reason.input.setText("ward plan")
        dialog.evidence.input.setText("plan version 4")

    answer(SettingDialog, fill)
    page.change()

    now = protocol(desk).visits()[0]
    assert (now.before, now.after) == (3, 5)
    assert page.panel.shown.packed
    assert protocol(desk).confirmed(f"visit:{visit.id}").evidence == "plan version 4"


def test_a_number_that_is_none_is_refused_in_place(page, desk):
    visit = protocol(desk).pack.visits[0]
    choose(page, f"visit:{visit.id}")
    problems = []

    def fill(dialog):
        dialog.before.input.setText("a week")
        dialog.reason.input.setText("why")
        dialog.accept()
        problems.append(dialog.before.problem)

    answer(SettingDialog, fill)
    page.change()

    assert problems == [page.words("plan_settings.number-wrong")]
    assert not protocol(desk).settings


def test_one_of_several_cadences_is_chosen(page, desk):
    rule = next(rule for rule in protocol(desk).pack.rules if rule.presets)
    other = rule.presets[1]
    choose(page, f"rule:{rule.id}")

    def fill(dialog):
        dialog.preset.input.choose(other.id)
        dialog.reason.input.setText("approval letter")

    answer(SettingDialog, fill)
    page.change()

    now = next(r for r in protocol(desk).rules() if r.id == rule.id)
    assert (now.every, now.due) == (other.every, other.due)


def test_a_distance_is_set_in_days_or_months(page, desk):
    rule = next(
        r for r in protocol(desk).pack.rules if not r.presets and r.due.days == 15
    )
    choose(page, f"rule:{rule.id}")

    def fill(dialog):
        dialog.number.input.setText("２")
        dialog.unit.choose("months")
        dialog.reason.input.setText("contract")

    answer(SettingDialog, fill)
    page.change()

    now = next(r for r in protocol(desk).rules() if r.id == rule.id)
    assert (now.due.months, now.due.days) == (2, 0)


def test_the_pack_in_use_is_named_with_version_and_checksum(page, desk):
    used = pack_in_use(desk)
    said = page.pack._said.text()

    assert f"version {used.pack_version}" in said
    assert used.sha256[:12] in said
    assert page.pack._said.toolTip() == used.sha256


def test_when_there_is_no_newer_version_it_says_so(qtbot, page, words):
    page.pack.look()

    qtbot.waitUntil(lambda: page.pack.strip.said != "")
    assert page.pack.strip.said == words("plan_settings.current")


def test_values_are_said_in_both_languages_without_a_key(desk, words):
    for one in plan_rows(words, protocol(desk)):
        assert "plan." not in one.value
