"""The class of a case, row by row of REGULATION.md section 5; what silence means."""

from dataclasses import replace

import pytest

from registry_app.domain.safety import (
    CaseOrigin,
    Event,
    Expectedness,
    Judged,
    Outcome,
    SafetyCase,
    Seriousness,
    Suspect,
)
from registry_app.domain.safety_class import class_of, classify
from registry_app.packs.loader import load_pack
from registry_app.words import Language, Words

MSC = load_pack("msc-iv-sci")
IPSC = load_pack("ipsc-npc-sci")
CASE = SafetyCase("SAP-S0001", "made up")
SERIOUS = {one.value: one is Seriousness.HOSPITAL for one in Seriousness}
FATAL = {one.value: one is Seriousness.DEATH for one in Seriousness}
NOT_SERIOUS = dict.fromkeys(SERIOUS, False)
KNOWN = {"expected": Expectedness.EXPECTED, "label": "3"}
UNKNOWN = {"expected": Expectedness.UNEXPECTED, "label": "3"}
RULED_OUT = {one.value: Judged.RULED_OUT for one in Suspect}
SUSPECTED = {"by_reporter": {"product": Judged.SUSPECTED}}


def an_event(**told):
    return Event("e", CASE.id, "made up", **{"infection": False, **SUSPECTED, **told})


def the_class(pack=MSC, origin=CaseOrigin.DOMESTIC, **told):
    case = replace(CASE, origin=origin)
    return classify(pack, case, (an_event(**told),)).event_class


FOREIGN = CaseOrigin.FOREIGN
ROWS = [
    ("E1", {"serious": FATAL, **UNKNOWN}),
    ("E1", {"serious": FATAL, **KNOWN}),
    ("E1", {"outcome": Outcome.FATAL, **KNOWN}),
    ("E1", {"serious": FATAL, **UNKNOWN, "origin": FOREIGN}),
    ("E6", {"serious": FATAL, **KNOWN, "origin": FOREIGN}),
    ("E1", {"serious": FATAL, **KNOWN, "origin": CaseOrigin.LITERATURE}),
    ("E1", {"serious": FATAL, **KNOWN, "infection": True}),
    ("E2", {"serious": SERIOUS, **UNKNOWN}),
    ("E2", {"serious": SERIOUS, **UNKNOWN, "origin": FOREIGN}),
    ("E2", {"serious": SERIOUS, **UNKNOWN, "frequency": True}),
    ("E3", {"serious": SERIOUS, **KNOWN, "frequency": True}),
    ("E4", {"serious": SERIOUS, **KNOWN, "infection": True}),
    ("E4", {"serious": SERIOUS, **UNKNOWN, "infection": True}),
    ("E4", {"serious": NOT_SERIOUS, **UNKNOWN, "infection": True}),
    ("E10", {"serious": NOT_SERIOUS, **KNOWN, "infection": True}),
    ("E5", {"origin": CaseOrigin.FOREIGN_ACTION}),
    ("E6", {"serious": SERIOUS, **KNOWN}),
    ("E7", {"origin": CaseOrigin.DEFECT}),
    ("E8", {"origin": CaseOrigin.RESEARCH}),
    ("E9", {"serious": NOT_SERIOUS, **UNKNOWN}),
    ("E10", {"serious": NOT_SERIOUS, **KNOWN}),
    (
        "",
        {"serious": FATAL, **UNKNOWN, "by_reporter": RULED_OUT, "by_holder": RULED_OUT},
    ),
]


@pytest.mark.parametrize(("wanted", "told"), ROWS)
def test_each_row_of_the_table_has_its_class(wanted, told):
    assert the_class(**told) == wanted


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("death", {"serious": FATAL}),
        ("death", {"serious": {**NOT_SERIOUS, Seriousness.MAY_LEAD.value: True}}),
        ("serious", {"serious": SERIOUS}),
        ("other", {"serious": NOT_SERIOUS}),
        ("", {"serious": FATAL, "by_reporter": RULED_OUT, "by_holder": RULED_OUT}),
        # Nobody has said that it may not lead to death.
        ("death", {"serious": {Seriousness.HOSPITAL.value: True}}),
    ],
)
def test_the_other_pack_has_its_own_rows(wanted, told):
    assert the_class(IPSC, **told) == wanted


def test_silence_counts_as_the_graver_answer_and_is_told():
    found = classify(MSC, CASE, (Event("e", CASE.id, "made up"),))

    assert (found.event_class, found.sure) == ("E2", False)
    # What may be an infection is due within 15 days, whatever else is decided.
    assert found.if_decided == {"serious": "E4", "expected": "E4", "suspected": "E4"}
    keys = [message.key for message in found.why]
    assert keys[-3:] == [
        "safety.why-serious-open",
        "safety.why-expected-open",
        "safety.why-suspected-open",
    ]
    for language in Language:
        assert all(Words(language).say(message) for message in found.why)


def test_what_may_be_an_infection_is_taken_for_one_where_its_clock_is_shorter():
    told = {"serious": SERIOUS, "infection": None, **KNOWN}
    found = classify(MSC, CASE, (an_event(**told),))
    assert (found.event_class, found.sure) == ("E4", False)
    assert found.if_decided["infection"] == "E6"
    assert found.why[-1].key == "safety.why-infection-open"

    # It is due within 15 days either way: no wrong name for it.
    told = {"serious": SERIOUS, "infection": None, **UNKNOWN}
    found = classify(MSC, CASE, (an_event(**told),))
    assert (found.event_class, found.if_decided) == ("E2", {})
    told = {"serious": NOT_SERIOUS, "infection": None, **KNOWN}
    assert the_class(**told) == "E10"


def test_a_case_without_an_event_is_of_the_class_that_it_may_be():
    found = classify(MSC, CASE, ())
    assert (found.event_class, found.sure) == ("E2", False)


def test_an_unknown_causality_is_decided_and_counts_as_suspected():
    unknown = dict.fromkeys(RULED_OUT, Judged.UNKNOWN)
    event = an_event(by_reporter=unknown, by_holder=unknown, serious=SERIOUS, **UNKNOWN)
    found = classify(MSC, CASE, (event,))
    assert (found.event_class, found.sure, dict(found.if_decided)) == ("E2", True, {})


def test_one_of_two_who_rules_it_out_is_not_enough():
    half = {"by_reporter": RULED_OUT, "by_holder": {}}
    found = classify(MSC, CASE, (an_event(serious=SERIOUS, **UNKNOWN, **half),))
    assert (found.event_class, found.if_decided) == ("E2", {"suspected": ""})


def test_an_open_decision_that_could_not_change_the_class_leaves_it_sure():
    foreign = replace(CASE, origin=CaseOrigin.FOREIGN_ACTION)
    assert classify(MSC, foreign, (Event("e", CASE.id, "made up"),)).sure
    death = classify(MSC, CASE, (an_event(serious=FATAL),))
    assert (death.event_class, death.sure) == ("E1", True)


def test_two_open_decisions_are_looked_at_together():
    """Each by itself leaves the infection grave; both together do not."""
    event = an_event(infection=True)
    found = classify(MSC, CASE, (event,))
    assert found.if_decided == {"serious": "E4", "expected": "E4"}
    assert (found.event_class, found.sure) == ("E4", False)


def test_a_case_has_the_gravest_class_of_its_events_and_each_its_own():
    mild = an_event(serious=NOT_SERIOUS, **UNKNOWN)
    grave = an_event(serious=SERIOUS, **KNOWN)
    assert classify(MSC, CASE, (mild, grave)).event_class == "E6"
    assert [class_of(MSC, CASE, one) for one in (mild, grave)] == ["E9", "E6"]


def test_a_person_may_choose_a_class_with_a_reason():
    chosen = replace(CASE, chosen_class="E3", chosen_why="signal of the holder")
    found = classify(MSC, chosen, (an_event(serious=SERIOUS, **KNOWN),))
    assert (found.event_class, found.sure) == ("E3", True)
    assert "signal of the holder" in Words(Language.EN).say(found.why[0])


def test_a_pack_without_a_table_says_so():
    bare = replace(MSC, events=tuple(replace(one, when=()) for one in MSC.events))
    found = classify(bare, CASE, (an_event(serious=FATAL),))
    assert (found.event_class, found.sure) == ("", False)
    assert [message.key for message in found.why] == ["safety.no-table"]
