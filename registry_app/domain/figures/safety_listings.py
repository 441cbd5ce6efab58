"""R1 section 7: deaths, serious events, and what nobody has judged yet.

They name cases by their IDs, never people: no narrative is printed here, which may hold
what identifies somebody, but the title of the safety case.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from registry_app.domain.course import EndReason
from registry_app.domain.figures.cells import Refs, dash, day, joined, written
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.disposition import ended
from registry_app.domain.figures.document import Ref, Row, Said, Table, Value
from registry_app.domain.figures.reported import (
    Reported,
    Reports,
    causality,
    days0,
    expectedness,
)
from registry_app.domain.figures.tally import LONG, column, days_after, words
from registry_app.domain.message import Told, in_halves, say
from registry_app.domain.safety import CaseState, SafetyCase, Seriousness
from registry_app.domain.trail import Plain


def deaths(dataset: Dataset, own: Sequence[Reported]) -> Table:
    """Everybody who was given the product and died, by an event or without one.

    An end of follow-up by death without a fatal event is a gap, and said so.
    """
    fatal = [one for one in own if one.event.fatal]
    told = {one.who for one in fatal}
    silent = [
        p
        for p in dataset.patients
        if p.id not in told
        and p.case.subject.treatment_date is not None
        and ended(p, dataset.on) is EndReason.DEATH
    ]
    rows = [
        Row(
            one.event.id,
            (
                _who(one),
                days_after(one.onset_day),
                written(one.term, (one.ref,)),
                Value(causality(one), one.suspected),
                Value(expectedness(one), one.event.expected.value),
                _case(one.case),
            ),
        )
        for one in fatal
    ]
    return Table(
        "deaths",
        say("periodic.table-deaths"),
        (
            words("case", 21),
            column("after-treatment", 18),
            words("event", 60),
            words("causality", 22),
            words("expectedness", 25),
            words("safety-case", 22),
        ),
        (*rows, *(_silent(patient) for patient in silent)),
        notes=(say("periodic.note-deaths"),),
        listing=len(rows) + len(silent) > LONG,
    )


def _silent(patient: Patient) -> Row:
    subject, end = patient.case.subject, patient.case.follow_up
    on, given = (None if end is None else end.ended_on), subject.treatment_date
    away = (on - given).days if on and given else None
    of: Refs = (Ref("follow_up", patient.id, patient.id),)
    none = Value(say("periodic.word-not-judged"))
    return Row(
        f"ended:{patient.id}",
        (
            Value(patient.id, patient.id, of),
            days_after(away),
            Value(say("periodic.death-without-event")),
            none,
            none,
            dash(),
        ),
    )


def serious(own: Sequence[Reported]) -> Table:
    """Every serious event, and every one whose seriousness is not judged."""
    found = [one for one in own if one.serious is not False]
    return Table(
        "serious",
        say("periodic.table-serious"),
        (
            words("safety-case", 20),
            words("case", 22.5),
            words("event", 32),
            column("after-treatment", 11),
            words("why-serious", 36.5),
            words("judged", 31),
            words("outcome", 15),
        ),
        tuple(
            Row(
                one.event.id,
                (
                    _case(one.case),
                    _who(one),
                    _event(one),
                    days_after(one.onset_day),
                    _criteria(one),
                    Value(
                        say(
                            "periodic.both-judged",
                            expected=expectedness(one),
                            cause=causality(one),
                        )
                    ),
                    Value(one.event.outcome.told, one.event.outcome.value),
                ),
            )
            for one in found
        ),
        notes=(say("periodic.note-serious"),),
        listing=len(found) > LONG,
    )


def _event(one: Reported) -> Value:
    """Its term, and what the case is called where that says more."""
    said: Said = in_halves(one.term)
    if one.term in one.case.title:
        said = in_halves(one.case.title)
    elif not one.case.signal:
        title = in_halves(one.case.title)
        said = say("periodic.term-and-title", term=said, title=title)
    return Value(said, one.term, (one.ref,))


def _criteria(one: Reported) -> Value:
    """Which criteria make it serious, joined; not judged where none was answered."""
    met = [kind.told for kind in Seriousness if one.event.serious.get(kind.value)]
    if not met:
        return Value(say("periodic.word-not-judged"))
    data: Plain = [name for name, yes in one.event.serious.items() if yes]
    said = met[-1]
    for criterion in reversed(met[:-1]):
        said = say("periodic.and", first=criterion, rest=said)
    return Value(said, data)


def drafts(dataset: Dataset, found: Reports) -> Table:
    """Drafts that a signal opened and nobody has judged; cases found to be none."""
    signals = {one.id: one.name for one in dataset.protocol.signals()}
    rows = [
        Row(
            case.id,
            (
                _case(case),
                written(case.subject_id),
                written(case.title),
                _signals(case, signals),
                day(_since(case)),
                Value(case.state.told, case.state.value),
            ),
        )
        for case in (*found.drafts, *found.dismissed)
    ]
    waiting = sum(case.state is CaseState.DRAFT for case in found.drafts)
    return Table(
        "drafts",
        say("periodic.table-drafts", drafts=waiting, none=len(found.dismissed)),
        (
            words("safety-case", 20),
            words("case", 22.5),
            words("title", 38.5),
            words("signal", 52),
            words("since", 18),
            words("state", 17),
        ),
        tuple(rows),
        notes=(say("periodic.note-drafts"),),
        listing=len(rows) > LONG,
    )


def _since(case: SafetyCase) -> date | None:
    return next(iter(days0(case)), case.hospital_aware)


def _who(one: Reported) -> Value:
    return Value(one.who, one.who, (one.ref,))


def _case(case: SafetyCase) -> Value:
    return Value(case.id, case.id, (Ref("safety_case", case.id, case.id),))


def _signals(case: SafetyCase, names: Mapping[str, Told]) -> Value:
    """The signals that opened a case, by name; — where a person did."""
    found = [one for one in case.signal.split(",") if one]
    if not found:
        return dash()
    return Value(joined(names.get(one, one) for one in found), case.signal)
