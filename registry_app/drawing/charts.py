"""Which figure is drawn for which chart."""

from collections.abc import Callable
from importlib import import_module

from registry_app.domain.figures.charts import (
    Chart,
    FlowChart,
    IntervalChart,
    SaturationCurve,
    ShiftChart,
    TrajectoryChart,
)
from registry_app.domain.figures.document import Said
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Picture

#: Words of a chart in both languages; the second is "" where one is enough.
Saying = Callable[[Said], tuple[str, str]]
_DRAWN = {
    ShiftChart: ("shift", "draw_shift"),
    IntervalChart: ("intervals", "draw_intervals"),
    FlowChart: ("flow", "draw_flow"),
    TrajectoryChart: ("trajectories", "draw_trajectories"),
    SaturationCurve: ("saturation", "draw_saturation"),
}


def draw_chart(chart: Chart, said: Saying, width: float, pen: Pen) -> Picture:
    """The picture of a chart, `width` wide in the units of the pen's words."""
    module, name = _DRAWN[type(chart)]
    draw: Callable[[Chart, Saying, float, Pen], Picture] = getattr(
        import_module(f"registry_app.drawing.{module}"), name
    )
    return draw(chart, said, width, pen)
