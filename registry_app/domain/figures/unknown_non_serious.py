"""R7, unknown non-serious events of a unit period (未知・非重篤不具合定期報告).

What the published questions and answers ask for (REGULATION.md section 5, S40): an
event that was mentioned inside a 15-day case stands here all the same; a case that
later information put out of scope is told as not reportable, and not left out; where
there is nothing, no report is owed.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from registry_app.domain.figures.cells import day, number, said, written
from registry_app.domain.figures.cover import addressee, owner_of, report_type
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    Document,
    FieldRow,
    Fields,
    Front,
    Mark,
    Prose,
    Row,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.event_classes import by_term
from registry_app.domain.figures.periodic import period_of
from registry_app.domain.figures.periodic_opening import written_slot
from registry_app.domain.figures.reported import (
    Reported,
    Reports,
    case_refs,
    days0,
    refs,
    reports,
    seriousness,
    with_event,
)
from registry_app.domain.figures.tally import (
    LONG,
    column,
    people,
    to_confirm,
    within,
    words,
)
from registry_app.domain.message import say
from registry_app.domain.report import Kind
from registry_app.domain.safety import CaseState, SafetyCase
from registry_app.domain.safety_class import classify
from registry_app.domain.subject import Arm

#: The class of what is not serious and not in the label.
E9: Final = "E9"


def unknown_non_serious(dataset: Dataset, cover: tuple[FieldRow, ...]) -> Document:
    """The whole report of the period of `dataset`."""
    found = reports(dataset)
    ours = [one for one in found.events if in_scope(one)]
    now = [one for one in ours if _in(dataset, one.learned)]
    gone = _dropped(dataset, found, {one.case.id for one in now})
    return Document(
        title=report_type(Kind.UNKNOWN_NON_SERIOUS, dataset.protocol),
        front=Front.PAGE,
        addressee=addressee(Kind.UNKNOWN_NON_SERIOUS, dataset.protocol),
        owner=owner_of(Kind.UNKNOWN_NON_SERIOUS, dataset.protocol),
        cover=cover,
        sections=(
            _overview(dataset, ours, now, gone, found),
            Section(
                "events-of-period",
                say("periodic.section-e9-events"),
                (_terms(ours, now), _listing(dataset, now)),
            ),
            Section(
                "not-reportable",
                say("periodic.section-not-reportable"),
                (_not_reportable(gone),),
            ),
            Section(
                "open-questions",
                say("periodic.section-undecided"),
                (_undecided(dataset, found),),
            ),
            Section(
                "discussion",
                say("periodic.section-discussion"),
                (written_slot(dataset, "discussion"),),
            ),
            Section(
                "actions",
                say("periodic.section-actions"),
                (written_slot(dataset, "actions"),),
            ),
        ),
        period=period_of(dataset),
        notices=(say("periodic.notice-marks"),),
    )


def in_scope(one: Reported) -> bool:
    """Not serious, not in the label, suspected, and still reportable.

    Nothing of a comparison patient can come from the product. Where a person has chosen
    the class of the whole case, what is not judged of an event follows that choice.
    """
    if not one.case.reportable or not one.suspected or _compared(one):
        return False
    if one.case.chosen_class == E9:
        return not one.serious and one.expected is not True
    return one.serious is False and one.expected is False


def _compared(one: Reported) -> bool:
    """Whether it is of a comparison patient."""
    patient = one.patient
    return patient is not None and patient.case.subject.arm is Arm.COMPARISON


def _in(dataset: Dataset, on: date | None) -> bool:
    """Whether a day is in the period; without one, until the day of the cut."""
    if dataset.period is None:
        return True
    return within(on, dataset.period)


def _dropped(
    dataset: Dataset, found: Reports, counted: set[str]
) -> tuple[SafetyCase, ...]:
    """Cases of the period that were of this class once and are not reportable now."""
    every = (*found.cases, *found.dismissed)
    events = {one.case.id for one in found.events if in_scope(one)}
    return tuple(
        case
        for case in sorted(every, key=lambda case: case.id)
        if case.id not in counted
        and any(_in(dataset, on) for on in days0(case))
        and (
            any(v.event_class == E9 for v in case.versions.values())
            or case.chosen_class == E9
        )
        and (
            not case.reportable
            or case.state is CaseState.NOT_A_CASE
            or case.id not in events
        )
    )


def _overview(
    dataset: Dataset,
    ours: Sequence[Reported],
    now: Sequence[Reported],
    gone: Sequence[SafetyCase],
    found: Reports,
) -> Section:
    cases = {one.case.id: one.case for one in now}
    who = with_event(now)
    owed = say("periodic.e9-owed" if now or gone else "periodic.e9-not-owed")
    fields = Fields(
        "e9-numbers",
        (
            FieldRow(
                "events", say("periodic.field-e9-events"), number(len(now), refs(now))
            ),
            FieldRow(
                "cases",
                say("periodic.field-e9-cases"),
                number(len(cases), case_refs(cases.values())),
            ),
            FieldRow("patients", say("periodic.field-e9-patients"), people(who)),
            FieldRow(
                "cumulative",
                say("periodic.field-e9-cumulative"),
                number(len(ours), refs(ours)),
            ),
            FieldRow(
                "not-reportable",
                say("periodic.field-e9-dropped"),
                number(len(gone), case_refs(gone)),
            ),
            FieldRow(
                "drafts",
                say("periodic.field-e9-drafts"),
                number(len(found.drafts), case_refs(found.drafts)),
            ),
            FieldRow("labels", say("periodic.field-labels"), _labels(dataset, now)),
        ),
    )
    return Section(
        "e9-overview",
        say("periodic.section-e9-overview"),
        (Prose(owed), fields, Prose(say("periodic.e9-rules"), note=True)),
        new_page=True,
    )


def _labels(dataset: Dataset, now: Sequence[Reported]) -> Value:
    """The versions of the label that expectedness was judged against."""
    versions = sorted({one.event.label for one in now})
    if versions:
        return Value(", ".join(versions), [*versions])
    product = dataset.protocol.pack.product
    own = () if product is None else product.labels
    return Value(own[-1].name, own[-1].version) if own else written("")


def _terms(ours: Sequence[Reported], now: Sequence[Reported]) -> Table:
    rows = []
    recent = {one.event.id for one in now}
    for group, terms in by_term(ours).items():
        every = [one for found in terms.values() for one in found]
        name = Value(group, group) if group else said(say("periodic.row-not-coded"), "")
        rows.append(_term(f"class:{group}", name, every, recent, group=True))
        for term, found in terms.items():
            rows.append(
                _term(f"{group}:{term}", Value(term, term), found, recent, group=False)
            )
    return Table(
        "e9-terms",
        say("periodic.table-e9-terms"),
        (
            words("term", 84),
            column("patients", 28),
            column("this-period", 28),
            column("cumulative", 28),
        ),
        tuple(rows),
        notes=(say("periodic.note-e9-terms"),),
    )


def _term(
    name: str,
    shown: Value,
    found: Sequence[Reported],
    recent: set[str],
    *,
    group: bool,
) -> Row:
    now = [one for one in found if one.event.id in recent]
    cells = (
        shown,
        people(with_event(now)),
        number(len(now), refs(now)),
        number(len(found), refs(found)),
    )
    return Row(name, cells, group, 0 if group else 1)


def _listing(dataset: Dataset, now: Sequence[Reported]) -> Table:
    """A line for each event, with the class of the case that it was reported in."""
    protocol = dataset.protocol
    classes = {one.id: one for one in protocol.pack.events}
    rows = []
    for one in now:
        events = [e for e in dataset.events if e.case_id == one.case.id]
        classed = classify(protocol.pack, one.case, events).event_class
        known = classes.get(classed)
        mark = Mark.NONE
        if known is not None:
            mark = to_confirm(protocol, f"event:{known.id}", known.basis)
        rows.append(
            Row(
                one.event.id,
                (
                    Value(one.case.id, one.case.id, case_refs([one.case])),
                    Value(one.patient.id if one.patient else "—", one.who),
                    written(one.term, (one.ref,)),
                    day(one.event.onset),
                    day(one.learned),
                    written(one.event.label),
                    Value(one.event.outcome.told, one.event.outcome.value),
                    Value(classed or "—", classed, mark=mark),
                ),
            )
        )
    return Table(
        "e9-listing",
        say("periodic.table-e9-listing"),
        (
            words("safety-case", 20),
            words("case", 21),
            words("term", 46),
            words("onset-date", 17),
            words("learned", 17),
            words("label", 14),
            words("outcome", 20),
            words("event-class", 13),
        ),
        tuple(rows),
        notes=(say("periodic.note-e9-listing"),),
        listing=len(rows) > LONG,
    )


def _not_reportable(gone: Sequence[SafetyCase]) -> Table:
    return Table(
        "e9-not-reportable",
        say("periodic.table-e9-dropped"),
        (
            words("safety-case", 26),
            words("case", 26),
            words("title", 50),
            words("why-not", 66),
        ),
        tuple(
            Row(
                case.id,
                (
                    Value(case.id, case.id, case_refs([case])),
                    Value(case.subject_id or "—", case.subject_id),
                    written(case.title),
                    _why_not(case),
                ),
            )
            for case in gone
        ),
        notes=(say("periodic.note-e9-dropped"),),
    )


def _why_not(case: SafetyCase) -> Value:
    """What a person wrote who found it not reportable; else that it is out of scope."""
    dismissed = not case.reportable or case.state is CaseState.NOT_A_CASE
    if dismissed and case.closed_why:
        return written(case.closed_why)
    return Value(say("periodic.out-of-scope"))


def _undecided(dataset: Dataset, found: Reports) -> Table:
    """Events that may yet belong here: a judgement is missing, and none is guessed."""
    waiting = [
        one
        for one in found.events
        if one.suspected
        and not _compared(one)
        and one.serious is not True
        and (one.serious is None or one.expected is None)
        and _in(dataset, one.learned)
    ]
    rows = [
        Row(
            one.event.id,
            (
                Value(one.case.id, one.case.id, case_refs([one.case])),
                written(one.term, (one.ref,)),
                Value(seriousness(one), one.serious),
                Value(one.event.expected.told, one.event.expected.value),
            ),
        )
        for one in waiting
    ]
    rows += [
        Row(
            case.id,
            (
                Value(case.id, case.id, case_refs([case])),
                written(case.title),
                Value(case.state.told, case.state.value),
                Value(say("periodic.word-not-judged")),
            ),
        )
        for case in found.drafts
    ]
    return Table(
        "e9-undecided",
        say("periodic.table-e9-undecided"),
        (
            words("safety-case", 28),
            words("event", 72),
            words("seriousness", 34),
            words("expectedness", 34),
        ),
        tuple(rows),
        notes=(say("periodic.note-e9-undecided"),),
        listing=len(rows) > LONG,
    )
