"""Settings that would close the registry to everybody are refused."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry_app.domain.errors import InvalidValue
from registry_app.domain.plan.duties import product_duties, subject_duties
from registry_app.domain.plan.limits import check_values
from registry_app.domain.plan.windows import windows
from registry_app.words import Language, Words
from tests.domain.plan.packs import INJURY, a_case, a_protocol, a_setting

REFUSED = [
    ("date:designated", {"date": "1899-12-31"}, "year-too-far"),
    ("date:approval", {"date": "9999-12-31"}, "year-too-far"),
    ("visit:baseline", {"before": "99999"}, "too-many-days"),
    ("visit:baseline", {"at": "P999Y"}, "too-far"),
    ("rule:O4", {"due": "P9999999D"}, "too-far"),
    ("rule:O4", {"due": "-P1D"}, "backwards"),
    ("rule:O2", {"every": "P0D"}, "no-period"),
    ("rule:O2", {"every": "-P6M"}, "no-period"),
]


@pytest.mark.parametrize(("setting", "values", "key"), REFUSED)
def test_a_value_that_leads_nowhere_is_refused(setting, values, key):
    with pytest.raises(InvalidValue) as refused:
        check_values(a_protocol(), setting, values)

    assert refused.value.message.key == f"plan.{key}"
    assert all(Words(language).say(refused.value.message) for language in Language)


def test_a_milestone_may_lie_before_the_end_of_its_term():
    check_values(a_protocol(), "rule:T24", {"due": "-P36M"})


spans = st.sampled_from(["P0D", "P1D", "P90D", "P6M", "P12M", "P100Y", "P36525D"])
settings_of = {
    "date:designated": {
        "date": st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(str)
    },
    "visit:baseline": {
        "at": spans,
        "before": st.integers(0, 36_525).map(str),
        "after": st.integers(0, 36_525).map(str),
    },
    "rule:O2": {
        "due": spans,
        "every": st.sampled_from(["P60D", "P6M", "P12M", "P100Y"]),
    },
    "rule:O4": {"due": spans},
    "rule:O14": {"due": spans},
}


@settings(max_examples=40)
@given(st.data())
def test_under_whatever_is_allowed_every_duty_can_be_counted(data):
    made = []
    for setting, values in settings_of.items():
        said = {name: data.draw(texts, name) for name, texts in values.items()}
        check_values(a_protocol(), setting, said)
        made.append(a_setting(setting, **said))
    protocol = a_protocol(settings=made)
    case = a_case(treatment_date=INJURY)

    assert windows(protocol, case)
    assert subject_duties(protocol, case)
    assert product_duties(protocol, (), (), {}, date(2031, 12, 31))
