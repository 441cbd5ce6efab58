"""The subcommand `clock`: one due date, counted without a registry or a display."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from registry_app.cli import duties
from registry_app.paths import ROOT

PROGRAM = (sys.executable, "-m", "registry_app", "clock")


@pytest.fixture(autouse=True)
def noon_of_new_year(monkeypatch):
    """It is 2026-01-03 in Japan."""
    noon = datetime(2026, 1, 3, 3, tzinfo=UTC)
    monkeypatch.setattr(duties, "now", lambda: noon)


def test_fifteen_days_over_new_year_as_data(command):
    ran = command("clock", "O4", "--aware", "2025-12-25", "--json")
    found = ran.data

    assert (ran.status, ran.err) == (0, "")
    assert (found["pack"], found["rule"], found["owner"]) == ("msc-iv-sci", "O4", "mah")
    assert (found["due"], found["target"]) == ("2026-01-09", "2026-01-09")
    assert (found["day"], found["of"], found["days_left"]) == (9, 15, 6)
    assert found["day_count"] == "day 9 of 15"
    assert found["standing"] == "red"
    assert found["confidence"] in ("confirmed", "secondary", "unconfirmed")
    assert (found["confirmed"], found["also"]) == (False, [])
    assert "68-10" in found["citation"]
    assert [step["date"] for step in found["steps"]][:2] == ["2025-12-25", "2026-01-09"]


def test_a_class_of_events_starts_every_clock_that_hangs_on_it(command):
    found = command("clock", "E2", "--aware", "2025-12-25", "--json").data

    assert (found["asked"], found["rule"], found["due"]) == ("E2", "O4", "2026-01-09")
    also = {one["rule"]: one for one in found["also"]}
    assert set(also) == {"O9", "O10"}
    assert (also["O9"]["due"], also["O9"]["alarm"]) == (None, "2026-01-09")
    assert also["O9"]["legal"] is False
    assert also["O10"]["to_confirm"] is True


def test_for_people_it_says_owner_day_count_law_and_what_is_to_be_confirmed(command):
    ran = command("clock", "E2", "--aware", "2025-12-20", "--as-of", "2026-01-08")

    assert ran.status == 0
    assert "Due 2026-01-04, target 2025-12-26, day 19 of 15" in ran.out
    assert "Late by 4 days" in ran.out
    assert "Art. 68-10(2)" in ran.out
    assert "To be confirmed (要確認)" in ran.out
    assert "It is a Sunday" in ran.out


def test_in_japanese(command):
    ran = command("--lang", "ja", "clock", "O4", "--aware", "令和7年12月25日")

    assert "15日中9日目" in ran.out
    assert "製造販売業者" in ran.out


def test_a_moment_counts_by_its_day_in_japan(command):
    def due(moment):
        more = ("--as-of", "2026-05-01", "--json")
        return command("clock", "O4", "--aware", moment, *more).data["due"]

    assert due("2026-04-30T14:59:00Z") == "2026-05-15"
    assert due("2026-04-30T15:00:00Z") == "2026-05-16"
    assert due("2026-05-01T00:00:00+09:00") == "2026-05-16"


def test_the_pack_need_not_be_named_where_one_alone_knows_the_rule(command):
    found = command("clock", "d7", "--aware", "2025-12-25", "--json").data

    assert (found["pack"], found["due"]) == ("ipsc-npc-sci", "2026-01-01")
    named = command(
        "clock", "D7", "--aware", "2025-12-25", "--pack", "ipsc-npc-sci", "--json"
    )
    assert named.data == found


def test_a_rule_holds_from_its_first_day(command):
    for aware, status in (("2026-04-30", 1), ("2026-05-01", 0)):
        ran = command("clock", "O7", "--aware", aware, "--as-of", "2026-06-01")
        assert ran.status == status
    before = command("clock", "O7", "--aware", "2026-04-30", "--as-of", "2026-06-01")
    assert before.err == (
        "Rule O7 is in force from 2026-05-01: it was not yet on 2026-04-30.\n"
    )


REFUSED = [
    (("O99", "--aware", "2025-12-25"), "No protocol pack has"),
    (("O99", "--aware", "2025-12-25", "--pack", "msc-iv-sci"), "It has: O3, O4"),
    (("O4", "--aware", "2025-12-25", "--pack", "nothing"), "nothing"),
    (("O4", "--aware", "2025-12-25", "--pack", "natural-history"), "has no clock"),
    (("O8", "--aware", "2025-12-25"), "is not counted from a day of awareness"),
    (("O1", "--aware", "2025-12-25"), "is not counted from a day of awareness"),
    (("O4", "--aware", "2026-01-04"), "what has not happened yet"),
    (("O4", "--aware", "2025-12-25", "--as-of", "2025-12-24"), "2025-12-25 is after"),
    (("O4", "--aware", "2025-02-30"), "--aware: There is no such day"),
    (("O4", "--aware", "soon"), "date"),
    (("O4", "--aware", ""), "date"),
    (("O4", "--aware", "2025-12-25T10:00"), "with its zone"),
    (("O4", "--aware", "2025-12-25T99:00Z"), "with its zone"),
    (("O4", "--aware", "1200-01-01"), "between the years"),
    (("O4", "--aware", "2025-12-25", "--as-of", "9999-12-31"), "between the years"),
]


@pytest.mark.parametrize(("argv", "said"), REFUSED, ids=lambda a: " ".join(a))
def test_what_cannot_be_counted_is_refused_with_one_sentence(command, argv, said):
    ran = command("clock", *argv, "--json")

    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_no_day_of_awareness_is_wrong_usage(command):
    assert command("clock", "O4").status == 2


def test_it_runs_as_a_program_without_a_display():
    environ = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [*PROGRAM, "O4", "--aware", "2025-12-25", "--as-of", "2026-01-03", "--json"],
        capture_output=True,
        env=environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )

    assert json.loads(done.stdout)["due"] == "2026-01-09"
