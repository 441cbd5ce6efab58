"""Enrol a patient, a part at a time; whichever way one goes, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMessageBox, QStackedWidget, QWidget

from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.subject import Arm, Cause, Sex
from registry_app.services.enrolment import (
    Enrolment,
    enrol,
    judged,
    likely_duplicates,
)
from registry_app.services.protocol import protocol
from registry_app.ui.changes import Changes
from registry_app.ui.frame import Strip
from registry_app.ui.look import BOLD, Look
from registry_app.ui.page import Page
from registry_app.ui.pages.enrol_consent import ConsentStep
from registry_app.ui.pages.enrol_eligibility import EligibilityStep
from registry_app.ui.pages.enrol_identity import IdentityStep
from registry_app.ui.pages.enrol_injury import InjuryStep
from registry_app.ui.pages.enrol_steps import Step, StepNames
from registry_app.ui.widgets import (
    Card,
    Chip,
    Inside,
    button,
    column,
    hand_keys,
    label,
    row,
    scrolled,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.plan.eligibility import Judged
    from registry_app.services.desk import Desk


class EnrolPage(Page):
    """enrolled(case ID): the new patient is to be opened."""

    enrolled = Signal(str)
    keeps = True

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("enrol.title"))
        self._accepted: Enrolment | None = None
        self.case_id = ""
        followed, today = protocol(desk), day_in_japan(desk.clock())
        self._today = today
        confirmed = frozenset(
            each.id
            for each in followed.pack.criteria
            if followed.confirmed(f"criterion:{each.id}") is not None
        )
        self.who = IdentityStep(words, look, today)
        self.injury = InjuryStep(words, look, followed.pack, today)
        self.consent = ConsentStep(words, look, today, desk.person.display_name)
        self.eligibility = EligibilityStep(
            words, look, followed.pack, self._judge, confirmed
        )
        self.steps: tuple[Step, ...] = (
            self.who,
            self.injury,
            self.consent,
            self.eligibility,
        )
        self._places = QStackedWidget()
        for step in self.steps:
            self._places.addWidget(scrolled(step))
        self._names = StepNames(words, look, [*(s.name for s in self.steps), "done"])
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go_on)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.go_back)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close_requested)
        self._at = 0
        self._show(0)
        hand_keys(self, self.who)

    def _lay_out(self) -> None:
        words, look = self.words, self.look
        self.strip = Strip(words, look)
        self.go = button(look, "", "primary", self.go_on)
        self.back = button(look, words("enrol.back"), "", self.go_back)
        self.stop = button(look, words("enrol.stop"), "", self.close_requested.emit)
        head = row(
            label(look, words("enrol.title"), role="title"),
            4,
            label(look, words("enrol.note"), "text2"),
            None,
        )
        middle = row(self._names, self._places)
        middle.setStretch(1, 1)
        foot = row(None, self.stop, self.back, self.go)
        whole = column(head, middle, self.strip, foot, margins=(12, 8, 12, 12))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    @property
    def at(self) -> int:
        """The number of the part that is open; after the last one it is done."""
        return self._at

    def _show(self, number: int) -> None:
        words, last = self.words, len(self.steps) - 1
        self._at = number
        self._places.setCurrentIndex(number)
        self._names.show_at(number)
        self.strip.hide()
        self.back.setVisible(0 < number <= last)
        done = number > last
        self.stop.setVisible(not done)
        key = "enrol.open" if done else "enrol.go" if number == last else "enrol.next"
        self.go.setText(words(key))
        if done:
            self.go.setFocus()
        else:
            self.steps[number].begin()

    def go_back(self) -> None:
        """The part before; everything stays as it was typed."""
        if 0 < self._at < len(self.steps):
            self._show(self._at - 1)

    def go_on(self) -> None:
        """The next part, if this one is right; after the last, enrol."""
        if self._at >= len(self.steps):
            self.enrolled.emit(self.case_id)
            return
        step = self.steps[self._at]
        if not step.right():
            return
        if step is self.who:
            self.injury.born(self.who.birth.take())
            if not self._alone():
                return
        if step is self.injury:
            self.consent.compared(self.injury.compared)
        if step is self.eligibility:
            self._enrol()
        else:
            self._show(self._at + 1)

    def _alone(self) -> bool:
        """A likely duplicate is told once; the same button then goes on."""
        who = self._person()
        if who == self._accepted:
            return True
        with self.asking():
            alike = likely_duplicates(self.desk, who)
            if alike:
                self._accepted = who
                text = self.words("enrol.alike", ids=", ".join(alike[:3]))
                look_at = (
                    self.words("enrol.alike-open", id=alike[0]),
                    lambda: self.open_subject.emit(alike[0]),
                )
                self.strip.say("due", text, look_at)
                self.go.setText(self.words("enrol.go-anyway"))
                self.go.setFocus()
            return not alike
        return False

    def _person(self) -> Enrolment:
        """Who it is, before anything is known of the injury."""
        who = self.who
        kana = who.kana
        return Enrolment(
            arm=Arm.TREATED,
            sex=Sex(who.sex.value),
            injury_date=self._today,
            birth_date=who.birth.take(),
            family=who.family.text().strip(),
            given=who.given.text().strip(),
            family_kana=kana[0],
            given_kana=kana[1],
            hospital_number=who.hospital_number,
            address=who.address.text().strip(),
        )

    def enrolment(self) -> Enrolment | None:
        """What was typed of person and injury; None where day 0 is missing."""
        injury = self.injury
        day = injury.injury.take()
        if day is None or not injury.arm.value or not self.who.sex.value:
            return None
        return replace(
            self._person(),
            arm=Arm(injury.arm.value),
            injury_date=day,
            cause=Cause(injury.cause.value),
            treatment_date=injury.treated_on,
        )

    def _judge(self, answers: Mapping[str, str]) -> Sequence[Judged]:
        """The criteria for what was typed in the parts before."""
        enrolment = self.enrolment()
        if enrolment is None:
            return ()
        with self.asking():
            return judged(
                self.desk,
                enrolment,
                consents=self.consent.consents,
                dates=self.injury.days,
                answers=answers,
                referral=self.injury.told.referral,
            )
        return ()

    def _enrol(self) -> None:
        enrolment, injury = self.enrolment(), self.injury
        if enrolment is None:
            return
        with self.asking():
            subject = enrol(
                self.desk,
                enrolment,
                consents=self.consent.consents,
                dates=injury.days,
                answers=self.eligibility.criteria.answers,
                reasons=self.eligibility.criteria.reasons,
                source=injury.source.text().strip() if injury.compared else "",
                matching=injury.variables,
                matched_to=injury.matched_to,
                referral=injury.told.referral,
            )
            self.case_id, self.saved = subject.id, True
            self.changes.subject.emit(subject.id)
            self._places.addWidget(self._done())
            self._show(len(self.steps))

    def _done(self) -> QWidget:
        """The case ID, large, and what was recorded with it."""
        words, look = self.words, self.look
        card = Card(look, words("enrol.step-done"))
        deviations = len(self.eligibility.criteria.reasons)
        signed = len(self.consent.consents)
        status = "due" if deviations else "done"
        chips = [
            Chip(look, status, words("enrol.done-deviations", count=deviations)),
            Chip(
                look,
                "done" if signed else "due",
                words("enrol.done-consents", count=signed),
            ),
        ]
        card.body.addLayout(
            column(
                None,
                row(None, label(look, words("enrol.done-said"), "text2"), None),
                row(None, label(look, self.case_id, role="figure", weight=BOLD), None),
                row(None, *chips, None),
                8,
                row(None, label(look, words("enrol.done-note"), "text2"), None),
                None,
            )
        )
        return Inside(column(card, gap=0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field; only a button does something by it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    @property
    def typed(self) -> bool:
        """Whether something would be lost by leaving."""
        given = self.consent.explained
        lines = (e for e in self.findChildren(QLineEdit) if e is not given)
        return any(line.text().strip() for line in lines)

    def may_close(self) -> bool:
        """Ask before what was typed is thrown away; a draft is the safe choice."""
        if self.case_id or not self.typed:
            return True
        words, roles = self.words, QMessageBox.ButtonRole
        box = QMessageBox(self)
        box.setWindowTitle(words("enrol.title"))
        box.setText(words("drafts.leave-said"))
        keep = box.addButton(words("drafts.leave-keep"), roles.AcceptRole)
        stay = box.addButton(words("enrol.stay"), roles.RejectRole)
        drop = box.addButton(words("enrol.drop"), roles.DestructiveRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(stay)
        box.exec()
        self.left_a_draft = box.clickedButton() is keep
        return box.clickedButton() in (keep, drop)
