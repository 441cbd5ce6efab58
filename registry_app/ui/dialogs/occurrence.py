"""Start clocks: what became known, to whom, when; and what became known later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.names import plain
from registry_app.domain.plan.pack import Pack
from registry_app.domain.plan.records import Occurrence
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Choice
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


class OccurrenceDialog(Asking[Occurrence]):
    """Gives an Occurrence without an ID; saving gives it one."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[Occurrence], object],
        *,
        pack: Pack,
        today: date,
        subject_id: str = "",
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self._pack = pack
        events = [(event.id, words.say(event.name)) for event in pack.events]
        self.event_class = self.choice(words("ledger_page.clock-event"), events)
        self.name = self.line(
            words("ledger_page.clock-name"), hint=words("ledger_page.evidence-hint")
        )
        self.case = self.line(words("ledger_page.clock-case"), subject_id)
        self.hospital = self.day(words("ledger_page.clock-hospital"), today)
        self.holder = self.day(words("ledger_page.clock-holder"), today)
        self.note = self.line(words("ledger_page.note"))
        self.starts = label(look, "", "text2", "caption", wrap=True)
        self.ask(
            words("ledger_page.clock-title"),
            words("ledger_page.clock-go"),
            self.event_class,
            self.starts,
            self.name,
            self.case,
            self.hospital,
            self.holder,
            self.note,
        )
        box = self.event_class.input
        assert isinstance(box, Choice)
        box.stay_narrow()
        box.currentIndexChanged.connect(lambda _n: self._say_rules())
        self._say_rules()
        self.event_class.setFocus()

    def _say_rules(self) -> None:
        words, event = self.words, written(self.event_class)
        rules = [words.say(r.name) for r in self._pack.rules if event in r.on]
        said = words("ledger_page.clock-none")
        if rules:
            names = words("ledger_page.comma").join(rules)
            said = words("ledger_page.clock-starts", rules=names)
        self.starts.setText(said)

    def value(self) -> Occurrence | None:
        """What became known; one of the two days is needed."""
        name = self.needed(self.name)
        hospital, holder = self.hospital.take(), self.holder.take()
        if hospital is None and holder is None and not self.hospital.problem:
            self.holder.set_problem(self.words("ledger_page.clock-no-day"))
        if not self.right(self.name, self.hospital, self.holder):
            return None
        return Occurrence(
            "",
            written(self.event_class),
            name,
            plain(written(self.case)).upper(),
            hospital,
            holder,
            note=written(self.note),
        )


@dataclass(frozen=True, slots=True)
class Later:
    """Significant later information."""

    on: date
    note: str


class LaterDialog(Asking[Later]):
    """The day on which later information became known, and what it is."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Later], object],
        *,
        name: str,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.on = self.day(words("ledger_page.later-on"), today, today)
        self.note = self.line(words("ledger_page.note"))
        what = words("ledger_page.later-what")
        self.ask(
            words("ledger_page.later-title"),
            words("ledger_page.done-go"),
            label(look, name, wrap=True),
            label(look, what, "text2", "caption", wrap=True),
            4,
            self.on,
            self.note,
        )
        self.on.setFocus()

    def value(self) -> Later | None:
        """The day and the note."""
        on, note = self.on.take(required=True), self.needed(self.note)
        if not self.right(self.on, self.note) or on is None:
            return None
        return Later(on, note)
