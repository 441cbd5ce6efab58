"""What holds for every classification, and that it is what the plain rules give."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.exam import ALLOWED, Exam
from registry_app.domain.isncsci.open_items import candidates
from registry_app.domain.isncsci.result import FIELDS, TOTALS
from registry_app.domain.isncsci.segments import NEEDED_ITEMS, ORDER
from tests.domain.isncsci.exams import any_exams, few_uncertain, lesion, lesions
from tests.domain.isncsci.plain import World, enumerated, world_count

MOST_WORLDS = 1500
PAIRS = [f.removesuffix("_right") for f in FIELDS if f.endswith("_right")]


def fields(values):
    result = classify(Exam(values))
    return {field: (result[field].values, result[field].star) for field in FIELDS}


@given(lesions)
def test_a_certain_exam_has_the_result_of_the_plain_rules(values):
    expected = {f: ((value,), False) for f, value in World(values).fields().items()}

    assert fields(values) == expected


@settings(max_examples=600)
@given(few_uncertain())
def test_the_sets_and_stars_are_those_of_going_through_every_world(values):
    readings = ("assumed", "examined")
    assume(max(world_count(values, NEEDED_ITEMS, r) for r in readings) <= MOST_WORLDS)

    assert fields(values) == enumerated(values, NEEDED_ITEMS)


@settings(max_examples=50)
@given(lesions, st.sets(st.sampled_from(NEEDED_ITEMS), max_size=4))
def test_missing_items_count_as_not_testable_and_are_named(values, missing):
    left = {item: v for item, v in values.items() if item not in missing}

    assert fields(left) == fields(values | dict.fromkeys(missing, "NT"))
    assert set(classify(Exam(left)).missing) == missing


@given(any_exams())
def test_unknown_is_classified_as_not_testable(values):
    as_nt = {i: "NT" if v == "UNK" else v for i, v in values.items()}

    assert fields(values) == fields(as_nt)


def _other_side(name):
    swapped = {"R_": "L_", "L_": "R_"}
    return swapped[name[:2]] + name[2:] if name[:2] in swapped else name


@given(any_exams())
def test_mirrored_sides_have_mirrored_results(values):
    mirrored = fields({_other_side(item): v for item, v in values.items()})
    result = fields(values)

    for pair in PAIRS:
        assert mirrored[f"{pair}_right"] == result[f"{pair}_left"]
        assert mirrored[f"{pair}_left"] == result[f"{pair}_right"]
    for single in ("nli", "completeness", "ais"):
        assert mirrored[single] == result[single]


@given(any_exams(), st.data())
def test_making_a_score_certain_never_adds_a_value(values, data):
    item = data.draw(st.sampled_from(NEEDED_ITEMS))
    score = data.draw(st.sampled_from(candidates(item, values.get(item, ""))))
    before, after = fields(values), fields(values | {item: score})

    for field in FIELDS:
        assert set(after[field][0]) <= set(before[field][0])


@given(any_exams())
def test_values_are_in_order_and_there_is_always_one(values):
    for field, (found, _) in fields(values).items():
        order = [ORDER.get(v, ord(v[0])) for v in found]
        assert found
        assert order == sorted(set(order)), field


@given(any_exams())
def test_the_neurological_level_is_none_below_every_sensory_and_motor_level(values):
    result = fields(values)
    levels = [
        result[f"{kind}_{s}"][0]
        for kind in ("sensory", "motor")
        for s in ("right", "left")
    ]
    most_rostral = min(ORDER[found[0]] for found in levels)
    lowest_possible = min(ORDER[found[-1]] for found in levels)
    nli = [ORDER[level] for level in result["nli"][0]]

    assert nli[0] >= most_rostral
    assert nli[-1] <= lowest_possible


@given(any_exams())
def test_no_star_without_a_starred_score(values):
    plain = {item: v.rstrip("*") for item, v in values.items()}

    assert not any(star for _, star in fields(plain).values())


@given(any_exams())
def test_totals_are_the_sums_of_the_examined_scores(values):
    totals = classify(Exam(values)).totals
    reach = {}
    for item in NEEDED_ITEMS:
        score = values.get(item, "").rstrip("*")
        top = max((int(v) for v in ALLOWED[item] if v.isdigit()), default=0)
        reach[item] = (int(score), int(score)) if score.isdigit() else (0, top)

    def total(*starts, segments=""):
        chosen = [
            r
            for item, r in reach.items()
            if item.startswith(starts)
            and (not segments or item.rpartition("_")[2] in segments.split())
        ]
        return sum(low for low, _ in chosen), sum(high for _, high in chosen)

    arm, leg = "C5 C6 C7 C8 T1", "L2 L3 L4 L5 S1"
    assert totals == {
        "uer": total("R_M", segments=arm),
        "uel": total("L_M", segments=arm),
        "uems": total("R_M", "L_M", segments=arm),
        "ler": total("R_M", segments=leg),
        "lel": total("L_M", segments=leg),
        "lems": total("R_M", "L_M", segments=leg),
        "motor_right": total("R_M"),
        "motor_left": total("L_M"),
        "ltr": total("R_LT"),
        "ltl": total("L_LT"),
        "lt": total("R_LT", "L_LT"),
        "ppr": total("R_PP"),
        "ppl": total("L_PP"),
        "pp": total("R_PP", "L_PP"),
    }
    assert list(totals) == list(TOTALS)


def test_a_blank_sheet_can_be_anything_and_names_every_item():
    result = classify(Exam())

    assert result["ais"].values == ("A", "B", "C", "D", "E")
    assert result["completeness"].values == ("C", "I")
    assert len(result["nli"].values) == 29
    assert result.totals["lt"] == (0, 112)
    assert result.missing == NEEDED_ITEMS


def test_the_same_exam_always_has_the_same_result():
    values = lesion(7)

    assert classify(Exam(values)) == classify(Exam(dict(reversed(values.items()))))
