"""The regime changes by entries that were looked at first."""

from datetime import date, timedelta

import pytest

from registry_app.domain.errors import RegistryError
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.records import Settled
from registry_app.services import trail
from registry_app.services.obligations import duty_of, ledger_on
from registry_app.services.regime import (
    accept_regime,
    entries,
    history,
    regime,
    regime_plan,
)
from registry_app.words import Language, Words
from tests.builders import a_registry, a_subject

APPLIED = date(2025, 11, 14)
TODAY = date(2026, 4, 1)


def _refused(key, act, *told, **more):
    with pytest.raises(RegistryError) as refused:
        act(*told, **more)
    assert str(refused.value) == key
    for language in Language:
        assert Words(language).say(refused.value.message)


def test_without_an_entry_the_term_lapses(desk):
    found = regime(desk)
    assert (found.state.id, found.lapsed) == ("expired", True)
    assert regime(desk, date(2025, 12, 28)).state.id == "conditional"
    assert [stretch.state.id for stretch in history(desk)] == ["conditional", "expired"]


def test_an_application_in_time_keeps_the_approval_past_its_term(desk):
    a_subject(desk)
    change = regime_plan(desk, "applied", APPLIED, "receipt of 2025-11-14")

    assert entries(desk) == ()
    assert change.state.state.id == "applied"
    saved = accept_regime(desk, change)

    assert entries(desk) == (saved,)
    found = regime(desk)
    assert (found.state.id, found.past_term, found.lapsed) == ("applied", True, False)
    assert duty_of(desk, "O1").done == APPLIED
    (entry,) = trail.trail_entries(desk, "regime")
    assert entry.id == saved.id


def test_what_ends_with_a_regime_stays_in_the_ledger_with_the_reason(desk):
    accept_regime(desk, regime_plan(desk, "applied", APPLIED, "receipt"))
    before = {duty.key for duty in ledger_on(desk)}
    change = regime_plan(desk, "full", date(2026, 3, 31), "approval of 2026-03-31")
    ends = {duty.key for duty in change.plan.ends}

    accept_regime(desk, change)

    after = {duty.key: duty for duty in ledger_on(desk)}
    begun = {key for key in ends if key in before}
    assert before <= after.keys()
    with desk.read() as reading:
        kept = {one.id: one for one in reading.find(Settled)}
    for key in begun & kept.keys():
        assert after[key].standing(TODAY) is Standing.NOT_APPLICABLE
        assert kept[key].not_applicable == "approval of 2026-03-31"
    assert trail.verify(desk).problems == ()


def test_a_change_that_was_looked_at_before_another_is_not_made(desk):
    old = regime_plan(desk, "applied", APPLIED, "receipt")
    accept_regime(desk, regime_plan(desk, "applied", APPLIED, "receipt"))
    _refused("storage.changed-meanwhile", accept_regime, desk, old)
    assert len(entries(desk)) == 1


def test_an_entry_is_corrected_with_a_reason(desk):
    first = accept_regime(desk, regime_plan(desk, "applied", APPLIED, "receipt"))
    day = APPLIED + timedelta(days=3)
    change = regime_plan(desk, "applied", day, "receipt", corrects=first.id)
    _refused("trail.reason-needed", accept_regime, desk, change)
    accept_regime(desk, change, "the day of receipt counts")
    assert [entry.on for entry in entries(desk)] == [day]
    assert trail.trail_entries(desk, "regime")[0].reason == "the day of receipt counts"


def test_what_the_machine_does_not_allow_is_refused(desk):
    _refused(
        "obligations.regime-later",
        regime_plan,
        desk,
        "applied",
        TODAY + timedelta(days=1),
        "x",
    )
    for told in (
        ("full", date(2020, 1, 1), "x"),
        ("nowhere", date(2020, 1, 1), "x"),
        ("applied", date(2018, 1, 1), "x"),
        ("applied", date(2020, 1, 1), " "),
        ("applied", TODAY, "x"),
    ):
        with pytest.raises(RegistryError) as refused:
            regime_plan(desk, *told)
        for language in Language:
            assert Words(language).say(refused.value.message)


def test_a_pack_without_a_regime_has_none(tmp_path):
    desk = a_registry(tmp_path / "n.registry", pack="natural-history")
    assert regime(desk) is None
    assert history(desk) == ()
    _refused("plan.no-regime", regime_plan, desk, "applied", APPLIED, "x")
    desk.close()
