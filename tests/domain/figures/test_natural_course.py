"""Published series drawn beside the results, or left out as the plan says."""

from datetime import date

import pytest

from registry_app.domain.evaluation import Evaluation, OtherWindow
from registry_app.domain.figures.analysis_sets import primary
from registry_app.domain.figures.document import Figure
from registry_app.domain.figures.natural_course import derived, natural_course
from registry_app.domain.figures.plan_items import definitions
from registry_app.domain.message import Told
from registry_app.domain.plan.pack import ComparatorRow, ComparatorShare
from tests.domain.figures.made_up_efficacy import ON, a_dataset, a_protocol


def a_row(n, **figures):
    return ComparatorRow("study", Told("日", "day"), n, figures)


def drawn(dataset):
    """Rows of the figure by the words of their group's event."""
    blocks = natural_course(dataset, primary(dataset))
    (figure,) = [one for one in blocks if isinstance(one, Figure)]
    return {
        (name.params["grade"], name.params["by"]): rows
        for name, rows in figure.chart.groups
    }


@pytest.mark.parametrize(
    ("share", "row", "found"),
    [
        (ComparatorShare("A", 2, ("c",)), a_row(482, c="8.1"), (39, 482)),
        (ComparatorShare("A", 2, ("c",)), a_row(139, c="13"), (18, 139)),
        (
            ComparatorShare("C", 1, ("d", "e")),
            a_row(159, d="66.7", e="3.8"),
            (112, 159),
        ),
        (ComparatorShare("A", 1, ("r",), counted=True), a_row(169, r="1"), (1, 169)),
    ],
)
def test_people_are_taken_from_the_percentage_that_was_reported(share, row, found):
    one = derived(share, row)

    assert (one.n, one.total) == found


@pytest.mark.parametrize(
    ("n", "figures"),
    [
        (None, {"c": "10"}),  # N is not reported
        (46, {}),  # nor the share
        (46, {"c": "7.8±6.5"}),  # no share
        (46, {"c": "10.0"}),  # 4.6 people: nobody's percentage
    ],
)
def test_a_series_that_gives_no_people_is_not_drawn(n, figures):
    assert derived(ComparatorShare("A", 2, ("c",)), a_row(n, **figures)) is None


def test_a_series_stands_with_the_same_grade_and_gain_of_this_registry():
    found = drawn(a_dataset())

    assert list(found) == [("A", 2), ("C", 1), ("A", 1)]
    own = [row for row in found["A", 2] if row.lead]
    assert own
    assert all(row.comparable and row.name.key == "efficacy.group" for row in own)
    assert [row.name for row in found["A", 2] if not row.lead] == [
        "Marino 1999 (US Model Systems)",
        "Burns 2003",
        "Spiess 2009 (EMSCI)",
        "van Middendorp 2009 (EMSCI, above T11)",
        "Kirshblum 2016 (SCIMS)",
    ]


def test_another_baseline_window_is_drawn_as_not_comparable():
    found = drawn(a_dataset())

    assert not any(row.comparable for row in found["A", 2] if not row.lead)
    week_8 = found["A", 1][-1]
    assert (week_8.n, week_8.total, week_8.comparable) == (1, 169, True)
    assert [f"{limit:.1f}" for limit in week_8.exact] == ["0.0", "3.3"]


def test_or_it_is_not_drawn_as_the_plan_says():
    said = definitions(a_protocol(), OtherWindow.OMIT)
    plan = Evaluation("1", "plan", ON, "kato", said, date(2025, 1, 1), "kato")

    found = drawn(a_dataset(evaluations=(plan,)))

    assert list(found) == [("A", 1)]
    assert [row.total for row in found["A", 1] if not row.lead] == [169]
