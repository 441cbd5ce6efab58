"""The services about the plan and the product, each once (test_every_write.py)."""

from dataclasses import replace
from datetime import date

from registry_app.domain.plan.records import Occurrence
from registry_app.packs.loader import load_pack
from registry_app.services import (
    adoption,
    cases,
    due,
    ledger_list,
    obligations,
    pack_upgrades,
    protocol,
    regime,
)

AWARE = date(2026, 3, 2)


def product_side(walk, subject):
    """Settings, regime, occurrences, duties, another version of the pack."""
    walk(protocol.confirm, "rule:O2", "letter")
    assert walk.kinds == ["setting"]
    walk(protocol.set_setting, "visit:baseline", {"after": "9"}, "letter")
    assert walk.kinds == ["setting"]

    change = walk(regime.regime_plan, "applied", date(2025, 11, 14), "receipt")
    assert walk.kinds == []
    walk(regime.accept_regime, change)
    assert walk.kinds[0] == "regime"
    assert set(walk.kinds[1:]) <= {"settled"}

    case = Occurrence("", "E2", "発熱", subject.id, holder_aware=AWARE)
    saved = walk(obligations.add_occurrence, case)
    assert walk.kinds == ["occurrence"]
    earlier = replace(saved, hospital_aware=AWARE)
    walk(obligations.correct_occurrence, earlier, "by telephone")
    assert walk.kinds == ["occurrence"]
    day = date(2026, 3, 9)
    walk(obligations.follow_up_information, saved.id, day, "outcome")
    assert walk.kinds == ["occurrence"]

    key = f"O4:{saved.id}"
    walk(obligations.settle, key, day, "case report 1")
    assert walk.kinds == ["settled"]
    walk(obligations.record_receipt, key, "PMDA 17")
    assert walk.kinds == ["settled"]
    walk(obligations.take_back, key, "another case")
    assert walk.kinds == ["settled"]
    walk(obligations.not_applicable, key, "not suspected any more")
    assert walk.kinds == ["settled"]
    walk(obligations.late_before, key)
    assert walk.kinds == []
    walk(obligations.choose_otherwise, "infection:14", "English", chosen=True)
    assert walk.kinds == ["settled"]

    assert walk(pack_upgrades.upgrade_plan) is None
    newer = replace(load_pack("msc-iv-sci"), version=99)
    upgrade = walk(pack_upgrades.pack_upgrade, newer)
    assert walk.kinds == []
    walk(pack_upgrades.accept_pack, upgrade, "approved")
    assert walk.kinds[0] == "pack"

    opened = walk(ledger_list.open_ledger)
    query = ledger_list.LedgerQuery()
    for reads, *told in (
        (ledger_list.ledger_counts, opened),
        (ledger_list.ledger_keys, opened, query),
        (ledger_list.ledger_rows, opened, [key]),
        (ledger_list.due_between, opened, query, opened.on, opened.until),
        (adoption.take_in,),
        (cases.case_of, subject.id),
        (due.due,),
        (due.today,),
        (obligations.ledger_on,),
        (obligations.duty_of, key),
        (obligations.duty_steps, key),
        (obligations.steps_of, []),
        (obligations.occurrences,),
        (protocol.protocol,),
        (protocol.pack_in_use,),
        (protocol.today_in_japan,),
        (protocol.unsure,),
        (regime.regime,),
        (regime.entries,),
        (regime.history,),
    ):
        walk(reads, *told)
        assert walk.kinds == []
