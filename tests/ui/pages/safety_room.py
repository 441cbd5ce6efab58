"""Safety cases in a registry under the MSC pack, for tests of the pages of safety."""

from dataclasses import replace
from datetime import date, timedelta

from registry_app.domain.safety import (
    CaseOrigin,
    CaseVersion,
    Event,
    Expectedness,
    Judged,
    SafetyCase,
    Seriousness,
    Suspect,
)
from registry_app.services import forms
from registry_app.services import safety_deeds as deeds
from tests.ui.pages.plan_room import INJURED

#: The clock of the tests stands on 2026-04-01.
HOSPITAL, HOLDER = date(2026, 3, 20), date(2026, 3, 23)
SERIOUS = {one.value: one is Seriousness.HOSPITAL for one in Seriousness}
SUSPECTED = {one.value: Judged.SUSPECTED for one in Suspect}


def a_case(desk, subject=None, title="Made-up fever", *, judged=False, **told):
    """Open, known to both; `judged`: serious, unexpected, suspected, so surely E2."""
    who = subject.id if subject else ""
    event = Event("", "", title, who, onset=date(2026, 3, 19), infection=False)
    if judged:
        event = replace(
            event,
            serious=SERIOUS,
            expected=Expectedness.UNEXPECTED,
            label="3",
            by_reporter=SUSPECTED,
            by_holder=SUSPECTED,
        )
    known = {
        "hospital_aware": HOSPITAL,
        "versions": {"1": CaseVersion(HOLDER)},
        **told,
    }
    return deeds.open_case(
        desk, SafetyCase("", title, subject_id=who, **known), (event,)
    )


def a_foreign_action(desk, title="Made-up halt"):
    made = SafetyCase(
        "",
        title,
        CaseOrigin.FOREIGN_ACTION,
        versions={"1": CaseVersion(HOLDER)},
    )
    return deeds.open_case(desk, made)


def a_signal(desk, subject, on=INJURED + timedelta(days=45)):
    """SpO2 fell during the infusion of that day: a draft opens by itself."""
    return forms.record_form(
        desk,
        subject.id,
        "unscheduled",
        "infusion",
        on,
        {"spo2-before": "98", "spo2-15": "97", "spo2-30": "86", "spo2-60": "96"},
        "kato",
    )
