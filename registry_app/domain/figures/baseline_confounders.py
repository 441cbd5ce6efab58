"""What can make two groups differ beside the product: rows of the baseline table.

Bony injury, surgery, steroid, ventilation, rehabilitation, other therapies and, where
it was asked, what the patient expects (CLINICAL.md sections 2 and 8). They are taken
from the form ``background`` of the pack. A pack without that form says so.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from registry_app.domain.figures.cells import Refs
from registry_app.domain.figures.dataset import Patient
from registry_app.domain.figures.document import Ref, Row, Said, Value
from registry_app.domain.figures.tally import label, median, part_of, with_missing
from registry_app.domain.message import say
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.plan.pack import Item, Pack

#: The form that asks for them, and its items in the order of the table.
FORM: Final = "background"
ITEMS: Final = (
    "bony-injury",
    "surgery",
    "surgery-day",
    "steroid",
    "ventilation",
    "rehabilitation",
    "other-therapy",
    "expectation",
)
_UNKNOWN: Final = "unknown"
#: A number that is asked only of those with this answer: the day of an operation.
_ONLY_IF: Final = {"surgery-day": ("surgery", "yes")}

Arms = Sequence[Sequence[Patient]]
#: A patient with the form that counts; None where there is none.
_Told = tuple[Patient, ExamFact | None]


def confounder_rows(pack: Pack, arms: Arms) -> Iterator[Row]:
    """Each answer and each number by arm; what is missing or unknown is named."""
    plan = next((form for form in pack.forms if form.id == FORM), None)
    if plan is None:
        none = Value(say("periodic.word-not-recorded"))
        yield Row("confounders", (label("of-confounders"), *(none for _ in arms)))
        return
    told = [[(patient, background(patient)) for patient in arm] for arm in arms]
    items = {item.id: item for item in plan.items}
    for name in ITEMS:
        item = items.get(name)
        if item is not None and item.choices:
            yield from _answers(item, told)
        elif item is not None:
            yield _number(item, told)


def background(patient: Patient) -> ExamFact | None:
    """The form that counts: the latest complete one."""
    found = [
        fact for fact in patient.case.exams if fact.instrument == FORM and fact.complete
    ]
    return max(found, key=lambda fact: (fact.day, fact.form_id), default=None)


def _answer(told: _Told, item: str) -> str:
    """What was written; "" where nothing was, or that it is not known."""
    found = "" if told[1] is None else told[1].values.get(item, "")
    return "" if found == _UNKNOWN else found


def _refs(told: Sequence[_Told]) -> Refs:
    """The forms that were counted; of those without one the patients."""
    return tuple(
        Ref("subject", one.id, one.id)
        if form is None
        else Ref("form", form.form_id, one.id)
        for one, form in told
    )


def _answers(item: Item, arms: Sequence[Sequence[_Told]]) -> Iterator[Row]:
    """How many are known, then each answer, then the missing."""

    def row(answers: Collection[str]) -> Iterator[Value]:
        for arm in arms:
            found = [one for one in arm if _answer(one, item.id) in answers]
            yield part_of(len(found), len(arm), _refs(found))

    choices = [choice for choice in item.choices if choice.id != _UNKNOWN]
    name = f"confounder:{item.id}"
    known = row({choice.id for choice in choices})
    head = say("periodic.of-known", name=item.name)
    yield Row(name, (Value(head), *known), group=True)
    for choice in choices:
        said = Value(choice.name, choice.id)
        yield Row(f"{name}:{choice.id}", (said, *row({choice.id})), level=1)
    missing = Value(say("periodic.row-missing"), "missing")
    yield Row(f"{name}:missing", (missing, *row({""})), level=1)


def _number(item: Item, arms: Sequence[Sequence[_Told]]) -> Row:
    """The median of those who were asked, and of how many it is missing."""
    cells = []
    asked, wanted = _ONLY_IF.get(item.id, ("", ""))
    for arm in arms:
        among = [one for one in arm if not asked or _answer(one, asked) == wanted]
        known = [one for one in among if _answer(one, item.id)]
        values = [float(_answer(one, item.id)) for one in known]
        cells.append(with_missing(median(values, _refs(known)), len(known), len(among)))
    unit = "" if item.unit is None else item.unit
    said: Said = item.name
    if unit:
        said = say("periodic.with-unit", name=item.name, unit=unit)
    said = say("periodic.of-median", name=said)
    return Row(f"confounder:{item.id}", (Value(said), *cells), level=1 if asked else 0)
