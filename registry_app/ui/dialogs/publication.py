"""What is registered or published about the therapy: one entry of the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.publication import Publication, PublicationKind
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.look import Look
from registry_app.words import Words

#: The lines of an entry, in their order; `title` must not be empty.
_LINES = ("number", "results_where", "doi", "funder", "conflicts", "note")


class PublicationDialog(Asking[tuple[Publication, str]]):
    """A new entry, or more of a known one; a change of what stood there has a reason.

    Gives the entry and the reason.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[tuple[Publication, str]], object],
        *,
        today: date,
        known: Publication | None = None,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self.known = known
        kinds = [(one.value, words.say(one.told)) for one in PublicationKind]
        kind = known.kind if known else PublicationKind.TRIAL
        self.kind = self.choice(words("reports_page.pub-kind"), kinds, kind.value)
        self.title = self.line(
            words("reports_page.pub-title"), known.title if known else ""
        )
        self.lines = {
            name: self.line(
                words(f"reports_page.pub-{name.replace('_', '-')}"),
                str(getattr(known, name)) if known else "",
            )
            for name in _LINES
        }
        self.days = {
            name: self.day(
                words(f"reports_page.pub-{name.replace('_', '-')}"),
                today,
                getattr(known, name) if known else None,
            )
            for name in ("registered_on", "ended_on", "results_on")
        }
        self.reason = self.line(
            words("patient.reason"), hint=words("reports_page.pub-reason-hint")
        )
        self.reason.setVisible(known is not None)
        self.places = {"trail.reason-needed": self.reason}
        lines = self.lines
        self.ask(
            words("reports_page.pub-dialog"),
            words("reports_page.pub-go"),
            self.kind,
            self.title,
            lines["number"],
            self.days["registered_on"],
            self.days["ended_on"],
            self.days["results_on"],
            lines["results_where"],
            lines["doi"],
            lines["funder"],
            lines["conflicts"],
            lines["note"],
            self.reason,
        )
        self.kind.setFocus()

    def value(self) -> tuple[Publication, str] | None:
        """The entry, and why it was changed."""
        title = self.needed(self.title)
        days = {name: field.take() for name, field in self.days.items()}
        if not self.right(self.title, *self.days.values()):
            return None
        kind = PublicationKind(written(self.kind))
        lines = self.lines
        made = replace(
            self.known or Publication("", kind, title),
            kind=kind,
            title=title,
            number=written(lines["number"]),
            registered_on=days["registered_on"],
            ended_on=days["ended_on"],
            results_on=days["results_on"],
            results_where=written(lines["results_where"]),
            doi=written(lines["doi"]),
            funder=written(lines["funder"]),
            conflicts=written(lines["conflicts"]),
            note=written(lines["note"]),
        )
        return made, written(self.reason)
