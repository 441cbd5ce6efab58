"""Record a signed consent document, correct it, or take one back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.consent import Consent, Scope, Signer, effects
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.dialogs.correcting import Correcting
from registry_app.ui.frame import Fact
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Glyph, Item, Segments, label, row
from registry_app.words import Words


class ConsentDialog(Correcting[Consent]):
    """What it is about, which version, who signed. A new consent has no ID yet.

    Of one that was taken back, that too is corrected; without a day it holds again.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Consent], object],
        *,
        subject_id: str,
        today: date,
        explained_by: str = "",
        document: str = "",
        known: Consent | None = None,
    ) -> None:
        super().__init__(parent, words, look, facts, save, known)
        self._subject_id = subject_id
        first = known or Consent(
            *("", subject_id, Scope.TREATMENT, document, today),
            explained_by=explained_by,
        )
        self.scope = Segments(
            look,
            [(str(scope), words.say(scope.told)) for scope in Scope],
            words("documents.scope"),
            str(first.scope),
        )
        self.document = self.line(
            words("documents.document"),
            first.document,
            words("documents.document-hint"),
        )
        self.signed = self.day(words("documents.signed-on"), today, first.signed_on)
        self.signer = Segments(
            look,
            [(str(signer), words.say(signer.told)) for signer in Signer],
            words("documents.signer"),
            str(first.signer),
        )
        self.relation = self.line(
            words("documents.relation"),
            first.relation,
            words("documents.relation-hint"),
        )
        self.explained = self.line(words("documents.explained-by"), first.explained_by)
        self.withdrawn = self.day(
            words("documents.withdrawn-on"), today, first.withdrawn_on
        )
        self.note = self.line(words("documents.withdrawal-note"), first.withdrawal_note)
        self.places |= {
            "consent.no-document": self.document,
            "consent.no-relation": self.relation,
            "consent.withdrawn-before-signed": self.withdrawn,
            "consent.withdrawn-in-future": self.withdrawn,
        }
        self.signer.chosen.connect(self._signer_chosen)
        self._signer_chosen(self.signer.value)
        taken_back: list[Item] = []
        if first.withdrawn_on is not None:
            hint = words("documents.holds-again")
            said = label(look, hint, "text2", "caption", wrap=True)
            taken_back = [self.withdrawn, said, 4, self.note]
        self.ask_with_reason(
            words("documents.consent-title"),
            words("documents.correct-title"),
            words("documents.consent-go"),
            self.titled(words("documents.scope"), self.scope),
            self.document,
            self.signed,
            self.titled(words("documents.signer"), self.signer),
            self.relation,
            self.explained,
            *taken_back,
        )
        self.document.setFocus()

    def _signer_chosen(self, signer: str) -> None:
        """Only a proxy has a relation to the patient."""
        self.relation.set_problem("")
        self.relation.setEnabled(signer == Signer.PROXY)

    def value(self) -> Consent | None:
        """The consent, if everything is said."""
        proxy = self.signer.value == Signer.PROXY
        reasoned, day = self.reasoned(), self.signed.take(required=True)
        withdrawn = self.withdrawn.take()
        if not self.right(self.signed, self.withdrawn) or day is None or not reasoned:
            return None
        return Consent(
            self.known.id if self.known else "",
            self._subject_id,
            Scope(self.scope.value),
            written(self.document),
            day,
            Signer(self.signer.value),
            written(self.relation) if proxy else "",
            written(self.explained),
            withdrawn,
            written(self.note) if withdrawn else "",
            self.known.version if self.known else 0,
        )


class WithdrawDialog(Asking[Consent]):
    """Says what taking a consent back ends and what stays, before it is done."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Consent], object],
        *,
        consent: Consent,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self._consent = consent
        which = words(
            "documents.consent-of",
            scope=consent.scope.told,
            document=consent.document,
            day=consent.signed_on.isoformat(),
        )
        self.on = self.day(words("documents.withdrawn-on"), today, today)
        self.note = self.line(
            words("documents.withdrawal-note"),
            hint=words("documents.withdrawal-hint"),
        )
        self.places = {
            "consent.withdrawn-before-signed": self.on,
            "consent.withdrawal-needs-note": self.note,
        }
        *ends, stays = effects(consent)
        self.ask(
            words("documents.withdraw-title"),
            words("documents.withdraw-go"),
            label(look, which, weight=MEDIUM, wrap=True),
            4,
            *(self._effect("due", words.say(end)) for end in ends),
            self._effect("done", words.say(stays)),
            8,
            self.on,
            self.note,
        )
        self.on.setFocus()

    def _effect(self, status: str, said: str) -> Item:
        line = row(Glyph(self.look, status), label(self.look, said, "text2", wrap=True))
        line.setStretch(1, 1)
        return line

    def value(self) -> Consent | None:
        """The consent, taken back."""
        day = self.on.take(required=True)
        if not self.right(self.on) or day is None:
            return None
        return replace(
            self._consent, withdrawn_on=day, withdrawal_note=written(self.note)
        )
