"""The pictures of safety: the list, one case tab by tab, a draft, each dialog."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from registry_app.domain.safety import CaseState, SafetyCase
from registry_app.services.desk import Desk
from registry_app.services.protocol import today_in_japan
from registry_app.services.safety import safety_cases, special_events
from registry_app.ui.dialogs.safety_case import (
    NewCaseDialog,
    NewEventDialog,
    TakeDialog,
)
from registry_app.ui.dialogs.safety_version import (
    LetterDialog,
    SentDialog,
    VersionDialog,
)
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.safety_case import SafetyCasePage
from registry_app.ui.pages.safety_form import TABS

Go = Callable[[MainWindow], object]


def _first(desk: Desk, state: CaseState) -> SafetyCase:
    """The case in that state whose clock ends next."""
    return safety_cases(desk, state=state)[0].case


def places(desk: Desk) -> Iterator[tuple[str, Go]]:
    """The list, and one case by its tabs; the SpO2 is that of a draft."""
    yield "safety", lambda window: window.show_safety()
    case = _first(desk, CaseState.OPEN).id
    for name in TABS[:-1]:
        yield f"safety-{name}", tab(case, name)
    yield "safety-lung", tab(_first(desk, CaseState.DRAFT).id, TABS[-1])


def open_case(desk: Desk) -> tuple[str, Go]:
    """One case, for pictures of other sizes."""
    return "safety-event", tab(_first(desk, CaseState.OPEN).id, "event")


def tab(case: str, name: str) -> Go:
    """A case, with one tab open."""

    def go(window: MainWindow) -> None:
        window.open_safety_case(case)
        assert isinstance(window.page, SafetyCasePage)
        window.page.form.go_to(name)

    return go


def dialogs(owner: MainWindow, subject_id: str) -> Iterator[tuple[str, QWidget]]:
    """Each with its fields as they are when it opens."""
    desk = owner.desk
    case = _first(desk, CaseState.DRAFT)
    usual = (owner, owner.words, owner.look, owner.facts())
    today, name = today_in_japan(desk), owner.words.typed(case.title)

    def save(_value: object) -> None:
        """A picture is not to save anything."""

    new = (*usual, save)
    kinds = special_events(desk)
    yield "safety-new", NewCaseDialog(*new, specials=kinds, today=today)
    yield (
        "safety-new-patient",
        NewCaseDialog(*new, specials=kinds, today=today, subject_id=subject_id),
    )
    yield "safety-take", TakeDialog(*new, case=case, today=today)
    yield "safety-event", NewEventDialog(*new, case=case, today=today)
    later = VersionDialog(*new, name=name, today=today, first=False)
    yield "safety-version", later
    yield "safety-sent", SentDialog(*new, name=name, today=today)
    yield "safety-letter", LetterDialog(*new, case_id=case.id, today=today)
