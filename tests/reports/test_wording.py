from registry_app.domain.isncsci.result import Interval
from registry_app.reports import wording


def test_a_change_carries_its_sign():
    assert wording.signed(Interval(3, 3)) == "+3"
    assert wording.signed(Interval(0, 0)) == "0"
    assert wording.signed(Interval(-2, 5)) == "\u22122 – +5"
