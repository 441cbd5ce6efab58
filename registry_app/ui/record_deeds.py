"""Sign, lock, unlock a record, and mark what was compared with its source: asked for.

Each deed says why it cannot be done; what it does ends in a service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry_app.domain.rights import Deed
from registry_app.services.locks import lock, unlock
from registry_app.services.record_signing import same_hand_on, sign_record
from registry_app.services.record_state import LOCKED, RecordState
from registry_app.services.source_checks import Mark, mark_as_checked, withdraw_check
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.dialogs.sign import SignDialog

if TYPE_CHECKING:
    from registry_app.domain.signature import Meaning
    from registry_app.ui.page import Page


@dataclass(frozen=True, slots=True)
class Subject:
    """What a deed is done to. `name`: in words. `item`: that is chosen, or ""."""

    state: RecordState
    name: str
    item: str = ""

    def mark(self, item: str) -> Mark | None:
        """The own mark of an item; of the whole for ""."""
        marks = self.state.marks
        if marks is None:
            return None
        return marks.items.get(item) if item else marks.whole


class RecordDeeds:
    """Asks in dialogs of a page; True: it was done."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._desk, self._words, self._look = page.desk, page.words, page.look

    def sign(self, of: Subject) -> bool:
        """With the password, typed anew."""
        desk, words, now = self._desk, self._words, of.state.standing

        def work(meaning: Meaning, password: str) -> object:
            state = of.state
            return sign_record(
                desk, state.of, state.of_id, meaning, password, now.state
            )

        warning = same_hand_on(desk, now)
        dialog = SignDialog(
            self._page,
            words,
            self._look,
            work,
            title=words("signing.sign-title"),
            what=words("signing.sign-what", name=of.name, digest=now.state[:16]),
            person=desk.person.display_name,
            given=now.holding,
            warning=words.say(warning) if warning else "",
        )
        done = bool(dialog.exec())
        dialog.deleteLater()
        return done

    def lock(self, of: Subject) -> bool:
        """With a reason."""
        locked, of_id = LOCKED[of.state.of], of.state.of_id
        return self._ask("lock", of, lambda why: lock(self._desk, locked, of_id, why))

    def unlock(self, of: Subject) -> bool:
        """With a reason."""
        locked, of_id = LOCKED[of.state.of], of.state.of_id
        return self._ask(
            "unlock", of, lambda why: unlock(self._desk, locked, of_id, why)
        )

    def check(self, of: Subject) -> bool:
        """The whole form, or the chosen item of it."""
        mark_as_checked(self._desk, of.state.of_id, of.item)
        return True

    def withdraw(self, of: Subject) -> bool:
        """The mark of the whole form, or of the chosen item."""
        mark = of.mark(of.item)
        assert mark is not None
        check = mark.check.id
        return self._ask(
            "withdraw", of, lambda why: withdraw_check(self._desk, check, why)
        )

    def _ask(self, name: str, of: Subject, save: Callable[[str], object]) -> bool:
        words = self._words
        dialog = ReasonDialog(
            self._page,
            words,
            self._look,
            [],
            save,
            title=words(f"signing.{name}-title"),
            go=words(f"signing.{name}-go"),
            name=of.name,
            what=words(f"signing.{name}-what"),
        )
        done = bool(dialog.exec())
        dialog.deleteLater()
        return done


@dataclass(frozen=True, slots=True)
class RecordDeed:
    """`why_not`: the key of why it cannot be done, or "". `of_forms`: of no other."""

    deed: Deed
    run: Callable[[RecordDeeds, Subject], bool]
    why_not: Callable[[Subject], str]
    of_forms: bool = False


def _not_signed(of: Subject) -> str:
    now = of.state.standing
    if now.draft:
        return "signing.draft-left"
    return "" if now.next is not None else "signing.none-left"


def _not_locked(of: Subject) -> str:
    if of.state.of not in LOCKED:
        return "signing.no-lock-of-case"
    return "locks.already-shut" if of.state.own_lock else ""


def _not_unlocked(of: Subject) -> str:
    return "" if of.state.own_lock else "signing.no-lock-here"


def _not_checked(of: Subject, item: str) -> str:
    if of.state.standing.draft:
        return "source_check.not-complete"
    mark = of.mark(item)
    return "signing.checked-already" if mark is not None and mark.holds else ""


def _no_item(of: Subject) -> str:
    marks = of.state.marks
    there = marks is not None and of.item in marks.written
    return "" if there else "signing.no-item"


def _whole(of: Subject) -> Subject:
    return Subject(of.state, of.name)


#: What can be done with a record, in the order of the menu.
DEEDS: Final = {
    "sign": RecordDeed(Deed.SIGN, RecordDeeds.sign, _not_signed),
    "lock": RecordDeed(Deed.LOCK, RecordDeeds.lock, _not_locked),
    "unlock": RecordDeed(Deed.UNLOCK, RecordDeeds.unlock, _not_unlocked),
    "check": RecordDeed(
        Deed.CHECK_SOURCE,
        lambda deeds, of: deeds.check(_whole(of)),
        lambda of: _not_checked(of, ""),
        of_forms=True,
    ),
    "check-item": RecordDeed(
        Deed.CHECK_SOURCE,
        RecordDeeds.check,
        lambda of: _no_item(of) or _not_checked(of, of.item),
        of_forms=True,
    ),
    "withdraw": RecordDeed(
        Deed.CHECK_SOURCE,
        lambda deeds, of: deeds.withdraw(_whole(of)),
        lambda of: "" if of.mark("") else "signing.no-mark",
        of_forms=True,
    ),
    "withdraw-item": RecordDeed(
        Deed.CHECK_SOURCE,
        RecordDeeds.withdraw,
        lambda of: "" if of.item and of.mark(of.item) else "signing.no-mark",
        of_forms=True,
    ),
}
