"""A registry under the MSC pack with one patient, for tests of the pages of a plan."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.kit import Kit
from registry_app.services import consents, courses, exams, kits
from registry_app.services.exams import complete_exam
from tests.builders import USER, a_sheet, a_subject

#: Day 0 of the patient; the clock of the tests stands on 2026-04-01.
INJURED = date(2026, 1, 10)


def day(number):
    return INJURED + timedelta(days=number)


def a_patient(desk, **told):
    """Enrolled at day 0, not treated yet."""
    return a_subject(desk, **{"injury_date": INJURED, "treatment_date": None, **told})


def examined(desk, subject, number, visit, reason="", **values):
    """A completed ISNCSCI sheet of that day after injury."""
    form = exams.begin_exam(desk, subject.id, visit, day(number), USER, reason=reason)
    return complete_exam(desk, replace(form, values=a_sheet(**values)))


def agreed(desk, subject, scope=Scope.FOLLOW_UP, number=2):
    made = Consent("", subject.id, scope, "Leaflet 3", day(number))
    return consents.add_consent(desk, made)


def ordered(desk, subject=None, number="K-1", **told):
    kit = Kit("", number, day(20), subject.id if subject else "", **told)
    return kits.order(desk, kit).kit


def dated(desk, subject, **days):
    return courses.set_dates(desk, subject.id, {k: day(n) for k, n in days.items()})


def answer(dialog_type, do):
    """Do something to the dialog that is about to open; it is never left open."""

    def found():
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, dialog_type)
            do(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, found)
