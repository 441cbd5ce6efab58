"""A code beside the password: RFC 6238, offline, each code once."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pyotp
import pytest

from registry_app.domain.errors import Refused
from registry_app.services import people, registry, second_factor
from registry_app.services.identity import come_back
from registry_app.storage.factor import CODES, Factor
from tests.builders import CHEAP, PASSWORD, USER, a_clock, a_registry

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
START = datetime(2026, 4, 1, 9, tzinfo=UTC)


def one_time_code(offer, at=START):
    """What the app shows at that time."""
    return pyotp.parse_uri(offer.uri).at(at)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "site.registry"


@pytest.fixture
def given(path):
    """A registry whose administrator has a second factor: its offer and its codes."""
    desk = a_registry(path, clock=lambda: START)
    offer = second_factor.begin_second_factor(desk)
    code = one_time_code(offer)
    codes = second_factor.confirm_second_factor(desk, offer, code, PASSWORD)
    assert second_factor.has_second_factor(desk)
    desk.close()
    return offer, codes


def sign_in(path, code="", at=NOW, password=PASSWORD):
    return registry.sign_in(path, USER, password, code, clock=lambda: at)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_rfc(seconds, code):
    factor = Factor(b"12345678901234567890")

    assert factor.taken(code, datetime.fromtimestamp(seconds, UTC)) is not None
    assert factor.taken("123456", datetime.fromtimestamp(seconds, UTC)) is None


def test_without_a_code_nobody_who_has_a_second_factor_gets_in(path, given):
    before = path.read_bytes()
    with pytest.raises(Refused, match="code-needed"):
        sign_in(path)
    assert path.read_bytes() == before

    desk = sign_in(path, one_time_code(given[0], NOW))
    assert second_factor.has_second_factor(desk)
    desk.close()


def test_a_code_is_taken_once_and_one_step_early_or_late(path, given):
    offer, _ = given
    early = one_time_code(offer, NOW - timedelta(seconds=30))
    late = one_time_code(offer, NOW + timedelta(seconds=30))
    with pytest.raises(Refused, match="wrong-code"):
        sign_in(path, one_time_code(offer, NOW - timedelta(seconds=90)))
    sign_in(path, f" {early[:3]} {early[3:]} ").close()
    with pytest.raises(Refused, match="wrong-code"):
        sign_in(path, early)
    sign_in(path, late).close()
    with pytest.raises(Refused, match="wrong-code"):
        sign_in(path, one_time_code(offer, NOW))


def test_a_backup_code_is_good_once(path, given):
    _, codes = given
    assert len(set(codes)) == CODES
    sign_in(path, codes[3].lower()).close()
    with pytest.raises(Refused, match="wrong-code"):
        sign_in(path, codes[3])
    sign_in(path, codes[4].replace("-", "")).close()


def test_a_wrong_code_counts_as_a_wrong_password_does(path, given):
    for _ in range(5):
        with pytest.raises(Refused, match="wrong-code"):
            sign_in(path, "000000")
    with pytest.raises(Refused, match="wait-until"):
        sign_in(path, one_time_code(given[0], NOW))
    later = NOW + timedelta(seconds=2)
    sign_in(path, one_time_code(given[0], later), later).close()


def test_a_wrong_password_is_told_before_any_code(path, given):
    with pytest.raises(Refused, match="wrong-password"):
        sign_in(path, one_time_code(given[0], NOW), password="plum blossoms")


def test_it_stays_with_a_new_password_and_a_new_data_key(path, given):
    desk = sign_in(path, given[1][0])
    registry.change_password(desk, PASSWORD, "quince jelly", cost=CHEAP)
    people.rotate(desk)
    desk.close()

    with pytest.raises(Refused, match="code-needed"):
        sign_in(path, password="quince jelly")
    with pytest.raises(Refused, match="wrong-code"):
        sign_in(path, given[1][0], password="quince jelly")
    sign_in(path, given[1][1], password="quince jelly").close()


def test_it_ends_with_the_password(path, given):
    desk = sign_in(path, given[1][0])
    with pytest.raises(Refused, match="wrong-password"):
        second_factor.end_second_factor(desk, "plum blossoms")
    second_factor.end_second_factor(desk, PASSWORD)
    assert not second_factor.has_second_factor(desk)
    desk.close()

    sign_in(path).close()


def test_nothing_is_kept_until_the_first_code_is_right(path):
    desk = a_registry(path, clock=a_clock())
    offer = second_factor.begin_second_factor(desk)
    with pytest.raises(Refused, match="wrong-code"):
        second_factor.confirm_second_factor(desk, offer, "000000", PASSWORD)
    with pytest.raises(Refused, match="wrong-password"):
        second_factor.confirm_second_factor(
            desk, offer, one_time_code(offer), "plum blossoms"
        )
    desk.close()

    sign_in(path).close()


def test_the_offer_names_site_and_user_and_shows_no_secret_where_it_is_printed(path):
    desk = a_registry(path)
    offer = second_factor.begin_second_factor(desk)
    desk.close()

    told = pyotp.parse_uri(offer.uri)
    assert (told.name, told.issuer) == (USER, "SAP")
    assert ElementTree.fromstring(offer.svg).tag.endswith("svg")
    assert offer.factor.base32 not in repr(offer)
    assert repr(offer.factor.secret) not in repr(offer)


def test_a_locked_screen_asks_for_the_code_too_and_takes_none_twice(path, given):
    offer, _ = given
    desk = sign_in(path, one_time_code(offer, NOW))
    with pytest.raises(Refused, match="code-needed"):
        come_back(desk, PASSWORD)
    with pytest.raises(Refused, match="wrong-code"):
        come_back(desk, PASSWORD, one_time_code(offer, NOW))
    with pytest.raises(Refused, match="wrong-password"):
        come_back(desk, "guess", "000000")
    assert desk.store.area.tries_of(desk.person.id).count == 2

    come_back(desk, PASSWORD, one_time_code(offer, NOW + timedelta(seconds=30)))

    assert not desk.store.area.tries_of(desk.person.id).count
    desk.close()
