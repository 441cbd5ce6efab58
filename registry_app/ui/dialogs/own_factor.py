"""A second factor for the person who is signed in: set up, or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QCheckBox, QWidget

from registry_app.services.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    end_second_factor,
)
from registry_app.ui.dialogs.asking import line_of
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.dialogs.slow import SlowAsking
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: Letters of the secret that stand together, so that it can be typed.
_GROUP = 4


class QrCode(QWidget):
    """The picture that an app on a telephone reads: dark on light, in any theme."""

    def __init__(self, look: Look, svg: str, name: str) -> None:
        super().__init__()
        self._drawn = QSvgRenderer(QByteArray(svg.encode()))
        self.setFixedSize(look.px(196), look.px(196))
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The code on its white ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor.fromRgb(255, 255, 255))
            self._drawn.render(painter, QRectF(self.rect()).adjusted(6, 6, -6, -6))


class SetUpFactorDialog(SlowAsking[tuple[str, str]]):
    """Shows the secret, and asks for one code of it; then `result_of`: backup codes."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        words: Words,
        look: Look,
        *,
        required: bool = False,
    ) -> None:
        """`required`: by the policy; who does not want it signs out."""
        offer = begin_second_factor(desk)
        super().__init__(
            parent,
            words,
            look,
            [],
            lambda told: confirm_second_factor(desk, offer, *told),
        )
        code, secret = words("own.factor-code"), words("signin.password")
        self.code = Field(look, code, Line(look, code, plain=True))
        self.password = Field(look, secret, Line(look, secret, plain=True, secret=True))
        self.places = {
            "storage.wrong-code": self.code,
            "storage.wrong-password": self.password,
            "storage.wait-until": self.password,
        }
        typed = offer.factor.base32
        groups = (typed[at : at + _GROUP] for at in range(0, len(typed), _GROUP))
        self.secret = label(look, " ".join(groups), weight=MEDIUM, wrap=True)
        qr = QrCode(look, offer.svg, words("own.factor-qr"))
        beside = column(
            label(look, words("own.factor-scan"), "text2", wrap=True),
            8,
            label(look, words("own.factor-typed"), "text3", "caption", wrap=True),
            self.secret,
            None,
        )
        what = words("own.factor-required" if required else "own.factor-what")
        self.ask(
            words("own.factor-title"),
            words("own.factor-go"),
            label(look, what, "text2", wrap=True),
            4,
            row(qr, beside, gap=16),
            4,
            self.code,
            self.password,
        )
        if required:
            self.stop.setText(words("actions.sign-out"))
        self.code.setFocus()

    def value(self) -> tuple[str, str] | None:
        """A code and the password."""
        code, password = self.needed(self.code), line_of(self.password).text()
        self.password.set_problem("" if password else self.words("enrol.needed"))
        return (code, password) if self.right(self.code, self.password) else None


class BackupCodesDialog(Dialog):
    """The codes for the day on which the telephone is lost: shown this once."""

    def __init__(
        self, parent: QWidget, words: Words, look: Look, codes: Sequence[str]
    ) -> None:
        super().__init__(parent, words, look, [])
        half = (len(codes) + 1) // 2
        columns = [
            column(*(label(look, one, weight=MEDIUM) for one in part), gap=4)
            for part in (codes[:half], codes[half:])
        ]
        self.noted = QCheckBox(words("own.codes-noted"))
        self.noted.toggled.connect(lambda on: self.go.setEnabled(on))
        self.lay_out(
            words("own.codes-title"),
            words("app.close"),
            label(look, words("own.codes-what"), "text2", wrap=True),
            8,
            row(*columns, None, gap=48),
            8,
            self.noted,
        )
        self.stop.hide()
        self.go.setEnabled(False)

    def reject(self) -> None:
        """Not before they are written down: nobody can show them again."""
        if self.noted.isChecked():
            super().reject()


class EndFactorDialog(SlowAsking[str]):
    """The password alone is to be enough again."""

    def __init__(self, parent: QWidget, desk: Desk, words: Words, look: Look) -> None:
        super().__init__(
            parent, words, look, [], lambda secret: end_second_factor(desk, secret)
        )
        name = words("signin.password")
        self.password = Field(look, name, Line(look, name, plain=True, secret=True))
        self.places = {
            "storage.wrong-password": self.password,
            "storage.wait-until": self.password,
            "own.factor-is-required": self.password,
        }
        self.ask(
            words("own.end-title"),
            words("own.end-go"),
            label(look, words("own.end-what"), "text2", wrap=True),
            4,
            self.password,
        )
        self.password.setFocus()

    def value(self) -> str | None:
        """The password."""
        secret = line_of(self.password).text()
        self.password.set_problem("" if secret else self.words("enrol.needed"))
        return secret if self.right(self.password) else None


def set_up_factor(
    parent: QWidget, desk: Desk, words: Words, look: Look, *, required: bool = False
) -> bool:
    """Set it up and show the backup codes; whether it was."""
    dialog = SetUpFactorDialog(parent, desk, words, look, required=required)
    done = bool(dialog.exec())
    if done:
        BackupCodesDialog(parent, words, look, dialog.result_of).exec()
    dialog.deleteLater()
    return done
