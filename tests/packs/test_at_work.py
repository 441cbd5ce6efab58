"""Every shipped pack at work in the engine, the made-up one like the others."""

from datetime import date, timedelta

import pytest

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import Course
from registry_app.domain.kit import Kit
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.derivation import steps
from registry_app.domain.plan.duties import product_duties, subject_duties
from registry_app.domain.plan.eligibility import judge
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.pack import Origin
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Occurrence
from registry_app.domain.plan.windows import windows
from registry_app.domain.subject import Arm, Sex, Subject
from registry_app.packs.loader import PACKS, load_pack, pack_ids
from registry_app.words import Language, Words

DAY_0 = date(2025, 4, 1)
KNOWN = date(2026, 6, 1)
CASE = "SAP-0001-7"


def _case(pack):
    dates = [a.id for a in pack.anchors if a.origin is Origin.DATE]
    treated = any(a.origin is Origin.TREATMENT for a in pack.anchors)
    return Case(
        Subject(
            CASE,
            Arm.TREATED if treated else Arm.COMPARISON,
            Sex.MALE,
            DAY_0,
            treatment_date=DAY_0 + timedelta(days=20) if treated else None,
        ),
        Course(CASE, {name: DAY_0 + timedelta(days=14) for name in dates}),
        consents=(Consent("c", CASE, Scope.TREATMENT, "v1", DAY_0),),
    )


@pytest.mark.parametrize("name", pack_ids([PACKS]))
def test_every_visit_and_every_rule_of_a_pack_gives_its_dates_and_their_steps(name):
    pack = load_pack(name)
    protocol, case = Protocol(pack), _case(pack)
    known = [
        Occurrence(f"{n}", event.id, "made up", "", KNOWN, KNOWN)
        for n, event in enumerate(pack.events)
    ]
    kits = (Kit("k", "K-1", DAY_0),)
    duties = ledger(
        (
            *subject_duties(protocol, case),
            *product_duties(protocol, known, kits, {}, date(2031, 12, 31)),
        ),
        {},
        date(2026, 6, 1),
    )

    assert {window.visit.id for window in windows(protocol, case)} == {
        visit.id for visit in pack.visits if case.subject.arm in visit.arms
    }
    owed = {rule.series or rule.id for rule in pack.rules if not rule.regimes}
    assert owed <= {word for duty in duties for word in duty.key.split(":")[:2]}
    for duty in duties:
        about = next((o for o in known if f":{o.id}" in duty.key), None)
        for step in steps(protocol, duty, case, about):
            for language in Language:
                assert Words(language).say(step.what)
    for stage in ("enrolment", "treatment"):
        assert len(judge(protocol, case, stage, DAY_0)) == sum(
            criterion.stage == stage for criterion in pack.criteria
        )
