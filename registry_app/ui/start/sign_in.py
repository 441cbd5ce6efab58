"""Sign-in: which registry, who, password; and the way in for a lost password."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import RegistryError
from registry_app.domain.names import plain
from registry_app.ui.background import Task, Working
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import BOLD, Look
from registry_app.ui.notice import Notice
from registry_app.ui.start.emblem import Sheet, centred, heading
from registry_app.ui.start.passwords import NewPassword
from registry_app.ui.widgets import Inside, button, column, hand_keys, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.places import Warned
    from registry_app.services.registry import Face

#: The recovery sheet with its two codes needs more room than a password.
_HEIGHT: Final = 580
#: Why a file cannot be written that may be read all the same.
_READABLE: Final = frozenset(
    f"storage.{why}"
    for why in (
        *("open-by", "open-elsewhere"),
        *("read-only-file", "read-only-folder", "disk-full"),
    )
)


class SignInView(QWidget):
    """The registry of `path`; what a locked file shows comes a moment later.

    signed_in(Desk); other(): another registry is wanted; faced(bool): whether it is a
    training registry, which has another accent.
    """

    signed_in = Signal(object)
    other = Signal()
    faced = Signal(bool)

    def __init__(self, words: Words, look: Look, path: Path, user: str = "") -> None:
        super().__init__()
        self._words, self._look, self.path = words, look, path
        self._wanted = user
        self._looking, self._early = False, False
        self.setProperty("kind", "page")
        self.setWindowTitle(words("signin.title"))
        self.user = Choice(look, words("signin.user"))
        self.password = Line(look, words("signin.password"), secret=True)
        self._password = Field(look, words("signin.password"), self.password)
        self.one_time = Line(look, words("signin.one-time"), plain=True)
        self._one_time = Field(
            look, words("signin.one-time"), self.one_time, words("signin.one-time-hint")
        )
        self._asked = False
        self.code = Line(look, words("signin.code"), plain=True)
        self._code = Field(
            look, words("signin.code"), self.code, words("signin.code-hint")
        )
        self.half = Line(look, words("signin.half"), plain=True)
        self._half = Field(look, words("signin.half"), self.half)
        self._halves = False
        self.new = NewPassword(
            words,
            look,
            words("signin.new-password"),
            lambda: (self.user.value, self.path.stem),
        )
        self._title = heading(look, words("signin.title"))
        self.go = button(look, words("signin.go"), "primary", lambda: self._go())
        self.read = button(
            look, words("guards.open-read-only"), "", lambda: self._go(reading=True)
        )
        self.why = Notice(look, "overdue", "")
        self._offer = Inside(column(self.why, self.read, gap=4))
        self._offer.hide()
        self._warned = column(gap=4)
        self.forgot = button(look, words("signin.forgot"), "quiet", self._turn)
        other = button(look, words("signin.other"), "quiet", self.other.emit)
        self.working = Working(words, look)
        self._site = label(look, "", "text2", wrap=True)
        self._tag = label(look, words("app.training"), "tag", "caption", BOLD)
        self._tag.setFixedHeight(look.px(22))
        self._tag.hide()
        form = column(
            self._title,
            6,
            Field(look, words("signin.user"), self.user),
            self._password,
            self._one_time,
            self._code,
            self._half,
            self.new,
            self.go,
            self._offer,
            self.working,
            None,
            row(other, None, self.forgot),
            gap=4,
        )
        file = label(look, path.name, "text2", wrap=True)
        file.setToolTip(str(path))
        tag = row(self._tag, None)
        about = column(self._site, file, 8, tag, None, self._warned, gap=2)
        self.setLayout(centred(Sheet(words, look, about, form, _HEIGHT)))
        self._recovering = True
        self._turn()  # to the password
        for line in (self.code, self.half, self.new.first):
            line.returnPressed.connect(self.focusNextChild)
        for line in (self.password, self.one_time, self.new.second):
            line.returnPressed.connect(lambda: self._go())

    def showEvent(self, event: QShowEvent) -> None:
        """Once it is seen, read what the locked file shows."""
        super().showEvent(event)
        if self.user.count() == 0:
            QTimer.singleShot(0, self._look_at)

    def _look_at(self) -> None:
        if self._looking:
            return
        self._looking = True

        def read() -> tuple["Face", str, tuple["Warned", ...]]:
            from registry_app.services import demo
            from registry_app.services.places import place_warnings
            from registry_app.services.registry import look_at

            face = look_at(self.path)
            made_up = face.training and demo.ADMINISTRATOR in face.users
            password = demo.PASSWORD if made_up else ""
            return face, password, place_warnings(self.path)

        task = Task(self, read)
        task.done.connect(self._show_face)
        task.failed.connect(self._refused)
        task.ended.connect(self._looked)
        self.working.follow(task, self._words("signin.looking"), may_cancel=False)
        task.start()

    def _show_face(self, read: tuple["Face", str, tuple["Warned", ...]]) -> None:
        """Who may sign in; the password of a training registry is no secret."""
        face, password, warned = read
        for one in warned:
            notice = Notice(self._look, "overdue", self._words.say(one.message))
            self._warned.addWidget(notice)
        if password:
            hint = self._words("signin.training-password", password=password)
            self._password.set_hint(hint)
        self._halves = face.recovery_codes > 1
        hint = "signin.halves-hint" if self._halves else "signin.code-hint"
        self._code.set_hint(self._words(hint))
        self._half.setVisible(self._recovering and self._halves)
        self._site.setText(face.site)
        self._tag.setVisible(face.training)
        for user in face.users:
            self.user.addItem(user, user)
        if self._wanted in face.users:
            self.user.choose(self._wanted)
        self.setWindowTitle(self._words("signin.title-of", site=face.site))
        self.faced.emit(face.training)
        if self._early:  # Enter came before it was known who may sign in
            self._go()

    def _looked(self) -> None:
        self._looking = False

    def _turn(self) -> None:
        """From password to recovery sheet, and back."""
        self._offer.hide()
        self._recovering = not self._recovering
        on, words = self._recovering, self._words
        self._password.setVisible(not on)
        self._one_time.setVisible(self._asked and not on)
        self._code.setVisible(on)
        self._half.setVisible(on and self._halves)
        self.new.setVisible(on)
        self.go.setText(words("signin.recover-go" if on else "signin.go"))
        self.forgot.setText(words("signin.remembered" if on else "signin.forgot"))
        line = self.code if on else self.password
        hand_keys(self, line)
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, reading: bool = False) -> None:
        """Try it, off the GUI thread: checking a password takes a third of a second."""
        if not self.go.isEnabled():
            return
        if self.user.count() == 0:
            self._early = True
            self._look_at()
            return
        user, path = self.user.value, self.path
        self._code.set_problem("")
        self._password.set_problem("")
        self._one_time.set_problem("")
        if self._recovering:
            password = self.new.value()
            if password is None:
                return
            lines = (self.code, self.half) if self._halves else (self.code,)
            codes = [plain(line.text()).upper() for line in lines]

            def work() -> object:
                from registry_app.services.registry import recover

                return recover(path, codes, user, password)
        else:
            secret, digits = self.password.text(), self.one_time.text()

            def work() -> object:
                from registry_app.services.reading import sign_in_to_read
                from registry_app.services.registry import sign_in

                enter = sign_in_to_read if reading else sign_in
                return enter(path, user, secret, digits)

        self.go.setEnabled(False)
        self.read.setEnabled(False)
        task = Task(self, work)
        task.done.connect(self.signed_in)
        task.failed.connect(self._refused)
        task.ended.connect(lambda: self.go.setEnabled(True))
        task.ended.connect(lambda: self.read.setEnabled(True))
        self.working.follow(task, self._words("signin.working"), may_cancel=False)
        task.start()

    def _refused(self, refusal: RegistryError) -> None:
        """Say it at the field; the user's name stays, the wrong password goes."""
        self._early = False
        if refusal.message.key in _READABLE and not self._recovering:
            self.why.said.setText(self._words.say(refusal.message))
            self._offer.show()
            return
        if refusal.message.key == "storage.password-weak":
            self.new.set_problem(self._words.say(refusal.message))
            return
        key = refusal.message.key
        if key in ("storage.code-needed", "storage.wrong-code"):
            self._ask_code(self._words.say(refusal.message), key)
            return
        field = self._code if self._recovering else self._password
        field.set_problem(self._words.say(refusal.message))
        if not self._recovering:
            self.password.selectAll()
        field.setFocus()

    def _ask_code(self, said: str, key: str) -> None:
        """The password is right, and this user has a second factor."""
        self._asked = True
        self._one_time.show()
        if key == "storage.wrong-code":
            self._one_time.set_problem(said)
        self.one_time.selectAll()
        self._one_time.setFocus()
