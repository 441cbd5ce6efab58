"""The pictures of blinding: its page, its dialogs, and the blinded assessor's window.

Last of all: an exam is begun for them, which other pictures would show.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QWidget

from registry_app.domain.blinding import Hidden, Unblinded
from registry_app.domain.person import Person, Role
from registry_app.services.assessing import begin_assessment, exams_to_do
from registry_app.services.blinding import assign_blind, blinding_of, unblind
from registry_app.services.desk import Desk
from registry_app.services.people import accounts
from registry_app.services.subjects import SubjectQuery, subject_ids
from registry_app.ui.assessor_window import AssessorWindow
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.blinding import (
    AssessUnblindingDialog,
    AssignBlindDialog,
    EndBlindDialog,
)
from registry_app.ui.dialogs.new_assessment import NewAssessmentDialog
from registry_app.ui.dialogs.unblinding import UnblindingDialog
from registry_app.ui.look import Look
from registry_app.ui.main_window import MainWindow
from registry_app.words import Words

SIZE = (1366, 697)
WHY = "廊下で家族から聞いた / heard it from the family in the corridor"


def screens(
    desk: Desk, words: Words, look: Look, app: QApplication
) -> Iterator[tuple[str, QWidget]]:
    """As the administrator sees it, as a blind person does, and as an assessor."""
    other = next(
        one.person for one in accounts(desk) if one.person.id != desk.person.id
    )
    case = subject_ids(desk, SubjectQuery())[0]
    if not blinding_of(desk, "").assignments:
        _furnish(desk, other, case)
    window = MainWindow(desk, words, look, Changes())
    window.resize(*SIZE)
    window.show_place("blinding")
    yield "blinding", window
    owner = MainWindow(desk, words, look, Changes())
    for name, dialog in _dialogs(owner, other):
        yield f"dialog-{name}", dialog
    veiled = MainWindow(replace(desk, person=other), words, look, Changes())
    veiled.resize(*SIZE)
    veiled.open_subject(case)
    yield "patient-veiled", veiled
    blind = replace(desk, person=replace(other, role=Role.BLINDED_ASSESSOR))
    yield from _assessor(blind, words, look, app)


def _furnish(desk: Desk, other: Person, case: str) -> None:
    today = desk.clock().date()
    everything = frozenset(Hidden)
    assign_blind(desk, other.id, everything, today - timedelta(days=90), case)
    assign_blind(desk, other.id, {Hidden.ARM}, today - timedelta(days=30))
    on = today - timedelta(days=2)
    another = subject_ids(desk, SubjectQuery())[1]
    how = Unblinded.ACCIDENTAL
    unblind(desk, another, other.id, how, on, {Hidden.ARM}, WHY)


def _dialogs(window: MainWindow, other: Person) -> Iterator[tuple[str, QWidget]]:
    desk = window.desk
    today = desk.clock().date()
    people = [(other.id, other.display_name), (desk.person.id, "練習 管理者")]
    usual = (window, window.words, window.look)
    known = blinding_of(desk, "")

    def save(_value: object) -> None:
        """A picture is not to save anything."""

    yield "blind-assign", AssignBlindDialog(*usual, save, people=people, today=today)
    told = (*usual, [], save)
    first = known.assignments[0]
    yield "blind-end", EndBlindDialog(*told, known=first, today=today)
    yield "unblinding", UnblindingDialog(*told, people=people, today=today)
    broken = known.unblindings[0]
    yield "unblinding-assess", AssessUnblindingDialog(*told, known=broken, exams=2)


def _assessor(
    blind: Desk, words: Words, look: Look, app: QApplication
) -> Iterator[tuple[str, QWidget]]:
    owner, window = (AssessorWindow(blind, words, look, Changes()) for _ in "12")
    window.resize(*SIZE)
    yield "assessor", window
    todo = exams_to_do(blind)
    begun = [one for one in todo if one.form_id]
    open_now = next(one for one in todo if one.first <= blind.clock().date())
    told = {"window": f"{open_now.first} - {open_now.last}"}
    today = blind.clock().date()

    def save(_value: object) -> None:
        """A picture is not to save anything."""

    facts = owner.list.facts(open_now)
    dialog = NewAssessmentDialog(
        *(owner, words, look, facts, save), **told, today=today
    )
    yield "dialog-assessment-begin", dialog
    if not begun:
        form = begin_assessment(
            *(blind, open_now.subject_id, open_now.visit_code, today, "late / 遅れ")
        )
        begun = [one for one in exams_to_do(blind) if one.form_id == form.id]
    sheet = AssessorWindow(blind, words, look, Changes())
    sheet.resize(*SIZE)
    sheet.show()
    app.processEvents()
    sheet.open_sheet(begun[0])
    yield "assessor-sheet", sheet
