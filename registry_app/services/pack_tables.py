"""The tables of a pack: what it declares, row by row, with what each row rests on."""

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.citation import distance
from registry_app.domain.plan.pack import Comparator, ComparatorRow, Pack
from registry_app.services.pack_wording import (
    allowed,
    named,
    question,
    remarks,
    way,
    when,
    window,
)

#: Key of a table, its columns, its rows; the basis of a row, where it has one, is last.
Table: TypeAlias = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]
_NO_ROW: Final = ComparatorRow("", Told("", ""), None, {})


def about(pack: Pack) -> Iterator[Table]:
    """The product, its regime, and the dates that count."""
    product, machine = pack.product, pack.machine
    if product is not None:
        facts = [("name", product.name), ("generic", product.generic)]
        facts += [("number", Told(product.number, product.number))]
        facts += [("route", product.route)] if product.route is not None else []
        rows: list[tuple[Any, ...]] = [
            (say(f"packs.product-{key}"), value, product.basis)
            for key, value in facts
            if value.ja
        ]
        yield "product", ("what", "value"), rows
        labels = [(one.version, one.name, one.basis) for one in product.labels]
        yield "labels", ("version", "name"), [*labels]
        amounts = [
            (q.id, q.name, q.unit, " / ".join(q.ratio or ()), q.basis)
            for q in product.quantities
        ]
        yield "quantities", ("id", "name", "unit", "ratio"), [*amounts]
        conditions = [(one.id, one.text, one.basis) for one in product.conditions]
        yield "conditions", ("id", "text"), [*conditions]
    if machine is not None:
        names = {state.id: state.name for state in machine.states}
        states: list[tuple[Any, ...]] = []
        for state in machine.states:
            notes = [say("packs.state-first")] if state.id == machine.initial else []
            if state.runs and machine.term is not None:
                notes.append(say("packs.state-runs", span=distance(machine.term)))
            if state.id == machine.extends and machine.extension is not None:
                most = distance(machine.extension)
                notes.append(say("packs.state-extends", span=most))
            if state.continues:
                notes.append(say("packs.state-continues"))
            if state.id == machine.lapses_to:
                notes.append(say("packs.state-lapse"))
            following = [names[other] for other in state.next]
            states.append((state.id, state.name, following, notes, machine.basis))
        yield "states", ("id", "name", "next", "note"), states
    dates = [
        (one.id, one.name, one.value or say("packs.unset"), one.basis)
        for one in pack.base_dates
    ]
    yield "dates", ("id", "name", "value"), [*dates]


def followed(pack: Pack) -> Iterator[Table]:
    """Whom and what is looked at: anchors, forms, visits, criteria, cohorts."""
    names = named(pack)
    forms = {form.id: form.name for form in pack.forms}
    visits = {visit.id: visit.name for visit in pack.visits}
    cohorts = {cohort.id: cohort.name for cohort in pack.cohorts}
    yield (
        "anchors",
        ("id", "name", "kept"),
        [
            (a.id, a.name, say(f"packs.kept-{a.origin.name.lower()}"), a.basis)
            for a in pack.anchors
        ],
    )
    yield "forms", ("id", "name"), [(f.id, f.name, f.basis) for f in pack.forms]
    yield (
        "items",
        ("form", "id", "name", "kind", "allowed", "unit"),
        [
            (form.name, i.id, i.name, i.kind, allowed(i), i.unit)
            for form in pack.forms
            for i in form.items
        ],
    )
    yield (
        "visits",
        ("id", "name", "window", "form", "arm", "note"),
        [
            (
                v.id,
                v.name,
                window(v, names),
                [forms[form] for form in v.forms],
                [say(f"packs.arm-{arm.value}") for arm in v.arms],
                [
                    v.duty,
                    say(f"packs.pick-{v.pick.value}"),
                    say("packs.precedes", anchor=names["anchor", v.precedes])
                    if v.precedes
                    else None,
                    None if v.primary else say("packs.not-primary"),
                    None if v.owed else say("packs.offer"),
                ],
                v.basis,
            )
            for v in pack.visits
        ],
    )
    yield (
        "criteria",
        ("id", "name", "stage", "test", "guide"),
        [
            (
                c.id,
                c.name,
                say(f"packs.stage-{c.stage}"),
                question(c.test),
                c.guide,
                c.basis,
            )
            for c in pack.criteria
        ],
    )
    yield (
        "cohorts",
        ("id", "name", "baseline", "test"),
        [
            (c.id, c.name, visits[c.baseline], [question(t) for t in c.tests], c.basis)
            for c in pack.cohorts
        ],
    )
    yield (
        "endpoints",
        ("id", "name", "cohort", "measure", "baseline", "at", "by", "primary"),
        [
            (
                e.id,
                e.name,
                cohorts[e.cohort],
                e.measure,
                visits[e.baseline],
                visits[e.at],
                say(f"packs.by-{e.unit}", by=e.by),
                e.primary,
                e.basis,
            )
            for e in pack.endpoints
        ],
    )
    yield (
        "comparators",
        ("id", "name", "study", "baseline-day", "n", "figures"),
        [
            (c.id, c.name, row.study, row.baseline, row.n, _figures(c, row), c.basis)
            for c in pack.comparators
            for row in c.rows or (_NO_ROW,)
        ],
    )
    yield "matching", ("id", "name"), [(m.id, m.name) for m in pack.matching]


def _figures(comparator: Comparator, row: ComparatorRow) -> list[Message]:
    return [
        say("packs.figure", column=column.name, value=row.figures[column.id])
        for column in comparator.columns
        if column.id in row.figures
    ]


def owed(pack: Pack) -> Iterator[Table]:
    """What is owed, by whom, and what starts it."""
    names = named(pack)
    visits = {visit.id: visit.name for visit in pack.visits}
    specials = {special.id: special.name for special in pack.specials}
    yield (
        "events",
        ("id", "name", "way"),
        [(e.id, e.name, [way(one) for one in e.when], e.basis) for e in pack.events],
    )
    yield (
        "rules",
        ("id", "name", "owner", "when", "regimes", "addressee", "note"),
        [
            (
                r.id,
                r.name,
                say(f"due.owner-{r.owner.value}"),
                when(r, names),
                [names["state", regime] for regime in r.regimes],
                r.addressee,
                remarks(r),
                r.basis,
            )
            for r in pack.rules
        ],
    )
    yield (
        "booklets",
        ("id", "name", "after", "step", "owner", "when"),
        [
            (
                b.id,
                b.name,
                visits[b.after],
                step.name,
                say(f"due.owner-{step.owner.value}"),
                distance(step.due),
                b.basis,
            )
            for b in pack.booklets
            for step in b.steps
        ],
    )
    yield (
        "signals",
        ("id", "name", "fact", "special"),
        [
            (s.id, s.name, s.fact, specials.get(s.special), s.basis)
            for s in pack.signals
        ],
    )
    yield (
        "specials",
        ("id", "name", "days", "capture"),
        [
            (s.id, s.name, s.window or say("packs.any-time"), s.capture, s.basis)
            for s in pack.specials
        ],
    )
    yield (
        "reports",
        ("id", "name", "owner", "rule"),
        [
            (r.id, r.name, say(f"due.owner-{r.owner.value}"), r.rule, r.basis)
            for r in pack.reports
        ],
    )
    yield (
        "targets",
        ("arm", "number"),
        [(say(f"packs.arm-{t.arm.value}"), t.number, t.basis) for t in pack.targets],
    )
    yield "sources", ("id", "text"), [(s.id, s.text) for s in pack.sources]
