"""Safety signals: a form that shows one opens a draft of a case, in the same block.

Nothing is judged here. A draft waits for a person, who takes it or dismisses it; there
is one for each form and event of special interest, once, whatever became of it. Only
patients of the treated arm are watched: nobody else had the product.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.result import Interval
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.plan.pack import Pack, Special
from registry_app.domain.plan.signals import (
    Hit,
    Sheet,
    both,
    exam_hits,
    form_hits,
    sheet_signals,
)
from registry_app.domain.safety import CaseState, Event, Finding, SafetyCase
from registry_app.domain.subject import Arm, Subject
from registry_app.domain.visit import ISNCSCI
from registry_app.storage.exam_facts import exam_facts, sheets
from registry_app.storage.planned import subjects_of
from registry_app.storage.work import Reading, Work

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: So many patients are looked at with one statement.
_LOT: Final = 500


class _Shown(NamedTuple):
    """The signals that one form of a patient shows."""

    subject_id: str
    form: ExamFact
    hits: tuple[Hit, ...]


def watch(work: Work, desk: "Desk") -> None:
    """Look at the forms that were completed or corrected in this block.

    Also at the one after each, which has another one before it now.
    """
    forms = {touched.id for touched in work.touched if touched.what == "form"}
    if not forms:
        return
    pack = desk.planner.plan(work).protocol.watched
    if not pack.signals:
        return
    visits = {touched.id for touched in work.touched if touched.what == "visit"}
    patients = iter(sorted(subjects_of(work.connection, visits)))
    while lot := list(islice(patients, _LOT)):
        treated = [one.id for one in work.find(Subject, id=lot, arm=Arm.TREATED)]
        for shown in _shown(work, pack, treated, forms):
            _open(work, desk, pack, shown)


def next_number(work: Reading, site: str) -> str:
    """The number of the next case: ``SAP-S0001``."""
    numbers = (one.id.rpartition("S")[2] for one in work.find(SafetyCase))
    last = max((int(each) for each in numbers if each.isdecimal()), default=0)
    return f"{site}-S{last + 1:04d}"


def _shown(
    work: Work, pack: Pack, patients: Collection[str], forms: set[str]
) -> Iterator[_Shown]:
    plans = {plan.id: plan for plan in pack.forms if plan.items}
    pairs = []
    for subject_id, facts in exam_facts(work, patients).items():
        complete = [fact for fact in facts if fact.complete]
        exams = [fact for fact in complete if fact.instrument == ISNCSCI]
        for one, after in pairwise(exams):
            if one.form_id in forms or after.form_id in forms:
                pairs.append((subject_id, one, after))
        last: dict[str, ExamFact] = {}
        for fact in complete:
            plan, before = plans.get(fact.instrument), last.get(fact.instrument)
            last[fact.instrument] = fact
            touched = {fact.form_id, *([before.form_id] if before else [])} & forms
            if plan is not None and touched:
                earlier = before.values if before else None
                hits = form_hits(pack, plan, fact.day, fact.values, earlier)
                yield _Shown(subject_id, fact, hits)
    if sheet_signals(pack):
        yield from _falls(work, pack, pairs)


def _falls(
    work: Work, pack: Pack, pairs: Iterable[tuple[str, ExamFact, ExamFact]]
) -> Iterator[_Shown]:
    rest = iter(pairs)
    while lot := list(islice(rest, _LOT)):
        ids = {fact.form_id for _, *both_exams in lot for fact in both_exams}
        motor = {one: _motor(values) for one, values in sheets(work, ids).items()}
        for subject_id, *two in lot:
            before, after = (
                Sheet(fact.day, fact.ais, motor[fact.form_id]) for fact in two
            )
            yield _Shown(subject_id, two[1], exam_hits(pack, before, after))


def _motor(values: Mapping[str, str]) -> Interval:
    """The motor points of a sheet, between the least and the most they can be."""
    # Not at start: a window that shows the sign-in has no need of it.
    from registry_app.domain.isncsci.classify import classify

    totals = classify(Exam(values)).totals
    upper, lower = totals["uems"], totals["lems"]
    return Interval(upper.low + lower.low, upper.high + lower.high)


def _open(work: Work, desk: "Desk", pack: Pack, shown: _Shown) -> None:
    """A draft for each event of special interest that there is none for yet."""
    if not shown.hits:
        return
    known = work.find(SafetyCase, form_id=shown.form.form_id)
    specials = {one.id: one for one in pack.specials}
    for special in dict.fromkeys(hit.signal.special for hit in shown.hits):
        hits = [hit for hit in shown.hits if hit.signal.special == special]
        signals = ",".join(hit.signal.id for hit in hits)
        if any(_same(one, special, signals) for one in known):
            continue
        _draft(work, desk, shown, specials.get(special), hits)


def _same(one: SafetyCase, special: str, signals: str) -> bool:
    """Whether a case is about this already; without a special by its signals."""
    return one.special == special if special else one.signal == signals


def _draft(
    work: Work,
    desk: "Desk",
    shown: _Shown,
    special: Special | None,
    hits: list[Hit],
) -> None:
    # The first of the pack's order names the event; the case keeps every signal, and
    # the tests hold what each of them found.
    more = f" (+{len(hits) - 1})" if len(hits) > 1 else ""
    what = f"{both(hits[0].signal.name)}{more}"
    case = work.save(
        SafetyCase(
            next_number(work, desk.registry.site),
            what if special is None else both(special.name),
            state=CaseState.DRAFT,
            subject_id=shown.subject_id,
            signal=",".join(hit.signal.id for hit in hits),
            form_id=shown.form.form_id,
            special="" if special is None else special.id,
            hospital_aware=_today(desk),
        )
    )
    found: list[Finding] = []
    for hit in hits:
        found += [finding for finding in hit.findings if finding not in found]
    work.save(
        Event(
            desk.new_id(),
            case.id,
            what,
            shown.subject_id,
            onset=shown.form.day,
            special=case.special,
            tests={f"{at}": finding for at, finding in enumerate(found, 1)},
        )
    )


def _today(desk: "Desk") -> date:
    return day_in_japan(desk.clock())
