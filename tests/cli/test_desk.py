import pyotp
import pytest

from registry_app.services import second_factor
from registry_app.services.registry import sign_in
from tests.builders import PASSWORD, USER


@pytest.fixture
def codes(registry):
    """The backup codes of the administrator, who has a second factor."""
    desk = sign_in(registry, USER, PASSWORD)
    offer = second_factor.begin_second_factor(desk)
    code = pyotp.parse_uri(offer.uri).now()
    codes = second_factor.confirm_second_factor(desk, offer, code, PASSWORD)
    desk.close()
    return codes


def test_the_one_time_code_comes_from_the_environment(
    command, registry, codes, monkeypatch
):
    without = command("verify", registry)
    monkeypatch.setenv("REGISTRY_CODE", codes[0])
    with_code = command("verify", registry)
    again = command("verify", registry)

    assert (without.status, with_code.status, again.status) == (1, 0, 1)
    assert "six digits" in without.err
    assert "used already" in again.err
