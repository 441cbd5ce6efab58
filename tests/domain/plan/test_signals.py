"""Every safety signal at its edge (CLINICAL.md section 6.1)."""

from datetime import date

import pytest

from registry_app.domain.isncsci.result import Interval
from registry_app.domain.plan.signals import Sheet, exam_hits, form_hits
from registry_app.packs.loader import load_pack

PACK = load_pack("msc-iv-sci")
INFUSION = next(form for form in PACK.forms if form.id == "infusion")
CHECK = next(form for form in PACK.forms if form.id == "annual-check")
DAY, LATER = date(2026, 3, 1), date(2026, 5, 1)


def shown(form=INFUSION, **values):
    written = {name.replace("_", "-"): value for name, value in values.items()}
    return {hit.signal.id for hit in form_hits(PACK, form, DAY, written)}


@pytest.mark.parametrize(
    ("wanted", "values"),
    [
        (set(), {"spo2_lowest": "90"}),
        ({"spo2-low"}, {"spo2_lowest": "89.9"}),
        ({"spo2-low"}, {"spo2_lowest": "95", "spo2_45": "89"}),
        ({"spo2-low"}, {"spo2_1440": "89"}),
        # What was measured before the infusion does not come from it.
        (set(), {"spo2_before": "88"}),
        (set(), {"spo2_before": "98", "spo2_60": "95"}),
        ({"spo2-fall"}, {"spo2_before": "98", "spo2_60": "94"}),
        (set(), {"spo2_before": "98", "spo2_60": "94.1"}),
        ({"spo2-fall", "spo2-low"}, {"spo2_before": "96", "spo2_lowest": "88"}),
        (set(), {"spo2_60": "94"}),
        ({"oxygen"}, {"oxygen_start": "24"}),
        ({"oxygen"}, {"oxygen_start": "0"}),
        (set(), {"oxygen_start": "24.1"}),
        (set(), {"flow_stopped": "yes"}),
        (set(), {}),
    ],
)
def test_the_lung(wanted, values):
    assert shown(**values) == wanted


def test_a_tumour_that_was_found_at_the_annual_check():
    assert shown(CHECK, tumour="yes") == {"tumour-found"}
    assert shown(CHECK, tumour="no") == set()


def test_a_hit_says_what_was_found_where_and_when():
    values = {"spo2-before": "97", "spo2-45": "91", "spo2-60": "93"}
    (hit,) = form_hits(PACK, INFUSION, DAY, values)
    found = [(one.name, one.value, one.unit, one.on) for one in hit.findings]
    assert found == [
        ("投与前の SpO₂ / SpO₂ before", "97", "%", DAY),
        ("投与開始45分後の SpO₂ / SpO₂ 45 minutes after the start", "91", "%", DAY),
    ]


def falls(before, after):
    sheets = (Sheet(DAY, *before), Sheet(LATER, *after))
    return {hit.signal.id for hit in exam_hits(PACK, *sheets)}


SAME = Interval(50, 50)


@pytest.mark.parametrize(
    ("wanted", "before", "after"),
    [
        (set(), ("C",), ("C",)),
        ({"grade-falls"}, ("C",), ("B",)),
        ({"grade-falls"}, ("E",), ("D",)),
        (set(), ("B",), ("C",)),
        # The new one may be as good as the old one.
        (set(), ("C",), ("B", "C")),
        (set(), ("B", "C"), ("B",)),
        ({"grade-falls"}, ("C", "D"), ("A", "B")),
        (set(), (), ("A",)),
        (set(), ("D",), ()),
    ],
)
def test_a_grade_falls_only_for_certain(wanted, before, after):
    assert falls((before, SAME), (after, SAME)) == wanted


@pytest.mark.parametrize(
    ("wanted", "before", "after"),
    [
        ({"motor-falls"}, (50, 50), (40, 40)),
        (set(), (50, 50), (41, 41)),
        # Not tested may be five: the best of the new against the worst of the old.
        (set(), (50, 50), (36, 41)),
        ({"motor-falls"}, (50, 55), (35, 40)),
        (set(), (49, 59), (40, 40)),
    ],
)
def test_motor_points_fall_only_for_certain(wanted, before, after):
    grades = ("C",)
    found = falls((grades, Interval(*before)), (grades, Interval(*after)))
    assert found == wanted


def test_what_was_found_of_exams_is_both_of_them():
    before, after = Sheet(DAY, ("C", "D"), Interval(40, 45)), Sheet(LATER, ("A",), SAME)
    (hit,) = exam_hits(PACK, before, after)
    assert [(one.name, one.value, one.on) for one in hit.findings] == [
        ("AIS", "C, D", DAY),
        ("AIS", "A", LATER),
    ]


def test_a_number_of_a_form_falls_against_the_form_before():
    other = load_pack("example-other")
    image = next(form for form in other.forms if form.id == "image")
    before = {"graft-size": "20"}
    for size, wanted in (("15", ["graft-shrinks"]), ("15.1", [])):
        hits = form_hits(other, image, DAY, {"graft-size": size}, before)
        assert [hit.signal.id for hit in hits] == wanted
    assert form_hits(other, image, DAY, before) == ()
