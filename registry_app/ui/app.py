"""The program with a window: from the start to sign-in, to the pages, and out again.

Only Qt is imported before the first window is shown. The services, and with them the
data base, are imported in a thread while the password is typed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from registry_app.domain.errors import Refused, RegistryError
from registry_app.domain.rights import Deed, may
from registry_app.paths import log_folder, settings_file
from registry_app.ui.background import Task
from registry_app.ui.changes import Changes
from registry_app.ui.look import Look, load_fonts
from registry_app.ui.places import ask_file
from registry_app.ui.problems import BugDialog, Problems, start_log
from registry_app.ui.second_instance import FirstInstance, brought_to_front
from registry_app.ui.settings import (
    Settings,
    ThemeChoice,
    read_settings,
    write_settings,
)
from registry_app.ui.start.create import CreateView
from registry_app.ui.start.sign_in import SignInView
from registry_app.ui.start.welcome import WelcomeView
from registry_app.ui.start.window import StartWindow
from registry_app.words import Language, Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.services.session import Arrival
    from registry_app.ui.draft_offers import DraftOffers
    from registry_app.ui.keeper import Keeper
    from registry_app.ui.main_window import MainWindow
    from registry_app.ui.page_window import PageWindow


def run(path: Path | None) -> int:
    """Show the window and give the exit status.

    `path`: sign in to that file, else to the last one, else welcome.
    """
    start_log(log_folder())
    application()
    if brought_to_front(path):
        return 0
    return first_window(path).qt.exec()


def first_window(path: Path | None) -> Program:
    """The sign-in or the welcome, painted; what the start of the program costs."""
    program = Program(application())
    program.begin(path)
    program.qt.processEvents()
    return program


def application() -> QApplication:
    """The one QApplication, with its fonts; made once a process."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    qt = QApplication(["registry-app"])
    qt.setApplicationName("registry-app")
    qt.setQuitOnLastWindowClosed(True)
    load_fonts()
    return qt


class Program(QObject):
    """Who is shown what: the start views, then the window of a registry."""

    def __init__(self, qt: QApplication) -> None:
        super().__init__()
        self.qt = qt
        self.settings = read_settings(settings_file())
        self.words = Words(self.settings.language)
        self.look = Look()
        self.window: StartWindow | PageWindow | None = None
        self.desk: Desk | None = None
        self.path: Path | None = None
        self.user = ""
        self.keeper: Keeper | None = None
        self.recovery: DraftOffers | None = None
        self._first = FirstInstance(self, lambda: self.window)
        self._translator: QTranslator | None = None
        self.problems = Problems(self._show_bug, self._say)
        self.problems.install()

    # ── what is shown before sign-in ─────────────────────────────────────────────

    def begin(self, path: Path | None = None) -> None:
        """The sign-in of that file, or of the last one; else the welcome."""
        if path is None:
            there = [Path(p) for p in self.settings.recent if Path(p).exists()]
            path = there[0] if there else None
        if path is None:
            self.welcome()
            return
        if path.suffix == ".registry-backup":
            self.welcome()  # the window under the question
        if (found := self._to_work_in(path)) is not None:
            self.show_sign_in(found)

    def welcome(self) -> WelcomeView:
        """Three ways to begin."""
        self._dress()
        view = WelcomeView(self.words, self.look, self.settings)
        view.train_chosen.connect(lambda: self.train(None))
        view.create_chosen.connect(self.show_create)
        view.open_chosen.connect(self.choose_file)
        view.recent_chosen.connect(lambda name: self.show_sign_in(Path(name)))
        view.language_chosen.connect(
            lambda name: self._set(replace(self.settings, language=Language(name)))
        )
        view.theme_chosen.connect(
            lambda name: self._set(replace(self.settings, theme=ThemeChoice(name)))
        )
        self._start(view)
        return view

    def show_create(self) -> CreateView:
        """A new registry."""
        self._dress()
        from registry_app.services.packs import pack_names

        packs = [(key, self.words.say(name)) for key, name in pack_names().items()]
        view = CreateView(self.words, self.look, packs)
        view.created.connect(self.signed_in)
        view.back.connect(self.welcome)
        self._start(view)
        return view

    def show_sign_in(self, path: Path, training: bool = False) -> SignInView:
        """The sign-in of a file; of a training registry in its own accent."""
        self.path = path
        self._dress(training)
        view = SignInView(self.words, self.look, path, self.user)
        view.signed_in.connect(self.signed_in)
        view.other.connect(self.welcome)
        view.faced.connect(lambda real: self._faced(path, view, real))
        self._start(view)
        return view

    def _to_work_in(self, path: Path) -> Path | None:
        """A backup is not worked in: it is restored first; None for rather not."""
        if path.suffix != ".registry-backup":
            return path
        from registry_app.ui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(self.window, self.words, self.look, None, path)
        return dialog.restored if dialog.exec() else None

    def _faced(self, path: Path, view: SignInView, training: bool) -> None:
        """A training registry gets its accent, unless somebody is already typing."""
        if training != self.look.training and not view.password.text():
            self.show_sign_in(path, training)

    def choose_file(self) -> None:
        """Open a file of the user's choice."""
        words = self.words
        kinds = f"{words('create.file-filter')};;{words('create.any-file')}"
        kinds = f"{kinds};;{words('backup.file-filter')}"
        chosen = ask_file(self.window, words, words("welcome.open"), kinds)
        path = self._to_work_in(Path(chosen)) if chosen else None
        if path is not None:
            self.show_sign_in(path)

    def train(self, path: Path | None) -> None:
        """Make the training registry, off the GUI thread, and go in."""
        view = self.welcome()

        def work() -> Desk:
            from registry_app.services import demo

            return demo.make_training_registry(path or demo.training_place())

        task = Task(view, work)
        task.done.connect(self.signed_in)
        task.failed.connect(self._say)
        view.busy(task, self.words("welcome.train-working"))
        task.start()

    # ── signed in ────────────────────────────────────────────────────────────────

    def signed_in(self, desk: Desk) -> None:
        """The window of the registry, on its list of patients."""
        self.desk, self.path, self.user = desk, desk.path, desk.person.id
        self.settings = self.settings.opened(desk.path)
        write_settings(settings_file(), self.settings)
        self._dress(desk.registry.training)
        if not self._first_steps(desk):
            self.sign_out()
            return
        sees = may(desk.person.role, Deed.LOOK)
        window, recovery = self._main(desk) if sees else self._assess(desk)
        self._show(window)
        if desk.store.shown is None:
            self._first.listen(desk.path)
        self.recovery = recovery
        recovery.offer()
        self._look_back(desk, window)

    def _first_steps(self, desk: Desk) -> bool:
        """What has to be done before anything else; False: it was not done.

        A password that somebody else thought of is changed, and where the policy asks
        for a second factor it is set up.
        """
        if desk.store.shown is not None:  # open to be read: nothing can be set up
            return True
        from registry_app.domain.policy import SecondFactor
        from registry_app.services.policy import policy
        from registry_app.services.registry import password_was_given
        from registry_app.services.second_factor import has_second_factor
        from registry_app.ui.dialogs.own_factor import set_up_factor
        from registry_app.ui.dialogs.own_password import OwnPasswordDialog

        assert self.window is not None
        around = self.window, desk, self.words, self.look
        if password_was_given(desk) and not OwnPasswordDialog(*around).exec():
            return False
        required = policy(desk).second_factor is SecondFactor.REQUIRED
        if required and not has_second_factor(desk):
            return set_up_factor(*around, required=True)
        return True

    def _assess(self, desk: Desk) -> tuple[PageWindow, DraftOffers]:
        """Who is blinded has a window of their own."""
        from registry_app.ui.assessor_recovery import AssessorRecovery
        from registry_app.ui.assessor_window import AssessorWindow

        window = AssessorWindow(desk, self.words, self.look, Changes(self))
        return window, AssessorRecovery(window, self._hold(window, desk))

    def _look_back(self, desk: Desk, window: PageWindow) -> None:
        """Check in another thread what was written since the trail was sealed last."""
        from registry_app.services.session import arrive
        from registry_app.ui.main_window import MainWindow

        def tell(arrival: Arrival) -> None:
            if arrival.problems:
                said = " ".join(self.words.say(one) for one in arrival.problems)
                window.strip.say("overdue", said)

        task = Task(window, lambda: arrive(desk))
        task.done.connect(tell)
        task.start()
        if isinstance(window, MainWindow) and may(desk.person.role, Deed.PEOPLE):
            self._tell_troubles(desk, window)

    def _tell_troubles(self, desk: Desk, window: MainWindow) -> None:
        """Wrong passwords that no administrator knows of yet: with the way there."""
        from registry_app.services.identity import sign_in_troubles

        if count := sum(one.untold for one in sign_in_troubles(desk)):
            said = self.words("people.troubles-told", count=count)
            there = self.words("people.title"), lambda: window.show_place("people")
            window.strip.say("due", said, there)

    def _main(self, desk: Desk) -> tuple[MainWindow, DraftOffers]:
        from registry_app.ui.main_window import MainWindow
        from registry_app.ui.recovery import Recovery

        changes = Changes(self)
        window = MainWindow(desk, self.words, self.look, changes)
        keeper = self._hold(window, desk)
        window.open_other.connect(keeper.leave)
        window.open_other.connect(self._leave_for_another)
        changes.settings.connect(self._settings_changed)
        window.backups.start()
        return window, Recovery(window, keeper)

    def _hold(self, window: PageWindow, desk: Desk) -> Keeper:
        """What every window of a registry has: drafts are kept, and it is locked."""
        from registry_app.ui.keeper import Keeper
        from registry_app.ui.lock import Lock

        # Before all others: what is typed is kept while the registry is open.
        self.keeper = keeper = Keeper(window, desk)
        lock = Lock(window, desk, self.words, self.look)
        lock.locking.connect(lambda: window.page.keep())
        lock.locking.connect(keeper.journal)
        lock.taken_over.connect(self._take_over)
        window.locked.connect(lock.lock)
        window.signed_out.connect(self.sign_out)
        window.left.connect(self._close_desk)
        return keeper

    def sign_out(self) -> None:
        """Close the registry, and offer to sign in again."""
        training = self.desk is not None and self.desk.registry.training
        path = self.path
        self._close_desk()
        if path is not None:
            self.show_sign_in(path, training)

    def _take_over(self) -> None:
        """Somebody else signs in; what was being typed waits for who was typing."""
        if self.keeper is not None:
            self.keeper.stop()
        for window in reversed(self.qt.topLevelWidgets()):
            if isinstance(window, QDialog) and window.isVisible():
                window.done(QDialog.DialogCode.Rejected)
        self.user = ""
        QTimer.singleShot(0, self, self.sign_out)  # once the dialogs have returned

    def _leave_for_another(self) -> None:
        self._close_desk()
        self.welcome()

    def _close_desk(self) -> None:
        if self.desk is None:
            return
        from registry_app.services.session import leave
        from registry_app.ui.leaving import waited_for
        from registry_app.ui.main_window import MainWindow

        desk, self.desk = self.desk, None
        self._first.stop()
        try:
            if isinstance(self.window, MainWindow):
                self.window.backups.stop()
            ending = partial(leave, desk)
            for trouble in waited_for(self.window, self.words, self.look, ending):
                self._say(Refused(trouble.key, **trouble.params))
        finally:
            desk.close()

    # ── looks ────────────────────────────────────────────────────────────────────

    def _dress(self, training: bool = False) -> None:
        """Language, colours and text size as the user wants them."""
        self.words = Words(self.settings.language)
        self.look = Look(
            self.settings.colours, training=training, text_size=self.settings.text_size
        )
        self.look.apply(self.qt)
        self._translate(self.settings.language)

    def _translate(self, language: Language) -> None:
        """Qt's own dialogs speak the same language."""
        if self._translator is not None:
            self.qt.removeTranslator(self._translator)
        QLocale.setDefault(QLocale(str(language)))
        self._translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            self.qt.installTranslator(self._translator)

    def _set(self, settings: Settings) -> None:
        """Keep what was chosen on the welcome, and show it anew."""
        self.settings = settings
        write_settings(settings_file(), settings)
        self.welcome()

    def _settings_changed(self) -> None:
        """Build the window anew, and come back to the settings."""
        self.settings = read_settings(settings_file())
        if self.desk is not None:
            self._dress(self.desk.registry.training)
            window, self.recovery = self._main(self.desk)
            window.show_settings()
            self._show(window)

    def _start(self, view: QWidget) -> None:
        """Show a view in a window that has no registry yet."""
        if isinstance(self.window, StartWindow):
            self.window.replace(self.words, self.look, view)
        else:
            self._show(StartWindow(self.words, self.look, view))

    def _show(self, window: StartWindow | PageWindow) -> None:
        """Put a window in the place of the one that was shown."""
        old, self.window = self.window, window
        if old is not None:
            window.setGeometry(old.geometry())
        window.show()
        window.activateWindow()  # it takes the place of the one that had the keys
        if old is not None:
            old.deleteLater()

    # ── problems ─────────────────────────────────────────────────────────────────

    def _say(self, refusal: RegistryError) -> None:
        if self.window is not None:
            self.window.refuse(refusal)

    def _show_bug(self, report: str) -> None:
        BugDialog(self.words, self.look, report).exec()
