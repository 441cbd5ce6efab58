"""`make screens`: a picture of every screen, in both languages and both themes.

Real widgets on a training registry, 1366 x 768 less title bar and task bar, and the
worksheet and a patient at 1920 x 1080 too.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from registry_app.domain.visit import Form, Status
from registry_app.services.demo import make_training_registry
from registry_app.services.desk import Desk
from registry_app.services.packs import pack_names
from registry_app.services.subjects import (
    SubjectFile,
    SubjectQuery,
    open_subject,
    subject_ids,
)
from registry_app.ui.app import application
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.correct_patient import CorrectPatientDialog
from registry_app.ui.dialogs.new_exam import NewExamDialog
from registry_app.ui.dialogs.report import ReportDialog
from registry_app.ui.look import Look, Theme
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.patient import PatientPage
from registry_app.ui.settings import Settings
from registry_app.ui.start.create import CreateView
from registry_app.ui.start.sign_in import SignInView
from registry_app.ui.start.welcome import WelcomeView
from registry_app.ui.start.window import StartWindow
from registry_app.words import Language, Words

#: A fixed day, so that a picture changes only when a screen does.
NOW = datetime(2026, 11, 20, 5, 3, tzinfo=UTC)
SMALL, LARGE = (1366, 697), (1920, 1009)

Shown = tuple[str, QWidget]


def main(folder: Path) -> None:
    """Write the pictures to `folder` and say how many."""
    folder.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_tell)
    app = application()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "training.registry"
        desk = make_training_registry(path, clock=lambda: NOW)
        count = 0
        for language in Language:
            for theme in Theme:
                for name, widget in _screens(desk, language, theme, app):
                    widget.grab().save(str(folder / f"{name}-{language}-{theme}.png"))
                    widget.close()
                    count += 1
        desk.close()
    print(f"{count} pictures in {folder}")


def _tell(_kind: QtMsgType, _where: QMessageLogContext, said: str) -> None:
    if "propagateSizeHints" not in said:  # of every window without a window manager
        print(said, file=sys.stderr)


def _screens(
    desk: Desk, language: Language, theme: Theme, app: QApplication
) -> Iterator[Shown]:
    words = Words(language)
    packs = [(key, words.say(name)) for key, name in pack_names().items()]
    plain = Look(theme)
    plain.apply(app)
    for name, view in (
        ("welcome", WelcomeView(words, plain, Settings(language=language))),
        ("create", CreateView(words, plain, packs)),
        ("sign-in", SignInView(words, plain, desk.path)),
    ):
        yield name, _settled(StartWindow(words, plain, view), app)
    look = Look(theme, training=True)
    look.apply(app)
    long = _subject(desk, lambda file: len(file.exams) >= 4)
    draft = _subject(desk, lambda file: file.exams[-1].form.status is Status.DRAFT)
    starred = _subject(desk, lambda file: any(e.form.stars for e in file.exams))

    def window(go: Callable[[MainWindow], object], size: tuple[int, int]) -> QWidget:
        made = MainWindow(desk, words, look, Changes())
        made.resize(*size)
        made.show()
        go(made)
        return _settled(made, app)

    def sheet(file: SubjectFile, form: Form) -> Callable[[MainWindow], object]:
        return lambda w: (w.open_subject(file.subject.id), w.open_exam(form.id))

    def tab(number: int) -> Callable[[MainWindow], object]:
        def go(window: MainWindow) -> None:
            window.open_subject(long.subject.id)
            assert isinstance(window.page, PatientPage)
            window.page.tabs.setCurrentIndex(number)

        return go

    star = next(entry.form for entry in starred.exams if entry.form.stars)
    for name, go in (
        ("patients", lambda w: w.show_patients()),
        ("enrol", lambda w: w.enrol()),
        ("settings", lambda w: w.show_settings()),
        ("patient", tab(0)),
        ("patient-exams", tab(1)),
        ("patient-history", tab(2)),
        ("worksheet", sheet(starred, star)),
        ("worksheet-draft", sheet(draft, draft.exams[-1].form)),
    ):
        yield name, window(go, SMALL)
    yield "patient-1920", window(tab(0), LARGE)
    yield "worksheet-1920", window(sheet(starred, star), LARGE)
    owner = MainWindow(desk, words, look, Changes())
    owner.open_subject(long.subject.id)
    facts, today = owner.facts(), NOW.date()
    for name, dialog in (
        ("report", ReportDialog(owner, words, look, facts)),
        ("correct", CorrectPatientDialog(owner, words, look, long, today)),
        (
            "new-exam",
            NewExamDialog(
                owner,
                words,
                look,
                facts,
                visits=[visit.code for visit in long.visits],
                injury=long.subject.injury_date,
                today=today,
                assessor=desk.person.display_name,
            ),
        ),
    ):
        yield f"dialog-{name}", _settled(dialog, app)


def _subject(desk: Desk, wanted: Callable[[SubjectFile], bool]) -> SubjectFile:
    files = (open_subject(desk, case) for case in subject_ids(desk, SubjectQuery()))
    return next(file for file in files if file.exams and wanted(file))


def _settled(widget: QWidget, app: QApplication) -> QWidget:
    """Shown and laid out; slow parts that come from a thread have arrived."""
    widget.show()
    app.processEvents()
    QTest.qWait(300)
    return widget


if __name__ == "__main__":
    main(Path(sys.argv[1]))
