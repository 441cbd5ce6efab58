import pytest

from registry_app.domain.isncsci.result import Interval, Possible
from registry_app.reports import wording


@pytest.mark.parametrize(
    ("values", "star", "said"),
    [
        (("C5",), False, "C5"),
        (("C5", "C6", "C7"), False, "C5–C7"),
        (("T12", "L1"), True, "T12–L1*"),
        (("NA", "C2", "C4", "S4_5"), False, "NA, C2, C4, S4-5"),
        (("S3", "S4_5", "INT"), False, "S3–INT"),
    ],
)
def test_levels_are_written_as_ranges_of_neighbours(values, star, said):
    assert wording.levels(Possible(values, star)) == said


def test_grades_are_written_as_ranges_of_neighbours():
    assert wording.grades(Possible(("A",), True)) == "A*"
    assert wording.grades(Possible(("A", "C", "D"))) == "A, C–D"


def test_a_change_carries_its_sign():
    assert wording.signed(Interval(3, 3)) == "+3"
    assert wording.signed(Interval(0, 0)) == "0"
    assert wording.signed(Interval(-2, 5)) == "\u22122 – +5"
