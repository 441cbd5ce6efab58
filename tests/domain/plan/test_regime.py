"""The regime: what was entered, what follows from it, what is refused."""

from datetime import date, timedelta

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.plan.regime import check_entry, next_states, state_on
from registry_app.words import Language, Words
from tests.domain.plan.packs import APPROVAL, MACHINE, a_protocol, a_setting, an_entry

END = date(2025, 12, 28)
APPLIED = an_entry("applied", date(2025, 11, 14))


def test_the_approval_begins_on_its_day_and_its_term_is_counted_both_ways():
    found = state_on(a_protocol(), APPROVAL)

    assert (found.state.id, found.since) == ("conditional", APPROVAL)
    assert (found.term_end, found.term_alarm) == (END, date(2025, 12, 27))
    assert not found.lapsed
    assert not found.past_term


@pytest.mark.parametrize(
    ("days", "state"), [(-1, "conditional"), (0, "conditional"), (1, "expired")]
)
def test_the_term_lapses_by_itself_on_the_day_after_its_last_one(days, state):
    found = state_on(a_protocol(), END + timedelta(days=days))

    assert found.state.id == state
    assert found.lapsed == (state == "expired")


def test_past_the_term_a_pending_application_keeps_the_approval_alive():
    protocol = a_protocol(APPLIED)

    assert not state_on(protocol, END).past_term
    later = state_on(protocol, date(2027, 1, 1))
    assert (later.state.id, later.past_term, later.lapsed) == ("applied", True, False)
    assert not state_on(a_protocol(APPLIED, an_entry("full", END)), END).past_term


def test_extensions_add_up_and_move_the_term():
    protocol = a_protocol(
        an_entry("extended", date(2025, 6, 1), 1), an_entry("extended", END, 2)
    )

    assert state_on(protocol, date(2025, 5, 31)).term_end == END
    assert state_on(protocol, date(2025, 6, 1)).term_end == date(2026, 12, 28)
    found = state_on(protocol, date(2028, 12, 28))
    assert (found.state.id, found.extended_years) == ("extended", 3)
    assert state_on(protocol, date(2028, 12, 29)).lapsed


def test_of_two_entries_of_one_day_the_later_id_holds_at_its_end():
    day = date(2026, 9, 1)
    protocol = a_protocol(
        APPLIED, an_entry("refused", day, entry_id="b"), an_entry("full", day, 0, "a")
    )

    assert state_on(protocol, day).state.id == "refused"


def test_a_pack_without_a_machine_has_no_regime():
    protocol = a_protocol(machine=None)

    assert state_on(protocol, END) is None
    assert next_states(protocol, END) == ()


def test_while_the_day_of_approval_is_not_set_no_term_runs():
    protocol = a_protocol(base_dates=())

    found = state_on(protocol, date(2040, 1, 1))
    assert (found.state.id, found.since, found.term_end) == ("conditional", None, None)


def test_a_setting_of_the_day_of_approval_moves_the_term():
    protocol = a_protocol(settings=[a_setting("date:approval", date="2020-02-29")])

    assert state_on(protocol, date(2021, 1, 1)).term_end == date(2027, 2, 28)


def test_what_can_be_entered_is_what_the_state_of_that_day_leads_to():
    assert [state.id for state in next_states(a_protocol(), END)] == [
        "extended",
        "applied",
        "withdrawn",
    ]
    assert next_states(a_protocol(), END + timedelta(days=1)) == ()
    full = a_protocol(an_entry("extended", date(2025, 6, 1), 3))
    assert "extended" not in [state.id for state in next_states(full, END)]


NOT_ALLOWED = [
    ("a state that is none", an_entry("paused", END), "no-such-state"),
    ("full without an application", an_entry("full", END), "not-reached"),
    (
        "applied after the lapse",
        an_entry("applied", END + timedelta(days=1)),
        "not-reached",
    ),
    ("before the approval", an_entry("applied", date(2018, 12, 27)), "before-approval"),
    ("an extension of no years", an_entry("extended", END), "no-years"),
    ("more than three years", an_entry("extended", END, 4), "too-long"),
    ("years of no extension", an_entry("applied", END, 1), "years-elsewhere"),
]


@pytest.mark.parametrize(
    ("entry", "key"), [row[1:] for row in NOT_ALLOWED], ids=[r[0] for r in NOT_ALLOWED]
)
def test_what_the_machine_does_not_allow_is_refused_with_a_sentence(entry, key):
    with pytest.raises(Refused) as refused:
        check_entry(a_protocol(), entry)

    assert refused.value.message.key == f"plan.{key}"
    assert all(Words(lang).say(refused.value.message) for lang in Language)


def test_an_entry_needs_evidence_a_machine_and_a_day_of_approval():
    entry = an_entry("applied", END)
    silent = type(entry)("1", "applied", END, " ")
    for protocol, given, key in (
        (a_protocol(), silent, "no-evidence"),
        (a_protocol(machine=None), entry, "no-regime"),
        (a_protocol(base_dates=()), entry, "approval-not-set"),
    ):
        with pytest.raises(Refused, match=f"plan.{key}"):
            check_entry(protocol, given)


def test_a_backdated_entry_may_not_break_a_later_one():
    protocol = a_protocol(APPLIED, an_entry("full", date(2026, 9, 1)))

    with pytest.raises(Refused, match=r"plan.breaks-later"):
        check_entry(protocol, an_entry("withdrawn", date(2026, 3, 1)))
    check_entry(protocol, an_entry("extended", date(2025, 3, 1), 1))


def test_a_backdated_application_undoes_a_lapse():
    protocol = a_protocol()
    assert state_on(protocol, date(2026, 3, 1)).lapsed

    check_entry(protocol, APPLIED)

    assert state_on(a_protocol(APPLIED), date(2026, 3, 1)).past_term


def test_an_entry_of_the_same_id_is_a_correction_of_it():
    wrong = an_entry("applied", date(2025, 11, 14), entry_id="1")
    right = an_entry("applied", date(2025, 11, 17), entry_id="1")

    check_entry(a_protocol(wrong), right)


def test_a_state_that_the_pack_has_given_up_leads_nowhere():
    states = tuple(state for state in MACHINE.states if state.id != "withdrawn")
    machine = type(MACHINE)(
        MACHINE.initial, states, MACHINE.basis, "approval", MACHINE.term
    )
    protocol = a_protocol(an_entry("withdrawn", date(2020, 1, 1)), machine=machine)

    found = state_on(protocol, date(2020, 1, 2))
    assert (found.state.id, found.state.next) == ("withdrawn", ())
