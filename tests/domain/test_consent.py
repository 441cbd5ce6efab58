from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_app.domain.consent import (
    Consent,
    Scope,
    Signer,
    effects,
    in_force,
    use_of_data,
)
from registry_app.domain.errors import InvalidValue
from registry_app.words import Language, Words

SIGNED = date(2026, 2, 1)


def a_consent(scope=Scope.TREATMENT, on=SIGNED, **told):
    return Consent(f"c-{scope}-{on}", "SAP-0001-7", scope, "leaflet 3", on, **told)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"withdrawn_on": SIGNED - timedelta(days=1)}, "withdrawn-before-signed"),
        ({"signer": Signer.PROXY}, "no-relation"),
        ({"signer": Signer.PROXY, "relation": " "}, "no-relation"),
    ],
)
def test_a_consent_that_cannot_be_is_none(told, key):
    with pytest.raises(InvalidValue, match=key):
        a_consent(**told)


def test_a_consent_holds_from_its_day_until_the_day_before_it_is_taken_back():
    back = SIGNED + timedelta(days=10)
    consent = a_consent(withdrawn_on=back)
    assert not consent.holds(SIGNED - timedelta(days=1))
    assert consent.holds(SIGNED)
    assert consent.holds(back - timedelta(days=1))
    assert not consent.holds(back)


def test_of_two_in_force_the_newer_one_counts():
    older, newer = a_consent(), a_consent(on=SIGNED + timedelta(days=5))
    assert in_force([newer, older], Scope.TREATMENT, newer.signed_on) is newer
    assert in_force([newer, older], Scope.TREATMENT, SIGNED) is older
    assert in_force([newer, older], Scope.PROVISION, newer.signed_on) is None


def test_data_go_to_others_only_under_a_consent_that_says_so():
    """REGULATION.md section 7, row 16: no opt-out for health data."""
    use = use_of_data([a_consent(), a_consent(Scope.FOLLOW_UP)], SIGNED)
    assert (use.treatment, use.follow_up, use.provision) == (True, True, False)
    assert [message.key for message in use.why] == ["consent.is-missing"]


def test_taking_one_scope_back_leaves_the_others_and_says_what_stays():
    back = SIGNED + timedelta(days=30)
    consents = [a_consent(scope) for scope in (Scope.TREATMENT, Scope.FOLLOW_UP)]
    consents.append(a_consent(Scope.PROVISION, withdrawn_on=back))
    before = use_of_data(consents, back - timedelta(days=1))
    after = use_of_data(consents, back)
    assert before.provision
    assert before.why == ()
    assert (after.treatment, after.follow_up, after.provision) == (True, True, False)
    assert [m.key for m in after.why] == ["consent.is-withdrawn", "consent.kept"]


def test_a_consent_given_again_counts_again():
    back = SIGNED + timedelta(days=30)
    first = a_consent(Scope.PROVISION, withdrawn_on=back)
    again = a_consent(Scope.PROVISION, on=back + timedelta(days=1))
    assert use_of_data([first, again], again.signed_on).provision


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("scope", list(Scope))
def test_what_a_withdrawal_does_is_said_and_what_stays_is_said_last(scope, language):
    words = Words(language)
    told = effects(a_consent(scope))
    assert [message.key for message in told] == [
        f"consent.effect-{scope}",
        "consent.kept",
    ]
    assert all(map(words.say, told))
    assert words.say(scope.told)


@given(st.sets(st.sampled_from(Scope)), st.integers(0, 60), st.integers(0, 60))
def test_without_a_consent_in_force_nothing_is_allowed(scopes, signed, asked):
    consents = [
        a_consent(scope, on=SIGNED + timedelta(days=signed)) for scope in scopes
    ]
    use = use_of_data(consents, SIGNED + timedelta(days=asked))
    allowed = {
        scope
        for scope, may in (
            (Scope.TREATMENT, use.treatment),
            (Scope.FOLLOW_UP, use.follow_up),
            (Scope.PROVISION, use.provision),
        )
        if may
    }
    assert allowed == (scopes if asked >= signed else set())
    assert len(use.why) == len(Scope) - len(allowed)
