import pytest

from registry_app.domain.figures.cells_of import CellsOf
from registry_app.domain.figures.charts import (
    FlowChart,
    IntervalChart,
    SaturationCurve,
    ShiftChart,
    TrajectoryChart,
    cell,
)
from registry_app.domain.figures.document import Figure
from registry_app.domain.figures.evaluation_report import evaluation_report
from registry_app.domain.figures.periodic import periodic
from tests.domain.figures.made_up_efficacy import a_dataset
from tests.domain.figures.made_up_survey import in_period, survey
from tests.domain.figures.said import blocks
from tests.domain.figures.test_case_report import report as lung_report

DATASETS = {
    "a survey": lambda: in_period(survey()),
    "patients of every kind": lambda: in_period(a_dataset()),
}


def pointed(chart):
    """Every number that a chart draws, with the cell that it points at."""
    match chart:
        case ShiftChart():
            for _, rows in chart.groups:
                for row in rows:
                    yield from zip(row.counts, row.cells, strict=True)
        case IntervalChart():
            yield from ((row.n, row.cell) for _, rows in chart.groups for row in rows)
        case SaturationCurve():
            before = [] if chart.before is None else [chart.before]
            values = (*before, *(value for _, value in chart.points))
            yield from (
                (f"{value:g}", at)
                for value, at in zip(values, chart.cells, strict=True)
            )
        case FlowChart():
            for _, boxes in chart.columns:
                for box in boxes:
                    yield box.n, box.cell
                    yield from ((left.n, left.cell) for left in box.left)
        case TrajectoryChart():
            for panel in chart.panels:
                for series in panel.series:
                    yield from ((point.n, point.cell) for point in series.points)


def number(value):
    return value.data["n"] if isinstance(value.data, dict) else value.data


@pytest.mark.parametrize("made", [periodic, evaluation_report])
@pytest.mark.parametrize("name", DATASETS)
def test_a_number_that_is_drawn_leads_to_the_cell_that_says_it(name, made):
    document = made(DATASETS[name](), ())
    cells = CellsOf(document)
    drawn = [
        (block.id, *one)
        for block in blocks(document)
        if isinstance(block, Figure)
        for one in pointed(block.chart)
    ]

    assert {figure for figure, *_ in drawn} >= {"shift", "responders"}
    for figure, n, pointer in drawn:
        found = cells.found(pointer)
        assert found is not None, (figure, pointer)
        assert number(found.value) == n, (figure, pointer)


def test_a_value_of_an_infusion_leads_to_its_line_of_the_table():
    document = lung_report()
    cells = CellsOf(document)
    (figure,) = (b for b in blocks(document) if isinstance(b, Figure))
    drawn = list(pointed(figure.chart))

    assert len(drawn) > 2
    for value, pointer in drawn:
        assert cells.found(pointer).value.data == value


def test_a_cell_that_the_report_lacks_is_not_found():
    cells = CellsOf(periodic(in_period(survey()), ()))

    assert cells.found(cell("no-table", "registered", "comparison")) is None
    assert cells.found(cell("flow", "no-row", "comparison")) is None
    assert cells.found(cell("flow", "registered", "no-column")) is None
