from datetime import date

import pytest

from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.disclosure import disclosure, is_overdue
from registry_app.domain.publication import Publication, PublicationKind
from registry_app.domain.report import Kind
from registry_app.words import Language
from tests.domain.figures.made_up_safety import ON, a_dataset, publications
from tests.domain.figures.said import cover, everything, fields, table, widths


def report(found=None, **told):
    found = publications() if found is None else found
    dataset = a_dataset(publications=found, **told)
    rows = common_cover(Kind.DISCLOSURE, dataset.protocol, dataset.on)
    return disclosure(dataset, rows)


def study(**told):
    return Publication(
        **{"id": "P", "kind": PublicationKind.TRIAL, "title": "T", **told}
    )


@pytest.mark.parametrize(
    ("ended", "results", "overdue"),
    [
        (date(2025, 5, 31), None, False),
        (date(2025, 5, 30), None, True),
        (date(2020, 1, 1), date(2024, 1, 1), False),
        (date(2020, 1, 1), date(2026, 6, 1), True),
        (None, None, False),
    ],
)
def test_results_are_overdue_twelve_months_after_the_end(ended, results, overdue):
    assert is_overdue(study(ended_on=ended, results_on=results), ON) is overdue


def test_the_counts_add_up():
    assert fields(report(), "summary") == {
        "registered": "3",
        "ended": "2",
        "posted": "1",
        "overdue": "1",
        "unnumbered": "1",
        "papers": "1",
    }


def test_each_study_says_how_its_results_stand():
    rows = {row["title"]: row for row in table(report(), "studies")}

    assert rows["架空の第II相試験"]["results"] == "未公表：期限 2026-05-30 を1日超過"
    assert rows["架空の第II相試験"]["since-end"] == "366"
    late = rows["公表が遅れた架空の試験"]["results"]
    assert late == "2021-03-02　架空の学会誌（期限から30日後）"
    assert rows["架空の使用成績比較調査"]["results"].startswith("期限前")


def test_what_nobody_wrote_of_money_and_interests_is_named():
    rows = table(report(), "interests")

    assert [row["conflicts"] for row in rows].count("未記載") == 3


def test_the_cover_has_the_trial_ids_and_the_days_since_the_end():
    found = cover(report())

    assert found["trial-ids"] == "JMA-IIA00000, jRCT0000000000"
    assert found["longest-since-end"] == "2312日"
    assert found["addressee"] == "厚生労働大臣（PMDA）"
    assert "type" not in found


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("found", [(), publications()])
def test_it_is_whole(found, language):
    document = report(found)

    assert all(text.strip() for text in everything(document, language))
    assert set(widths(document).values()) == {168.0}
