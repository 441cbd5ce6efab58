"""Keeps what is typed in the dialogs and pages of a window as its author's drafts.

Every dialog with fields takes part without code of its own. What was typed is written
into the registry every few seconds, as the keys move on, and when the screen locks: a
power cut takes no more than the last words. Nothing is ever put back by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import RegistryError
from registry_app.domain.kept_draft import KeptDraft
from registry_app.services.drafts import discard, keep, mine, take_up
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.dialogs.draft_comparison import ComparingDialog
from registry_app.ui.dialogs.keeping import Offer
from registry_app.ui.page import Page
from registry_app.ui.page_window import PageWindow
from registry_app.ui.typed import asks_a_secret, put_in, typed

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: How often what was typed is written, if it has changed.
_EVERY_MS: Final = 3000
#: The title of the window stands among the values under this name, which no field has.
TITLE: Final = ""


@dataclass
class _Followed:
    """A window with fields. `first`: as it came up; `last`: as it was kept last."""

    of: Dialog | Page
    place: str
    #: As it is when no lock covers it.
    title: str
    first: dict[str, str]
    last: dict[str, str]
    #: The draft it is kept as; "" where nothing was typed yet.
    draft: str = ""


class Keeper(QObject):
    """Follows the dialogs of the program and the page of its window.

    A desk that only reads keeps nothing.
    """

    def __init__(self, window: PageWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._words, self._look = window.words, window.look
        self._followed: list[_Followed] = []
        self._stopped = desk.store.shown is not None
        #: The draft that its author has just asked for, until its dialog comes up.
        self._wanted = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.journal)
        if self._stopped:
            return
        program = QApplication.instance()
        assert isinstance(program, QApplication)
        program.focusChanged.connect(self._moved_on)
        window.keeper = self
        window.pages.currentChanged.connect(self._page_changed)
        window.left.connect(self.leave)
        window.signed_out.connect(self.leave)
        self._page_changed()

    # ── who is followed ──────────────────────────────────────────────────────────

    def follow(self, dialog: Dialog) -> None:
        """A dialog has come up; one that asks for a secret is left alone."""
        known = any(one.of is dialog for one in self._followed)
        if self._stopped or known or asks_a_secret(dialog):
            return
        first = typed(dialog)
        if not first:
            return
        followed = _Followed(
            dialog, type(dialog).__name__, dialog.windowTitle(), first, first
        )
        self._add(followed)
        dialog.unsaved = lambda: typed(dialog) != first
        dialog.finished.connect(lambda result: self._finished(followed, result))
        self._offer(followed, dialog)

    def _page_changed(self) -> None:
        """Another page is shown; the one before has asked what it had to."""
        self._settle_pages()
        page = self._window.page
        if not page.keeps or self._stopped:
            return
        first = typed(page)
        followed = _Followed(
            page, type(page).__name__, page.windowTitle(), first, first
        )
        self._add(followed)
        wanted = self._waiting_for(followed)
        if wanted is None or self._put_in_if_wanted(followed, wanted):
            return
        said = self._said(wanted)
        put = (self._words("drafts.take"), lambda: self._put_in(followed, wanted))
        # Once the page has come up: it begins with an empty strip.
        strip = self._window.strip
        QTimer.singleShot(0, page, lambda: strip.say("now", said, put))

    def _settle_pages(self) -> None:
        """They were left: saved, thrown away, or left as a draft."""
        for one in list(self._followed):
            if isinstance(one.of, Page):
                self._forget(one)
                if isValid(one.of) and one.of.left_a_draft:
                    self._write(one)
                else:
                    self._settle(one, saved=isValid(one.of) and one.of.saved)

    def _add(self, one: _Followed) -> None:
        self._followed.append(one)
        self._timer.start()

    def _forget(self, one: _Followed) -> None:
        if one in self._followed:
            self._followed.remove(one)
        if not self._followed:
            self._timer.stop()

    # ── keeping ──────────────────────────────────────────────────────────────────

    def journal(self) -> None:
        """Write what was typed since; what has not changed costs nothing."""
        if self._stopped:
            return
        for one in list(self._followed):
            if isValid(one.of):
                self._write(one)
            else:
                self._forget(one)

    def stop(self) -> None:
        """Keep all there is, and let it wait: somebody else takes over."""
        self.journal()
        self._stopped = True
        self._timer.stop()

    def leave(self) -> None:
        """Its author leaves; the page has asked what is to become of what was typed."""
        self._settle_pages()
        self.stop()

    def _write(self, one: _Followed) -> None:
        now = typed(one.of)
        if isinstance(one.of, Page) and one.of.saved:
            self._settle(one, saved=True)
            one.of.saved, one.draft, one.first, one.last = False, "", now, now
        if now == one.last or (not one.draft and now == one.first):
            return
        with self._told():
            draft = keep(
                self._desk,
                one.place,
                one.of.record_id,
                self._window.page.subject_id,
                {TITLE: one.title, **now},
                one.draft,
            )
            one.draft, one.last = draft.id, now

    def _finished(self, one: _Followed, result: int) -> None:
        """Saved or discarded, the draft waits no more; else it does."""
        if self._stopped or one not in self._followed:
            return
        if result != QDialog.DialogCode.Accepted and one.of.left_a_draft:
            self._write(one)
        else:
            self._settle(one, saved=result == QDialog.DialogCode.Accepted)
        self._forget(one)

    def _settle(self, one: _Followed, *, saved: bool) -> None:
        if one.draft and not self._stopped:
            with self._told():
                (take_up if saved else discard)(self._desk, one.draft)

    def _moved_on(self, _old: QWidget | None, _now: QWidget | None) -> None:
        if self._followed:
            QTimer.singleShot(0, self, self.journal)

    # ── putting back ─────────────────────────────────────────────────────────────

    def _offer(self, one: _Followed, dialog: Dialog) -> None:
        wanted = self._waiting_for(one)
        if wanted is None or self._put_in_if_wanted(one, wanted):
            return

        def take() -> None:
            offer.hide()
            self._put_in(one, wanted)

        def drop() -> None:
            offer.hide()
            with self._told():
                discard(self._desk, wanted.id)

        offer = Offer(
            self._words,
            self._look,
            self._said(wanted),
            take=take,
            compare=lambda: self.compare(wanted, dialog, typed(dialog)),
            drop=drop,
        )
        dialog.offer(offer)

    def _waiting_for(self, one: _Followed) -> KeptDraft | None:
        """The newest draft that was kept in this very window; the one asked for."""
        here = (one.place, one.of.record_id, self._window.page.subject_id)
        with self._told():
            found = [
                draft
                for draft in mine(self._desk)
                if (draft.place, draft.about, draft.subject_id) == here
                and draft.values.get(TITLE) == one.title
            ]
            asked = [draft for draft in found if draft.id == self._wanted]
            return next(iter(asked or found), None)
        return None

    def _put_in_if_wanted(self, one: _Followed, draft: KeptDraft) -> bool:
        """Its author has opened it from the list."""
        if draft.id != self._wanted:
            return False
        self._wanted = ""
        QTimer.singleShot(0, one.of, lambda: self._put_in(one, draft))
        return True

    def _put_in(self, one: _Followed, draft: KeptDraft) -> None:
        """As it was; it goes on as the same draft until it is saved or discarded."""
        left = put_in(one.of, without_title(draft.values))
        one.draft, one.last = draft.id, typed(one.of)
        if left:
            self.compare(draft, one.of, typed(one.of))

    def compare(
        self, draft: KeptDraft, parent: QWidget, now: Mapping[str, str] | None = None
    ) -> None:
        """Show what was kept beside what stands there now."""
        ComparingDialog(
            parent, self._words, self._look, without_title(draft.values), now
        ).open()

    def want(self, draft: KeptDraft) -> None:
        """Its author opens it from the list: it is put in as its window comes up."""
        self._wanted = draft.id

    def wants(self, draft: KeptDraft) -> bool:
        """Whether it still waits for its window."""
        return self._wanted == draft.id

    def _said(self, draft: KeptDraft) -> str:
        at = draft.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")
        return self._words("drafts.offer", at=at)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A draft that cannot be kept stops nobody, but is not silent."""
        try:
            yield
        except RegistryError as refusal:
            self._window.refuse(refusal)


def without_title(values: Mapping[str, str]) -> dict[str, str]:
    """The fields alone."""
    return {name: text for name, text in values.items() if name != TITLE}
