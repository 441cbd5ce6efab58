"""Commands that somebody may not use are grey, and say why."""

from dataclasses import replace

import pytest

from registry_app.domain.person import Role
from registry_app.domain.rights import may
from registry_app.services.reading import sign_in_to_read
from registry_app.ui.actions import WRITING
from registry_app.ui.main_window import MainWindow
from tests.builders import PASSWORD, USER, a_subject

SEEING = [role for role in Role if role is not Role.BLINDED_ASSESSOR]


@pytest.fixture
def opened(qtbot, words, look, changes):
    def opened(desk, subject):
        window = MainWindow(desk, words, look, changes)
        qtbot.addWidget(window)
        window.open_subject(subject.id)
        return window

    return opened


@pytest.mark.parametrize("role", SEEING, ids=str)
def test_what_a_role_may_not_do_is_grey_and_says_why(desk, opened, role):
    own = replace(desk, person=replace(desk.person, role=role))
    window = opened(own, a_subject(desk))
    for name, deed in WRITING.items():
        action = window.actions_by_name[name]
        assert action.isEnabled() == may(role, deed)
        if not may(role, deed):
            assert "not open to the role" in action.toolTip()


def test_where_the_file_is_open_to_be_read_nothing_is_written(desk, opened):
    subject = a_subject(desk)
    reading = sign_in_to_read(desk.path, USER, PASSWORD)

    window = opened(reading, subject)

    assert not any(window.actions_by_name[name].isEnabled() for name in WRITING)
    assert all(window.actions_by_name[name].toolTip() for name in WRITING)
    assert window.actions_by_name["print-today"].isEnabled()
    reading.close()
