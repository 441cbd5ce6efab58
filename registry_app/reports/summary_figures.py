"""The figures of the per-patient summary."""

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from registry_app.domain.figures.patient_summary import (
    ChangeSummary,
    PatientSummary,
    Shown,
)
from registry_app.domain.figures.sensation import (
    Change,
    Level,
    View,
    changes,
    levels,
)
from registry_app.drawing.body import BodyArt
from registry_app.drawing.body_map import States, body_map
from registry_app.drawing.days import DayAxis
from registry_app.drawing.legend import legend
from registry_app.drawing.palette import PAPER
from registry_app.drawing.pen import Pen
from registry_app.drawing.timeline import draw_timeline
from registry_app.drawing.trajectory import draw_trajectory
from registry_app.reports import fonts
from registry_app.reports.plate import Plate
from registry_app.reports.sheet import MEASURE
from registry_app.reports.tables import Caption, side_by_side
from registry_app.reports.voice import Voice

#: A reader makes out more on paper than on a screen of 72 dots to the inch.
_FINER: Final = 1.75
_SMALL_MAP, _LARGE_MAP = 82.0, 134.0


def pen(voice: Voice) -> Pen:
    """What figures on paper are drawn with: greys, and words of 7 points."""
    return Pen(PAPER, fonts.width, voice.line, 7.0)


def timeline_figure(summary: PatientSummary, voice: Voice, number: str) -> Plate:
    """What happened when."""
    picture = draw_timeline(summary.timeline, MEASURE * mm, pen(voice))
    widened = DayAxis(*summary.timeline.days, 0, 1, gap=1).broken
    key = "report.figure-timeline-wide" if widened else "report.figure-timeline"
    words = voice.pair(key)
    return Plate(picture, MEASURE, Caption(number, *words))


def trajectory_figure(
    summary: PatientSummary, voice: Voice, number: str, height: float
) -> Plate:
    """AIS and sums over time, `height` points high without its caption."""
    course = summary.trajectory
    picture = draw_trajectory(course, MEASURE * mm, height, pen(voice))
    words = voice.pair("report.figure-trajectory")
    return Plate(picture, MEASURE, Caption(number, *words))


def body_figures(
    summary: PatientSummary, voice: Voice, art: BodyArt, numbers: Iterator[str]
) -> list[Flowable]:
    """Maps of the first and the latest completed exam, and of what changed."""
    first, latest = summary.first, summary.latest
    if first is None:
        return []
    if latest is None or summary.change is None:
        caption = _caption("report.figure-map-only", first, voice, next(numbers))
        only = _map(levels(first.exam), art, voice, _LARGE_MAP, caption)
        return [KeepTogether([only, *_level_legend(voice)])]
    left, right = (
        _map(
            levels(shown.exam),
            art,
            voice,
            _SMALL_MAP,
            _caption(key, shown, voice, next(numbers)),
        )
        for key, shown in (
            ("report.figure-map-first", first),
            ("report.figure-map-latest", latest),
        )
    )
    gap = MEASURE - 2 * _SMALL_MAP
    both = side_by_side([left, "", right], (_SMALL_MAP, gap, _SMALL_MAP))
    words = voice.pair(
        "report.figure-map-change", first=first.row.day, latest=latest.row.day
    )
    changed = changes(first.exam, latest.exam)
    caption = Caption(next(numbers), *words)
    change = _map(changed, art, voice, _LARGE_MAP, caption)
    return [
        KeepTogether([both, Spacer(1, 2 * mm), *_level_legend(voice)]),
        KeepTogether([change, *_change_legend(summary.change, voice)]),
    ]


def _caption(key: str, shown: Shown, voice: Voice, number: str) -> Caption:
    return Caption(number, *voice.pair(key, day=shown.row.day, date=shown.row.on))


def _map(
    states: States, art: BodyArt, voice: Voice, width: float, caption: Caption
) -> Plate:
    picture = body_map(art, states, width * mm * _FINER, pen(voice))
    return Plate(picture, width, caption, ruled=False)


def _level_legend(voice: Voice) -> list[Flowable]:
    return _legend(
        [(level, voice.line(f"drawing.level-{level.value}")) for level in Level], voice
    )


def _change_legend(change: ChangeSummary, voice: Voice) -> list[Flowable]:
    found = change.places[View.LOWER]
    return _legend(
        [
            (kind, f"{voice.line(f'drawing.change-{kind.value}')} {found[kind]}")
            for kind in Change
        ],
        voice,
    )


def _legend(
    entries: Sequence[tuple[Level | Change, str]], voice: Voice
) -> list[Flowable]:
    picture = legend(entries, MEASURE * mm, pen(voice))
    return [Plate(picture, MEASURE, ruled=False), Spacer(1, 5 * mm)]
