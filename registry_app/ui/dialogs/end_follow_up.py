"""End the follow-up of a patient: why, when, and when last known alive."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.course import EndReason, FollowUp
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Choice, Field
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


class EndFollowUpDialog(Asking[FollowUp]):
    """`closes`: last days of the windows without an exam; it says how many end."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[FollowUp], object],
        *,
        follow_up: FollowUp,
        closes: Sequence[date],
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._before, self._closes = follow_up, closes
        why = words("contacts.end-reason")
        self._why = Choice(
            look, why, [(str(reason), words.say(reason.told)) for reason in EndReason]
        )
        self.reason = Field(look, why, self._why)
        self.on = self.day(words("contacts.ended-on"), today, today)
        self.alive = self.day(
            words("contacts.alive"), today, follow_up.last_known_alive
        )
        self.to = self.line(
            words("contacts.transferred-to"), hint=words("contacts.transferred-hint")
        )
        self.note = self.line(words("contacts.end-note"))
        self._effect = label(look, "", "text2", wrap=True)
        self.places = {
            "course.end-needs-last-known-alive": self.alive,
            "course.alive-after-death": self.alive,
            "course.transferred-nowhere": self.to,
        }
        self._why.currentIndexChanged.connect(lambda _index: self._chosen())
        self.on.line.editingFinished.connect(self._count)
        self._chosen()
        self._count()
        self.ask(
            words("contacts.end-title"),
            words("contacts.end-go"),
            self.reason,
            self.on,
            self.alive,
            self.to,
            self.note,
            self._effect,
            8,
        )
        self.reason.setFocus()

    def _chosen(self) -> None:
        """Only who is transferred goes somewhere."""
        self.to.set_problem("")
        self.to.setEnabled(self._why.value == EndReason.TRANSFERRED)

    def _count(self) -> None:
        """Say how many windows end with the follow-up."""
        day = self.on.take()
        ends = [last for last in self._closes if day is not None and last >= day]
        self._effect.setText(self.words("contacts.end-effect", count=len(ends)))

    def value(self) -> FollowUp | None:
        """The end, if everything is said."""
        on, alive = self.on.take(required=True), self.alive.take()
        if not self.right(self.on, self.alive) or on is None:
            return None
        reason = EndReason(self._why.value)
        return FollowUp(
            self._before.id,
            reason,
            on,
            alive,
            written(self.to) if reason is EndReason.TRANSFERRED else "",
            written(self.note),
            self._before.version,
        )
