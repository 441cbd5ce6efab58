"""A pack of another kind: its own names of dates, and nothing of the spinal cord."""

from datetime import date

import pytest

from registry_app.services.packs import known_packs
from registry_app.services.protocol import protocol
from registry_app.services.subjects import open_subject
from registry_app.ui.pages.enrol_injury import InjuryStep
from registry_app.ui.pages.patients import PatientsPage, patient_columns
from registry_app.ui.patient_facts import patient_facts
from tests.builders import INJURY, a_subject

TODAY = date(2026, 4, 1)


@pytest.fixture
def other():
    """The made-up pack."""
    return next(pack for pack in known_packs() if pack.id == "example-other")


def test_the_banner_names_the_dates_as_the_pack_does(desk, words, other):
    patient = a_subject(desk)
    file = open_subject(desk, patient.id)

    facts = patient_facts(words, file, TODAY, other)
    ours = patient_facts(words, file, TODAY, protocol(desk).pack)

    named = {fact.name: fact.value for fact in facts}
    assert named["Decision to operate"].startswith(INJURY.isoformat())
    assert {"Decision to operate", "Graft"} <= named.keys()
    assert {"Injury", "Treatment"} <= {fact.name for fact in ours}


def test_the_list_has_grades_and_levels_only_of_a_pack_of_the_spinal_cord(
    desk, words, look, changes, qtbot, other
):
    page = PatientsPage(desk, words, look, changes)
    qtbot.addWidget(page)

    ours = [column.title for column in page.model.columns]
    others = [column.title for column in patient_columns(words, TODAY, other)]

    assert {"AIS", "NLI"} <= set(ours)
    assert not {"AIS", "NLI"} & set(others)
    assert "Graft, days ago" in others


def test_the_cause_of_an_injury_is_asked_only_where_there_is_one(
    qtbot, desk, words, look, other
):
    def cause(pack):
        step = InjuryStep(words, look, pack, TODAY)
        qtbot.addWidget(step)
        return step.cause.isVisibleTo(step), step.cause.value

    assert cause(protocol(desk).pack) == (True, "traumatic")
    assert cause(other) == (False, "unknown")
