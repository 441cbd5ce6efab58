"""The subcommand `plan`: windows and obligations without a registry or a display."""

import pytest

MSC = ("plan", "--pack", "msc-iv-sci", "--injury", "2025-04-01")
AS_OF = ("--as-of", "2025-06-01")
IPSC = ("plan", "--pack", "ipsc-npc-sci", "--injury", "2025-04-01")


def windows(ran):
    return {window["visit"]: window for window in ran.data["windows"]}


def obligations(ran):
    return {duty["key"]: duty for duty in ran.data["obligations"]}


def test_the_windows_of_a_patient_with_every_step_and_what_they_rest_on(command):
    ran = command(*MSC, "--treatment", "2025-05-20", *AS_OF, "--json")
    found = windows(ran)
    baseline = found["baseline"]

    assert (ran.status, ran.err) == (0, "")
    assert (baseline["first"], baseline["last"]) == ("2025-05-13", "2025-05-27")
    assert (baseline["days"], baseline["status"]) == ([42, 56], "closed")
    assert baseline["target"] == "2025-05-27"
    assert "nearest to the centre" in baseline["counts"]
    assert "jRCT2053210130" in baseline["citation"]
    assert baseline["to_confirm"] is False
    assert [step["date"] for step in baseline["steps"]][:4] == [
        "2025-04-01",
        "2025-05-20",
        "2025-05-13",
        "2025-05-27",
    ]
    endpoint = found["endpoint"]
    assert (endpoint["first"], endpoint["last"]) == ("2025-08-29", "2025-10-28")
    assert endpoint["status"] == "upcoming"
    after = found["day-220"]
    assert (after["anchor"], after["anchor_date"]) == ("treatment", "2025-05-20")
    assert after["to_confirm"] is True


def test_what_waits_for_a_date_is_named(command):
    ran = command(*MSC, *AS_OF, "--json")

    assert "day-220" not in windows(ran)
    waiting = {one["visit"]: one["anchor"] for one in ran.data["waiting"]}
    assert waiting["day-220"] == "treatment"


def test_the_obligations_of_the_patient_and_of_the_holder(command):
    found = obligations(
        command(
            *MSC,
            "--treatment",
            "2025-05-20",
            "--event",
            "marrow=2025-04-20",
            *AS_OF,
            "--json",
        )
    )
    term = found["O1"]
    assert (term["about"], term["owner"]) == ("product", "mah")
    assert (term["due"], term["alarm"]) == ("2025-12-28", "2025-12-27")
    assert [step["date"] for step in term["steps"]][:3] == [
        "2018-12-28",
        "2025-12-28",
        "2025-12-27",
    ]
    first = found["infection:1"]
    assert (first["period"], first["due"], first["target"]) == (
        ["2018-12-28", "2019-06-27"],
        "2019-07-27",
        "2019-07-26",
    )
    assert "2019-08-27" in [step["date"] for step in first["steps"]]
    marrow = found["O13:case"]
    assert (marrow["about"], marrow["due"], marrow["done"]) == (
        "patient",
        "2025-05-02",
        "2025-04-20",
    )
    assert found["O14:case"]["period"] == ["2025-05-20", "2045-05-20"]
    assert found["unset:O2"]["due"] is None
    for duty in found.values():
        assert duty["steps"]
        assert duty["confidence"] in ("confirmed", "secondary", "unconfirmed")
        assert duty["citation"] or duty["sources"]


def test_dates_of_the_product_and_states_of_the_approval_can_be_given(command):
    ran = command(
        *MSC,
        "--event",
        "designated=2019-04-01",
        "--event",
        "applied=2025-11-14",
        "--as-of",
        "2026-07-01",
        "--json",
    )
    found = obligations(ran)

    assert found["O2:1"]["due"] == "2020-05-31"
    assert "unset:O2" not in found
    assert (found["O1"]["done"], found["O1"]["standing"]) == ("2025-11-14", "done")
    regime = ran.data["regime"]
    assert (regime["state"], regime["past_term"], regime["lapsed"]) == (
        "applied",
        True,
        False,
    )
    assert found["infection:16"]["rule"] == "O8"


def test_an_extension_moves_the_term(command):
    ran = command(*MSC, "--event", "extended=2025-06-01", *AS_OF, "--json")

    assert ran.data["regime"]["term_end"] == "2028-12-28"
    assert obligations(ran)["O1"]["due"] == "2028-12-28"


def test_without_an_application_the_term_lapses_and_people_are_told_why(command):
    ran = command(*MSC, "--as-of", "2026-01-10")

    assert "--event applied=DATE" in ran.out
    assert "No registry was read" in ran.out


def test_research_has_its_own_windows_and_reports(command):
    ran = command(
        *IPSC,
        "--treatment",
        "2025-04-22",
        "--event",
        "plan-accepted=2025-02-01",
        "--event",
        "plan-submitted=2025-02-01",
        "--event",
        "consent=2025-04-10",
        "--as-of",
        "2026-02-01",
        "--json",
    )
    found = obligations(ran)

    assert ran.data["regime"] is None
    assert windows(ran)["week-52"]["first"] == "2026-04-07"
    assert found["annual:1"]["due"] == "2026-05-01"
    assert found["annual:1"]["warning"]
    assert found["D60:1"]["due"] == "2025-04-11"


def test_a_pack_that_treats_nobody_is_followed_as_comparison(command):
    ran = command(
        "plan", "--pack", "natural-history", "--injury", "2025-04-01", *AS_OF, "--json"
    )

    assert ran.data["arm"] == "comparison"
    assert windows(ran)["week-2"]["first"] == "2025-04-08"
    assert ran.data["regime"] is None


def test_a_comparison_patient_has_the_windows_of_that_arm(command):
    ran = command(*MSC, "--arm", "comparison", *AS_OF, "--json")

    assert "baseline" in windows(ran)
    assert "day-220" not in windows(ran)
    assert "O13:case" not in obligations(ran)


def test_for_people_each_date_has_its_arithmetic(command):
    ran = command(*MSC, "--treatment", "2025-05-20", *AS_OF)

    assert "2025-05-13 to 2025-05-27  Baseline" in ran.out
    assert "over (5 days ago)" in ran.out
    assert "Last day of the term 2025-12-28, or 2025-12-27" in ran.out
    assert "keep until 2045-05-20" in ran.out
    assert "To be confirmed (要確認)" in ran.out
    assert "Past their date: " in ran.out
    assert "No date can be counted: this date is not set" in ran.out


def test_in_japanese(command):
    ran = command("--lang", "ja", *MSC, *AS_OF)

    assert "受傷日" in ran.out
    assert "要確認" in ran.out
    assert "起算日" in ran.out


REFUSED = [
    (("--pack", "none", "--injury", "2025-04-01"), "none"),
    (("--pack", "msc-iv-sci", "--injury", "2025-06-02"), "2025-06-02 is after"),
    (
        ("--pack", "msc-iv-sci", "--injury", "2025-04-31"),
        "--injury: There is no such day",
    ),
    (("--pack", "msc-iv-sci", "--injury", "yesterday"), "date"),
    (("--pack", "msc-iv-sci", "--injury", "0001-01-01"), "between the years"),
    ((*MSC[1:], "--treatment", "2025-03-31"), "treatment"),
    ((*MSC[1:], "--treatment", "2025-05-20", "--arm", "comparison"), "comparison"),
    ((*MSC[1:], "--event", "marrow"), "NAME=DATE"),
    ((*MSC[1:], "--event", "=2025-04-20"), "NAME=DATE"),
    ((*MSC[1:], "--event", "moon=2025-04-20"), "It has: "),
    ((*MSC[1:], "--event", "marrow=never"), "--event marrow:"),
    ((*MSC[1:], "--event", "marrow=2025-03-20"), "before the injury"),
    (
        (*MSC[1:], "--event", "marrow=2025-04-20", "--event", "marrow=2025-04-21"),
        "given twice",
    ),
    ((*MSC[1:], "--event", "full=2025-05-01"), "cannot lead to"),
    ((*MSC[1:], "--event", "applied=2018-01-01"), "before the day of approval"),
]


@pytest.mark.parametrize(("argv", "said"), REFUSED, ids=lambda a: " ".join(a))
def test_what_cannot_be_planned_is_refused_with_one_sentence(command, argv, said):
    ran = command("plan", *argv, *AS_OF, "--json")

    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("argv", [("--pack", "msc-iv-sci"), ("--injury", "2025-04-01")])
def test_a_plan_needs_a_pack_and_an_injury(command, argv):
    assert command("plan", *argv).status == 2
