"""The last part of an enrolment: each criterion of the pack, and what it came to."""

from collections.abc import Callable, Mapping, Sequence

from registry_app.domain.plan.eligibility import Judged, Verdict
from registry_app.domain.plan.pack import Pack
from registry_app.ui.criteria import CriteriaList
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.pages.enrol_steps import Step
from registry_app.ui.widgets import label
from registry_app.words import Words

#: The criteria as they stand, with the answers given here.
Judge = Callable[[Mapping[str, str]], Sequence[Judged]]


class EligibilityStep(Step):
    """A failed criterion asks for a reason and becomes a deviation, never a wall."""

    name = "eligibility"

    def __init__(
        self,
        words: Words,
        look: Look,
        pack: Pack,
        judge: Judge,
        confirmed: frozenset[str],
    ) -> None:
        super().__init__(words, look)
        self._judge, self._confirmed = judge, confirmed
        self.criteria = CriteriaList(words, look, pack)
        self.criteria.answered_one.connect(self.show_again)
        self._sum = label(look, "", weight=MEDIUM, wrap=True)
        self.fill(self._sum, 4, self.criteria)

    def begin(self) -> None:
        """Judge what was typed in the parts before."""
        self.show_again()
        first = next(iter(self.criteria.fields.values()), None)
        if first is not None:
            first.setFocus()

    def show_again(self) -> None:
        """The verdicts as they stand now."""
        judged = self._judge(self.criteria.answers)
        self.criteria.show_judged(judged, self._confirmed)
        count = {v: sum(one.verdict is v for one in judged) for v in Verdict}
        words = self.words
        if not judged:
            self._sum.setText(words("enrol.no-criteria"))
            return
        self._sum.setText(
            words(
                "enrol.criteria-sum",
                met=count[Verdict.MET],
                failed=count[Verdict.NOT_MET],
                unknown=count[Verdict.UNKNOWN],
            )
        )

    def right(self) -> bool:
        """Each failed criterion has its reason."""
        return self.criteria.answered()
