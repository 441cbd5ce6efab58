"""What a pack declares of what is owed: rules, booklets, the regime, reports."""

from dataclasses import dataclass

from registry_app.domain.message import Told
from registry_app.domain.plan.pack_base import Basis, Owner, RuleKind, Span
from registry_app.domain.subject import Arm


@dataclass(frozen=True, slots=True)
class Preset:
    """One of several cadences of which a person must confirm one; fields as Rule."""

    id: str
    name: Told
    every: Span
    due: Span
    later: Span | None = None
    later_from: Span | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One obligation.

    `counts_from`: a base date (period, once), an anchor (subject, retention), or
    ``holder`` / ``hospital``, whose awareness is day 0 (clock, alarm). `later`: the
    periods' length in place of `every`, from `later_from` after the base date on (half
    a year at first, then a year). `on`: the event classes that start it. `otherwise`:
    another distance in place of `due` that holds where `otherwise_when` says so
    (translation). `done_by`: the anchor that fulfils it, of a term the state of the
    regime, of a clock of the hospital ``holder``: that the holder knows. `regimes`: the
    states in which it holds; empty: in each. `restarts`: later information starts the
    clock again. `if_any`: owed only if there is something to report. `series`: rules of
    one series share their periods, the one valid at the end of a period has it.
    `legal`: False where no law or agreement names the day. `warning`: what must be
    known beside the date.
    """

    id: str
    name: Told
    owner: Owner
    kind: RuleKind
    due: Span
    basis: Basis
    addressee: Told | None = None
    counts_from: str = ""
    every: Span | None = None
    later: Span | None = None
    later_from: Span | None = None
    on: tuple[str, ...] = ()
    otherwise: Span | None = None
    otherwise_when: Told | None = None
    done_by: str = ""
    arms: tuple[Arm, ...] = (Arm.TREATED, Arm.COMPARISON)
    regimes: tuple[str, ...] = ()
    restarts: bool = False
    if_any: bool = False
    series: str = ""
    legal: bool = True
    warning: Told | None = None
    presets: tuple[Preset, ...] = ()


@dataclass(frozen=True, slots=True)
class BookletStep:
    """One hand-over of a booklet, `due` after the step before it."""

    id: str
    name: Told
    owner: Owner
    due: Span


@dataclass(frozen=True, slots=True)
class Booklet:
    """One part (分冊) of the survey form, handed over step by step.

    `after`: the visit whose window's last day is day 0 of the first step.
    """

    id: str
    name: Told
    after: str
    steps: tuple[BookletStep, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class State:
    """A state of the regime. `next`: where it can go by a dated entry.

    `runs`: the term runs in it, and ends it as `Machine.lapses_to` if nothing was
    done. `continues`: past the term the approval stays in force (Art. 23-26(6)).
    """

    id: str
    name: Told
    next: tuple[str, ...] = ()
    runs: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of the regime and its term, counted from base date `counted_from`."""

    initial: str
    states: tuple[State, ...]
    basis: Basis
    counted_from: str = ""
    term: Span | None = None
    extension: Span | None = None
    lapses_to: str = ""
    extends: str = ""  # the state that an extension leads to


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that the pack asks for; `rule`: the obligation that it serves."""

    id: str
    name: Told
    owner: Owner
    basis: Basis
    rule: str = ""
