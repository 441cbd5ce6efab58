"""The shipped packs against the facts that they were filled from."""

from datetime import date
from decimal import Decimal

import pytest

from registry_app.domain.plan.pack import (
    Arm,
    Confidence,
    Origin,
    Owner,
    RuleKind,
    Span,
)
from registry_app.packs.loader import PACKS, load_pack, pack_ids
from registry_app.packs.schema import elements


@pytest.fixture(scope="module")
def msc():
    return load_pack("msc-iv-sci")


@pytest.fixture(scope="module")
def ipsc():
    return load_pack("ipsc-npc-sci")


def _by_id(things):
    return {thing.id: thing for thing in things}


def test_the_baseline_is_day_42_to_56_before_treatment_and_the_endpoint_150_to_210(msc):
    visits = _by_id(msc.visits)
    base, end = visits["baseline"], visits["endpoint"]

    assert (base.at, base.before, base.after) == (Span(days=49), 7, 7)
    assert (base.precedes, base.duty) == ("treatment", "O11")
    assert (end.at, end.before, end.after, end.duty) == (Span(days=180), 30, 30, "O12")
    assert base.arms == end.arms == (Arm.TREATED, Arm.COMPARISON)
    assert not visits["day-1"].primary


def test_the_cohorts_and_their_endpoints_are_those_of_the_survey(msc):
    ages = {(test.least, test.most) for c in msc.cohorts for test in c.tests[1:2]}
    grades = [cohort.tests[0].one_of for cohort in msc.cohorts]

    assert ages == {(20, 70)}
    assert grades == [("A",), ("B", "C")]
    assert [(e.by, e.at, e.primary) for e in msc.endpoints] == [
        (2, "endpoint", True),
        (1, "endpoint", True),
    ]


def test_the_label_limits_cells_marrow_and_grade(msc):
    tests = {criterion.id: criterion.test for criterion in msc.criteria}

    assert (tests["cells"].least, tests["cells"].most) == (50_000_000, 200_000_000)
    assert tests["cells-per-kg"].most == 3_340_000
    assert tests["marrow-day"].most == 31
    assert tests["flow"].least == Decimal("0.7")
    assert tests["grade"].one_of == ("A", "B", "C")
    assert {c.id for c in msc.criteria if c.guide} == {
        *("marrow-day", "blood-days-1", "blood-days-2", "flow"),
    }


def test_every_obligation_of_the_sources_is_there_once(msc):
    named = {rule.id for rule in msc.rules} | {visit.duty for visit in msc.visits}

    assert {f"O{n}" for n in range(1, 17)} <= named
    assert {"T-24", "T-12", "T-6", "K1", "RC-1", "O8-old"} <= named
    assert {f"E{n}" for n in range(1, 11)} <= {event.id for event in msc.events}
    assert [report.id for report in msc.reports] == [f"R{n}" for n in range(1, 11)]


def test_infection_reports_change_their_rule_on_the_first_of_may_2026(msc):
    rules = _by_id(msc.rules)
    old, new = rules["O8-old"], rules["O8"]

    assert (old.basis.valid_to, new.basis.valid_from) == (
        date(2026, 4, 30),
        date(2026, 5, 1),
    )
    assert (old.if_any, new.if_any) == (False, True)
    assert old.series == new.series
    assert rules["O7"].basis.valid_from == date(2026, 5, 1)


def test_the_term_is_seven_years_from_approval_and_three_at_most_longer(msc):
    machine = msc.machine
    dates = _by_id(msc.base_dates)

    assert dates["approval"].value == date(2018, 12, 28)
    assert (machine.term, machine.extension) == (Span(84), Span(36))
    assert {state.id for state in machine.states if state.runs} == {
        "conditional",
        "extended",
    }
    assert [state.id for state in machine.states if state.continues] == ["applied"]
    # Which of two ways of counting the letter takes: shown, and to be confirmed.
    assert _by_id(msc.rules)["O1"].basis.confidence is Confidence.UNCONFIRMED
    assert dates["designated"].value is None
    assert dates["infection-base"].basis.confidence is Confidence.UNCONFIRMED


def test_the_periodic_report_offers_three_cadences(msc):
    presets = _by_id(msc.rules)["O2"].presets

    assert [(p.every, p.due, p.later, p.later_from) for p in presets] == [
        (Span(12), Span(2), None, None),
        (Span(6), Span(2), None, None),
        (Span(6), Span(days=70), Span(12), Span(24)),
    ]


def test_no_report_of_the_holder_is_owed_by_a_hospital(msc):
    owners = {rule.id: rule.owner for rule in msc.rules}

    holder = {f"O{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 15)}
    assert {owners[rule] for rule in holder} == {Owner.HOLDER}
    assert {owners[rule] for rule in ("O9", "O10", "O13", "O14", "O16")} == {
        Owner.HOSPITAL
    }


def test_a_hospital_judges_each_class_of_harm_that_the_law_names(msc):
    rules = _by_id(msc.rules)

    # Disease, disability, death, infection: serious or not, unless known and minor.
    assert rules["O9"].on == ("E1", "E2", "E3", "E4", "E6", "E9")
    assert not rules["O9"].legal
    assert rules["O10"].on == tuple(f"E{n}" for n in range(1, 11))
    assert rules["O4"].on == ("E1", "E2", "E3", "E4", "E5")
    assert rules["O5"].on == ("E6", "E7", "E8")


def test_the_baseline_window_of_each_comparator_is_kept_beside_it(msc):
    windows = {c.id: (c.first_day, c.last_day) for c in msc.comparators}

    assert windows["ais-a"] == (0, 30)
    assert windows["japan-week-8"] == (56, 56)
    assert windows["scims"] == (None, None)
    assert sum(len(c.rows) for c in msc.comparators) == 6 + 5 + 2 + 1 + 1


def test_the_other_act_has_its_own_reports_and_nothing_of_the_first(ipsc):
    rules = _by_id(ipsc.rules)

    assert rules["annual"].due == Span(days=90)
    assert rules["annual"].warning is not None
    assert (rules["D7"].due, rules["D15"].due) == (Span(days=7), Span(days=15))
    assert (rules["D60"].every, rules["D60"].due) == (Span(days=60), Span(days=10))
    assert all(date.value is None for date in ipsc.base_dates)
    assert ipsc.machine is None
    assert [(t.arm, t.number) for t in ipsc.targets] == [(Arm.TREATED, 4)]


def test_ipsc_patients_have_mri_before_after_and_for_ten_years(ipsc):
    mri = [visit for visit in ipsc.visits if visit.forms[0] == "mri"]

    assert [visit.at for visit in mri if visit.anchor == "treatment"] == [
        *(Span(days=1), Span(3), Span(6)),
        *(Span(12 * year) for year in range(1, 11)),
    ]
    assert mri[-1].id == "mri-year-10"
    assert mri[-1].name.en == "MRI, year 10"


def test_the_natural_course_is_seen_after_2_4_12_24_and_48_weeks():
    pack = load_pack("natural-history")

    assert [visit.at.days / 7 for visit in pack.visits] == [2, 4, 12, 24, 48]
    assert pack.product is None


def test_the_made_up_pack_says_so_and_shares_no_form_anchor_or_state_with_the_others():
    made_up = load_pack("example-other")
    others = [load_pack(name) for name in pack_ids() if name != made_up.id]

    assert made_up.made_up
    assert "架空" in made_up.name.ja
    assert not any(pack.made_up for pack in others)
    for kind in ("anchors", "forms", "visits", "rules", "events"):
        mine = set(_by_id(getattr(made_up, kind)))
        theirs = {name for pack in others for name in _by_id(getattr(pack, kind))}
        assert not mine & theirs
    assert {element.basis.sources for _, element in _based(made_up)} == {("made-up",)}
    day_0 = next(a for a in made_up.anchors if a.origin is Origin.INJURY)
    assert day_0.name.en == "Decision to operate"
    assert {rule.kind for rule in made_up.rules} >= {
        *(RuleKind.TERM, RuleKind.CLOCK, RuleKind.PERIOD, RuleKind.RETENTION),
    }


@pytest.mark.parametrize("name", pack_ids([PACKS]))
def test_what_no_source_says_is_never_called_confirmed(name):
    pack = load_pack(name)

    for path, element in _based(pack):
        basis = element.basis
        if set(basis.sources) <= {"unread", "convention", "made-up"}:
            assert basis.confidence is Confidence.UNCONFIRMED, path


def test_every_source_that_is_named_is_used():
    for name in pack_ids():
        pack = load_pack(name)
        used = {one for _, element in _based(pack) for one in element.basis.sources}

        assert {source.id for source in pack.sources} == used


def _based(pack):
    return [(p, e) for p, e in elements(pack) if getattr(e, "basis", None) is not None]
