"""Windows: their days, the exam that counts in them, and why."""

from datetime import date, timedelta

import pytest

from registry_app.domain.plan.pack import Pick
from registry_app.domain.plan.windows import fits, window_steps, windows
from registry_app.domain.subject import Arm
from tests.domain.plan.packs import (
    INJURY,
    UNSURE,
    VISITS,
    a_basis,
    a_case,
    a_protocol,
    a_setting,
    a_visit,
    an_exam,
)

DAY_50 = INJURY + timedelta(days=50)


def the_window(case, visit="baseline", protocol=None):
    (found,) = [
        w for w in windows(protocol or a_protocol(), case) if w.visit.id == visit
    ]
    return found


def counted(*days, **more):
    """The day, after injury, of the exam that counts for the baseline."""
    found = the_window(a_case(*map(an_exam, days), **more))
    return None if found.counted is None else (found.counted.day - INJURY).days


def test_a_window_is_open_on_its_first_and_on_its_last_day():
    found = the_window(a_case())

    assert (found.first, found.last) == (date(2025, 5, 13), date(2025, 5, 27))
    assert found.centre == date(2025, 5, 20)
    assert (found.target_first, found.target_last) == (
        date(2025, 5, 17),
        date(2025, 5, 23),
    )
    assert found.holds(found.first)
    assert found.holds(found.last)
    assert not found.holds(found.last + timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "which"),
    [
        ([41, 57], None),
        ([42], 42),
        ([56], 56),
        ([45, 50, 55], 50),
        ([47, 51], 47),
        ([46, 51], 51),
        ([49, 49], 49),
    ],
)
def test_the_nearest_to_the_centre_counts_and_of_two_the_earlier(days, which):
    assert counted(*days) == which


def test_only_completed_sheets_of_the_first_form_count_and_a_draft_is_told():
    draft = an_exam(49, complete=False)
    found = the_window(a_case(draft, an_exam(48, "other", instrument="scim")))

    assert found.counted is None
    assert [flag.key for flag in found.flags] == ["plan.flag-draft"]


def test_an_exam_before_the_treatment_is_taken_though_a_later_one_is_nearer():
    found = the_window(a_case(an_exam(43), an_exam(49), treatment_date=DAY_50))
    assert found.counted.day == INJURY + timedelta(days=49)

    at_47 = INJURY + timedelta(days=47)
    found = the_window(a_case(an_exam(43), an_exam(49), treatment_date=at_47))
    assert found.counted.day == INJURY + timedelta(days=43)
    assert found.why.key == "plan.counted-before"
    assert "plan.flag-after" not in [flag.key for flag in found.flags]


@pytest.mark.parametrize("day", [50, 52])
def test_one_on_or_after_the_day_of_treatment_counts_only_alone_and_is_flagged(day):
    found = the_window(a_case(an_exam(day), treatment_date=DAY_50))

    assert found.counted.day == INJURY + timedelta(days=day)
    assert "plan.flag-after" in [flag.key for flag in found.flags]


def test_one_outside_the_wished_for_days_counts_and_says_so():
    found = the_window(a_case(an_exam(43)))

    assert [flag.key for flag in found.flags] == ["plan.flag-target"]
    assert found.why.key == "plan.counted-only"


def test_a_tie_is_said_to_be_one():
    found = the_window(a_case(an_exam(47), an_exam(51)))

    assert found.why.key == "plan.counted-tie"
    assert [exam.day for exam in found.others] == [INJURY + timedelta(days=51)]


def test_of_two_on_one_day_the_one_recorded_for_this_visit_counts():
    here = an_exam(49, "z", visit_code="baseline")
    found = the_window(a_case(an_exam(49, "a"), here))

    assert found.counted is here


@pytest.mark.parametrize(("pick", "day"), [(Pick.FIRST, 44), (Pick.LAST, 55)])
def test_another_rule_of_the_pack_is_followed(pick, day):
    visits = (a_visit("baseline", "injury", "P49D", 7, pick=pick),)
    case = a_case(an_exam(44), an_exam(49), an_exam(55))
    found = the_window(case, protocol=a_protocol(visits=visits))

    assert found.counted.day == INJURY + timedelta(days=day)
    assert found.why.key == f"plan.counted-{pick.value}"


def test_an_unknown_anchor_has_no_window_yet():
    assert "after" not in [w.visit.id for w in windows(a_protocol(), a_case())]


def test_windows_hang_on_several_anchors_at_once_and_one_exam_may_fit_two():
    case = a_case(an_exam(155), treatment_date=INJURY)
    visits = (*VISITS, a_visit("marrow-visit", "marrow", "P3D", 1))
    protocol = a_protocol(visits=visits)
    made = windows(protocol, a_case(dates={"marrow": INJURY}, treatment_date=INJURY))
    assert {w.anchor.id for w in made} == {"injury", "treatment", "marrow"}

    day = INJURY + timedelta(days=195)
    fitting = [w.visit.id for w in fits(protocol, case, "isncsci", day)]
    assert fitting == ["endpoint", "after"]
    assert fits(protocol, case, "scim", day) == ()


def test_the_other_arm_has_only_its_own_windows():
    case = a_case(arm=Arm.COMPARISON)

    assert "after" not in [w.visit.id for w in windows(a_protocol(), case)]
    assert "baseline" in [w.visit.id for w in windows(a_protocol(), case)]


def test_days_set_in_this_registry_hold():
    setting = a_setting("visit:baseline", before=10, after=3)
    found = the_window(a_case(), protocol=a_protocol(settings=[setting]))

    assert (found.first, found.last) == (date(2025, 5, 10), date(2025, 5, 23))


def test_a_visit_that_was_not_in_force_has_no_window():
    basis = a_basis(valid_from=date(2026, 1, 1))
    visits = (a_visit("baseline", "injury", "P49D", 7, basis=basis),)

    assert windows(a_protocol(visits=visits), a_case()) == ()


def test_the_derivation_shows_every_day_of_the_window_and_what_it_rests_on():
    found = the_window(a_case(an_exam(45), treatment_date=DAY_50))
    steps = window_steps(found)

    days = [step.day for step in steps]
    assert days[:4] == [INJURY, found.centre, found.first, found.last]
    assert found.counted.day in days
    assert steps[-1].what.params["rule"] == "O11"


def test_an_anchor_on_the_31st_is_clipped_and_says_so():
    visits = (a_visit("half", "injury", "P6M", 14, basis=UNSURE),)
    case = a_case(injury_date=date(2025, 8, 31))
    (found,) = windows(a_protocol(visits=visits), case)

    assert found.centre == date(2026, 2, 28)
    assert window_steps(found)[1].note.key == "plan.step-clipped"
