"""The per-patient follow-up summary (R5, REGULATION.md section 8), before any layout.

A change from the first to the latest exam is the difference between two intervals: as
wide as both together, and never narrowed by a guess.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from registry_app.domain.blinding import NO_BREAKS, Breaks, Unblinding
from registry_app.domain.dates import age
from registry_app.domain.figures.beside_exams import BesideExams
from registry_app.domain.figures.document import FieldRow
from registry_app.domain.figures.examined import (
    Examined,
    completed,
    counted_by,
    first_hand,
    ungraded,
    written,
)
from registry_app.domain.figures.gaps import Gap, gaps
from registry_app.domain.figures.sensation import Change, View, changes, counts
from registry_app.domain.figures.timeline import Timeline, timeline
from registry_app.domain.figures.trajectory import Trajectory, trajectory
from registry_app.domain.figures.visits import (
    VisitRow,
    VisitStanding,
    coming,
    visit_rows,
)
from registry_app.domain.isncsci.display import compact, level_said
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.result import Classification, Interval
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.windows import Window
from registry_app.domain.subject import Arm, Cause, Identity, Sex, Subject
from registry_app.domain.visit import Blinding, Status

_GRADES: Final = "ABCDE"
#: The sums whose change is told.
CHANGED_TOTALS: Final = ("uems", "lems", "lt", "pp")


@dataclass(frozen=True, slots=True)
class ExamRow:
    """One exam as a table shows it. `day`: since injury; `treated`: since treatment.

    `own`: the examiner's own classification, made before the program's. `ungraded`: all
    is normal and never was otherwise, so that there is no AIS grade (RULES.md 4.16).
    `counts_for`: the planned visits that it is the exam of. `rates`: the form that it
    is a second rating of; such a one counts for nothing else. `broken`: what its
    assessor, who may have been blind, knew by that day.
    """

    ref: str
    on: date
    day: int
    treated: int | None
    visit: str
    assessor: str
    blinding: Blinding
    status: Status
    result: Classification
    engine: str
    gaps: tuple[Gap, ...]
    unanswered: int
    own: Mapping[str, str]
    ungraded: bool
    counts_for: tuple[Told, ...] = ()
    rates: str = ""
    broken: Unblinding | None = None

    @property
    def disputed(self) -> tuple[str, ...]:
        """The fields whose value by the examiner is none that the scores can give."""
        return tuple(f for f, v in self.own.items() if v not in self.result[f].values)


@dataclass(frozen=True, slots=True)
class Shown:
    """An exam whose body map is drawn."""

    row: ExamRow
    exam: Exam


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """From one completed exam to a later one: `totals` and AIS `steps` gained."""

    totals: Mapping[str, Interval]
    steps: Interval
    places: Mapping[View, Mapping[Change, int]]


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """Everything that R5 says of one subject.

    `identity` only in a clinical (identifiable) report. `age`: at injury, in completed
    years; an interval where only the year of birth is known. `lacks`: what the record
    as a whole does not say. `first` and `latest`: of the completed exams; no `latest`
    where there is only one. `before`: the last completed exam before the treatment,
    where that is neither of them; `change_since` is from there. `visits`: the planned
    ones with their windows, as they stand `on` a day. `rows` hold second ratings too,
    which are in nothing else. `beside`: safety, function and consent.
    `visit_names`: how visits are called, by their codes. `cover`: the common fields.
    """

    subject: Subject
    identity: Identity | None
    age: Interval | None
    timeline: Timeline
    trajectory: Trajectory
    rows: tuple[ExamRow, ...]
    first: Shown | None
    latest: Shown | None
    before: Shown | None
    change: ChangeSummary | None
    change_since: ChangeSummary | None
    lacks: tuple[Message, ...]
    on: date | None = None
    visits: tuple[VisitRow, ...] = ()
    beside: BesideExams = field(default_factory=BesideExams)
    visit_names: Mapping[str, Message | Told] = field(default_factory=dict)
    cover: tuple[FieldRow, ...] = ()

    @property
    def next_visit(self) -> VisitRow | None:
        """The visit to be made next."""
        return next(iter(coming(self.visits)), None)


def patient_summary(
    subject: Subject,
    identity: Identity | None,
    exams: Sequence[Examined],
    *,
    windows: Sequence[Window] = (),
    anchors: Sequence[tuple[Told, date]] = (),
    on: date | None = None,
    ended_on: date | None = None,
    unsure: Collection[str] = (),
    beside: BesideExams | None = None,
    visit_names: Mapping[str, Message | Told] | None = None,
    cover: tuple[FieldRow, ...] = (),
    broken: Breaks = NO_BREAKS,
    identifiable: bool = False,
) -> PatientSummary:
    """The summary of a subject, from its exams in any order.

    The birth date gives the age also where the report does not show it. `windows`: of
    the plan, as they stand `on` a day; `anchors`: further dates of the course;
    `ended_on`: when the follow-up ended; `unsure`: ids of settings that nobody has
    confirmed; `visit_names`: how visits are called, by their codes; `broken`: the
    unblindings.
    """
    # The sheet of a day stands before its second rating.
    by_date = sorted(exams, key=lambda exam: (exam.form.date, exam.form.rates != ""))
    own = first_hand(by_date)
    complete = [exam for exam in own if completed(exam) and written(exam)]
    rows = tuple(_row(subject, exam, windows, broken) for exam in by_date)
    visits: tuple[VisitRow, ...] = ()
    if on is not None:
        visits = visit_rows(windows, on, ended_on=ended_on, unsure=unsure)
    compared = len(complete) > 1
    before = _before(subject, complete)
    return PatientSummary(
        subject=subject,
        identity=identity if identifiable else None,
        age=_age(subject, identity),
        timeline=timeline(
            subject,
            by_date,
            windows=windows,
            anchors=anchors,
            on=on,
            ended_on=ended_on,
        ),
        trajectory=trajectory(subject, by_date, counted_by(windows)),
        rows=rows,
        first=_shown(subject, complete[0]) if complete else None,
        latest=_shown(subject, complete[-1]) if compared else None,
        before=_shown(subject, before) if before else None,
        change=_change(complete[0], complete[-1]) if compared else None,
        change_since=_change(before, complete[-1]) if before else None,
        lacks=(*_lacks(subject, identity, rows), *_missed(visits)),
        on=on,
        visits=visits,
        beside=beside or BesideExams(),
        visit_names=visit_names or {},
        cover=cover,
    )


def _before(subject: Subject, complete: Sequence[Examined]) -> Examined | None:
    """The last of the exams between the first and the latest that is untreated yet."""
    treated = subject.treatment_date
    if treated is None:
        return None
    untreated = [exam for exam in complete[1:-1] if exam.form.date < treated]
    return untreated[-1] if untreated else None


def _row(
    subject: Subject,
    exam: Examined,
    windows: Sequence[Window] = (),
    broken: Breaks = NO_BREAKS,
) -> ExamRow:
    form, treatment = exam.form, subject.treatment_date
    return ExamRow(
        ref=form.id,
        on=form.date,
        day=subject.day(form.date),
        treated=None if treatment is None else (form.date - treatment).days,
        visit=exam.visit.code,
        assessor=form.assessor,
        blinding=form.blinding,
        status=form.status,
        result=exam.result,
        engine=exam.engine,
        gaps=gaps(form),
        unanswered=len(form.unanswered),
        own=form.own,
        ungraded=ungraded(exam),
        counts_for=tuple(
            window.visit.name
            for window in windows
            if window.counted is not None and window.counted.form_id == form.id
        ),
        rates=form.rates,
        broken=broken.before(subject.id, form.assessor, form.date),
    )


def difference(before: Interval, after: Interval) -> Interval:
    """All that the gain can be.

    >>> difference(Interval(10, 12), Interval(11, 20))
    Interval(low=-1, high=10)
    """
    return Interval(after.low - before.high, after.high - before.low)


def _grade_range(result: Classification) -> Interval:
    grades = [_GRADES.index(grade) for grade in result["ais"].values]
    return Interval(min(grades), max(grades))


def _shown(subject: Subject, exam: Examined) -> Shown:
    return Shown(_row(subject, exam), exam.form.exam)


def _change(first: Examined, latest: Examined) -> ChangeSummary:
    before, after = first.form.exam, latest.form.exam
    return ChangeSummary(
        totals={
            name: difference(first.result.totals[name], latest.result.totals[name])
            for name in CHANGED_TOTALS
        },
        steps=difference(_grade_range(first.result), _grade_range(latest.result)),
        places={view: counts(changes(before, after, view)) for view in View},
    )


def _age(subject: Subject, identity: Identity | None) -> Interval | None:
    if identity is not None and identity.birth_date is not None:
        years = age(identity.birth_date, subject.injury_date)
        return Interval(years, years)
    if subject.birth_year is not None:
        years = subject.injury_date.year - subject.birth_year
        return Interval(max(years - 1, 0), years)
    return None


def _lacks(
    subject: Subject, identity: Identity | None, rows: Sequence[ExamRow]
) -> tuple[Message, ...]:
    """What the record does not say, from the person to the single exam."""
    found = []
    if subject.arm is Arm.TREATED and subject.treatment_date is None:
        found.append(say("report.lack-treatment-date"))
    if subject.sex is Sex.UNKNOWN:
        found.append(say("report.lack-sex"))
    if _age(subject, identity) is None:
        found.append(say("report.lack-birth"))
    if subject.cause is Cause.UNKNOWN:
        found.append(say("report.lack-cause"))
    own = [row for row in rows if not row.rates]
    if not own:
        found.append(say("report.lack-exams"))
    complete = [row.treated for row in own if row.status is Status.COMPLETE]
    if complete and all(days is not None and days >= 0 for days in complete):
        found.append(say("report.lack-before-treatment"))
    for row in rows:
        if row.day < 0:
            found.append(say("report.lack-before-injury", day=row.day))
        if row.status is Status.DRAFT:
            found.append(say("report.lack-complete", day=row.day))
        if not row.assessor:
            found.append(say("report.lack-assessor", day=row.day))
        if row.blinding is Blinding.UNKNOWN:
            found.append(say("report.lack-blinding", day=row.day))
        if row.unanswered:
            found.append(
                say("report.lack-star-reason", day=row.day, count=row.unanswered)
            )
        found += _disputes(row)
    return tuple(found)


def _missed(visits: Sequence[VisitRow]) -> Iterator[Message]:
    """Visits that were owed, and whose window has closed without an exam."""
    for row in visits:
        if row.owed and row.standing is VisitStanding.MISSED:
            yield say(
                "report.lack-visit",
                visit=row.name,
                first=row.first.isoformat(),
                last=row.last.isoformat(),
            )


def _disputes(row: ExamRow) -> Iterator[Message]:
    """Where the grade or the level is not simply what the scores give."""
    for name in row.disputed:
        yield say(
            f"report.lack-agreement-{name}",
            day=row.day,
            own=level_said(row.own[name]),
            found=compact(row.result[name]),
        )
    if row.ungraded:
        yield say("report.lack-grade", day=row.day)
