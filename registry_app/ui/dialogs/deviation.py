"""Record a departure from the plan (逸脱) with its reason, or correct it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.course import Deviation, DeviationKind
from registry_app.ui.dialogs.asking import written
from registry_app.ui.dialogs.correcting import Correcting
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.words import Words


class DeviationDialog(Correcting[Deviation]):
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
        known: Deviation | None = None,
    ) -> None:
        super().__init__(parent, words, look, facts, save, known)
        self._subject_id = subject_id
        given = known.kind if known else DeviationKind.OTHER
        kinds = [
            kind
            for kind in DeviationKind
            # An unblinding is recorded as one, and is a deviation by itself.
            if kind is not DeviationKind.UNBLINDING or kind is given
        ]
        self.kind = self.choice(
            words("treatment.deviation-kind"),
            [(str(kind), words.say(kind.told)) for kind in kinds],
            str(given),
        )
        none = ("", words("treatment.deviation-no-rule"))
        rule = known.rule if known else ""
        offered = [none, *rules]
        if rule not in dict(offered):
            offered.append((rule, rule))  # of a rule that the pack has given up
        self.rule = self.choice(words("treatment.deviation-rule"), offered, rule)
        self.on = self.day(
            words("treatment.deviation-on"), today, known.on if known else today
        )
        self.found = self.line(
            words("treatment.deviation-found"), known.found if known else ""
        )
        self.because = self.line(
            words("treatment.deviation-reason"), known.reason if known else ""
        )
        self.places["course.deviation-needs-reason"] = self.because
        self.ask_with_reason(
            words("treatment.deviation-title"),
            words("treatment.deviation-correct-title"),
            words("treatment.deviation-go"),
            self.kind,
            self.rule,
            self.on,
            self.found,
            self.because,
        )
        self.kind.setFocus()

    def value(self) -> Deviation | None:
        """The deviation; one without a reason refuses itself."""
        reasoned, on = self.reasoned(), self.on.take(required=True)
        if not self.right(self.on) or on is None or not reasoned:
            return None
        return Deviation(
            self.known.id if self.known else "",
            self._subject_id,
            DeviationKind(written(self.kind)),
            written(self.rule),
            on,
            written(self.because),
            written(self.found),
            self.known.form_id if self.known else "",
            self.known.version if self.known else 0,
        )
