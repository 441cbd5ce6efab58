"""One's own password and second factor, as their dialogs ask for them."""

from dataclasses import replace

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.person import Role
from registry_app.domain.policy import Policy, SecondFactor
from registry_app.services import policy, registry, second_factor
from registry_app.ui.dialogs.own_factor import (
    BackupCodesDialog,
    EndFactorDialog,
    QrCode,
    SetUpFactorDialog,
)
from registry_app.ui.dialogs.own_password import OwnPasswordDialog
from registry_app.ui.pages.settings_own import OwnCard
from tests.builders import CHEAP, PASSWORD, USER, at_desk
from tests.services.test_second_factor import one_time_code

NEW = "seven green plum trees"


def go(qtbot, dialog):
    dialog.accept()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=300_000)


def asked(qtbot, kind, *told, **more):
    dialog = kind(None, *told, **more)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def fill_password(dialog, old=PASSWORD, new=NEW, again=NEW):
    dialog.old.input.setText(old)
    dialog.new.first.setText(new)
    dialog.new.second.setText(again)


def test_another_password_is_taken(qtbot, desk, words, look):
    dialog = asked(qtbot, OwnPasswordDialog, desk, words, look)
    fill_password(dialog)
    go(qtbot, dialog)

    assert dialog.result() == dialog.DialogCode.Accepted
    desk.close()
    at_desk(desk.path, USER, NEW).close()


def test_a_wrong_old_password_is_told_at_its_field_and_the_new_one_stays(
    qtbot, desk, words, look
):
    dialog = asked(qtbot, OwnPasswordDialog, desk, words, look)
    fill_password(dialog, old="guess")
    go(qtbot, dialog)

    assert dialog.isVisible()
    assert dialog.old.problem
    assert dialog.new.first.text() == NEW


def test_two_spellings_of_the_new_one_are_not_taken(qtbot, desk, words, look):
    dialog = asked(qtbot, OwnPasswordDialog, desk, words, look)
    fill_password(dialog, again="seven green plum tree")
    go(qtbot, dialog)

    assert dialog.isVisible()
    desk.close()
    at_desk(desk.path).close()


def test_who_was_given_a_password_is_told_so(qtbot, desk, words, look):
    registry.add_person(desk, "sato", "架空", Role.ENTRY, "quince jelly", cost=CHEAP)
    desk.close()
    sato = at_desk(desk.path, "sato", "quince jelly")
    dialog = asked(qtbot, OwnPasswordDialog, sato, words, look)
    assert dialog.stop.text() == words("actions.sign-out")

    fill_password(dialog, old="quince jelly")
    go(qtbot, dialog)

    assert not registry.password_was_given(sato)
    sato.close()


@pytest.fixture
def offered(monkeypatch):
    """The offer that the dialog made, for its code."""
    kept = []
    make = second_factor.begin_second_factor

    def begin(desk):
        kept.append(make(desk))
        return kept[-1]

    monkeypatch.setattr("registry_app.ui.dialogs.own_factor.begin_second_factor", begin)
    return kept


def test_a_second_factor_is_set_up_with_a_code_of_the_app(
    qtbot, desk, words, look, offered
):
    dialog = asked(qtbot, SetUpFactorDialog, desk, words, look)
    assert dialog.secret.text().replace(" ", "") == offered[0].factor.base32
    dialog.code.input.setText(one_time_code(offered[0], desk.clock()))
    dialog.password.input.setText(PASSWORD)
    go(qtbot, dialog)

    assert len(dialog.result_of) == 10
    assert second_factor.has_second_factor(desk)
    desk.close()
    with pytest.raises(Refused, match="code-needed"):
        at_desk(desk.path)


def test_a_wrong_code_sets_nothing_up(qtbot, desk, words, look, offered):
    dialog = asked(qtbot, SetUpFactorDialog, desk, words, look)
    dialog.code.input.setText("000000x")
    dialog.password.input.setText(PASSWORD)
    go(qtbot, dialog)

    assert dialog.code.problem
    assert not second_factor.has_second_factor(desk)


def test_the_picture_of_the_secret_is_dark_on_light(qtbot, desk, words, look):
    dialog = asked(qtbot, SetUpFactorDialog, desk, words, look)
    (code,) = dialog.findChildren(QrCode)
    picture = code.grab().toImage()
    tones = {
        picture.pixelColor(x, y).lightness()
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert min(tones) < 40
    assert max(tones) > 250
    assert picture.pixelColor(1, 1).lightness() > 250


def test_backup_codes_do_not_go_before_they_are_written_down(qtbot, words, look):
    codes = [f"ABCDE-{n:05}" for n in range(10)]
    dialog = asked(qtbot, BackupCodesDialog, words, look, codes)
    dialog.reject()
    assert dialog.isVisible()
    assert not dialog.go.isEnabled()

    dialog.noted.setChecked(True)
    dialog.go.click()

    assert not dialog.isVisible()


def set_up(desk):
    offer = second_factor.begin_second_factor(desk)
    code = one_time_code(offer, desk.clock())
    second_factor.confirm_second_factor(desk, offer, code, PASSWORD)


def test_it_is_switched_off_with_the_password(qtbot, desk, words, look):
    set_up(desk)
    dialog = asked(qtbot, EndFactorDialog, desk, words, look)
    dialog.password.input.setText(PASSWORD)
    go(qtbot, dialog)

    assert not second_factor.has_second_factor(desk)


def test_where_the_policy_asks_for_it_it_stays(qtbot, desk, words, look):
    set_up(desk)
    wanted = replace(Policy(), second_factor=SecondFactor.REQUIRED)
    policy.set_policy(desk, wanted)
    dialog = asked(qtbot, EndFactorDialog, desk, words, look)
    dialog.password.input.setText(PASSWORD)
    go(qtbot, dialog)

    assert dialog.password.problem
    assert second_factor.has_second_factor(desk)


def test_the_settings_say_whether_there_is_one(qtbot, desk, words, look):
    card = OwnCard(desk, words, look)
    qtbot.addWidget(card)
    assert card.state.text() == words("own.factor-off")
    set_up(desk)
    card._show()
    assert card.state.text() == words("own.factor-on")
    assert card.factor.text() == words("own.end-factor")
