"""The third part of an enrolment: what was agreed, and who signed."""

from datetime import date

from PySide6.QtWidgets import QCheckBox

from registry_app.domain.consent import Consent, Scope, Signer
from registry_app.ui.dates import DateField
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.pages.enrol_steps import Step, first_wrong, pair
from registry_app.ui.widgets import Segments, column, label
from registry_app.words import Words


class ConsentStep(Step):
    """One document may be about several things; without one, consents come later."""

    name = "consent"

    def __init__(
        self, words: Words, look: Look, today: date, explained_by: str
    ) -> None:
        super().__init__(words, look)
        self._compared = False
        self.scopes = {scope: QCheckBox(words.say(scope.told)) for scope in Scope}
        for box in self.scopes.values():
            box.setFont(look.font())
        self.document = Line(look, words("documents.document"))
        self._document = Field(
            look,
            words("documents.document"),
            self.document,
            words("documents.document-hint"),
        )
        self.signed = DateField(look, words, words("documents.signed-on"), today)
        self.signer = Segments(
            look,
            [(str(signer), words.say(signer.told)) for signer in Signer],
            words("documents.signer"),
            str(Signer.PATIENT),
        )
        self.relation = Line(look, words("documents.relation"))
        self._relation = Field(
            look,
            words("documents.relation"),
            self.relation,
            words("documents.relation-hint"),
        )
        self.explained = Line(look, words("documents.explained-by"))
        self.explained.setText(explained_by)
        self.signer.chosen.connect(self._signer_chosen)
        self._signer_chosen(self.signer.value)
        self._problem = self.problem_label()
        self.fill(
            label(look, words("documents.scope"), "text2", "caption", MEDIUM),
            column(*self.scopes.values(), gap=4),
            8,
            pair(self._document, self.signed),
            self.titled(words("documents.signer"), self.signer, self._problem),
            pair(
                self._relation,
                Field(look, words("documents.explained-by"), self.explained),
            ),
        )
        self.setFocusProxy(self.scopes[Scope.TREATMENT])

    def _signer_chosen(self, signer: str) -> None:
        """Only a proxy has a relation to the patient."""
        self._relation.set_problem("")
        self._relation.setEnabled(signer == Signer.PROXY)

    def compared(self, compared: bool) -> None:
        """A comparison patient is not asked for the treatment."""
        self._compared = compared
        self.scopes[Scope.TREATMENT].setVisible(not compared)
        first = Scope.FOLLOW_UP if compared else Scope.TREATMENT
        self.setFocusProxy(self.scopes[first])

    @property
    def chosen(self) -> list[Scope]:
        """What the document is about."""
        return [
            scope
            for scope, box in self.scopes.items()
            if box.isChecked() and not (self._compared and scope is Scope.TREATMENT)
        ]

    @property
    def consents(self) -> tuple[Consent, ...]:
        """A consent for each thing agreed to, without ID and case."""
        day = self.signed.take()
        if day is None:
            return ()
        proxy = self.signer.value == Signer.PROXY
        return tuple(
            Consent(
                "",
                "",
                scope,
                self.document.text().strip(),
                day,
                Signer(self.signer.value),
                self.relation.text().strip() if proxy else "",
                self.explained.text().strip(),
            )
            for scope in self.chosen
        )

    def right(self) -> bool:
        """A document that was signed has its name, its day, and of a proxy who."""
        words, asked = self.words, bool(self.chosen)
        proxy = self.signer.value == Signer.PROXY
        for field, line, needed in (
            (self._document, self.document, asked),
            (self._relation, self.relation, asked and proxy),
        ):
            missing = needed and not line.text().strip()
            field.set_problem(words("enrol.needed") if missing else "")
        self.signed.take(required=asked)
        wrong = first_wrong((self._document, self.signed, self._relation))
        if wrong is not None:
            wrong.setFocus()
        return wrong is None
