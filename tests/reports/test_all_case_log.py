from datetime import date

import pytest

from registry_app.domain.figures.all_case_log import all_case_log as log_of
from registry_app.domain.message import Told
from registry_app.domain.plan.pack import Cohort
from registry_app.domain.plan.pack import Test as Asked
from registry_app.domain.report import Kind
from registry_app.reports.all_case_log import all_case_log
from registry_app.words import Language, Words
from tests.reports.looking import outside, pages
from tests.reports.made_up import EN, JA, an_issue
from tests.reports.made_up_duties import ON, SURE, a_kit, a_protocol, some_cases

JAPANESE = Words(Language.JA)


def a_report(cases, languages=(JA, EN), stray=False):
    kits = [kit for case in cases for kit in case.kits]
    if stray:
        kits.append(a_kit("", date(2026, 3, 1), None, id="x", number="K-0999"))
    log = log_of(cases, kits, a_protocol(), ON)
    return all_case_log(log, an_issue(languages, kind=Kind.ALL_CASE_LOG))


def said(pdf):
    return "".join(pages(pdf)).replace("\r\n", "")


def test_the_same_cases_give_the_same_bytes():
    assert a_report(some_cases()) == a_report(some_cases())


def test_the_reconciliation_is_said_to_be_right_or_wrong():
    assert "すべてのキットに症例がある" in said(a_report(some_cases()))
    wrong = said(a_report(some_cases(), stray=True))
    assert "照合が一致しない" in wrong
    assert "K-0999" in wrong


def test_a_kit_that_was_not_given_stands_with_its_reason_and_its_case():
    text = said(a_report(some_cases()))

    for words in ("K-0900", "製造不成立", "2-2"):
        assert words in text


def test_no_name_stands_in_it():
    assert "架空 太郎" not in said(a_report(some_cases()))


@pytest.mark.parametrize("languages", [(JA,), (EN,), (JA, EN)], ids="+".join)
@pytest.mark.parametrize("count", [0, 6, 60])
def test_everything_stays_within_the_measure(count, languages):
    cases = some_cases(count) if count else []

    assert outside(a_report(cases, languages, stray=True)) == []


def test_each_figure_of_the_sum_leads_to_as_many_kits_as_it_says():
    cases = some_cases()
    kits = [kit for case in cases for kit in case.kits]
    kits.append(a_kit("", date(2026, 3, 1), None, id="x", number="K-0999"))
    log = log_of(cases, kits, a_protocol(), ON)
    found = []
    all_case_log(log, an_issue((JA, EN), kind=Kind.ALL_CASE_LOG), found.extend)

    by_label = {region.label: len(set(region.refs)) for region in found}
    total = log.sum
    counts = (total.ordered, total.given, total.not_given, total.pending, 1)
    names = ("発注", "投与", "投与せず", "未定", "症例不明")
    assert [by_label.get(name, 0) for name in names] == list(counts)


def test_what_keeps_cases_out_of_every_cohort_is_said_once_with_its_rows():
    name = Told("架空のコホート（AIS A）", "A made-up cohort (AIS A)")
    cohort = Cohort("one", name, "endpoint", (Asked("ais", ("A",)),), SURE)
    log = log_of(some_cases(60), [], a_protocol(cohorts=(cohort,)), ON)
    rows = [*log.treated, *log.comparison]
    found = []

    pdf = all_case_log(log, an_issue((JA,), kind=Kind.ALL_CASE_LOG), found.extend)

    whys = {JAPANESE.say(row.grouped.why) for row in rows}
    assert all(row.grouped.cohort is None for row in rows)
    text = said(pdf)
    numbers = {n for n in range(1, 99) if f"注{n}" in text}
    assert numbers == set(range(1, len(whys) + 1))
    assert "1：架空のコホート（AIS A）" in text
