"""Later information of a case, that a version was sent, and a letter about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.forms import NO, YES
from registry_app.domain.safety import CaseVersion, Letter
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import Segments, label
from registry_app.words import Words


class VersionDialog(Asking[CaseVersion]):
    """The day on which the holder learned it, what is new, whether it is significant.

    The first one of a case is its initial report.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[CaseVersion], object],
        *,
        name: str,
        today: date,
        first: bool,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._first = first
        self.day0 = self.day(words("safety_page.day0"), today)
        hint = words("safety_page.version-hint")
        self.what = self.line(words("safety_page.version-what"), hint=hint)
        choices = [(YES, words("enrol.yes")), (NO, words("enrol.no"))]
        asked = words("safety_page.significant")
        self.significant = Segments(look, choices, asked, YES)
        self.significant.setVisible(not first)
        said = words(f"safety_page.version-{'first' if first else 'later'}")
        self.ask(
            words("safety_page.version-title"),
            words("safety_page.version-go"),
            label(look, name, wrap=True),
            label(look, said, "text2", "caption", wrap=True),
            4,
            self.day0,
            self.what,
            *([] if first else [self.titled(asked, self.significant)]),
        )
        if first:
            self.significant.setParent(self)
        self.day0.setFocus()

    def value(self) -> CaseVersion | None:
        """The version."""
        day0 = self.day0.take(required=True)
        what = written(self.what) if self._first else self.needed(self.what)
        if not self.right(self.day0, self.what) or day0 is None:
            return None
        return CaseVersion(day0, what, self.significant.value == YES)


@dataclass(frozen=True, slots=True)
class Sent:
    """That a version was reported, and the number that PMDA gave."""

    on: date
    receipt: str


class SentDialog(Asking[Sent]):
    """The day on which a version was sent, and its receipt, which may come later.

    `sent`: the day that is on record.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Sent], object],
        *,
        name: str,
        today: date,
        sent: date | None = None,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.on = self.day(words("safety_page.sent-on"), today, sent or today)
        self.receipt = self.line(
            words("safety_page.receipt"), hint=words("safety_page.receipt-hint")
        )
        self.ask(
            words("safety_page.sent-title"),
            words("safety_page.sent-go"),
            label(look, name, wrap=True),
            label(look, words("safety_page.sent-what"), "text2", "caption", wrap=True),
            4,
            self.on,
            self.receipt,
        )
        (self.receipt if sent else self.on).setFocus()

    def value(self) -> Sent | None:
        """The day and the number."""
        on = self.on.take(required=True)
        if not self.right(self.on) or on is None:
            return None
        return Sent(on, written(self.receipt))


class LetterDialog(Asking[Letter]):
    """One piece of the correspondence about a case."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Letter], object],
        *,
        case_id: str,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._case = case_id
        self.on = self.day(words("safety_page.letter-on"), today, today)
        ways = [("in", words("safety_page.letter-in"))]
        ways.append(("out", words("safety_page.letter-out")))
        asked = words("safety_page.letter-direction")
        self.incoming = Segments(look, ways, asked, "out")
        self.who = self.line(words("safety_page.letter-who"))
        self.way = self.line(
            words("safety_page.letter-way"), hint=words("safety_page.letter-way-hint")
        )
        self.about = self.line(words("safety_page.letter-about"))
        self.receipt = self.line(words("safety_page.receipt"))
        self.ask(
            words("safety_page.letter-title"),
            words("safety_page.letter-go"),
            self.on,
            self.titled(asked, self.incoming),
            self.who,
            self.way,
            self.about,
            self.receipt,
        )
        self.on.setFocus()

    def value(self) -> Letter | None:
        """The letter."""
        on = self.on.take(required=True)
        who, way, about = (self.needed(f) for f in (self.who, self.way, self.about))
        if not self.right(self.on, self.who, self.way, self.about) or on is None:
            return None
        return Letter(
            "",
            self._case,
            on,
            self.incoming.value == "in",
            who,
            way,
            about,
            written(self.receipt),
        )
