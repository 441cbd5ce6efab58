"""Every sentence is true: of each exam that the open scores leave possible."""

import re

import pytest
from hypothesis import assume, example, given, settings

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.display import item_said, values_said
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.explain import Tag, explain
from registry_app.domain.isncsci.open_items import candidates
from registry_app.domain.isncsci.result import FIELDS
from registry_app.domain.isncsci.segments import NEEDED_ITEMS
from registry_app.domain.message import Message, say
from registry_app.words import Language, Words
from tests.domain.isncsci.exams import any_exams, few_uncertain, lesion
from tests.domain.isncsci.plain import (
    ARM,
    AT,
    LEG,
    World,
    between,
    enumerated,
    world_count,
    worlds,
)

WORDS = {language: Words(language) for language in Language}
SIDES = {"isncsci.side-R": "R", "isncsci.side-L": "L"}


def side_of(message):
    return SIDES[message.params["side"].key]


def all_normal(world, side, last="S4_5"):
    return all(world.normal(side, s) for s in between("C2", last))


def muscles_above(world, side, level):
    return [world.muscle(side, m) for m in ARM + LEG if AT[m] < AT[level]]


def item_of(said):
    return next(item for item in NEEDED_ITEMS if item_said(item) == said)


def felt(world, said):
    return int(world.items[item_of(said)]) > 0


def level_of(params, name="level"):
    level = params[name]
    return "INT" if isinstance(level, Message) else level.replace("-", "_")


def counted(world, params):
    nli = AT[world.nli()]
    below = [world.muscle(s, m) for s in "RL" for m in ARM + LEG if AT[m] > nli]
    good = sum(grade >= 3 for grade in below)
    return (
        level_of(params) == world.nli()
        and (good, len(below)) == (params["good"], params["all"])
        and motor_incomplete(world, params["why"])
    )


def motor_incomplete(world, why):
    if why.key == "explain.by-vac":
        return world.vac
    if why.key == "explain.by-any":
        return world.ais() in "CDE"
    side, level = side_of(why), why.params["level"]
    works = (
        world.muscle(side, level) >= 1
        if why.key == "explain.by-muscle"
        else world.items[f"{side}_NK"] == level
    )
    return works and world.far_below(side, level)


def absent(world, side):
    return not world.dap and not world.felt(side, "S4_5")


def lowest_muscle(world, side):
    working = [m for m in ARM + LEG if world.muscle(side, m) >= 1]
    return working[-1] if working else "C1"


#: What must be so where a sentence is said; w: world, s: side, p: parameters.
TRUE = {
    "sensory-intact": lambda w, s, p: all_normal(w, s),
    "sensory": lambda w, s, p: (
        not w.normal(s, level_of(p, "below")) and all_normal(w, s, level_of(p))
    ),
    "motor-intact": lambda w, s, p: all_normal(w, s) and w.vac,
    "motor-no-vac": lambda w, s, p: all_normal(w, s) and not w.vac,
    "motor-s3": lambda w, s, p: all_normal(w, s, "S3") and not w.vac,
    "motor-grade": lambda w, s, p: (
        w.muscle(s, p["level"]) in (3, 4)
        and set(muscles_above(w, s, p["level"])) <= {5}
    ),
    "motor-grade-c5": lambda w, s, p: (
        w.muscle(s, "C5") in (3, 4) and all_normal(w, s, "C4") and p["level"] == "C5"
    ),
    "motor-below": lambda w, s, p: (
        w.muscle(s, p["below"]) <= 2 and AT[p["below"]] == AT[p["level"]] + 1
    ),
    "motor-block": lambda w, s, p: (
        {w.muscle(s, m) for m in between(p["first"], p["level"])} == {5}
        and not all(w.normal(s, d) for d in between(p["first"], p["last"]))
    ),
    "motor-block-any": lambda w, s, p: (
        w.muscle(s, p["level"]) >= 3
        and not all(w.normal(s, d) for d in between(p["first"], p["last"]))
    ),
    "motor-dermatome": lambda w, s, p: (
        not w.normal(s, level_of(p, "below"))
        and set(muscles_above(w, s, level_of(p))) <= {5}
    ),
    "nli": lambda w, s, p: (
        [
            level_of(p, f"{k}-{n}")
            for k in ("sensory", "motor")
            for n in ("right", "left")
        ]
        == [f(side) for f in (w.sensory_level, w.motor_level) for side in "RL"]
    ),
    "nli-any": lambda w, s, p: w.nli() == level_of(p),
    "complete": lambda w, s, p: not w.vac and not w.dap and not w.sacral_sensation(),
    "incomplete-vac": lambda w, s, p: w.vac,
    "incomplete-dap": lambda w, s, p: w.dap,
    "incomplete-sacral": lambda w, s, p: felt(w, p["item"]),
    "ais-a": lambda w, s, p: w.completeness() == "C",
    "ais-b": lambda w, s, p: (
        not w.vac
        and (w.dap or w.sacral_sensation())
        and not any(w.key_muscle_far_below(x) or w.non_key_far_below(x) for x in "RL")
    ),
    "ais-c": lambda w, s, p: motor_incomplete(w, p["why"]) and w.ais() == "C",
    "ais-d": lambda w, s, p: motor_incomplete(w, p["why"]) and w.ais() == "D",
    "ais-c-counted": lambda w, s, p: counted(w, p) and 2 * p["good"] < p["all"],
    "ais-d-counted": lambda w, s, p: counted(w, p) and 2 * p["good"] >= p["all"],
    "ais-d-none": lambda w, s, p: (
        motor_incomplete(w, p["why"]) and AT[w.nli()] >= AT["S1"]
    ),
    "ais-e": lambda w, s, p: all(w.motor_level(x) == "INT" for x in "RL"),
    "zone-sensory-dap": lambda w, s, p: w.dap,
    "zone-sensory-felt": lambda w, s, p: felt(w, p["item"]),
    "zone-sensory": lambda w, s, p: absent(w, s) and w.felt(s, p["level"]),
    "zone-sensory-none": lambda w, s, p: (
        absent(w, s) and not any(w.felt(s, d) for d in between("C2", "S4_5"))
    ),
    "zone-motor-vac": lambda w, s, p: w.vac,
    "zone-motor-muscle": lambda w, s, p: (
        not w.vac and lowest_muscle(w, s) == p["level"]
    ),
    "zone-motor-level": lambda w, s, p: (
        not w.vac
        and w.motor_level(s) == p["level"]
        and AT[lowest_muscle(w, s)] <= AT[p["level"]]
    ),
    "zone-motor-non-key": lambda w, s, p: (
        not w.vac
        and w.non_key_far_below(s)
        and not any(w.key_muscle_far_below(x) for x in "RL")
    ),
    "zone-motor-any": lambda w, s, p: not w.vac and w.motor_zone(s) == p["level"],
}
IN_WORLDS = [f"explain.{name}" for name in TRUE]


NOTHING = dict.fromkeys(NEEDED_ITEMS, "0") | {"VAC": "No", "DAP": "No"}


@settings(max_examples=300)
@example(NOTHING)
@example(NOTHING | {"R_M_C5": "1", "L_M_C5": "NT"})
@given(few_uncertain())
def test_what_is_said_of_a_certain_field_is_true_whatever_the_open_scores_are(values):
    assume(world_count(values, NEEDED_ITEMS, "assumed") <= 200)
    exam = Exam(values)
    reasons = explain(exam, classify(exam))
    said = [r.message for r in reasons if r.message.key in IN_WORLDS]

    for items in worlds(values, NEEDED_ITEMS, "assumed"):
        world = World(items)
        for message in said:
            side = side_of(message) if "side" in message.params else None
            name = message.key.removeprefix("explain.")
            assert TRUE[name](world, side, message.params), (message, items)


def items_in(said):
    """The items named in a text and the texts it is made of."""
    if not isinstance(said, Message):
        return []
    if said.key.startswith("isncsci.item"):
        return [item_of(said)]
    return [item for part in said.params.values() for item in items_in(part)]


def with_score(values, item, score):
    return classify(Exam({**values, item: score}))


@settings(max_examples=150)
@given(any_exams())
def test_the_scores_named_as_open_do_narrow_the_field_when_they_are_known(values):
    exam = Exam(values)
    result = classify(exam)

    for reason in explain(exam, result):
        if reason.message.key not in ("explain.open-some", "explain.open-more"):
            continue
        for item in items_in(reason.message.params["items"]):
            found = {
                with_score(values, item, s)[reason.field].values
                for s in candidates(item, values.get(item, ""))
            }
            assert found != {result[reason.field].values}


@settings(max_examples=150)
@given(few_uncertain())
def test_the_score_said_to_decide_leaves_one_value_for_each_that_it_can_be(values):
    exam = Exam(values)
    english = WORDS[Language.EN]

    for reason in explain(exam, classify(exam)):
        if reason.message.key != "explain.open-one":
            continue
        item = item_of(reason.message.params["item"])
        outcomes = english.say(reason.message.params["outcomes"])
        for score in candidates(item, values.get(item, "")):
            found = with_score(values, item, score)[reason.field]
            shown = values_said(reason.field, found.values)
            shown = english.say(shown) if isinstance(shown, Message) else shown
            assert found.certain
            assert shown in [
                part.partition(" gives ")[2] for part in outcomes.split(", ")
            ]


@settings(max_examples=60)
@given(few_uncertain())
def test_a_star_is_explained_by_what_the_examined_scores_give(values):
    assume(world_count(values, NEEDED_ITEMS, "examined") <= 300)
    assume(world_count(values, NEEDED_ITEMS, "assumed") <= 300)
    exam = Exam(values)
    starred = {f for f, (_, star) in enumerated(values, NEEDED_ITEMS).items() if star}
    plain = {item: v.rstrip("*") for item, v in values.items()}
    said = {r.field: r for r in explain(exam, classify(exam)) if r.tag is Tag.STAR}

    assert set(said) == starred
    for field, (examined, _) in enumerated(plain, NEEDED_ITEMS).items():
        if field in said:
            assert said[field].message.params["value"] == values_said(field, examined)


@given(any_exams())
def test_every_field_has_a_reason_with_its_section_and_in_both_languages(values):
    exam = Exam(values)
    reasons = explain(exam, classify(exam))

    assert [f for f in FIELDS if f in {r.field for r in reasons}] == list(FIELDS)
    for reason in reasons:
        assert re.fullmatch(r"1\.[2-8]|2\.3", reason.rule)
        for words in WORDS.values():
            assert "{" not in words.say(reason.message)


def one_deciding_score():
    """T6, sensory incomplete, everything 0 below except a left L4 not testable."""
    values = lesion(0) | {i: "0" for i in NEEDED_ITEMS if i not in ("VAC", "DAP")}
    for side in "RL":
        values |= {
            f"{side}_{m}_{s}": "2" for m in ("LT", "PP") for s in between("C2", "T6")
        }
        values |= {f"{side}_M_{s}": "5" for s in ARM}
        values.pop(f"{side}_NK", None)
    return values | {"VAC": "No", "DAP": "Yes", "L_M_L4": "NT"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            Language.EN,
            "The AIS grade is B or C: left motor L4 is NT; "
            "0 gives B, 1 or more gives C.",
        ),
        (
            Language.JA,
            "AISグレードはBまたはC。左運動L4（NT）で決まる：0ならB、1以上ならC。",
        ),
    ],
)
def test_the_one_score_that_decides_is_named_with_what_it_gives(language, sentence):
    exam = Exam(one_deciding_score())
    reasons = {r.field: r for r in explain(exam, classify(exam))}

    assert WORDS[language].say(reasons["ais"].message) == sentence
    assert (reasons["ais"].rule, reasons["ais"].tag) == ("1.6", Tag.OPEN)


def test_an_open_item_is_said_to_be_open():
    values = one_deciding_score()
    del values["L_M_L4"]
    exam = Exam(values)
    ais = next(r for r in explain(exam, classify(exam)) if r.field == "ais")

    assert ais.message.params["written"] == say("explain.not-written")


def test_a_blank_sheet_is_explained():
    exam = Exam()

    assert all(r.tag is Tag.OPEN for r in explain(exam, classify(exam)))
