"""Which figure is drawn for which chart."""

from collections.abc import Callable

from registry_app.domain.figures.charts import (
    Chart,
    FlowChart,
    IntervalChart,
    SaturationCurve,
    ShiftChart,
    TrajectoryChart,
)
from registry_app.domain.figures.document import Said
from registry_app.drawing.flow import draw_flow
from registry_app.drawing.intervals import draw_intervals
from registry_app.drawing.pen import Pen
from registry_app.drawing.saturation import draw_saturation
from registry_app.drawing.shapes import Picture
from registry_app.drawing.shift import draw_shift
from registry_app.drawing.trajectories import draw_trajectories

#: Words of a chart in both languages; the second is "" where one is enough.
Saying = Callable[[Said], tuple[str, str]]


def draw_chart(chart: Chart, said: Saying, width: float, pen: Pen) -> Picture:
    """The picture of a chart, `width` wide in the units of the pen's words."""
    match chart:
        case ShiftChart():
            return draw_shift(chart, said, width, pen)
        case IntervalChart():
            return draw_intervals(chart, said, width, pen)
        case FlowChart():
            return draw_flow(chart, said, width, pen)
        case TrajectoryChart():
            return draw_trajectories(chart, said, width, pen)
        case SaturationCurve():
            return draw_saturation(chart, said, width, pen)
