"""A version of the evaluation plan: new, or an amendment of a locked one; its lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.evaluation import Evaluation, OtherWindow
from registry_app.domain.figures.plan_items import OTHER_WINDOW
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.widgets import Segments, label
from registry_app.words import Words

_SEEN, _UNSEEN = "seen", "unseen"


class EvaluationDialog(Asking[Evaluation]):
    """`known`: the version that is written on; without it there is a new one.

    `amends`: an earlier version was locked: what is changed, why, and whether data had
    been seen has to be said.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[Evaluation], object],
        *,
        today: date,
        known: Evaluation | None,
        amends: bool,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self._known, self._amends = known, amends
        self.label = self.line(
            words("reports_page.eval-label"), known.label if known else ""
        )
        self.on = self.day(
            words("reports_page.eval-on"),
            today,
            known.effective_on if known else today,
            future=True,
        )
        ways = [(one.value, words.say(one.told)) for one in OtherWindow]
        said = known.definitions.get(OTHER_WINDOW, "") if known else ""
        self.other = self.choice(
            words("reports_page.item-other-window"),
            ways,
            said or OtherWindow.WARN.value,
        )
        self.why = self.line(words("reports_page.eval-why"), known.why if known else "")
        asked = words("reports_page.eval-seen")
        choices = [
            (_UNSEEN, words("reports_page.eval-seen-no")),
            (_SEEN, words("reports_page.eval-seen-yes")),
        ]
        seen = "" if known is None else _SEEN if known.data_seen else _UNSEEN
        self.seen = Segments(look, choices, asked, seen)
        self.places = {
            "evaluation.no-label": self.label,
            "evaluation.amended-without-why": self.why,
        }
        key = "amend" if amends else "new"
        self.ask(
            words(f"reports_page.eval-{key}-title"),
            words("reports_page.eval-go"),
            label(look, words(f"reports_page.eval-{key}-what"), "text2", wrap=True),
            6,
            self.label,
            self.on,
            self.other,
            *((self.why, self.titled(asked, self.seen)) if amends else ()),
        )
        self.label.setFocus()

    def value(self) -> Evaluation | None:
        """The version; what it fixes of the protocol is added when it is saved."""
        name, on = self.needed(self.label), self.on.take(required=True)
        why = self.needed(self.why) if self._amends else ""
        if not self.right(self.label, self.on, self.why) or on is None:
            return None
        if self._amends and not self.seen.value:
            self.strip.say("overdue", self.words("reports_page.eval-seen-needed"))
            self.seen.setFocus()
            return None
        known = self._known or Evaluation("", name, on, "")
        said = {**known.definitions, OTHER_WINDOW: written(self.other)}
        seen = self.seen.value == _SEEN
        return replace(
            known,
            label=name,
            effective_on=on,
            definitions=said,
            data_seen=seen,
            why=why,
        )


class LockDialog(Asking[str]):
    """Who has approved it; from then on every change is an amendment in red."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[str], object],
        *,
        name: str,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self.by = self.line(words("reports_page.eval-approved-by"))
        self.places = {"evaluation.lock-without-approver": self.by}
        warning = Strip(words, look)
        warning.say("due", words("reports_page.eval-lock-what"))
        self.ask(
            words("reports_page.eval-lock-title"),
            words("reports_page.eval-lock-go"),
            label(look, name, wrap=True),
            warning,
            6,
            self.by,
        )
        self.by.setFocus()

    def value(self) -> str | None:
        """The approver."""
        return self.needed(self.by) or None
