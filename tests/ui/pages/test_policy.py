"""The policy page: every field, why it is there, a reason for a change."""

import pytest

from registry_app.domain.policy import Policy, SecondFactor
from registry_app.services.policy import policy
from registry_app.ui.pages.policy import PolicyPage


@pytest.fixture
def page(qtbot, desk, words, look, changes):
    page = PolicyPage(desk, words, look, changes)
    qtbot.addWidget(page)
    page.show()
    return page


def test_it_shows_what_holds(page):
    held = Policy()
    for name in page.numbers:
        assert page.line(name).text() == str(getattr(held, name))
    assert page.factor.value == held.second_factor


def test_it_is_saved_at_first_and_changed_with_a_reason_after(page, desk, words):
    page.line("idle_minutes").setText("５")
    page.factor.choose("required")
    page.on_close.choose("no")
    page.save.click()
    known = policy(desk)
    assert (known.idle_minutes, known.second_factor) == (5, SecondFactor.REQUIRED)
    assert not known.backup_on_close
    assert page.strip.said == words("policy.saved")

    page.line("tries").setText("7")
    page.save.click()
    assert page.reason.problem
    assert policy(desk).tries == 5
    page.reason.input.setText("made up")
    page.save.click()
    assert policy(desk).tries == 7


@pytest.mark.parametrize("wrong", ["0", "61", "ten", ""])
def test_what_cannot_be_is_said_beside_its_field(page, desk, wrong):
    page.line("idle_minutes").setText(wrong)

    page.save.click()

    assert "60" in page.numbers["idle_minutes"].problem
    assert policy(desk).version == 0


def test_it_leads_to_the_duty_of_a_second_factor(qtbot, page, words):
    with qtbot.waitSignal(page.open_plan):
        next(
            one
            for one in page.findChildren(type(page.save))
            if one.text() == words("policy.duty")
        ).click()
