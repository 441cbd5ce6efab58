from dataclasses import replace
from datetime import date

from registry_app.domain.evaluation import Evaluation, OtherWindow
from registry_app.domain.figures.plan_items import (
    amendments,
    changed_after_lock,
    definitions,
    drift,
    in_force,
    other_window,
)
from registry_app.domain.figures.plan_words import item_name, item_says
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Setting
from registry_app.packs.loader import load_pack
from registry_app.words import Language, Words


def a_protocol():
    return Protocol(load_pack("msc-iv-sci"))


def a_plan(number="1", said=None, **more):
    fixed = definitions(a_protocol()) if said is None else said
    return Evaluation(number, "plan", date(2025, 1, 1), "kato", fixed, **more)


def test_the_plan_fixes_endpoints_cohorts_windows_and_targets_in_canonical_words():
    found = definitions(a_protocol())

    assert found["endpoint:primary-1"] == (
        "cohort=cohort-1; measure=ais; baseline=baseline; at=endpoint; "
        "order=A < B < C < D < E; by=+2; unit=grades; primary=yes"
    )
    assert found["cohort:cohort-2"] == (
        "baseline=baseline; tests=ais in {B, C} and age in [20, 70] "
        "and region in {cervical}"
    )
    assert found["visit:baseline"] == (
        "anchor=injury; at=P49D; before=7; after=7; form=isncsci; pick=nearest; "
        "precedes=treatment; primary=yes"
    )
    assert found["target:treated"] == "90"
    assert found["other-window"] == "warn"
    assert found["visit:day-1"].endswith("primary=no")
    assert "visit:day-90" not in found


def test_a_visit_that_becomes_primary_after_the_lock_is_told():
    plan = a_plan(locked_on=date(2025, 2, 1))
    said = {**plan.definitions, "visit:day-1": "primary=yes"}

    (found,) = drift(replace(plan, definitions=said), a_protocol())

    assert found.item == "visit:day-1"
    assert found.of_results


def test_a_protocol_that_says_the_same_has_not_moved():
    assert drift(a_plan(), a_protocol()) == ()
    assert drift(a_plan(said={}), a_protocol()) == ()


def test_a_window_set_wider_after_the_lock_is_told_before_and_after():
    setting = Setting("visit:endpoint", {"before": "45", "after": "45"})
    moved = replace(a_protocol(), settings={"visit:endpoint": setting})
    plan = a_plan(locked_on=date(2025, 2, 1))

    (found,) = drift(plan, moved)

    assert found.item == "visit:endpoint"
    assert "before=30; after=30" in found.before
    assert "before=45; after=45" in found.after
    assert found.after_lock
    assert found.of_results
    assert changed_after_lock([plan], moved) == (found,)


def test_another_target_touches_no_result():
    said = definitions(a_protocol())
    first = a_plan(locked_on=date(2025, 2, 1))
    second = a_plan("2", {**said, "target:treated": "120"}, data_seen=True)

    (found,) = amendments([second, first])

    assert (found.before, found.after, found.version) == ("90", "120", "2")
    assert (found.after_lock, found.data_seen) == (True, True)
    assert changed_after_lock([first, second], a_protocol()) == ()


def test_the_newest_locked_version_is_in_force_and_says_what_to_do_with_others():
    said = definitions(a_protocol(), OtherWindow.OMIT)
    first = a_plan(locked_on=date(2025, 2, 1))
    second = a_plan("2", said, locked_on=date(2025, 3, 1))
    third = a_plan("10", said)

    assert in_force([third, second, first]) is second
    assert other_window([third, second, first]) is OtherWindow.OMIT
    assert other_window([third]) is OtherWindow.WARN


def test_changes_between_versions_before_any_lock_are_no_late_ones():
    other = {**definitions(a_protocol()), "missing": "carried forward"}

    (found,) = amendments([a_plan(), a_plan("2", other)])

    assert not found.after_lock
    assert found.item == "missing"


def _said(thing):
    return Words(Language.EN).say(thing)


def test_every_item_of_every_pack_can_be_said_in_words():
    for pack in ("msc-iv-sci", "ipsc-npc-sci", "natural-history", "example-other"):
        protocol = Protocol(load_pack(pack))
        for item, text in definitions(protocol).items():
            assert _said(item_name(item, protocol))
            assert _said(item_says(item, text, protocol))


def test_an_item_is_said_with_the_names_of_the_pack():
    protocol = a_protocol()
    found = definitions(protocol)

    cohort = _said(item_says("c", found["cohort:cohort-2"], protocol))
    visit = _said(item_says("v", found["visit:endpoint"], protocol))

    assert "AIS grade B or C; age at injury 20 to 70" in cohort
    assert "region of the cord cervical" in cohort
    assert visit.startswith("counted from Injury; 180 days; 30 days before")
    assert _said(item_says("x", "", protocol)) == "nothing said"
    assert item_says("x", "free words", protocol) == "free words"
