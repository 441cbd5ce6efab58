import pytest

from registry_app.domain.figures.statistics import (
    Kappa,
    kappa,
    number,
    proportion,
    quartiles,
    tenths,
    zero_limit,
)

GRADES = ("A", "B", "C", "D", "E")


@pytest.mark.parametrize(
    ("n", "total", "said", "wilson"),
    [
        (12, 13, "92.3 % (64.0–99.8)", "(66.7–98.6)"),
        (5, 6, "83.3 % (35.9–99.6)", "(43.6–97.0)"),
        (2, 4, "50.0 % (6.8–93.2)", "(15.0–85.0)"),
        (0, 13, "0.0 % (0.0–24.7)", "(0.0–22.8)"),
        (0, 4, "0.0 % (0.0–60.2)", "(0.0–49.0)"),
        (0, 90, "0.0 % (0.0–4.0)", "(0.0–4.1)"),
        (35, 203, "17.2 % (12.3–23.2)", "(12.7–23.0)"),
        (1, 169, "0.6 % (0.0–3.3)", "(0.1–3.3)"),
    ],
)
def test_published_intervals_come_out(n, total, said, wilson):
    found = proportion(n, total)

    assert found.said == said
    assert found.companion == wilson
    assert found.over == f"{n} / {total}"


def test_nobody_at_all_has_no_interval_and_no_percentage():
    found = proportion(0, 0)

    assert (found.percent, found.exact, found.wilson, found.upper) == (None,) * 4
    assert (found.over, found.said, found.companion) == ("0 / 0", "—", "—")
    assert found.plain == {"n": 0, "total": 0}


def test_more_than_there_are_is_refused():
    with pytest.raises(ValueError, match="more"):
        proportion(3, 2)


def test_no_event_has_a_one_sided_upper_limit():
    assert tenths(proportion(0, 13).upper) == "20.6"
    assert tenths(proportion(0, 90).upper) == "3.3"
    assert tenths(100 * zero_limit(1)) == "95.0"
    assert proportion(1, 13).upper is None


def test_a_half_is_rounded_up():
    assert proportion(4, 64).said.startswith("6.3 %")
    assert proportion(1, 16).said.startswith("6.3 %")
    assert tenths(0.25) == "0.3"


def test_below_twenty_people_n_of_n_is_what_is_said():
    assert proportion(3, 19).small
    assert not proportion(3, 20).small


def test_as_data_a_proportion_has_its_percentages_unrounded():
    assert proportion(12, 13).plain == {
        "n": 12,
        "total": 13,
        "percent": "92.307692",
        "exact": ["63.970256", "99.805437"],
        "wilson": ["66.686049", "98.628958"],
    }


def test_kappa_of_fleiss_example_of_two_raters_is_as_published():
    """Fleiss, Statistical Methods for Rates and Proportions: 0.68 (n = 100)."""
    table = ((75, 1, 4), (5, 4, 1), (0, 0, 10))
    pairs = _pairs(table, "ABC")

    found = kappa(pairs, "ABC")

    assert found.pairs == 100
    assert found.agreed == 89
    assert round(found.plain, 2) == 0.68


def test_kappa_is_that_of_statsmodels():
    from statsmodels.stats.inter_rater import cohens_kappa

    table = (
        (20, 2, 0, 1, 0),
        (3, 11, 2, 0, 0),
        (0, 4, 15, 3, 0),
        (0, 1, 2, 30, 1),
        (0, 0, 0, 2, 5),
    )

    found = kappa(_pairs(table, GRADES), GRADES)

    assert found.plain == pytest.approx(cohens_kappa(table, return_results=False))
    assert found.linear == pytest.approx(
        cohens_kappa(table, wt="linear", return_results=False)
    )


def test_kappa_is_not_defined_where_only_one_grade_was_used():
    assert kappa([("A", "A"), ("A", "A")], GRADES) == Kappa(2, 2, None, None)
    assert kappa([], GRADES) == Kappa(0, 0, None, None)


def test_quartiles_are_those_of_numpy():
    import numpy

    values = [3, 9, 4, 11, 27, 8, 14]

    found = quartiles(values)

    expected = numpy.quantile(values, [0.25, 0.5, 0.75])
    assert [found.lower, found.median, found.upper] == list(expected)


def test_quartiles_of_one_value_are_that_value_and_of_none_nothing():
    one = quartiles([16])
    assert (one.lower, one.median, one.upper) == (16, 16, 16)
    assert quartiles([]) is None


def test_a_median_is_printed_as_briefly_as_it_can_be():
    assert number(16.0) == "16"
    assert number(16.5) == "16.5"


def _pairs(table, grades):
    return [
        (one, other)
        for one, row in zip(grades, table, strict=True)
        for other, count in zip(grades, row, strict=True)
        for _ in range(count)
    ]
