from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.figures.obligations_status import obligations_status
from registry_app.domain.report import Kind
from registry_app.reports.archive import marks_of
from registry_app.reports.obligations import obligations
from tests.reports.looking import outside, pages
from tests.reports.made_up import EN, JA, an_issue
from tests.reports.made_up_duties import (
    ON,
    REGIME,
    a_protocol,
    many_duties,
    some_duties,
)


def a_report(duties=None, languages=(JA, EN), *, since=date(2026, 2, 28), **told):
    status = obligations_status(
        some_duties() if duties is None else duties,
        a_protocol(),
        ON,
        since=since,
        **{"regime": REGIME, **told},
    )
    return obligations(status, an_issue(languages, kind=Kind.OBLIGATIONS))


def said(pdf):
    return "".join(pages(pdf)).replace("\r\n", "")


def test_the_same_duties_give_the_same_bytes():
    assert a_report() == a_report()


def test_owners_are_named_each_as_such():
    text = said(a_report(languages=(EN,)))

    for owner in ("MAH", "Hospital", "Physician"):
        assert owner in text


def test_the_term_is_told_in_both_ways_of_counting():
    text = said(a_report())

    assert "2026-06-01" in text
    assert "初日を算入すると 2026-05-31" in text


def test_every_value_on_an_unconfirmed_rule_bears_the_mark():
    text = said(a_report(languages=(JA,)))
    marked = [d for d in some_duties() if d.to_confirm]

    # And the two notes that say what the mark means.
    assert text.count("［要確認］") == len(marked) + 2


def test_unconfirmed_settings_are_listed_with_their_value_and_source():
    text = said(a_report())

    for words in ("rule:O2", "1年ごと", "visit:endpoint", "未設定", "架空の出典 2"):
        assert words in text


def test_late_cases_of_one_line_are_all_named():
    text = said(a_report(many_duties(60)))

    late = {d.subject_id for d in many_duties(60) if d.standing(ON).value == "late"}
    assert len(late) > 60
    assert all(case in text for case in late - {""})


def test_no_last_report_and_no_regime_are_said():
    assert "前回の報告なし" in said(a_report(since=None, regime=None))


def test_a_lapsed_term_and_one_that_continues_are_said():
    lapsed = replace(REGIME, lapsed=True)
    pending = replace(REGIME, past_term=True, term_end=date(2026, 5, 1))

    assert "期限が切れた" in said(a_report(regime=lapsed))
    assert "承認は継続している" in said(a_report(regime=pending))
    assert "30日超過" in said(a_report(regime=pending))


def test_the_file_says_which_kind_it_is():
    marks = marks_of(a_report())

    assert marks["ReportKind"] == "obligations-status"
    assert marks["SubjectId"] == ""
    assert marks["TemplateVersion"] == "R4-2"


@pytest.mark.parametrize("languages", [(JA,), (EN,), (JA, EN)], ids="+".join)
@pytest.mark.parametrize(
    "duties",
    [[], some_duties(), many_duties(90)],
    ids=["none", "few", "many"],
)
def test_everything_stays_within_the_measure(duties, languages):
    assert outside(a_report(duties, languages)) == []
