"""The services about safety, each once (test_every_write.py)."""

from dataclasses import replace
from datetime import date, timedelta

from registry_app.domain.safety import (
    CaseVersion,
    Event,
    Expectedness,
    Letter,
    SafetyCase,
)
from registry_app.services import forms, safety, safety_deeds
from tests.builders import INJURY

AWARE = date(2026, 3, 23)


def safety_side(walk, subject):
    """A draft by a signal, and a case from its begin to its end."""
    day = INJURY + timedelta(days=30)
    seen = ("unscheduled", "infusion", day, {"spo2-lowest": "80"}, "kato")
    walk(forms.record_form, subject.id, *seen)
    assert walk.kinds == ["visit", "form", "safety_case", "event"]
    draft = walk(safety.safety_cases)[0].case.id

    told = {"hospital_aware": AWARE, "holder_aware": AWARE, "reason": "a case"}
    walk(safety_deeds.take_draft, draft, **told)
    assert walk.kinds == ["safety_case", "occurrence"]
    walk(safety_deeds.dismiss, draft, "the probe was off")
    assert walk.kinds == ["safety_case", "occurrence", *["settled"] * 3]

    made = SafetyCase("", "made-up fever", hospital_aware=AWARE)
    case = walk(
        safety_deeds.open_case, made, (Event("", "", "fever", infection=False),)
    )
    assert walk.kinds == ["safety_case", "event", "occurrence"]
    version = walk(safety_deeds.new_version, case.id, CaseVersion(AWARE))
    assert walk.kinds == ["safety_case", "occurrence"]
    walk(safety_deeds.save_case, replace(version, narrative="made up"))
    assert walk.kinds == ["safety_case"]
    (event,) = walk(safety.case_file, case.id).events
    known = replace(event, expected=Expectedness.EXPECTED, label="3")
    walk(safety_deeds.save_event, known)
    assert walk.kinds == ["event", "occurrence", "settled"]
    letter = Letter("", case.id, AWARE, True, "PMDA", "online", "receipt")
    walk(safety_deeds.add_letter, letter)
    assert walk.kinds == ["letter"]
    walk(safety_deeds.record_sent, case.id, "1", AWARE, "PMDA 17")
    assert walk.kinds == ["safety_case", "settled"]
    walk(safety_deeds.owed_by_hospital, case.id)
    assert walk.kinds == []
    walk(safety_deeds.close_case, case.id, "recovered")
    assert walk.kinds == ["safety_case"]

    for reads, *asked in (
        (safety.special_events,),
        (safety.label_in_force, AWARE),
        (safety.saturations, subject.id),
    ):
        walk(reads, *asked)
        assert walk.kinds == []
