"""Patients, visits and exams from a file: all rows, or none."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from registry_app.domain.isncsci.segments import NEEDED_ITEMS
from registry_app.domain.message import Message, say
from registry_app.domain.rights import Deed
from registry_app.domain.visit import (
    ISNCSCI,
    Form,
    How,
    StarNote,
    Status,
    Visit,
)
from registry_app.exchange.files import read_source
from registry_app.exchange.mapping import SourceMap, read_map
from registry_app.exchange.parse import ImportRow, missing_columns, parse_rows
from registry_app.exchange.rows import Problem, Unreadable
from registry_app.services.desk import Desk
from registry_app.services.enrolment import (
    Beside,
    case_id_after,
    next_case_id,
    save_enrolment,
)
from registry_app.services.import_plan import Patient, Plan, plan_import
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.rights import needs
from registry_app.storage.work import Work
from registry_app.words import Language, Words

#: So many columns are named in a notice; the others are counted.
_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row. `exam`: ``new``, ``unchanged``, or empty without an exam.

    `case_id` is empty in a dry run for somebody who would get the next one.
    """

    line: int
    patient: str
    case_id: str
    exam: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The row report. With a problem nothing was written, and `rows` is empty."""

    rows: tuple[RowResult, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Message, ...] = ()
    patients_new: int = 0
    patients_known: int = 0
    exams_new: int = 0
    exams_unchanged: int = 0
    drafts: int = 0
    written: bool = False


@needs(Deed.ENTER)
def import_file(
    desk: Desk, source: Path, *, mapping: Path | None = None, dry_run: bool = False
) -> Imported:
    """Take in the rows of a JSON Lines, CSV or XLSX file, in one transaction.

    A second run changes nothing. An exam with every needed cell comes in complete, else
    as a draft. Raises InvalidValue for a mapping file that is wrong; what is wrong with
    the source stands in the report.
    """
    source_map = SourceMap() if mapping is None else read_map(mapping)
    try:
        read = read_source(source)
    except Unreadable as error:
        return Imported(problems=(Problem(error.line, "", error.message),))
    parsed = parse_rows(read, source_map)
    today = today_in_japan(desk)
    fingerprint = _fingerprint(source)
    with desk.begin(f"import sha256 {fingerprint}") as work:
        plan = plan_import(work, desk.registry.site, today, parsed.rows)
        problems = (*parsed.problems, *plan.problems)
        if not problems and not parsed.rows:
            problems = (Problem(1, "", say("import.no-rows")),)
        problems = problems or tuple(_locked(work, plan))
        if problems:
            return Imported(problems=in_order(problems), notices=read.notices)
        if not dry_run:
            _write(desk, work, plan, fingerprint)
    absent = missing_columns(read, source_map)
    notices = (*read.notices, *_notices(plan, absent))
    return _report(plan, notices, written=not dry_run)


def _locked(work: Work, plan: Plan) -> Iterator[Problem]:
    """The rows that a lock keeps out; then the file waits as a whole."""
    for patient in plan.patients:
        new = patient.rows[0].line, ("subject", {"id": patient.case_id})
        wanted = [new] if patient.enrolment is not None else []
        for row in patient.rows:
            if row.exam_date is None or row.line in plan.unchanged:
                continue
            day = row.exam_date.isoformat()
            visit = plan.visits.get((patient.case_id, row.visit, row.exam_date))
            if visit is not None:
                to = "form", {"visit_id": visit.id, "date": day}
            else:
                to = "visit", {"subject_id": patient.case_id, "date": day}
            wanted.append((row.line, to))
        for line, (kind, said) in wanted:
            if refusal := work.locked(kind, "", {}, said):
                yield Problem(line, "", refusal)


def in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems as somebody meets them who goes down the file."""
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _fingerprint(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(desk: Desk, work: Work, plan: Plan, fingerprint: str) -> None:
    """Save what is new; case IDs that the file names first, then the next ones.

    Nobody can be asked why a criterion is not met: the deviation says where it is from.
    An exam outside its window is taken in as any other.
    """
    followed = protocol(desk)
    reason = _by_import(fingerprint)
    reasons = {criterion.id: reason for criterion in followed.pack.criteria}
    new = [patient for patient in plan.patients if patient.enrolment]
    nexts: Iterator[str] | None = None
    for patient in sorted(new, key=lambda patient: not patient.case_id):
        assert patient.enrolment is not None
        if not patient.case_id:
            nexts = nexts or _case_ids(work, desk.registry.site)
            patient.case_id = next(nexts)
        save_enrolment(
            work,
            desk,
            followed,
            patient.case_id,
            patient.enrolment,
            Beside(reasons=reasons),
        )
    for patient in plan.patients:
        for row in patient.rows:
            if row.exam_date is not None and row.line not in plan.unchanged:
                _write_exam(desk, work, plan.visits, patient, row)


def _by_import(fingerprint: str) -> str:
    """The reason of a deviation, in both languages: it is kept, and read for years."""
    said = (Words(language) for language in Language)
    source = f"sha256 {fingerprint}"
    return " / ".join(words("enrolment.by-import", source=source) for words in said)


def _case_ids(work: Work, site: str) -> Iterator[str]:
    """The next case ID and those after it; numbers that give no ID are left out."""
    id = next_case_id(work, site)  # noqa: A001
    while True:
        yield id
        id = case_id_after(site, int(id.split("-")[1]))  # noqa: A001


def _write_exam(
    desk: Desk,
    work: Work,
    visits: Mapping[tuple[str, str, date], Visit],
    patient: Patient,
    row: ImportRow,
) -> None:
    assert row.exam_date is not None
    visit = visits.get((patient.case_id, row.visit, row.exam_date))
    if visit is None:
        visit = work.save(
            Visit(desk.new_id(), patient.case_id, row.visit, row.exam_date)
        )
    work.save(_form(desk.new_id(), visit.id, row))


def _form(new_id: str, visit_id: str, row: ImportRow) -> Form:
    """The form of a row. Of a starred score the decision is known, not the reason."""
    assert row.exam_date is not None
    return Form(
        new_id,
        visit_id,
        ISNCSCI,
        row.exam_date,
        status=Status.COMPLETE if _complete(row) else Status.DRAFT,
        assessor=row.assessor,
        blinding=row.blinded,
        values=row.values,
        how=dict.fromkeys(row.values, How.IMPORTED),
        stars={
            item: StarNote(normal=value.endswith("**"))
            for item, value in row.values.items()
            if value.endswith("*")
        },
    )


def _complete(row: ImportRow) -> bool:
    return all(item in row.values for item in NEEDED_ITEMS)


def _new_exams(plan: Plan) -> list[ImportRow]:
    return [
        row
        for patient in plan.patients
        for row in patient.rows
        if row.exam_date is not None and row.line not in plan.unchanged
    ]


def _notices(plan: Plan, absent: tuple[str, ...]) -> list[Message]:
    """What is right but should be known."""
    notices = []
    rows = _new_exams(plan)
    if absent and rows:
        more = f" (+{len(absent) - _NAMED})" if len(absent) > _NAMED else ""
        columns = ", ".join(absent[:_NAMED]) + more
        notices.append(say("import.columns-absent", columns=columns))
    drafts = sum(not _complete(row) for row in rows)
    if drafts:
        notices.append(say("import.drafts", number=drafts))
    starred = sum(any("*" in v for v in row.values.values()) for row in rows)
    if starred:
        notices.append(say("import.stars-without-reason", number=starred))
    return notices


def _report(plan: Plan, notices: tuple[Message, ...], *, written: bool) -> Imported:
    new = _new_exams(plan)
    fresh = {row.line for row in new}
    rows = [
        RowResult(
            row.line,
            row.patient,
            patient.case_id,
            "new" if row.line in fresh else "unchanged" if row.exam_date else "",
        )
        for patient in plan.patients
        for row in patient.rows
    ]
    known = sum(patient.known is not None for patient in plan.patients)
    return Imported(
        rows=tuple(sorted(rows, key=lambda row: row.line)),
        notices=notices,
        patients_new=len(plan.patients) - known,
        patients_known=known,
        exams_new=len(new),
        exams_unchanged=len(plan.unchanged),
        drafts=sum(not _complete(row) for row in new),
        written=written,
    )
