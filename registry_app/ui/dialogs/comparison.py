"""Where a comparison patient comes from, and what it was matched by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from registry_app.domain.course import Course
from registry_app.domain.names import plain
from registry_app.domain.plan.pack import Choice as Variable
from registry_app.domain.subject import is_case_id
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Compared:
    """Source, matching variables, the case it was matched to; why it is changed."""

    source: str
    matching: Mapping[str, str]
    matched_to: str
    reason: str


class ComparisonDialog(Asking[Compared]):
    """A line for the source, one for each matching variable of the pack."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Compared], object],
        *,
        course: Course,
        variables: Sequence[Variable],
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.source = self.line(
            words("enrol.source"), course.source, words("enrol.source-hint")
        )
        self.matching = {
            each.id: self.line(words.say(each.name), course.matching.get(each.id, ""))
            for each in variables
        }
        self.matched = self.line(words("enrol.matched-to"), course.matched_to)
        self.reason = self.line(
            words("patient.reason"), hint=words("patient.reason-hint")
        )
        self.ask(
            words("treatment.comparison-title"),
            words("treatment.comparison-go"),
            self.source,
            *self.matching.values(),
            self.matched,
            self.reason,
        )
        self.source.setFocus()

    def value(self) -> Compared | None:
        """What was typed, if the matched case has a case ID and there is a reason."""
        matched = plain(written(self.matched)).upper()
        wrong = matched and not is_case_id(matched)
        said = self.words("treatment.not-a-case", text=matched) if wrong else ""
        self.matched.set_problem(said)
        reason = self.needed(self.reason)
        if not self.right(self.matched, self.reason):
            return None
        typed = {id_: written(field) for id_, field in self.matching.items()}
        filled = {id_: text for id_, text in typed.items() if text}
        return Compared(written(self.source), filled, matched, reason)
