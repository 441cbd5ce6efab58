"""How values are written on paper: sets, intervals, changes, items."""

from collections.abc import Sequence

from registry_app.domain.figures.gaps import Gap, Run
from registry_app.domain.isncsci.result import Interval, Possible
from registry_app.domain.isncsci.segments import ORDER
from registry_app.reports.voice import Voice

_MINUS = "\u2212"


def segment(name: str) -> str:
    """S4_5 as it is written: S4-5."""
    return name.replace("_", "-")


def levels(possible: Possible) -> str:
    """Every possible level: ``C5``, ``C5–C7``, ``NA, T4``; a star where it has one."""
    runs: list[list[str]] = []
    for value in possible.values:
        neighbour = runs and runs[-1][-1] != "NA"
        if neighbour and ORDER[value] == ORDER[runs[-1][-1]] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    said = [_ends([segment(value) for value in run]) for run in runs]
    return ", ".join(said) + "*" * possible.star


def grades(possible: Possible) -> str:
    """Every possible grade: ``B``, ``B–D``, ``A, C``."""
    runs: list[list[str]] = []
    for grade in possible.values:
        if runs and ord(grade) == ord(runs[-1][-1]) + 1:
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return ", ".join(map(_ends, runs)) + "*" * possible.star


def _ends(run: Sequence[str]) -> str:
    return run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}"


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
    modality = voice.lead(f"report.modality-{run.modality.value}")
    ends = [segment(run.first)]
    if run.last != run.first:
        ends.append(segment(run.last))
    return f"{run.side.value} {modality} {'–'.join(ends)}"
