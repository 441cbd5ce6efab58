"""The events of one safety case as R2 prints them: what, when, how grave, why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from registry_app.domain.figures.cells import (
    columns,
    day,
    joined,
    refs_of,
    rows,
    said,
    written,
)
from registry_app.domain.figures.dataset import Patient
from registry_app.domain.figures.document import (
    Block,
    Figure,
    Ref,
    Row,
    Said,
    Table,
    Value,
)
from registry_app.domain.figures.infusion_curve import (
    Infusion,
    curve_table,
    infusion_curves,
)
from registry_app.domain.message import Message, say
from registry_app.domain.plan.pack import Pack
from registry_app.domain.safety import (
    Event,
    Expectedness,
    Judged,
    Seriousness,
    Suspect,
)


def _head(name: str) -> Message:
    return say(f"case_report.{name}")


def _refs(event: Event) -> tuple[Ref, ...]:
    return refs_of("event", [event.id], event.case_id)


def events_table(events: Sequence[Event], patient: Patient | None) -> Iterator[Block]:
    """What happened, with its onset in days since the injury and the treatment."""
    yield Table(
        "events",
        say("case_report.table-events"),
        columns(
            _head,
            ("number", 8.0),
            ("what", 40.0),
            ("coded", 43.0),
            ("onset", 19.0),
            ("from-injury", 19.0),
            ("from-treatment", 20.0),
            ("ended", 19.0),
        ),
        rows(
            (
                Value(f"{n}", n),
                written(event.what, _refs(event)),
                _coded(event),
                day(event.onset, _refs(event)),
                _since(event, _injury(patient)),
                _since(event, _treatment(patient)),
                day(event.ended, _refs(event)),
            )
            for n, event in enumerate(events, 1)
        ),
        notes=(say("case_report.note-days"), say("case_report.note-coded")),
    )
    yield Table(
        "seriousness",
        say("case_report.table-seriousness"),
        columns(
            _head,
            ("number", 8.0),
            ("serious", 44.0),
            ("criteria", 52.0),
            ("outcome", 32.0),
            ("infection", 32.0),
        ),
        rows(
            (
                Value(f"{n}", n),
                _serious(event),
                _criteria(event),
                said(event.outcome.told, event.outcome.value, _refs(event)),
                _yes(answer=event.infection, event=event),
            )
            for n, event in enumerate(events, 1)
        ),
        notes=(say("case_report.note-serious"),),
    )


def causality(events: Sequence[Event]) -> Iterator[Block]:
    """The judgement of reporter and holder for each source that may be suspected."""
    yield Table(
        "causality",
        say("case_report.table-causality"),
        columns(
            _head,
            ("number", 8.0),
            ("what", 46.0),
            ("suspect", 60.0),
            ("by-reporter", 27.0),
            ("by-holder", 27.0),
        ),
        tuple(_judgements(events)),
        notes=(say("case_report.note-causality"),),
    )


def _judgements(events: Sequence[Event]) -> Iterator[Row]:
    for n, event in enumerate(events, 1):
        for suspect in Suspect:
            first = suspect is Suspect.PRODUCT
            yield Row(
                f"{n}-{suspect.value}",
                (
                    Value(f"{n}", n),
                    written(event.what, _refs(event))
                    if first
                    else said(say("case_report.same"), event.what),
                    said(suspect.told, suspect.value),
                    _judged(event.by_reporter, suspect, event),
                    _judged(event.by_holder, suspect, event),
                ),
            )


def _judged(by: Mapping[str, Judged], suspect: Suspect, event: Event) -> Value:
    found = by.get(suspect.value)
    if found is None:
        return said(say("case_report.undecided"), None, _refs(event))
    return said(found.told, found.value, _refs(event))


def expectedness(events: Sequence[Event]) -> Iterator[Block]:
    """Whether the label describes each event, and which version was looked at."""
    yield Table(
        "expectedness",
        say("case_report.table-expectedness"),
        columns(
            _head,
            ("number", 8.0),
            ("what", 44.0),
            ("expected", 21.0),
            ("label", 20.0),
            ("expected-why", 54.0),
            ("frequency", 21.0),
        ),
        rows(
            (
                Value(f"{n}", n),
                written(event.what, _refs(event)),
                said(event.expected.told, event.expected.value, _refs(event)),
                written(event.label, _refs(event))
                if event.expected is not Expectedness.UNDECIDED
                else said(say("case_report.not-judged"), None, _refs(event)),
                written(event.expected_why, _refs(event)),
                _yes(answer=event.frequency, event=event),
            )
            for n, event in enumerate(events, 1)
        ),
        notes=(say("case_report.note-expected"),),
    )


def tests_of(
    events: Sequence[Event], patient: Patient | None, pack: Pack
) -> Iterator[Block]:
    """The tests of the events, and the SpO2 of the infusion where it was recorded."""
    yield Table(
        "tests",
        say("case_report.table-tests"),
        columns(
            _head,
            ("number", 8.0),
            ("test", 60.0),
            ("test-on", 24.0),
            ("test-value", 46.0),
            ("test-unit", 30.0),
        ),
        tuple(_findings(events)),
    )
    if patient is None:
        return
    for infusion in infusion_curves(pack, patient.case.exams):
        fact = infusion.fact
        if infusion.curve.points:
            yield Figure(
                f"saturation-{fact.form_id}",
                say("case_report.figure-saturation", day=fact.day.isoformat()),
                infusion.curve,
                notes=(say("case_report.note-saturation"), *_timeless(infusion)),
            )
        yield curve_table(infusion, patient.id)


def _timeless(infusion: Infusion) -> Iterator[Said]:
    """The lowest value that was written without its time: no place on the curve."""
    if infusion.lowest is not None:
        yield say("case_report.note-lowest", value=f"{infusion.lowest:g}")


def _findings(events: Sequence[Event]) -> Iterator[Row]:
    for n, event in enumerate(events, 1):
        numbered = sorted(event.tests.items(), key=lambda item: int(item[0]))
        for k, finding in numbered:
            yield Row(
                f"{n}-{k}",
                (
                    Value(f"{n}", n),
                    written(finding.name, _refs(event)),
                    day(finding.on, _refs(event)),
                    written(finding.value, _refs(event)),
                    written(finding.unit, _refs(event)),
                ),
            )


def _coded(event: Event) -> Value:
    """The term of a licensed set, with its code and version; none is shipped."""
    coded = event.coded
    if not coded.get("text"):
        return said(say("case_report.not-coded"), None, _refs(event))
    which = (coded.get(part, "—") for part in ("dictionary", "version", "code"))
    # As it was typed, in whatever language: not once for each language.
    words = f"{coded['text']} ({' '.join(which)})"
    return said(words, {**coded}, _refs(event))


def _injury(patient: Patient | None) -> date | None:
    return None if patient is None else patient.case.subject.injury_date


def _treatment(patient: Patient | None) -> date | None:
    return None if patient is None else patient.case.subject.treatment_date


def _since(event: Event, anchor: date | None) -> Value:
    """Days since an anchor, that day being day 0; before it they are negative."""
    if event.onset is None:
        return day(None, _refs(event))
    if anchor is None:
        return Value("—", None, _refs(event))
    days = (event.onset - anchor).days
    words = f"\u2212{-days}" if days < 0 else f"{days}"
    return Value(words, days, _refs(event))


def _serious(event: Event) -> Value:
    answer = event.is_serious
    if answer is None:
        return said(say("case_report.serious-undecided"), None, _refs(event))
    key = "is-serious" if answer else "not-serious"
    return said(say(f"case_report.{key}"), answer, _refs(event))


def _criteria(event: Event) -> Value:
    """The criteria that were answered yes, and those that nobody has answered."""
    met = [kind.told for kind in Seriousness if event.serious.get(kind.value)]
    open_ = [kind for kind in Seriousness if kind.value not in event.serious]
    found: Said = joined(met)
    if open_ and not met:
        words = say("case_report.criteria-open", number=len(open_))
        return said(words, {"met": [], "open": len(open_)}, _refs(event))
    return said(found or say("case_report.none-met"), dict(event.serious), _refs(event))


def _yes(*, answer: bool | None, event: Event) -> Value:
    """Yes, no, or that nobody has judged it."""
    word = {True: "yes", False: "no", None: "undecided"}[answer]
    return said(say(f"case_report.{word}"), answer, _refs(event))
