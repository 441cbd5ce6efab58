"""Start clocks: what became known, to whom, when; and what became known later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.forms import NO, YES
from registry_app.domain.names import plain
from registry_app.domain.plan.pack import Pack
from registry_app.domain.plan.records import Occurrence
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.dialogs.correcting import Correcting
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Choice
from registry_app.ui.look import Look
from registry_app.ui.widgets import Item, Segments, label
from registry_app.words import Words


class OccurrenceDialog(Correcting[Occurrence]):
    """A new Occurrence has no ID; saving gives it one.

    Of one on record the days of later information are corrected too, and whether it is
    to be reported at all.
    """

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
        known: Occurrence | None = None,
    ) -> None:
        super().__init__(parent, words, look, [], save, known)
        self._pack = pack
        first = known or Occurrence("", "", "", subject_id)
        events = [(event.id, words.say(event.name)) for event in pack.events]
        self.event_class = self.choice(
            words("ledger_page.clock-event"), events, first.event
        )
        self.name = self.line(
            words("ledger_page.clock-name"),
            first.name,
            words("ledger_page.evidence-hint"),
        )
        self.case = self.line(words("ledger_page.clock-case"), first.subject_id)
        self.hospital = self.day(
            words("ledger_page.clock-hospital"), today, first.hospital_aware
        )
        self.holder = self.day(
            words("ledger_page.clock-holder"), today, first.holder_aware
        )
        self.later = {
            number: self.day(words("ledger_page.clock-later", number=number), today, on)
            for number, on in sorted(first.follow_ups.items(), key=lambda x: int(x[0]))
        }
        yes_no = [(YES, words("enrol.yes")), (NO, words("enrol.no"))]
        asked = words("ledger_page.clock-reportable")
        self.reportable = Segments(look, yes_no, asked, YES if first.reportable else NO)
        more: list[Item] = [*self.later.values()]
        if known is not None:
            more.append(self.titled(asked, self.reportable))
        self.note = self.line(words("ledger_page.note"), first.note)
        self.starts = label(look, "", "text2", "caption", wrap=True)
        self.ask_with_reason(
            words("ledger_page.clock-title"),
            words("ledger_page.clock-correct-title"),
            words("ledger_page.clock-go"),
            self.event_class,
            self.starts,
            self.name,
            self.case,
            self.hospital,
            self.holder,
            *more,
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
        later = {number: field.take() for number, field in self.later.items()}
        if hospital is None and holder is None and not self.hospital.problem:
            self.holder.set_problem(self.words("ledger_page.clock-no-day"))
        reportable = self.reportable.value == YES
        self.note.set_problem("")
        if not reportable:
            self.needed(self.note)
        days = (self.hospital, self.holder, *self.later.values())
        reasoned = self.reasoned()
        if not self.right(self.name, *days, self.note) or not reasoned:
            return None
        return Occurrence(
            self.known.id if self.known else "",
            written(self.event_class),
            name,
            plain(written(self.case)).upper(),
            hospital,
            holder,
            {number: day for number, day in later.items() if day is not None},
            reportable,
            written(self.note),
            self.known.version if self.known else 0,
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
