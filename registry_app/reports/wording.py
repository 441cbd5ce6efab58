"""How values are written on paper: intervals, changes, items."""

from registry_app.domain.figures.gaps import Gap, Run
from registry_app.domain.isncsci.display import level_said
from registry_app.domain.isncsci.result import Interval
from registry_app.reports.voice import Voice

_MINUS = "\u2212"


def interval(total: Interval) -> str:
    """``25``, or ``19–53`` where a cell leaves it open."""
    return f"{total.low}" if total.certain else f"{total.low}–{total.high}"


def signed(change: Interval) -> str:
    """A gain: ``+3``, ``0``, ``−2 – +5``."""
    low, high = _signed(change.low), _signed(change.high)
    return low if change.certain else f"{low} – {high}"


def _signed(number: int) -> str:
    return f"{_MINUS}{-number}" if number < 0 else f"+{number}" if number else "0"


def items(gap: Gap, voice: Voice) -> str:
    """The items of a gap: ``R LT T5–T8, L motor L2, VAC``."""
    runs = [_run(run, voice) for run in gap.runs]
    return ", ".join([*runs, *gap.anal])


def _run(run: Run, voice: Voice) -> str:
    modality = voice.lead(f"isncsci.modality-{run.modality.value}")
    ends = [level_said(run.first)]
    if run.last != run.first:
        ends.append(level_said(run.last))
    return f"{run.side.value} {modality} {'–'.join(ends)}"
