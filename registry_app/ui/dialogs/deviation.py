"""Record a departure from the plan (逸脱) with its reason."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.course import Deviation, DeviationKind
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.words import Words


class DeviationDialog(Asking[Deviation]):
    """`rules`: what it may be of, criteria and visits of the pack by their names."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Deviation], object],
        *,
        subject_id: str,
        rules: Sequence[tuple[str, str]],
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._subject_id = subject_id
        self.kind = self.choice(
            words("treatment.deviation-kind"),
            [(str(kind), words.say(kind.told)) for kind in DeviationKind],
            str(DeviationKind.OTHER),
        )
        none = ("", words("treatment.deviation-no-rule"))
        self.rule = self.choice(words("treatment.deviation-rule"), [none, *rules])
        self.on = self.day(words("treatment.deviation-on"), today, today)
        self.found = self.line(words("treatment.deviation-found"))
        self.reason = self.line(words("treatment.deviation-reason"))
        self.places = {"course.deviation-needs-reason": self.reason}
        self.ask(
            words("treatment.deviation-title"),
            words("treatment.deviation-go"),
            self.kind,
            self.rule,
            self.on,
            self.found,
            self.reason,
        )
        self.kind.setFocus()

    def value(self) -> Deviation | None:
        """The deviation; one without a reason refuses itself."""
        on = self.on.take(required=True)
        if not self.right(self.on) or on is None:
            return None
        return Deviation(
            "",
            self._subject_id,
            DeviationKind(written(self.kind)),
            written(self.rule),
            on,
            written(self.reason),
            written(self.found),
        )
