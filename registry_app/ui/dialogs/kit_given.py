"""Record that a kit was given: when, how much, by whom; what the treatment asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import InvalidValue
from registry_app.domain.kit import Kit, Manufacture, amount
from registry_app.domain.names import plain
from registry_app.domain.plan.eligibility import Judged
from registry_app.domain.plan.pack import Pack, Quantity
from registry_app.ui.amounts import amount_said
from registry_app.ui.criteria import CriteriaList
from registry_app.ui.dialogs.asking import Asking, line_of, written
from registry_app.ui.dialogs.kit import KitChange
from registry_app.ui.frame import Fact
from registry_app.ui.inputs import Field
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Inside, label, row
from registry_app.words import Words

#: The criteria of the treatment for a kit as it would be given, with answers.
Judge = Callable[[Kit, Mapping[str, str]], Sequence[Judged]]


class GiveDialog(Asking[KitChange]):
    """The amounts that the `pack` asks for; a ratio is computed as one types.

    `judge`: the criteria of the treatment for the kit as it would be given; a failed
    one asks for a reason, and never stops the entry.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[KitChange], object],
        *,
        kit: Kit,
        pack: Pack,
        judge: Judge,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        product = pack.product
        quantities = () if product is None else product.quantities
        usual = None if product is None else product.route
        route = "" if usual is None else words.say(usual)
        self._kit, self._quantities, self._judge = kit, quantities, judge
        self.on = self.day(words("treatment.given-on"), today, kit.given_on)
        self.lot = self.line(words("treatment.lot"), kit.lot)
        self.route = self.line(words("treatment.route"), kit.route or route)
        self.operator = self.line(words("treatment.operator"), kit.operator)
        self.amounts: dict[str, Field] = {}
        self._ratios = {
            quantity.id: label(look, "", "text1", weight=MEDIUM)
            for quantity in quantities
            if quantity.ratio is not None
        }
        for quantity in quantities:
            if quantity.ratio is None:
                self.amounts[quantity.id] = self._amount(quantity)
        self.criteria = CriteriaList(words, look, pack)
        self.criteria.answered_one.connect(self._again)
        self.reason = self.line(
            words("treatment.reason"), hint=words("treatment.reason-hint")
        )
        self.places = {
            "kit.given-before-order": self.on,
            "subject.treated-before-injury": self.on,
            "kit.in-future": self.on,
            "kit.other-treatment-date": self.reason,
        }
        for field in (self.on, *self.amounts.values()):
            line_of(field).editingFinished.connect(self._again)
        ratios = [
            row(label(look, words.say(q.name), "text2"), self._ratios[q.id], None)
            for q in quantities
            if q.ratio is not None
        ]
        self.ask(
            words("treatment.give-title"),
            words("treatment.give-go"),
            label(look, words("treatment.kit-of", number=kit.number), weight=MEDIUM),
            8,
            row(self.on, self.lot, gap=12),
            row(self.route, self.operator, gap=12),
            *self._in_pairs(),
            *ratios,
            8,
            self.criteria,
            self.reason,
        )
        self.setMinimumWidth(look.px(640))
        self.on.setFocus()
        self._again()

    def _amount(self, quantity: Quantity) -> Field:
        words = self.words
        name = words(
            "treatment.with-unit",
            name=words.say(quantity.name),
            unit=words.say(quantity.unit),
        )
        return self.line(name, self._kit.amounts.get(quantity.id, ""))

    def _in_pairs(self) -> list[QWidget]:
        """The amounts, two in a row."""
        fields = list(self.amounts.values())
        pairs = [fields[n : n + 2] for n in range(0, len(fields), 2)]
        return [Inside(row(*pair, gap=12)) for pair in pairs]

    def _typed(self) -> dict[str, str]:
        """The amounts that can be read; a problem stands beside the others."""
        found = {}
        for id_, field in self.amounts.items():
            field.set_problem("")
            if not (text := plain(written(field)).replace(",", "")):
                continue
            try:
                amount(id_, text)
            except InvalidValue:
                field.set_problem(self.words("treatment.not-a-number"))
            else:
                found[id_] = text
        return found

    def _again(self) -> None:
        """Compute the ratios and judge the criteria for what stands there now."""
        typed = self._typed()
        given = replace(self._kit, amounts=typed)
        for quantity in self._quantities:
            if quantity.ratio is not None:
                said = amount_said(self.words, given, quantity)
                self._ratios[quantity.id].setText(said)
        kit = self._made(self.on.take(), typed)
        self._show_judged(kit)

    def _show_judged(self, kit: Kit | None) -> None:
        judged = () if kit is None else self._judge(kit, self.criteria.answers)
        self.criteria.show_judged(judged)

    def _made(self, on: date | None, typed: Mapping[str, str]) -> Kit | None:
        if on is None:
            return None
        return replace(
            self._kit,
            given_on=on,
            lot=written(self.lot),
            route=written(self.route),
            operator=written(self.operator),
            amounts=typed,
            manufacture=Manufacture.SUCCEEDED,
        )

    def value(self) -> KitChange | None:
        """The kit, if everything is said; a failed criterion needs its reason."""
        on, typed = self.on.take(required=True), self._typed()
        if not self.right(self.on, *self.amounts.values()):
            return None
        kit = self._made(on, typed)
        if kit is None:
            return None
        self._show_judged(kit)
        if not self.criteria.answered():
            return None
        answers = self.criteria.answers
        return KitChange(kit, written(self.reason), self.criteria.reasons, answers)
