"""Order a kit, say whose it is, or say why it was not given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import InvalidValue, RegistryError
from registry_app.domain.kit import Kit, Manufacture
from registry_app.domain.names import plain
from registry_app.domain.subject import is_case_id
from registry_app.ui.dialogs.asking import Asking, line_of, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Segments, label
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class KitChange:
    """A kit as it is to be stored. `reason`: of the trail, where something changes.

    `reasons`, `answers`: by criterion, where the treatment departs from the plan.
    """

    kit: Kit
    reason: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


#: The kana of a case, or "" where there is none; raises NotFound for no such case.
Who = Callable[[str], str]


def manufacture_choice(words: Words, look: Look, value: Manufacture) -> Segments:
    """What came of making the product."""
    return Segments(
        look,
        [(str(each), words.say(each.told)) for each in Manufacture],
        words("treatment.manufacture"),
        str(value),
    )


class KitDialog(Asking[KitChange]):
    """The number of a kit, its order and its lot; and the case that it belongs to.

    Without a `kit` a new one is ordered. `subject_id`: the case whose page asks, so
    that it is not asked for. `who` shows, beside a case ID, whose it is.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[KitChange], object],
        *,
        today: date,
        who: Who,
        kit: Kit | None = None,
        subject_id: str = "",
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._kit = kit or Kit("", "-", today, subject_id=subject_id)
        self._fixed, self._who = subject_id, who
        self.number = self.line(
            words("treatment.kit-number"), kit.number if kit is not None else ""
        )
        self.ordered = self.day(
            words("treatment.ordered-on"), today, self._kit.ordered_on
        )
        self.lot = self.line(words("treatment.lot"), self._kit.lot)
        self.made = manufacture_choice(words, look, self._kit.manufacture)
        self.case = self.line(
            words("treatment.case"),
            self._kit.subject_id,
            words("treatment.case-hint"),
        )
        self.note = self.line(words("treatment.note"), self._kit.note)
        self.reason = self.line(
            words("treatment.reason"), hint=words("treatment.reason-hint")
        )
        self.case.setVisible(not subject_id)
        self.reason.setVisible(kit is not None)
        self.number.setEnabled(kit is None)
        line_of(self.case).editingFinished.connect(self._said_whose)
        self.places = {
            "kit.no-number": self.number,
            "kit.number-taken": self.number,
            "kit.comparison": self.case,
        }
        new = "order" if kit is None else "edit"
        self.ask(
            words(f"treatment.{new}-title"),
            words(f"treatment.{new}-go"),
            self.number,
            self.ordered,
            self.titled(words("treatment.manufacture"), self.made),
            self.lot,
            self.case,
            self.note,
            self.reason,
        )
        (self.number if kit is None else self.case).setFocus()

    def _said_whose(self) -> str | None:
        """The case ID, with the name beside it; None where it is none."""
        self.case.set_problem("")
        case = plain(written(self.case)).upper()
        if not case:
            self.case.set_hint(self.words("treatment.case-hint"))
            return ""
        try:
            if not is_case_id(case):
                raise InvalidValue("treatment.not-a-case", text=case)
            self.case.set_hint(self._who(case))
        except RegistryError as refusal:
            self.case.set_problem(self.words.say(refusal.message))
            return None
        return case

    def value(self) -> KitChange | None:
        """The kit as it is to be stored."""
        ordered = self.ordered.take(required=True)
        case = self._fixed or self._said_whose()
        if not self.right(self.ordered, self.case) or ordered is None or case is None:
            return None
        kit = replace(
            self._kit,
            number=written(self.number),
            ordered_on=ordered,
            lot=written(self.lot),
            manufacture=Manufacture(self.made.value),
            subject_id=case,
            note=written(self.note),
        )
        return KitChange(kit, written(self.reason))


class NotGivenDialog(Asking[KitChange]):
    """Why a kit was not given, and on which day that was settled."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[KitChange], object],
        *,
        kit: Kit,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._kit = kit
        self.on = self.day(words("treatment.not-given-on"), today, today)
        self.made = manufacture_choice(words, look, kit.manufacture)
        self.why = self.line(words("treatment.not-given-why"))
        self.places = {
            "kit.reason-and-day": self.why,
            "kit.not-given-before-order": self.on,
        }
        which = words("treatment.kit-of", number=kit.number)
        self.ask(
            words("treatment.not-given-title"),
            words("treatment.not-given-go"),
            label(look, which, weight=MEDIUM),
            8,
            self.on,
            self.titled(words("treatment.manufacture"), self.made),
            self.why,
        )
        self.why.setFocus()

    def value(self) -> KitChange | None:
        """The kit with its reason."""
        on, why = self.on.take(required=True), self.needed(self.why)
        if not self.right(self.on, self.why) or on is None:
            return None
        made = Manufacture(self.made.value)
        kit = replace(self._kit, not_given_on=on, not_given=why, manufacture=made)
        return KitChange(kit, why)
