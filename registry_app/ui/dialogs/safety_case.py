"""Open a safety case, take a draft as a case, add an event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.names import plain
from registry_app.domain.plan.pack import Special
from registry_app.domain.safety import CaseOrigin, CaseVersion, Event, SafetyCase
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Choice
from registry_app.ui.look import Look
from registry_app.ui.widgets import Item, label
from registry_app.words import Words

#: Origins of which nobody of this registry is the patient.
_NOBODY = (
    CaseOrigin.FOREIGN_ACTION,
    CaseOrigin.RESEARCH,
    CaseOrigin.DEFECT,
    CaseOrigin.LITERATURE,
    CaseOrigin.FOREIGN,
)


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case that is to be opened, with its first event if there is one."""

    case: SafetyCase
    events: tuple[Event, ...]


class NewCaseDialog(Asking[NewCase]):
    """Of a patient; or foreign, of the literature, an action, research, a defect.

    The origin decides what is asked: a patient of this registry has only a domestic
    case. One of both days of awareness is needed, for a clock starts with it.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[NewCase], object],
        *,
        specials: Sequence[Special],
        today: date,
        subject_id: str = "",
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        origins = [(each.value, words.say(each.told)) for each in CaseOrigin]
        first = CaseOrigin.DOMESTIC.value
        self.origin = self.choice(words("safety_page.origin"), origins, first)
        self.patient = self.line(words("safety_page.patient"), subject_id)
        self.what = self.line(
            words("safety_page.what"), hint=words("safety_page.what-hint")
        )
        self.onset = self.day(words("safety_page.onset"), today)
        none = ("", words("safety_page.special-none"))
        choices = [none, *((each.id, words.say(each.name)) for each in specials)]
        self.special = self.choice(words("safety_page.special"), choices)
        self.reporter = self.line(
            words("safety_page.reporter"), hint=words("safety_page.reporter-hint")
        )
        self.hospital = self.day(words("safety_page.hospital-aware"), today)
        self.holder = self.day(words("safety_page.holder-aware"), today)
        self.places["subject.not-found"] = self.patient
        fixed: list[Item] = [] if subject_id else [self.origin, self.patient]
        if subject_id:  # not laid out; an orphan would be a window of its own
            self.origin.setParent(self)
            self.patient.setParent(self)
            self.origin.hide()
            self.patient.hide()
        self.ask(
            words("safety_page.new-title"),
            words("safety_page.new-go"),
            label(look, words("safety_page.new-what"), "text2", "caption", wrap=True),
            *fixed,
            self.what,
            self.onset,
            self.special,
            self.reporter,
            self.hospital,
            self.holder,
        )
        box = self.origin.input
        assert isinstance(box, Choice)
        box.currentIndexChanged.connect(lambda _n: self._by_origin())
        self._by_origin()
        (self.what if subject_id else self.origin).setFocus()

    @property
    def _of_nobody(self) -> bool:
        return CaseOrigin(written(self.origin)) in _NOBODY

    def _by_origin(self) -> None:
        """What is asked of a case of this origin."""
        self.patient.setEnabled(not self._of_nobody)
        self.hospital.setEnabled(not self._of_nobody)
        if self._of_nobody:
            self.patient.set_problem("")
            self.hospital.show_day(None)

    def value(self) -> NewCase | None:
        """The case and its event."""
        what, nobody = self.needed(self.what), self._of_nobody
        patient = "" if nobody else plain(self.needed(self.patient)).upper()
        onset, holder = self.onset.take(), self.holder.take()
        hospital = None if nobody else self.hospital.take()
        if hospital is None and holder is None and not self.hospital.problem:
            self.holder.set_problem(self.words("safety_page.new-no-day"))
        days = (self.onset, self.hospital, self.holder)
        if not self.right(self.patient, self.what, *days):
            return None
        origin, special = CaseOrigin(written(self.origin)), written(self.special)
        case = SafetyCase(
            "",
            what,
            origin,
            subject_id=patient,
            special=special,
            hospital_aware=hospital,
            reporter=written(self.reporter),
            versions={"1": CaseVersion(holder)} if holder else {},
        )
        event = Event("", "", what, patient, onset=onset, special=special)
        no_event = origin in (CaseOrigin.FOREIGN_ACTION, CaseOrigin.RESEARCH)
        return NewCase(case, () if no_event else (event,))


@dataclass(frozen=True, slots=True)
class Taken:
    """That a draft is a case, and since when it is known."""

    hospital: date
    holder: date | None
    reason: str


class TakeDialog(Asking[Taken]):
    """Both days of awareness, and why the draft is taken as a case."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Taken], object],
        *,
        case: SafetyCase,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.hospital = self.day(
            words("safety_page.hospital-aware"), today, case.hospital_aware
        )
        self.holder = self.day(words("safety_page.holder-aware"), today)
        self.why = self.line(words("ledger_page.reason"))
        self.ask(
            words("safety_page.take-title"),
            words("safety_page.take-go"),
            label(look, words.typed(case.title), wrap=True),
            label(look, words("safety_page.take-what"), "text2", "caption", wrap=True),
            4,
            self.hospital,
            self.holder,
            self.why,
        )
        self.hospital.setFocus()

    def value(self) -> Taken | None:
        """The days and the reason."""
        hospital, holder = self.hospital.take(required=True), self.holder.take()
        why = self.needed(self.why)
        if not self.right(self.hospital, self.holder, self.why) or hospital is None:
            return None
        return Taken(hospital, holder, why)


class NewEventDialog(Asking[Event]):
    """Another event of a case."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Event], object],
        *,
        case: SafetyCase,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._case = case
        self.what = self.line(
            words("safety_page.what"), hint=words("safety_page.what-hint")
        )
        self.onset = self.day(words("safety_page.onset"), today)
        self.ask(
            words("safety_page.event-title"),
            words("safety_page.event-go"),
            self.what,
            self.onset,
        )
        self.what.setFocus()

    def value(self) -> Event | None:
        """The event; the rest of it is judged on the page."""
        what, onset = self.needed(self.what), self.onset.take()
        if not self.right(self.what, self.onset):
            return None
        return Event("", self._case.id, what, self._case.subject_id, onset=onset)
