"""Rules are confirmed by a person; another version of the pack is looked at first."""

from datetime import date, timedelta

import pytest

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.plan.pack import Span
from registry_app.domain.plan.records import Settled
from registry_app.packs.loader import load_pack
from registry_app.services import obligations, trail
from registry_app.services.pack_upgrades import (
    accept_pack,
    pack_upgrade,
    upgrade_plan,
)
from registry_app.services.protocol import (
    confirm,
    pack_in_use,
    protocol,
    set_setting,
    today_in_japan,
    unsure,
)
from registry_app.words import Language, Words
from tests.builders import INJURY, a_registry, a_subject, an_exam, an_own_pack
from tests.services.own_pack import visits


@pytest.fixture
def own(tmp_path):
    """A registry under the first version of a pack of its own."""
    an_own_pack("made-up", 1, visits(first=49, gone=70))
    desk = a_registry(tmp_path / "own.registry", pack="made-up")
    yield desk
    desk.close()


def _rule(desk, name):
    return next(rule for rule in protocol(desk).rules() if rule.id == name)


def test_to_confirm_a_rule_takes_it_off_the_list_with_who_when_and_by_what(desk):
    before = [one.id for one in unsure(desk)]
    saved = confirm(desk, "rule:O2", "the letter of approval, page 2")
    assert "rule:O2" in before
    assert [one.id for one in unsure(desk)] == [i for i in before if i != "rule:O2"]
    assert (saved.confirmed_by, saved.confirmed_on) == (
        "架空 管理者",
        today_in_japan(desk),
    )
    (entry,) = trail.trail_entries(desk, "setting")
    assert entry.reason == "the letter of approval, page 2"


def test_a_confirmation_says_by_what(desk):
    with pytest.raises(Refused, match=r"protocol\.no-evidence"):
        confirm(desk, "rule:O2", "  ")


@pytest.mark.parametrize("name", ["rule:none", "visit:none", "none:O2", "O2", ""])
def test_only_what_the_pack_has_can_be_confirmed_or_set(desk, name):
    with pytest.raises(InvalidValue, match=r"protocol\.no-such-rule"):
        confirm(desk, name, "letter")
    with pytest.raises(InvalidValue, match=r"protocol\.no-such-rule"):
        set_setting(desk, name, {}, "letter")


def test_what_is_set_is_in_effect_and_to_be_confirmed_again(desk):
    confirm(desk, "rule:O4", "law")
    set_setting(desk, "rule:O4", {"due": "p14d"}, "other law")
    assert _rule(desk, "O4").due == Span(days=14)
    assert protocol(desk).confirmed("rule:O4") is None
    set_setting(desk, "rule:O4", {"due": "P13D"}, "other law", evidence="gazette")
    assert protocol(desk).confirmed("rule:O4").evidence == "gazette"
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        set_setting(desk, "rule:O4", {}, "")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("rule:O4", {"due": "two weeks"}),
        ("rule:O4", {"days": "3"}),
        ("rule:O2", {"preset": "never"}),
        ("visit:baseline", {"before": "-1"}),
        ("visit:baseline", {"after": "some"}),
        ("date:approval", {"date": "2018-02-30"}),
        ("signal:none", {"below": "3"}),
    ],
)
def test_what_cannot_be_set_is_refused_in_a_sentence(desk, name, values):
    with pytest.raises(InvalidValue) as refused:
        set_setting(desk, name, values, "letter")
    for language in Language:
        assert Words(language).say(refused.value.message)


def test_a_base_date_that_is_set_brings_its_periods(desk):
    assert "unset:O2" in {duty.key for duty in obligations.ledger_on(desk)}
    set_setting(desk, "date:designated", {"date": "2025-01-10"}, "notice")
    keys = {duty.key for duty in obligations.ledger_on(desk)}
    assert "O2:1" in keys
    assert "unset:O2" not in keys


def test_the_protocol_as_of_then_has_the_settings_of_then(desk):
    cut = trail.head(desk).seq
    set_setting(desk, "rule:O4", {"due": "P14D"}, "letter")
    assert protocol(desk, as_of=cut).settings == {}
    assert protocol(desk).settings["rule:O4"].values == {"due": "P14D"}


def test_the_pack_in_its_folder_is_the_one_in_use(desk):
    assert upgrade_plan(desk) is None


def test_another_version_is_looked_at_before_it_is_taken_in(own):
    first, second = a_subject(own), a_subject(own)
    an_exam(own, first, INJURY + timedelta(days=70))
    before = pack_in_use(own)
    an_own_pack("made-up", 2, visits(first=48, new=90))

    upgrade = upgrade_plan(own)

    assert [(part.kind, part.id, part.fields) for part in upgrade.parts] == [
        ("visits", "first", ("at",)),
        ("visits", "gone", ()),
        ("visits", "new", ()),
    ]
    assert upgrade.subjects == 2
    assert {duty.key for duty in upgrade.plan.begins} == {
        f"visit:new:{first.id}",
        f"visit:new:{second.id}",
    }
    assert {duty.key for duty in upgrade.plan.ends} == {
        f"visit:gone:{first.id}",
        f"visit:gone:{second.id}",
    }
    assert {after.key for _, after in upgrade.plan.changes} == {
        f"visit:first:{first.id}",
        f"visit:first:{second.id}",
    }
    assert pack_in_use(own) == before

    accept_pack(own, upgrade, "version 2 of the protocol, approved")

    assert pack_in_use(own).pack_version == 2
    (entry, _) = trail.trail_entries(own, "pack")
    assert entry.reason == "version 2 of the protocol, approved"
    with own.read() as reading:
        assert list(own.planner.differing(reading)) == []
        settled = {one.id: one for one in reading.find(Settled)}
    done = settled[f"visit:gone:{first.id}"]
    missed = settled[f"visit:gone:{second.id}"]
    assert (done.done_on, done.not_applicable) == (INJURY + timedelta(days=70), "")
    assert missed.not_applicable == "version 2 of the protocol, approved"
    found = {duty.key: duty for duty in obligations.ledger_on(own)}
    assert found[f"visit:first:{first.id}"].opens == INJURY + timedelta(days=41)
    assert found[missed.id].ended is not None
    assert upgrade_plan(own) is None
    assert trail.verify(own).problems == ()


def test_what_a_new_version_says_otherwise_is_confirmed_by_nobody_yet(own):
    confirm(own, "visit:first", "the protocol, page 3")
    confirm(own, "visit:gone", "the protocol, page 3")
    an_own_pack("made-up", 2, visits(first=48, gone=70))

    accept_pack(own, upgrade_plan(own), "version 2 of the protocol, approved")

    now = protocol(own)
    assert now.confirmed("visit:first") is None
    assert now.confirmed("visit:gone").evidence == "the protocol, page 3"


def test_a_version_that_is_not_newer_or_another_pack_is_refused(own):
    with pytest.raises(Refused, match=r"protocol\.other-pack"):
        pack_upgrade(own, load_pack("msc-iv-sci"))
    an_own_pack("made-up", 1, visits(first=50))
    with pytest.raises(Refused, match=r"protocol\.no-newer-version"):
        upgrade_plan(own)


def test_a_plan_that_is_out_of_date_is_not_accepted(own):
    an_own_pack("made-up", 2, visits(first=48))
    old = upgrade_plan(own)
    accept_pack(own, upgrade_plan(own), "approved")
    with pytest.raises(Refused, match=r"storage\.changed-meanwhile"):
        accept_pack(own, old, "approved again")


def test_a_day_in_japan_begins_nine_hours_before_that_of_the_clock(desk):
    assert today_in_japan(desk) == date(2026, 4, 1)


def test_a_form_number_is_printed_only_once_somebody_has_seen_the_form(desk):
    told = {"form-number": "made-up form 1"}
    set_setting(desk, "report:R1", told, "heard of it")
    assert protocol(desk).form_number("R1") == ""

    set_setting(desk, "report:R1", told, "", "the notice, made up")
    assert protocol(desk).form_number("R1") == "made-up form 1"
    with pytest.raises(InvalidValue, match=r"protocol\.no-such-rule"):
        set_setting(desk, "report:R4", told, "", "no official form has it")
