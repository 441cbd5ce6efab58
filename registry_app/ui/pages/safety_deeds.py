"""What can be done with a safety case: each by a dialog, a service, and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from registry_app.domain.safety import CaseVersion, Event, Letter, SafetyCase
from registry_app.services import safety_deeds as service
from registry_app.services.protocol import today_in_japan
from registry_app.services.safety import special_events
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.dialogs.safety_case import (
    NewCase,
    NewCaseDialog,
    NewEventDialog,
    TakeDialog,
    Taken,
)
from registry_app.ui.dialogs.safety_version import (
    LetterDialog,
    Sent,
    SentDialog,
    VersionDialog,
)
from registry_app.ui.frame import Fact

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.ui.look import Look
    from registry_app.ui.page import Page
    from registry_app.words import Words

T = TypeVar("T")


class CaseDeeds:
    """Acts on the case that `current` gives. Nothing is done before it is `settled`.

    `facts` say whom it is about; `done(text)` is told what was done.
    """

    def __init__(
        self,
        page: Page,
        current: Callable[[], SafetyCase],
        facts: Callable[[], Sequence[Fact]],
        settled: Callable[[], bool],
        done: Callable[[str], object],
    ) -> None:
        self._page, self._current, self._facts = page, current, facts
        self._settled, self._done = settled, done

    @property
    def _today(self) -> date:
        return today_in_japan(self._page.desk)

    def _run(self, dialog: Asking[T], said: str) -> None:
        if dialog.exec():
            self._done(self._page.words(said, case=self._current().id))
        dialog.deleteLater()

    def take(self) -> None:
        """The draft is a case: its clocks begin."""
        page = self._page
        if not self._settled():
            return
        case = self._current()

        def save(taken: Taken) -> None:
            service.take_draft(
                page.desk,
                case.id,
                hospital_aware=taken.hospital,
                holder_aware=taken.holder,
                reason=taken.reason,
            )

        self._run(
            TakeDialog(
                page,
                page.words,
                page.look,
                self._facts(),
                save,
                case=case,
                today=self._today,
            ),
            "safety_page.taken",
        )

    def dismiss(self) -> None:
        """The draft is no case."""
        self._reasoned("dismiss", service.dismiss)

    def close(self) -> None:
        """Nothing more is expected of the case."""
        self._reasoned("close", service.close_case)

    def _reasoned(self, what: str, do: Callable[[Desk, str, str], object]) -> None:
        page, words = self._page, self._page.words
        if not self._settled():
            return
        case = self._current()
        self._run(
            ReasonDialog(
                page,
                words,
                page.look,
                self._facts(),
                lambda why: do(page.desk, case.id, why),
                title=words(f"safety_page.{what}-title"),
                go=words(f"safety_page.{what}-go"),
                name=words.typed(case.title),
                what=words(f"safety_page.{what}-what"),
            ),
            f"safety_page.{what}-done",
        )

    def add_version(self) -> None:
        """Later information, or the initial report of a case that has none."""
        page = self._page
        if not self._settled():
            return
        case = self._current()

        def save(version: CaseVersion) -> None:
            service.new_version(page.desk, case.id, version)

        self._run(
            VersionDialog(
                page,
                page.words,
                page.look,
                self._facts(),
                save,
                name=page.words.typed(case.title),
                today=self._today,
                first=not case.versions,
            ),
            "safety_page.version-done",
        )

    def record_sent(self, number: str) -> None:
        """A version was reported, with its receipt."""
        page, words = self._page, self._page.words
        if not self._settled():
            return
        case = self._current()

        def save(sent: Sent) -> None:
            service.record_sent(page.desk, case.id, number, sent.on, sent.receipt)

        name, version = words.typed(case.title), case.versions.get(number)
        if version is not None:
            name = words("safety_page.version-of", number=number, title=name)
        self._run(
            SentDialog(
                page,
                words,
                page.look,
                self._facts(),
                save,
                name=name,
                today=self._today,
                sent=version.sent_on if version else None,
            ),
            "safety_page.sent-done",
        )

    def add_letter(self) -> None:
        """A piece of the correspondence."""
        page = self._page
        if not self._settled():
            return

        def save(letter: Letter) -> None:
            service.add_letter(page.desk, letter)

        self._run(
            LetterDialog(
                page,
                page.words,
                page.look,
                self._facts(),
                save,
                case_id=self._current().id,
                today=self._today,
            ),
            "safety_page.letter-done",
        )

    def add_event(self) -> None:
        """Another event of the case."""
        page = self._page
        if not self._settled():
            return

        def save(event: Event) -> None:
            service.save_event(page.desk, event)

        self._run(
            NewEventDialog(
                page,
                page.words,
                page.look,
                self._facts(),
                save,
                case=self._current(),
                today=self._today,
            ),
            "safety_page.event-done",
        )


def ask_new_case(
    parent: QWidget,
    desk: Desk,
    words: Words,
    look: Look,
    facts: Sequence[Fact],
    subject_id: str = "",
) -> SafetyCase | None:
    """Ask for a new case and open it; None where nobody wanted it after all."""
    made: list[SafetyCase] = []

    def save(new: NewCase) -> None:
        made.append(service.open_case(desk, new.case, new.events))

    dialog = NewCaseDialog(
        parent,
        words,
        look,
        facts,
        save,
        specials=special_events(desk),
        today=today_in_japan(desk),
        subject_id=subject_id,
    )
    dialog.exec()
    dialog.deleteLater()
    return made[0] if made else None
