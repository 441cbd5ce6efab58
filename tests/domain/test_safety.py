"""An event of a safety case: what may be answered about it."""

import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.domain.safety import Event, Judged, Seriousness, Suspect

ALL = ", ".join(one.value for one in Seriousness)
JUDGED = {"weather": Judged.SUSPECTED}


@pytest.mark.parametrize(
    ("told", "key", "name"),
    [
        ({"serious": {"grave": True}}, "safety.no-such-criterion", "grave"),
        ({"serious": {"DEATH": False}}, "safety.no-such-criterion", "DEATH"),
        ({"by_reporter": JUDGED}, "safety.no-such-suspect", "weather"),
        ({"by_holder": JUDGED}, "safety.no-such-suspect", "weather"),
    ],
)
def test_only_what_is_asked_of_an_event_is_answered(told, key, name):
    with pytest.raises(InvalidValue) as refused:
        Event("", "SAP-S0001", "made-up fever", **told)

    assert refused.value.message.key == key
    assert refused.value.message.params["name"] == name


def test_a_refused_criterion_is_told_with_those_that_there_are():
    with pytest.raises(InvalidValue) as refused:
        Event("", "SAP-S0001", "made-up fever", serious={"grave": True})

    assert refused.value.message.params["known"] == ALL


def test_every_criterion_and_every_suspect_may_be_answered():
    judged = {one.value: Judged.UNKNOWN for one in Suspect}
    serious = {one.value: False for one in Seriousness}

    event = Event("", "SAP-S0001", "fever", serious=serious, by_holder=judged)

    assert event.is_serious is False
    assert event.suspected
