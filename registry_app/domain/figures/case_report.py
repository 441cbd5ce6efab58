"""R2, the report of one safety case: the thirteen parts of REGULATION.md section 8.

The same parts fill the form of the physician (再生医療等製品安全性情報報告書). Nothing
is guessed: what nobody has written is named 未記載, what nobody has judged 未判定, and
it counts as the graver of its readings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from registry_app.domain.errors import NotFound
from registry_app.domain.figures.case_clocks import case_clocks, next_clock
from registry_app.domain.figures.case_events import (
    causality,
    events_table,
    expectedness,
    tests_of,
)
from registry_app.domain.figures.case_product import product_section
from registry_app.domain.figures.case_versions import letters_table, versions_table
from registry_app.domain.figures.cells import (
    columns,
    day,
    fields,
    joined,
    refs_of,
    rows,
    said,
    written,
)
from registry_app.domain.figures.cover import (
    below_title,
    conditions,
    long_day,
    shown,
)
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import (
    Block,
    Document,
    FieldRow,
    Fields,
    Front,
    Mark,
    Prose,
    Ref,
    Said,
    Section,
    Table,
    Value,
)
from registry_app.domain.message import Message, in_halves, say
from registry_app.domain.safety import CaseState, CaseVersion, Event, SafetyCase
from registry_app.domain.safety_class import Classed, classify


def case_report(case_id: str, dataset: Dataset, cover: Sequence[FieldRow]) -> Document:
    """The report of a case as of the dataset. `cover`: the common fields.

    Raises NotFound where there is no such case as of the cut.
    """
    case = next((each for each in dataset.cases if each.id == case_id), None)
    if case is None:
        raise NotFound("case_report.no-case", case=case_id)
    own = (each for each in dataset.events if each.case_id == case.id)
    events = tuple(sorted(own, key=lambda event: (event.onset or date.max, event.id)))
    letters = tuple(each for each in dataset.letters if each.case_id == case.id)
    patient = next((p for p in dataset.patients if p.id == case.subject_id), None)
    classed = classify(dataset.protocol.pack, case, events)
    serious = any(event.is_serious is not False for event in events)
    return Document(
        title=shown(cover, "type"),
        front=Front.THIRD,
        addressee=shown(cover, "addressee"),
        owner=shown(cover, "owner"),
        cover=(*_cover(case, classed, dataset), *below_title(cover)),
        sections=(
            _ids(case, events, classed, dataset),
            _section("reporter", Fields("reporter", _reporter(case))),
            _section("patient", Fields("patient", _patient(case, events, patient))),
            _section("history", *_history(case, patient)),
            product_section(patient, dataset.protocol.pack),
            _section("concomitant", *_typed(case.concomitant)),
            _section("events", *events_table(events, patient)),
            _section("tests", *tests_of(events, patient, dataset.protocol.watched)),
            _section("narrative", *_typed(case.narrative)),
            _section("causality", *causality(events), *_comments(case)),
            _section("expectedness", *expectedness(events)),
            _section("measures", *_measures(case, events)),
            _section("versions", versions_table(case), letters_table(letters)),
        ),
        appendix=(
            Section(
                "conditions",
                say("cover.part-conditions"),
                (conditions(dataset.protocol),),
            ),
        ),
        notices=tuple(
            _notices(
                approved=dataset.protocol.pack.machine is not None, serious=serious
            )
        ),
    )


def label(name: str) -> Message:
    """The label of a field of this report."""
    return say(f"case_report.{name}")


def _section(name: str, *blocks: Block) -> Section:
    return Section(name, say(f"case_report.part-{name}"), blocks)


def _typed(text: str) -> Iterator[Block]:
    """A text as it was typed, a paragraph a line; 未記載 where there is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        yield Prose(say("cover.not-written"))
    for line in lines:
        yield Prose(line)


def _ref(case: SafetyCase) -> tuple[Ref, ...]:
    return (Ref("safety_case", case.id, case.id),)


def _latest(case: SafetyCase) -> tuple[str, CaseVersion] | None:
    """The newest version of a case, by its number."""
    return max(case.versions.items(), key=lambda item: int(item[0]), default=None)


def _version_said(case: SafetyCase) -> Said:
    found = _latest(case)
    if found is None:
        return say("case_report.no-version")
    number = int(found[0])
    if number == 1:
        return say("case_report.initial")
    first = case.versions.get("1")
    if first is not None and first.sent_on is None:
        return say("case_report.initial-late", number=number - 1)
    return say("case_report.follow-up", number=number - 1)


def _class(case: SafetyCase, classed: Classed, dataset: Dataset) -> Value:
    """The class in force: what a person chose, or what was computed; its name too."""
    chosen = case.chosen_class or classed.event_class
    pack = dataset.protocol.pack
    found = next((each for each in pack.events if each.id == chosen), None)
    unsure = {part.id for part in dataset.protocol.unsure()}
    mark = Mark.TO_CONFIRM if f"event:{chosen}" in unsure else Mark.NONE
    if found is None:
        return Value(chosen or say("case_report.no-class"), chosen, _ref(case))
    return Value(found.name, chosen, _ref(case), strong=True, mark=mark)


def _cover(
    case: SafetyCase, classed: Classed, dataset: Dataset
) -> tuple[FieldRow, ...]:
    """What PAPER.md section 7 adds for this report."""
    found = _latest(case)
    version = None if found is None else found[1]
    clock = next_clock(case, dataset)
    receipts = [v.receipt for v in case.versions.values() if v.receipt]
    day0 = None if version is None else version.day0
    if clock is not None:
        day0 = clock.trigger
    due = said(say(f"case_report.{_why_no_clock(case, classed)}"))
    if clock is not None and clock.last_day is not None:
        mark = Mark.TO_CONFIRM if clock.to_confirm else Mark.NONE
        words: Said = long_day(clock.last_day)
        if not clock.legal:
            words = say("case_report.guide", day=words)
        due = Value(words, clock.last_day.isoformat(), _ref(case), mark=mark)
    return fields(
        label,
        [
            ("case", Value(case.id, case.id, _ref(case), strong=True)),
            ("class-in-force", _class(case, classed, dataset)),
            ("report-kind", said(_version_said(case), None, _ref(case))),
            ("day-0", _long(day0, _ref(case))),
            ("due", due),
            ("receipts", written(", ".join(receipts), _ref(case))),
        ],
    )


def _why_no_clock(case: SafetyCase, classed: Classed) -> str:
    """Why no clock of the report runs: a draft, no day 0 yet, or of no such class."""
    if not classed.event_class:
        return "no-clock"
    if case.state is CaseState.DRAFT:
        return "draft-clock"
    return "no-clock" if case.versions else "no-day-0"


def _long(value: date | None, refs: tuple[Ref, ...]) -> Value:
    if value is None:
        return day(None, refs)
    return Value(long_day(value), value.isoformat(), refs)


def _ids(
    case: SafetyCase, events: Sequence[Event], classed: Classed, dataset: Dataset
) -> Section:
    ref = _ref(case)
    # What it would be without a person's choice, which is told in rows of its own.
    computed = classify(dataset.protocol.pack, replace(case, chosen_class=""), events)
    why = joined(computed.why)
    others = sorted(set(classed.if_decided.values()) - {classed.event_class})
    # The kind of report and, unless chosen, the class stand just above, as day 0 does.
    named: list[tuple[str, Value]] = [
        ("case-title", said(_titled(case), [case.id, case.title], ref)),
        (
            "origin-state",
            said(_standing(case), [case.origin.value, case.state.value], ref),
        ),
        ("class-computed", Value(computed.event_class or "—", computed.event_class)),
        ("class-why", said(why or "—", None, refs_of("event", (e.id for e in events)))),
    ]
    if not classed.sure:
        named_classes = joined(one or say("case_report.no-class") for one in others)
        words = say("case_report.class-open", classes=named_classes or "—")
        named.append(("class-undecided", said(words, [*others], ref)))
    if case.chosen_class:
        named.append(("class-in-force", _class(case, classed, dataset)))
        named.append(("class-chosen-why", written(case.chosen_why, ref)))
    if case.signal:
        named.append(("signal", said(_signal(case, dataset), case.signal, ref)))
    if not case.reportable:
        named.append(("not-reportable", written(case.closed_why, ref)))
    elif case.closed_why:
        named.append(("closed-why", written(case.closed_why, ref)))
    return _section(
        "ids",
        Fields("ids", fields(label, named)),
        case_clocks(case, dataset),
    )


def _titled(case: SafetyCase) -> Said:
    title = in_halves(case.title)
    if isinstance(title, str):
        return f"{case.id}  {title}"  # as it was typed: not once for each language
    return say("case_report.numbered", number=case.id, title=title)


def _standing(case: SafetyCase) -> Said:
    return joined((case.origin.told, case.state.told))


def _signal(case: SafetyCase, dataset: Dataset) -> Said:
    names = {each.id: each.name for each in dataset.protocol.signals()}
    return joined(names.get(one, one) for one in case.signal.split(","))


def _reporter(case: SafetyCase) -> tuple[FieldRow, ...]:
    ref = _ref(case)
    return fields(
        label,
        [
            ("reporter", written(case.reporter, ref)),
            ("hospital-aware", day(case.hospital_aware, ref)),
            ("holder-aware", day(_first_day(case), ref)),
        ],
    )


def _first_day(case: SafetyCase) -> date | None:
    first = case.versions.get("1")
    return None if first is None else first.day0


def _patient(
    case: SafetyCase, events: Sequence[Event], patient: Patient | None
) -> tuple[FieldRow, ...]:
    """Who, without initials: the case ID, the decade of the age, the sex."""
    if patient is None:
        key = "no-patient" if not case.subject_id else "patient-not-there"
        return fields(label, [("case-id", said(label(key), case.subject_id))])
    subject = patient.case.subject
    ref = (Ref("subject", subject.id, subject.id),)
    onset = min((e.onset for e in events if e.onset), default=None)
    return fields(
        label,
        [
            ("case-id", Value(subject.id, subject.id, ref)),
            ("age-band", _age(subject.birth_year, onset or subject.injury_date, ref)),
            ("sex", said(say(f"subject.sex-{subject.sex.value}"), subject.sex, ref)),
            ("injury-date", day(subject.injury_date, ref)),
            ("treatment-date", day(subject.treatment_date, ref)),
        ],
    )


def _age(born: int | None, on: date, ref: tuple[Ref, ...]) -> Value:
    """The decade of the age on a day; of a birth year both that are possible."""
    if born is None:
        return Value(say("cover.not-written"), None, ref)
    least, most = (max(0, on.year - born - less) // 10 * 10 for less in (1, 0))
    key = "decade" if least == most else "decades"
    words = say(f"case_report.{key}", first=f"{least}", last=f"{most}")
    return Value(words, [least, most], ref)


def _history(case: SafetyCase, patient: Patient | None) -> Iterator[Block]:
    if patient is not None:
        subject = patient.case.subject
        ref = (Ref("subject", subject.id, subject.id),)
        standing = patient.cohort
        grade = standing.baseline_grade
        cause = say(f"subject.cause-{subject.cause.value}")
        yield Fields(
            "disease",
            fields(
                label,
                [
                    ("disease-name", said(say("case_report.spinal-cord-injury"))),
                    ("cause", said(cause, subject.cause.value, ref)),
                    ("baseline-grade", written(grade, ref)),
                ],
            ),
        )
    yield from _typed(case.history)


def _comments(case: SafetyCase) -> Iterator[Block]:
    ref = _ref(case)
    yield Fields(
        "comments",
        fields(
            label,
            [
                ("reporter-comment", written(case.reporter_comment, ref)),
                ("holder-comment", written(case.holder_comment, ref)),
            ],
        ),
    )


def _measures(case: SafetyCase, events: Sequence[Event]) -> Iterator[Block]:
    # The one line first: behind the table it would begin a page alone.
    yield Fields(
        "measures", fields(label, [("measures", written(case.measures, _ref(case)))])
    )
    yield Table(
        "treatment",
        say("case_report.table-treatment"),
        columns(label, ("what", 60.0), ("treatment", 108.0)),
        rows(
            (
                written(event.what, refs_of("event", [event.id], case.id)),
                written(event.treatment, refs_of("event", [event.id], case.id)),
            )
            for event in events
        ),
    )


def _notices(*, approved: bool, serious: bool) -> Iterator[Said]:
    """`approved`: under an approval of the PMD Act; its form and its relief service
    are not those of clinical research (REGULATION.md section 9).
    """
    yield say("case_report.notice-owner")
    if approved:
        yield say("case_report.notice-physician-form")
    if approved and serious:
        yield say("case_report.notice-relief")
