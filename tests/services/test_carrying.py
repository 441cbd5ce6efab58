"""No duty that somebody owes vanishes by a change of the rules, and none stays away."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.errors import RegistryError
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.records import Occurrence
from registry_app.packs.loader import load_pack
from registry_app.services import obligations, pack_upgrades, protocol, regime, trail
from tests.builders import a_registry, a_subject, an_own_pack

TODAY = date(2026, 4, 1)
AWARE = date(2026, 3, 2)
RULES = """
[[date]]
id = "permit"
name = { ja = "許可日", en = "Permit" }
value = 2020-02-28
source = ["S"]
confidence = "confirmed"
[machine]
initial = "conditional"
counted_from = "permit"
term = "P7Y"
lapses_to = "expired"
source = ["S"]
confidence = "confirmed"
[[machine.state]]
id = "conditional"
name = { ja = "条件", en = "Conditional" }
next = ["full", "withdrawn"]
runs = true
[[machine.state]]
id = "full"
name = { ja = "正式", en = "Full" }
[[machine.state]]
id = "withdrawn"
name = { ja = "取消", en = "Withdrawn" }
[[machine.state]]
id = "expired"
name = { ja = "失効", en = "Expired" }
[[obligation]]
id = "D1"
name = { ja = "届", en = "Notice" }
owner = "physician"
kind = "subject"
counts_from = "injury"
due = "P31D"
regimes = ["conditional"]
source = ["S"]
confidence = "confirmed"
[[obligation]]
id = "P1"
name = { ja = "定期報告", en = "Periodic report" }
owner = "mah"
kind = "period"
counts_from = "permit"
every = "P6M"
due = "P1M"
regimes = ["conditional", "full"]
source = ["S"]
confidence = "confirmed"
"""


@pytest.fixture
def own(tmp_path):
    """A registry under a pack whose duties of patients hang on the regime."""
    an_own_pack("made-up", 1, RULES)
    desk = a_registry(tmp_path / "own.registry", pack="made-up")
    a_subject(desk, treatment_date=None)
    yield desk
    desk.close()


def _ledger(desk):
    return {duty.key: duty for duty in obligations.ledger_on(desk)}


def _late(desk):
    late = Standing.LATE
    return {key for key, duty in _ledger(desk).items() if duty.standing(TODAY) is late}


def _differing(desk):
    with desk.read() as reading:
        return list(desk.planner.differing(reading))


def _clock(desk):
    one = Occurrence("", "E2", "発熱", holder_aware=AWARE)
    return obligations.add_occurrence(desk, one)


def _refused(key, act, *told, **more):
    with pytest.raises(RegistryError) as refused:
        act(*told, **more)
    assert str(refused.value) == key


def test_a_base_date_moves_the_duties_of_patients_that_hang_on_the_regime(own):
    assert "D1:SAP-0001-7" in _late(own)
    protocol.set_setting(own, "date:permit", {"date": "2015-02-28"}, "the letter")
    assert _differing(own) == []
    gone = _ledger(own)["D1:SAP-0001-7"]
    assert gone.not_applicable == "the letter"
    protocol.set_setting(own, "date:permit", {}, "the other letter")
    assert _differing(own) == []
    assert "D1:SAP-0001-7" in _late(own)


def test_periods_of_another_length_are_owed_under_their_own_numbers(own):
    full = regime.regime_plan(own, "full", date(2026, 3, 1), "approval")
    regime.accept_regime(own, full)
    before = _late(own)
    yearly = (own, "rule:P1", {"every": "P12M"})
    _refused("trail.reason-needed", protocol.set_setting, *yearly, " ")
    protocol.set_setting(*yearly, "agreed with PMDA")
    after = _ledger(own)
    numbers = {f"P1:{number}" for number in range(1, 8)}
    assert {key for key in after if key.startswith("P1:")} == numbers
    # The ninth comes in 2028, and must not be settled by then.
    far = date(2030, 1, 1)
    late = {d.key: d for d in obligations.ledger_on(own, far)}
    assert late["P1:9"].standing(far) is Standing.LATE
    protocol.set_setting(own, "rule:P1", {}, "misread")
    assert _late(own) == before


def test_a_base_date_that_is_moved_settles_no_period(own):
    before = _late(own)
    protocol.set_setting(own, "date:permit", {"date": "2024-02-28"}, "the letter")
    protocol.set_setting(own, "date:permit", {}, "the other letter")
    assert _late(own) == before


def test_what_was_filed_for_half_a_year_is_not_taken_for_a_whole_one(own):
    obligations.settle(own, "P1:1", date(2020, 9, 1), "report 1")
    yearly = (own, "rule:P1", {"every": "P12M"}, "agreed with PMDA")
    _refused("protocol.periods-settled", protocol.set_setting, *yearly)
    obligations.take_back(own, "P1:1", "other periods")
    protocol.set_setting(*yearly)


def test_a_regime_that_was_entered_by_mistake_takes_no_duty_with_it(own):
    before = _late(own)
    assert {"P1:11", "D1:SAP-0001-7"} <= before
    off = regime.regime_plan(own, "withdrawn", date(2021, 1, 5), "letter")
    entry = regime.accept_regime(own, off)
    assert not _late(own) & {"P1:11", "D1:SAP-0001-7"}
    right = regime.regime_plan(
        own, "withdrawn", date(2026, 3, 31), "letter", corrects=entry.id
    )
    regime.accept_regime(own, right, "the year was misread")
    assert _late(own) == before
    assert _differing(own) == []
    assert trail.verify(own).problems == ()


def test_what_began_since_a_change_was_looked_at_is_not_lost(desk):
    pack = load_pack("msc-iv-sci")
    rules = tuple(rule for rule in pack.rules if rule.id != "O4")
    newer = replace(pack, version=99, rules=rules, reports=())
    seen = pack_upgrades.pack_upgrade(desk, newer)
    key = f"O4:{_clock(desk).id}"

    _refused("storage.changed-meanwhile", pack_upgrades.accept_pack, desk, seen, "new")
    assert protocol.pack_in_use(desk).pack_version < 99
    assert key in _late(desk)

    pack_upgrades.accept_pack(
        desk, pack_upgrades.pack_upgrade(desk, newer), "version 99"
    )
    assert _ledger(desk)[key].not_applicable == "version 99"


def test_a_clock_that_corrected_facts_end_stays_and_starts_again_with_them(desk):
    known = _clock(desk)
    key = f"O4:{known.id}"
    other = replace(known, event="E10")
    saved = obligations.correct_occurrence(desk, other, "another event")
    assert _ledger(desk)[key].not_applicable == "another event"
    back = replace(saved, event="E2")
    obligations.correct_occurrence(desk, back, "it was a fever after all")
    assert key in _late(desk)


def test_nobody_reports_before_the_day_on_which_it_became_known(desk):
    known = _clock(desk)
    early = AWARE - timedelta(days=1)
    for key, day in ((f"O4:{known.id}", early), ("infection:14", date(1900, 1, 1))):
        _refused("obligations.too-early", obligations.settle, desk, key, day, "report")
    obligations.settle(desk, f"O4:{known.id}", AWARE, "report")


def test_another_distance_is_chosen_for_a_reason(desk):
    choose = obligations.choose_otherwise
    _refused("trail.reason-needed", choose, desk, "infection:14", " ", chosen=True)


def test_what_nobody_can_see_is_no_evidence_and_no_reason(desk):
    unseen = "\u200b\x00 "
    settle, leave = obligations.settle, obligations.not_applicable
    told = (desk, "infection:14", TODAY)
    _refused("obligations.no-evidence", settle, *told, unseen)
    _refused("obligations.no-reason", leave, desk, "infection:14", unseen)
    settle(*told, "letter\t12\n")
    assert obligations.duty_of(desk, "infection:14").evidence == "letter 12"
