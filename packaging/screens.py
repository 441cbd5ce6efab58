"""`make screens`: a picture of every screen, in both languages and both themes.

Real widgets on a training registry, 1366 x 768 less title bar and task bar, and the
worksheet and a patient at 1920 x 1080 too.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import backup_screens
import blinding_screens
import guard_screens
import patient_screens
import people_screens
import report_screens
import safety_screens
import trust_screens
from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QThread,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from registry_app.domain.visit import ISNCSCI, Form, Status
from registry_app.services.demo import make_training_registry
from registry_app.services.desk import Desk
from registry_app.services.obligations import ledger_on
from registry_app.services.packs import pack_names
from registry_app.services.plans import subject_plan
from registry_app.services.protocol import protocol
from registry_app.services.regime import RegimeChange
from registry_app.services.subjects import (
    SubjectFile,
    SubjectQuery,
    open_subject,
    subject_ids,
)
from registry_app.ui.app import application
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.confirm import ConfirmDialog
from registry_app.ui.dialogs.correct_patient import CorrectPatientDialog
from registry_app.ui.dialogs.new_exam import NewExamDialog
from registry_app.ui.dialogs.occurrence import OccurrenceDialog
from registry_app.ui.dialogs.patient_then import PatientThenDialog
from registry_app.ui.dialogs.regime import RegimeDialog
from registry_app.ui.dialogs.report import ReportDialog
from registry_app.ui.dialogs.setting import SettingDialog
from registry_app.ui.dialogs.settle import SettleDialog
from registry_app.ui.dialogs.visit_fields import occasions
from registry_app.ui.item_history import ItemHistoryDialog, Named
from registry_app.ui.look import Look, Theme
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.obligations import ObligationsPage
from registry_app.ui.patient_record import read_record
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


def main(folder: Path, themes: Iterable[Theme] = tuple(Theme)) -> None:
    """Write the pictures to `folder` and say how many."""
    folder.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_tell)
    app = application()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "training.registry"
        desk = make_training_registry(path, clock=lambda: NOW)
        count = 0
        for language in Language:
            for theme in themes:
                for name, widget in _screens(desk, language, theme, app):
                    widget.grab().save(str(folder / f"{name}-{language}-{theme}.png"))
                    _let_go(widget)
                    count += 1
        for language in Language:
            for theme in themes:
                look = Look(theme, training=True)
                look.apply(app)
                for name, widget in blinding_screens.screens(
                    desk, Words(language), look, app
                ):
                    _settled(widget, app)
                    widget.grab().save(str(folder / f"{name}-{language}-{theme}.png"))
                    _let_go(widget)
                    count += 1
        desk.close()
        kept = backup_screens.a_kept_registry(Path(place))
        for language in Language:
            for theme in themes:
                look = Look(theme)
                look.apply(app)
                words = Words(language)
                kinds = (backup_screens.screens, guard_screens.screens)
                for name, widget in chain(*(each(kept, words, look) for each in kinds)):
                    _settled(widget, app)
                    widget.grab().save(str(folder / f"{name}-{language}-{theme}.png"))
                    count += 1
        kept.close()
    print(f"{count} pictures in {folder}")


def _let_go(widget: QWidget) -> None:
    """Close it for good: each that stays is dressed anew with every other look."""
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


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
    for name, start in people_screens.starts(desk, words, plain, packs):
        yield name, _settled(start, app)
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

    star = next(entry.form for entry in starred.exams if entry.form.stars)
    for name, go in (
        ("today", lambda w: w.show_today()),
        ("obligations", lambda w: w.show_obligations()),
        ("obligations-calendar", _calendar),
        ("plan-settings", lambda w: w.show_plan()),
        ("patients", lambda w: w.show_patients()),
        ("attrition", lambda w: w.show_attrition()),
        ("trail", lambda w: w.show_trail()),
        ("settings", lambda w: w.show_settings()),
        *patient_screens.places(long.subject.id),
        *report_screens.places(),
        *safety_screens.places(desk),
        *trust_screens.places(desk, long),
        *people_screens.places(desk, long.subject.id),
        ("worksheet", sheet(starred, star)),
        ("worksheet-draft", sheet(draft, draft.exams[-1].form)),
    ):
        yield name, window(go, SMALL)
    yield (
        "patient-1920",
        window(patient_screens.tab(long.subject.id, "overview"), LARGE),
    )
    yield "worksheet-1920", window(sheet(starred, star), LARGE)
    for name, go in (
        ("today", lambda w: w.show_today()),
        ("obligations", lambda w: w.show_obligations()),
        ("plan-settings", lambda w: w.show_plan()),
        ("patient-visits", patient_screens.tab(long.subject.id, "visits")),
        ("kits", lambda w: w.show_kits()),
        ("safety", lambda w: w.show_safety()),
        safety_screens.open_case(desk),
        ("reports", lambda w: w.reports.show()),
        ("reports-preview", report_screens.preview),
        ("reports-issued", lambda w: w.reports.show("issued")),
    ):
        yield f"{name}-1920", window(go, LARGE)
        large = Look(theme, training=True, text_size=200)
        large.apply(app)
        made = MainWindow(desk, words, large, Changes())
        made.resize(*SMALL)
        go(made)
        yield f"{name}-200", _settled(made, app)
        look.apply(app)
    owner = MainWindow(desk, words, look, Changes())
    owner.open_subject(long.subject.id)
    for shown in (
        _dialogs,
        patient_screens.dialogs,
        safety_screens.dialogs,
        report_screens.dialogs,
        trust_screens.dialogs,
        people_screens.dialogs,
    ):
        for name, dialog in shown(owner, long.subject.id):
            yield f"dialog-{name}", _settled(dialog, app)


def _calendar(window: MainWindow) -> None:
    window.show_obligations()
    assert isinstance(window.page, ObligationsPage)
    window.page.views.choose("calendar")
    window.page.views.chosen.emit("calendar")


def _dialogs(owner: MainWindow, case: str) -> Iterator[Shown]:
    """Each with its fields as they are when it opens."""
    desk, words, look = owner.desk, owner.words, owner.look
    usual = (owner, words, look)
    facts, today = owner.facts(), NOW.date()
    plan, subject = protocol(desk), subject_plan(desk, case)

    def save(_value: object) -> None:
        """A picture is not to save anything."""

    yield "report", ReportDialog(*usual, facts)
    yield "patient-then", PatientThenDialog(owner, desk, words, look, case)
    sex = Named("subject", case, "sex")
    yield "item-history", ItemHistoryDialog(owner, owner.page, sex)
    record = read_record(desk, case)
    yield "correct", CorrectPatientDialog(*usual, facts, save, record)
    injury, arm = subject.case.subject.injury_date, subject.case.subject.arm
    yield (
        "new-exam",
        NewExamDialog(
            *(*usual, facts, save),
            occasions=occasions(plan.visits(), subject.windows, ISNCSCI, arm),
            injury=injury,
            today=today,
            assessor=desk.person.display_name,
        ),
    )
    duty = next(duty for duty in ledger_on(desk) if duty.subject_id == "")
    said = words.say(duty.name)
    yield "settle", SettleDialog(*usual, [], save, name=said, today=today)
    yield (
        "confirm",
        ConfirmDialog(
            *(*usual, save), name=said, says=(), person=desk.person.display_name
        ),
    )
    yield "occurrence", OccurrenceDialog(*usual, save, pack=plan.pack, today=today)
    rule = next(rule for rule in plan.pack.rules if rule.presets)
    yield "setting", SettingDialog(*usual, save, what=rule, today=today)
    yield "regime", _regime(owner)


def _regime(owner: MainWindow) -> RegimeDialog[RegimeChange]:
    """The change of the regime, with the plan of what it changes."""
    course = owner.plan.regime_course()
    assert course is not None
    made = RegimeDialog(owner, owner.words, owner.look, course, NOW.date())
    made.evidence.input.setText("R8-1120")
    made.accept()
    while made.table is None:  # it is worked out in another thread
        QApplication.processEvents()
        QThread.msleep(10)
    return made


def _subject(desk: Desk, wanted: Callable[[SubjectFile], bool]) -> SubjectFile:
    files = (open_subject(desk, case) for case in subject_ids(desk, SubjectQuery()))
    return next(file for file in files if file.exams and wanted(file))


def _settled(widget: QWidget, app: QApplication) -> QWidget:
    """Shown and laid out; slow parts that come from a thread have arrived."""
    widget.show()
    for _ in range(30):  # QTest.qWait would let no other thread run
        app.processEvents()
        QThread.msleep(10)
    return widget


if __name__ == "__main__":
    main(Path(sys.argv[1]))
