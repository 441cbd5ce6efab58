"""What can be done about a duty: each by a dialog, a service, and a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from registry_app.domain.plan.duties import counted_from, setting_id
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.pack import Rule, RuleKind
from registry_app.domain.plan.protocol import Part, Protocol
from registry_app.domain.plan.records import Occurrence
from registry_app.services import obligations as service
from registry_app.services.protocol import confirm, protocol, today_in_japan
from registry_app.ui.dialogs.asking import Asking
from registry_app.ui.dialogs.confirm import ConfirmDialog
from registry_app.ui.dialogs.occurrence import (
    Later,
    LaterDialog,
    OccurrenceDialog,
)
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.dialogs.settle import Done, ReceiptDialog, SettleDialog
from registry_app.ui.duty_words import whom_said
from registry_app.ui.frame import Fact

if TYPE_CHECKING:
    from registry_app.ui.page import Page


def rule_of(plan: Protocol, duty: Duty) -> Rule | None:
    """The rule of a duty, as set here; none for a visit, or where it is gone."""
    return next((rule for rule in plan.rules() if rule.id == duty.rule), None)


def unsure_of(plan: Protocol, duty: Duty) -> list[Part]:
    """What must still be confirmed for a duty: its rule, what it counts from."""
    rule, wanted = rule_of(plan, duty), [setting_id(duty), f"event:{duty.event}"]
    if rule is not None:
        wanted.append(f"date:{counted_from(plan, rule)}")
    return [one for one in plan.unsure() if one.id in wanted]


class Doing:
    """Acts on the duty that `current` gives; everybody is told by the page's changes.

    done(text): what is said when it worked.
    """

    def __init__(
        self,
        page: Page,
        current: Callable[[], Duty | None],
        done: Callable[[str], object],
    ) -> None:
        self._page, self._current, self._done = page, current, done

    def _facts(self, duty: Duty) -> list[Fact]:
        return [Fact("", whom_said(self._page.words, duty))]

    @property
    def _today(self) -> date:
        return today_in_japan(self._page.desk)

    def _name(self, duty: Duty) -> str:
        return self._page.words.say(duty.name)

    def _run(
        self, dialog: Asking[str] | Asking[Done] | Asking[Later], *, rule: bool = False
    ) -> None:
        """Ask; what was saved is told to everybody. `rule`: it is about the rule."""
        duty = self._current()
        if duty is not None and dialog.exec():
            name, changes = self._name(duty), self._page.changes
            if duty.subject_id and not rule:
                changes.subject.emit(duty.subject_id)
            else:
                changes.plan.emit()
            key = "ledger_page.confirmed-done" if rule else "ledger_page.settled"
            self._done(self._page.words(key, name=name))

    def record_done(self) -> None:
        """Day, evidence and receipt of what was done."""
        page, duty = self._page, self._current()
        if duty is None:
            return

        def save(done: Done) -> None:
            service.settle(
                page.desk,
                duty.key,
                done.on,
                done.evidence,
                receipt=done.receipt,
                note=done.note,
                reason=page.words("ledger_page.done-title"),
            )

        self._run(
            SettleDialog(
                page,
                page.words,
                page.look,
                self._facts(duty),
                save,
                name=self._name(duty),
                today=self._today,
            )
        )

    def record_receipt(self) -> None:
        """The receipt that came later."""
        page, duty = self._page, self._current()
        if duty is None:
            return
        why = page.words("ledger_page.receipt-title")

        def save(number: str) -> None:
            service.record_receipt(page.desk, duty.key, number, why)

        self._run(
            ReceiptDialog(
                page,
                page.words,
                page.look,
                self._facts(duty),
                save,
                name=self._name(duty),
                receipt=duty.receipt,
            )
        )

    def say_not_owed(self) -> None:
        """Why it is not applicable."""
        self._ask(
            "not-owed",
            lambda duty, why: service.not_applicable(self._page.desk, duty.key, why),
        )

    def say_none_owed(self) -> None:
        """Why neither it nor a late period before it is applicable."""
        self._ask(
            "none-owed",
            lambda duty, why: service.not_applicable(
                self._page.desk, duty.key, why, earlier=True
            ),
        )

    def take_back(self) -> None:
        """It was said by mistake."""
        self._ask(
            "take-back",
            lambda duty, why: service.take_back(self._page.desk, duty.key, why),
        )

    def choose_otherwise(self) -> None:
        """The other distance of the rule holds, such as for a translation."""
        self._ask(
            "otherwise",
            lambda duty, why: service.choose_otherwise(
                self._page.desk, duty.key, why, chosen=True
            ),
        )

    def _ask(self, what: str, save: Callable[[Duty, str], object]) -> None:
        page, words, duty = self._page, self._page.words, self._current()
        if duty is None:
            return
        rule = rule_of(protocol(page.desk), duty)
        said = words(f"ledger_page.{what}-what")
        if what == "otherwise" and rule is not None and rule.otherwise_when:
            said = words.say(rule.otherwise_when)
        self._run(
            ReasonDialog(
                page,
                words,
                page.look,
                self._facts(duty),
                lambda reason: save(duty, reason),
                title=words(f"ledger_page.{what}-title"),
                go=words(f"ledger_page.{what}-go"),
                name=self._name(duty),
                what=said,
            )
        )

    def confirm(self) -> None:
        """That what the duty rests on was checked, by whom, against what."""
        page, duty = self._page, self._current()
        if duty is None:
            return
        found = unsure_of(protocol(page.desk), duty)
        if not found:
            return
        one = found[0]
        citation = one.basis.citation
        self._run(
            ConfirmDialog(
                page,
                page.words,
                page.look,
                lambda evidence: confirm(page.desk, one.id, evidence),
                name=page.words.say(one.name),
                says=(page.words.say(citation),) if citation else (),
                person=page.desk.person.display_name,
            ),
            rule=True,
        )

    def occurrence_of(self, plan: Protocol, duty: Duty) -> Occurrence | None:
        """What started the clock of a duty; None for one that is no clock."""
        rule = rule_of(plan, duty)
        if rule is None or rule.kind not in (RuleKind.CLOCK, RuleKind.ALARM):
            return None
        name = duty.key.split(":")[1] if ":" in duty.key else ""
        known = service.occurrences(self._page.desk)
        return next((one for one in known if one.id == name), None)

    def later_information(self) -> None:
        """Significant later information, which starts another clock."""
        page, duty = self._page, self._current()
        if duty is None:
            return
        occurrence = self.occurrence_of(protocol(page.desk), duty)
        if occurrence is None:
            return

        def save(later: Later) -> None:
            service.follow_up_information(
                page.desk, occurrence.id, later.on, later.note
            )

        self._run(
            LaterDialog(
                page,
                page.words,
                page.look,
                self._facts(duty),
                save,
                name=occurrence.name,
                today=self._today,
            )
        )

    def correct_occurrence(self) -> None:
        """Other facts of what started the clock: all its clocks follow."""
        page, duty = self._page, self._current()
        if duty is None:
            return
        plan = protocol(page.desk)
        occurrence = self.occurrence_of(plan, duty)
        if occurrence is None:
            return
        dialog = OccurrenceDialog(
            page,
            page.words,
            page.look,
            lambda made: service.correct_occurrence(page.desk, made, dialog.reason),
            pack=plan.pack,
            today=self._today,
            known=occurrence,
        )
        if dialog.exec():
            page.changes.plan.emit()
            self._done(page.words("ledger_page.corrected", name=occurrence.name))
