from dataclasses import replace
from datetime import timedelta

from registry_app.domain.course import EndReason, FollowUp
from registry_app.domain.figures.document import Table, walk
from registry_app.domain.figures.reported import learned, reports
from registry_app.domain.figures.safety_tables import observed_days, safety
from registry_app.domain.safety import CaseVersion, Expectedness, Judged
from tests.domain.figures.made_up_efficacy import a_patient
from tests.domain.figures.made_up_survey import (
    ALL_OUT,
    INJURY,
    ON,
    a_case,
    an_event,
    in_period,
    survey,
    with_case,
)
from tests.domain.figures.said import said


def tables(dataset=None):
    dataset = dataset or in_period(survey())
    found = walk(safety(dataset, reports(dataset)))
    return {b.id: b for b in found if isinstance(b, Table)}


def shown(table):
    return {row.id: [said(c.shown) for c in row.cells[1:]] for row in table.rows}


def day(number):
    return INJURY + timedelta(days=number)


def test_drafts_and_cases_from_abroad_are_in_no_count():
    found = shown(tables()["events-summary"])

    assert found["any-event"] == ["2 / 13", "(1.9–45.4)", "2", "1"]
    assert found["serious"] == ["1 / 13", "(0.2–36.0)", "1", "0"]
    assert found["of-comparison"][0] == "0 / 2"


def test_an_open_draft_is_named():
    (row,) = tables()["drafts"].rows

    assert [said(c.shown) for c in row.cells][:2] == ["SAP-S0003", "SAP-0002-X"]


def test_what_reporter_and_holder_rule_out_is_no_reaction():
    out = an_event(1, by_reporter=ALL_OUT, by_holder=ALL_OUT)
    dataset = survey(events=(out, an_event(2)))

    found = tables(dataset)
    assert shown(found["events-by-soc"])["any"][2] == "2"
    assert shown(found["reactions-by-soc"])["any"][0] == "1"


def test_each_term_says_what_its_events_are_suspected_to_come_from():
    product = {"product": Judged.RULED_OUT}
    events = (
        an_event(1, by_reporter=product, by_holder={"product": Judged.UNKNOWN}),
        an_event(2, by_reporter=product, by_holder=product),
        an_event(
            3, case=1, term="貧血", group="", by_reporter=ALL_OUT, by_holder=ALL_OUT
        ),
    )

    found = shown(tables(survey(events=events))["causality-by-term"])

    # Events; suspected and ruled out, of product, harvest, procedure, injury.
    assert found["any"] == ["3", "1", "2", "2", "1", "2", "1", "2", "1"]
    assert found["一般・全身障害:発熱"] == ["2", "1", "1", *("2", "0") * 3]
    assert found[":貧血"] == ["1", *("0", "1") * 4]


def test_terms_stand_under_their_class_and_what_is_not_coded_comes_last():
    names = [row.id for row in tables()["events-by-soc"].rows]

    assert names == [
        "any",
        "class:一般・全身障害",
        "一般・全身障害:発熱",
        "class:",
        ":貧血",
    ]


def test_reactions_are_crossed_by_seriousness_and_expectedness():
    undecided = an_event(2, serious={}, expected=Expectedness.UNDECIDED, label="")
    table = tables(survey(events=(an_event(1), undecided)))["reactions-by-soc"]
    ids = [column.id for column in table.columns]
    first = dict(zip(ids, (c.shown for c in table.rows[0].cells), strict=True))

    assert (first["events"], first["mild-new"], first["open-open"]) == ("2", "1", "1")


def test_an_event_of_special_interest_that_nobody_had_has_an_upper_limit():
    found = shown(tables()["special"])

    assert found["lung"] == ["1 / 13", "(0.2–36.0)", "—", "0", "3", "0 / 1 / 0"]
    assert found["tumour"] == ["0 / 13", "(0.0–24.7)", "20.6", "0", "—", "0 / 0 / 0"]


def test_a_death_without_a_fatal_event_is_named_as_a_gap():
    dataset = survey()
    one, *rest = dataset.patients
    ended = FollowUp(one.id, EndReason.DEATH, day(300), day(300))
    dead = with_case(one, follow_up=ended)

    found = tables(replace(dataset, patients=(dead, *rest)))
    summary = shown(found["events-summary"])
    assert summary["fatal"][0] == "0 / 13"
    assert summary["ended-by-death"][0] == summary["death-not-told"][0] == "1 / 13"
    (row,) = found["deaths"].rows
    assert [said(c.shown) for c in row.cells][:3] == [
        "SAP-0001-X",
        "240",
        "死亡による追跡終了。致死的事象の記録なし",
    ]


def test_somebody_lost_is_observed_until_last_known_alive():
    lost = FollowUp("x", EndReason.LOST, day(300), day(250))
    patient = with_case(a_patient(1), follow_up=lost)

    assert observed_days(patient, day(60), ON) == 190
    assert observed_days(patient, day(60), ON, since=day(200)) == 50
    assert observed_days(a_patient(1), day(60), day(100)) == 40


def test_exposure_adds_up_the_days_of_everybody_treated():
    everyone = survey().patients
    given = [p for p in everyone if p.case.subject.treatment_date]
    days = sum(observed_days(p, p.case.subject.treatment_date, ON) for p in given)

    row = next(r for r in tables()["exposure"].rows if r.id == "patient-years")
    assert row.cells[1].data["days"] == days


def test_nobody_learns_of_an_event_before_it_begins():
    case = a_case(1, versions={"1": CaseVersion(day(50)), "2": CaseVersion(day(90))})

    assert learned(an_event(1), case) == day(50)
    assert learned(an_event(1, onset=day(70)), case) == day(90)
    assert learned(an_event(1, onset=day(95)), case) == day(90)
