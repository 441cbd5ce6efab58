from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.figures.document import Ref
from registry_app.domain.figures.obligations_status import obligations_status
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.records import THE_PACK
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


def found_by(duties):
    status = obligations_status(duties, a_protocol(), ON, regime=REGIME)
    found = []
    obligations(status, an_issue((JA,), kind=Kind.OBLIGATIONS), found.extend)
    return status, {region.label: region.refs for region in found}


def test_each_count_of_the_strip_leads_to_the_cases_that_it_counts():
    status, by_label = found_by(many_duties(60))

    shown = {
        "期限超過": (status.late, status.counts.late),
        "7日以内": (status.ahead, status.counts.red),
        "8–30日": (status.ahead, status.counts.amber),
        "31–90日": (status.ahead, status.counts.green),
    }
    standings = (Standing.LATE, Standing.RED, Standing.AMBER, Standing.GREEN)
    for (label, (lines, n)), standing in zip(shown.items(), standings, strict=True):
        these = [line for line in lines if line.standing is standing]
        assert sum(line.count for line in these) == n
        cases = {case for line in these for case in line.cases}
        subjects = {r.id for r in by_label.get(label, ()) if r.kind == "subject"}
        assert cases == subjects, label


def test_the_count_of_unconfirmed_settings_leads_to_them_and_to_the_pack():
    status, by_label = found_by(some_duties())

    refs = by_label["未確認の設定"]
    assert {r.id for r in refs if r.kind == "setting"} == {
        setting.id for setting in status.to_confirm
    }
    assert Ref("pack", THE_PACK) in refs


def test_a_line_of_many_late_cases_names_the_table_that_lists_them():
    text = said(a_report(many_duties(60), (JA,)))

    assert "症例は表 2" in text or "症例は表2" in text


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
    assert marks["TemplateVersion"] == "R4-3"


@pytest.mark.parametrize("languages", [(JA,), (EN,), (JA, EN)], ids="+".join)
@pytest.mark.parametrize(
    "duties",
    [[], some_duties(), many_duties(90)],
    ids=["none", "few", "many"],
)
def test_everything_stays_within_the_measure(duties, languages):
    assert outside(a_report(duties, languages)) == []
