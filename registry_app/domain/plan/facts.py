"""The facts of a case that a pack may ask about, by name.

A fact may be open: an age from a year of birth is one of two, an exam with cells not
tested allows several grades. Then every possible value is given, with a comma between,
so that a question is answered only where all of them agree.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.pack import FormPlan, Pack, Quantity
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.referral import reported
from registry_app.domain.subject import Cause, Sex

#: A value, several possible ones ("B,C"), or None where nothing is known.
Fact: TypeAlias = str | Decimal | None

#: The facts that every case has; the others are named by what the pack declares.
FACTS: Final = ("age", "sex", "cause", "arm", "ais", "nli", "region")
#: The instrument that has a grade and a level.
ISNCSCI: Final = "isncsci"
_REGIONS: Final = {
    "C": "cervical",
    "T": "thoracic",
    "L": "lumbar",
    "S": "sacral",
    "I": "intact",  # INT: no level at all
}


def is_fact(name: str, pack: Pack) -> bool:
    """Whether a pack can ask for it.

    ``days:<anchor>:<anchor>`` (from the first to the second), ``amount:<quantity>``,
    ``asked:<criterion>``, ``form:<form>.<item>`` and ``lowest:<form>.<series>`` (the
    least that was measured once the treatment had begun) need what they name.
    """
    kind, _, rest = name.partition(":")
    if kind == "days":
        anchors = [anchor.id for anchor in pack.anchors]
        ends = rest.split(":")
        return len(ends) == 2 and all(end in anchors for end in ends)
    if kind == "amount":
        return any(quantity.id == rest for quantity in _quantities(pack))
    if kind == "asked":
        return any(criterion.id == rest for criterion in pack.criteria)
    if kind == "form":
        form_id, _, item = rest.partition(".")
        forms = [form for form in pack.forms if form.id == form_id]
        return any(one.id == item for form in forms for one in form.items)
    if kind == "lowest":
        form_id, _, series = rest.partition(".")
        forms = [form for form in pack.forms if form.id == form_id]
        return any(one.series == series for form in forms for one in form.items)
    return name in FACTS


def form_facts(form: FormPlan, values: Mapping[str, str]) -> dict[str, Fact]:
    """The facts that one form gives, as it was filled in."""
    found: dict[str, Fact] = {
        f"form:{form.id}.{item.id}": values.get(item.id) or None for item in form.items
    }
    for series in {item.series for item in form.items if item.series}:
        measured = (
            number(values.get(item.id, ""))
            for item in form.items
            if item.series == series and item.minutes != 0
        )
        least = min((one for one in measured if one is not None), default=None)
        found[f"lowest:{form.id}.{series}"] = least
    return found


def facts(
    protocol: Protocol,
    case: Case,
    on: date,
    answers: Mapping[str, str] | None = None,
    exam: ExamFact | None = None,
    names: Collection[str] | None = None,
) -> dict[str, Fact]:
    """Every fact of a case as it is known at the end of a day.

    `answers`: what a person answered, by fact: ``asked:<criterion>``, and ``age`` where
    it is known exactly. Without an answer the one of the frozen indication holds.
    `exam`: the form whose findings are meant; else the latest completed one until then,
    and before there is one what the referring hospital reported (`referral`).
    `names`: the facts that are asked for; kinds of which none is may be left out. Some
    hundred distances and items take ten times as long as age, grade and level.
    """

    def asked(*kinds: str) -> bool:
        return names is None or any(name.startswith(kinds) for name in names)

    given = answers or {}
    sheet = exam if exam and exam.instrument == ISNCSCI else None
    sheet = sheet or latest(case, ISNCSCI, on)
    frozen = {} if case.indication is None else case.indication.facts
    if sheet is not None:
        grades, levels = sheet.ais, sheet.nli
    else:
        told = reported({**frozen, **given})
        grades, levels = _only(told.ais), _only(told.nli)
    subject = case.subject
    found: dict[str, Fact] = {
        "age": _age(case, given.get("age", "")),
        "sex": None if subject.sex is Sex.UNKNOWN else subject.sex.value,
        "cause": None if subject.cause is Cause.UNKNOWN else subject.cause.value,
        "arm": subject.arm.value,
        "ais": joined(grades),
        "nli": joined(levels),
        "region": joined(tuple(dict.fromkeys(_REGIONS[n[0]] for n in levels))),
    }
    anchors = protocol.pack.anchors if asked("days:") else ()
    days = {anchor.id: case.day_of(anchor) for anchor in anchors}
    for start, first in days.items():
        for end, last in days.items():
            if start != end:
                away = Decimal((last - first).days) if first and last else None
                found[f"days:{start}:{end}"] = away
    for quantity in _quantities(protocol.pack) if asked("amount:") else ():
        found[f"amount:{quantity.id}"] = amount(protocol.pack, case, quantity.id)
    for criterion in protocol.pack.criteria:
        name = f"asked:{criterion.id}"
        found[name] = given.get(name) or frozen.get(name) or None
    for form in protocol.pack.forms if asked("form:", "lowest:") else ():
        if form.items:
            own = exam if exam and exam.instrument == form.id else None
            own = own or latest(case, form.id, on)
            found |= form_facts(form, {} if own is None else own.values)
    return found


def _only(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def joined(values: Sequence[str]) -> str | None:
    """Possible values as one fact; None where there are none."""
    return ",".join(values) or None


def possible(fact: Fact) -> tuple[str, ...]:
    """The values that a fact allows; none where it is not known."""
    return () if fact is None else tuple(str(fact).split(","))


def latest(case: Case, instrument: str, on: date) -> ExamFact | None:
    """The latest completed form of an instrument until a day."""
    found = [
        exam
        for exam in case.exams
        if exam.instrument == instrument and exam.complete and exam.day <= on
    ]
    return max(found, key=lambda exam: (exam.day, exam.form_id), default=None)


def amount(pack: Pack, case: Case, quantity_id: str) -> Decimal | None:
    """An amount of the kit that was given, else of the last one that was ordered."""
    if not case.kits:
        return None
    kit = max(
        case.kits,
        key=lambda kit: (kit.given_on is not None, kit.given_on or kit.ordered_on),
    )
    quantity = next(q for q in _quantities(pack) if q.id == quantity_id)
    if quantity.ratio is None:
        return number(kit.amounts.get(quantity_id, ""))
    above, below = (amount(pack, case, part) for part in quantity.ratio)
    if above is None or not below:
        return None
    return above / below


def number(text: str) -> Decimal | None:
    """A decimal number as it was written; None where it is none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _quantities(pack: Pack) -> tuple[Quantity, ...]:
    return () if pack.product is None else pack.product.quantities


def _age(case: Case, answered: str) -> str | None:
    """Years of life at injury: exact where it was answered, else one of two.

    The frozen answer holds as long as the year of birth and the injury allow it.
    """
    if answered:
        return answered
    born = case.subject.birth_year
    if born is None:
        return None
    oldest = case.subject.injury_date.year - born
    ages = (str(oldest - 1), str(oldest)) if oldest else ("0",)
    frozen = "" if case.indication is None else case.indication.facts.get("age", "")
    return frozen if frozen in ages else joined(ages)
