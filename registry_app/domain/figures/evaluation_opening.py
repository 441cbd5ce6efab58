"""How R3 opens: its own fields of the cover, key figures, background, conditions."""

from collections.abc import Iterator, Sequence
from typing import Final

from registry_app.domain.figures.analysis_sets import Group
from registry_app.domain.figures.cover import standing_word
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    FieldRow,
    Fields,
    Mark,
    Prose,
    Ref,
    Row,
    Said,
    Section,
    Table,
    Value,
    Written,
)
from registry_app.domain.figures.efficacy_cells import group_name, over, words
from registry_app.domain.figures.periodic_opening import product
from registry_app.domain.figures.plan_items import (
    amendments,
    drift,
    in_force,
    other_window,
)
from registry_app.domain.figures.tally import comparison, people, treated
from registry_app.domain.message import say
from registry_app.domain.plan.regime import state_on

#: Key figures stand on one line (document.py).
_LARGE: Final = 6


def own_cover(dataset: Dataset, groups: Sequence[Group]) -> Iterator[FieldRow]:
    """Cohorts, lock, amendments and comparators (PAPER.md section 7)."""
    protocol = dataset.protocol
    names = dict.fromkeys(group.cohort.id for group in groups)
    cohorts = [one for one in protocol.pack.cohorts if one.id in names]
    yield _field("cohorts", _listed([one.name for one in cohorts]))
    plan = in_force(dataset.evaluations)
    if plan is None or plan.locked_on is None:
        yield _field("changes", say("efficacy.plan-none-short"))
    else:
        late = [one for one in amendments(dataset.evaluations) if one.after_lock]
        seen = [one for one in late if one.data_seen]
        moved = drift(plan, protocol)
        told = say(
            "efficacy.cover-changes-told",
            late=len(late),
            seen=len(seen),
            moved=len(moved),
        )
        marked = any(one.of_results for one in (*late, *moved))
        mark = Mark.AFTER_LOCK if marked else Mark.NONE
        refs = tuple(Ref("evaluation", one.id) for one in dataset.evaluations)
        yield _field("changes", told, mark=mark, refs=refs)
    published = sum(bool(one.rows) for one in protocol.pack.comparators)
    yield _field(
        "comparator",
        say(
            "efficacy.cover-comparator-told",
            n=len(comparison(dataset.patients)),
            series=published,
            rule=other_window(dataset.evaluations).told,
        ),
    )


def _field(
    name: str, told: Said, *, mark: Mark = Mark.NONE, refs: tuple[Ref, ...] = ()
) -> FieldRow:
    value = Value(told, refs=refs, mark=mark)
    return FieldRow(name, say(f"efficacy.cover-{name}"), value)


def _listed(names: Sequence[Said]) -> Said:
    found: Said = "—"
    for n, name in enumerate(names):
        found = name if not n else say("cover.and", first=found, rest=name)
    return found


def opening(dataset: Dataset, groups: Sequence[Group]) -> Section:
    """Section 1: in figures, what was written, the product, the conditions."""
    word = standing_word(state_on(dataset.protocol, dataset.on))
    text = dataset.texts.get("background")
    blocks = (
        _key_figures(dataset, groups),
        Prose(say("efficacy.reading-word", word=word)),
        Prose(say("efficacy.opening-limits")),
        Written("background")
        if text is None
        else Written("background", text.ja, text.en),
        product(dataset),
        _conditions(dataset),
    )
    return Section("background", say("efficacy.r3-background"), blocks, new_page=True)


def _key_figures(dataset: Dataset, groups: Sequence[Group]) -> Fields:
    """N first; n / N of the primary endpoints without a percentage of their own."""
    rows = [
        FieldRow(
            "treated",
            say("efficacy.key-treated"),
            people(treated(dataset.patients, dataset.on)),
        ),
        FieldRow(
            "comparison",
            say("efficacy.key-comparison"),
            people(comparison(dataset.patients)),
        ),
    ]
    for group in groups[: _LARGE - len(rows)]:
        name = f"primary:{group.endpoint.id}:{group.arm.value}"
        rows.append(
            FieldRow(name, group_name(group), over(group.reached, len(group.evaluable)))
        )
    return Fields("evaluation-figures", tuple(rows), large=True)


def _conditions(dataset: Dataset) -> Table:
    product_ = dataset.protocol.pack.product
    conditions = () if product_ is None else product_.conditions
    unsure = {part.id for part in dataset.protocol.unsure()}
    rows = tuple(
        Row(
            one.id,
            (
                Value(f"{n}", n),
                Value(
                    one.text,
                    one.id,
                    mark=Mark.TO_CONFIRM
                    if f"condition:{one.id}" in unsure
                    else Mark.NONE,
                ),
            ),
        )
        for n, one in enumerate(conditions, 1)
    )
    columns = (words("number", 14), words("condition", 154))
    return Table("conditions", say("efficacy.conditions-table"), columns, rows)
