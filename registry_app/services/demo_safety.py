"""The safety record of a training registry, what is disclosed, the evaluation plan.

Events are those that the label lists or that CLINICAL.md section 6 names, given to
made-up patients by their place in the round. Most were reported long ago; the newest
ones have clocks that run, and the newest draft waits for a person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from registry_app.domain.course import EndReason, FollowUp
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.publication import Publication, PublicationKind
from registry_app.domain.rights import Deed
from registry_app.domain.safety import (
    CaseOrigin,
    CaseState,
    CaseVersion,
    Event,
    Expectedness,
    Finding,
    Judged,
    Letter,
    Outcome,
    SafetyCase,
    Seriousness,
    Suspect,
)
from registry_app.domain.subject import Subject
from registry_app.services import safety_deeds
from registry_app.services.demo_course import ROUND
from registry_app.services.desk import Desk
from registry_app.services.evaluation import lock_evaluation, save_evaluation
from registry_app.services.publications import save_publication
from registry_app.services.rights import needs
from registry_app.services.safety import case_file, safety_cases

_LABEL: Final = "3"
#: Days after the onset until the hospital knew, then the holder, then PMDA.
_KNOWN, _TOLD, _SENT = 1, 2, 12
#: Cases so young still have clocks that run; the drafts of so many are left.
_FRESH: Final = 30


@dataclass(frozen=True, slots=True)
class _Kind:
    """One sort of event: its words are in people.toml. `after`: days to its onset."""

    name: str
    after: int
    serious: tuple[Seriousness, ...] = ()
    expected: bool = False
    infection: bool = False
    special: str = ""
    suspect: Suspect = Suspect.PRODUCT
    outcome: Outcome = Outcome.RECOVERED


_ANAEMIA: Final = _Kind(
    "anaemia", -18, expected=True, special="harvest", suspect=Suspect.HARVEST
)
_PUNCTURE: Final = _Kind(
    "puncture", -20, expected=True, special="harvest", suspect=Suspect.HARVEST
)
_FEVER: Final = _Kind("fever", 1, special="infusion-reaction")
_SEPSIS: Final = _Kind(
    "sepsis", 21, (Seriousness.HOSPITAL,), infection=True, special="infection"
)
_TRANSFUSION: Final = _Kind(
    "transfusion",
    -15,
    (Seriousness.HOSPITAL,),
    expected=True,
    special="harvest",
    suspect=Suspect.HARVEST,
)
_PAIN: Final = _Kind(
    "pain", 90, special="neuropathic-pain", outcome=Outcome.NOT_RECOVERED
)
_THROMBUS: Final = _Kind("thrombus", 9, (Seriousness.MAY_LEAD,), special="lung")
#: By the place in the round.
_EVENTS: Final[Mapping[int, tuple[_Kind, ...]]] = {
    0: (_PUNCTURE, _FEVER),
    4: (_ANAEMIA,),
    9: (_ANAEMIA, _PAIN),
    10: (_FEVER,),
    13: (_TRANSFUSION,),
    19: (_FEVER, _PUNCTURE),
    21: (_ANAEMIA,),
    22: (_PAIN,),
}
#: What only every so many rounds have.
_RARE: Final[Mapping[int, tuple[_Kind, ...]]] = {1: (_THROMBUS,), 4: (_SEPSIS,)}
_NO_NUMBER: Final = "0000"


@needs(Deed.SAFETY)
def write_safety(
    desk: Desk, patients: list[Subject], today: date, people: Mapping[str, Any]
) -> None:
    """Cases and events of these patients, in the order of their numbers."""
    words = people["safety"]
    for number, subject in enumerate(patients):
        for kind in _kinds(number):
            _write(desk, subject, kind, today, words)
    _deaths(desk, patients, today, words)
    _foreign(desk, today, words)
    _newest(desk, patients, today, words)
    _judge_drafts(desk, today, words)


def _kinds(number: int) -> Iterator[_Kind]:
    yield from _EVENTS.get(number % ROUND, ())
    if number // ROUND % 3 == 0:
        yield from _RARE.get(number % ROUND, ())


def _write(
    desk: Desk, subject: Subject, kind: _Kind, today: date, words: Mapping[str, Any]
) -> None:
    """One old case, reported in time where it had to be."""
    if subject.treatment_date is None:
        return
    onset = subject.treatment_date + timedelta(days=kind.after)
    if (today - onset).days <= _FRESH:
        return
    case = safety_deeds.open_case(
        desk,
        SafetyCase(
            "",
            words[kind.name],
            subject_id=subject.id,
            special=kind.special,
            hospital_aware=onset + timedelta(days=_KNOWN),
            reporter=words["reporter"],
            versions={"1": CaseVersion(onset + timedelta(days=_TOLD))},
            narrative=words["narrative"].format(event=words[kind.name]),
            measures=words["measures"],
        ),
        (_event(kind, onset, words),),
    )
    if case_file(desk, case.id).classed.event_class in ("E9", "E10", ""):
        safety_deeds.close_case(desk, case.id, words["closed"])
        return
    sent = onset + timedelta(days=_SENT)
    receipt = f"{words['receipt']}-{case.id[-4:]}"
    safety_deeds.record_sent(desk, case.id, "1", sent, receipt)
    safety_deeds.add_letter(
        desk,
        Letter(
            "",
            case.id,
            sent + timedelta(days=5),
            True,
            "PMDA",
            words["way"],
            words["letter"],
            receipt,
        ),
    )


def _event(kind: _Kind, onset: date, words: Mapping[str, Any]) -> Event:
    judged = {
        suspect.value: Judged.SUSPECTED
        if suspect is kind.suspect
        else Judged.UNKNOWN
        if suspect is Suspect.INJURY
        else Judged.RULED_OUT
        for suspect in Suspect
    }
    ended = None if kind.outcome is not Outcome.RECOVERED else onset + timedelta(days=7)
    return Event(
        "",
        "",
        words[kind.name],
        coded={
            "dictionary": words["dictionary"],
            "version": _NO_NUMBER,
            "code": f"DEMO-{kind.name}",
            "text": words[kind.name],
            "group": words["group"][kind.name],
        },
        onset=onset,
        ended=ended,
        serious={one.value: one in kind.serious for one in Seriousness},
        expected=Expectedness.EXPECTED if kind.expected else Expectedness.UNEXPECTED,
        label=_LABEL,
        infection=kind.infection,
        by_reporter=judged,
        by_holder=judged,
        outcome=kind.outcome,
        treatment=words["treatment"],
        special=kind.special,
        tests={"1": Finding(words["test"], onset, "1.0", "mg/dL")},
    )


def _deaths(
    desk: Desk, patients: list[Subject], today: date, words: Mapping[str, Any]
) -> None:
    """Who died after the product: both judges ruled it out, so that nothing is due."""
    with desk.read() as reading:
        ends = {end.id: end for end in reading.find(FollowUp, reason=EndReason.DEATH)}
    for subject in patients:
        end = ends.get(subject.id)
        treated_on = subject.treatment_date
        if end is None or end.ended_on is None or treated_on is None:
            continue
        kind = _Kind(
            "death",
            (end.ended_on - treated_on).days,
            (Seriousness.DEATH,),
            suspect=Suspect.INJURY,
            outcome=Outcome.FATAL,
        )
        _write(desk, subject, kind, today, words)


def _foreign(desk: Desk, today: date, words: Mapping[str, Any]) -> None:
    """A report of the literature, and a defect of a container whose clock runs."""
    aware = today - timedelta(days=200)
    read = safety_deeds.open_case(
        desk,
        SafetyCase(
            "",
            words["literature"],
            CaseOrigin.LITERATURE,
            reporter=words["reporter"],
            versions={"1": CaseVersion(aware)},
            narrative=words["literature"],
        ),
    )
    sent = aware + timedelta(days=_SENT)
    safety_deeds.record_sent(desk, read.id, "1", sent, words["receipt"])
    safety_deeds.close_case(desk, read.id, words["closed"])
    safety_deeds.open_case(
        desk,
        SafetyCase(
            "",
            words["defect"],
            CaseOrigin.DEFECT,
            versions={"1": CaseVersion(today - timedelta(days=10))},
            narrative=words["defect"],
        ),
    )


def _newest(
    desk: Desk, patients: list[Subject], today: date, words: Mapping[str, Any]
) -> None:
    """A serious unexpected case whose clock began again, and one that is undecided."""
    treated = [
        one
        for one in patients
        if one.treatment_date and one.treatment_date < today - timedelta(days=40)
    ]
    if len(treated) < 2:
        return
    for subject, ago, judged in zip(treated, (13, 6), (True, False), strict=False):
        onset = today - timedelta(days=ago + 1)
        event = _event(_THROMBUS, onset, words)
        if not judged:
            event = Event("", "", words["undecided"], onset=onset)
        case = safety_deeds.open_case(
            desk,
            SafetyCase(
                "",
                event.what,
                subject_id=subject.id,
                special=event.special,
                hospital_aware=today - timedelta(days=ago),
                reporter=words["reporter"],
                versions={"1": CaseVersion(today - timedelta(days=ago - 1))},
                narrative=words["narrative"].format(event=event.what),
            ),
            (event,),
        )
        if judged:
            more = CaseVersion(today - timedelta(days=4), words["more"])
            safety_deeds.new_version(desk, case.id, more)


def _judge_drafts(desk: Desk, today: date, words: Mapping[str, Any]) -> None:
    """Old drafts of the signals were judged: every second one as a case."""
    lines = [one for one in safety_cases(desk) if one.case.state is CaseState.DRAFT]
    lines.sort(key=lambda line: (line.events[0].onset or today, line.case.id))
    for number, line in enumerate(lines[:-1]):
        case = line.case
        if number % 2:
            safety_deeds.dismiss(desk, case.id, words["no-case"])
            continue
        aware = line.events[0].onset or today
        safety_deeds.take_draft(
            desk,
            case.id,
            hospital_aware=aware,
            holder_aware=min(today, aware + timedelta(days=1)),
            reason=words["taken"],
        )
        sent = min(today, aware + timedelta(days=_SENT))
        safety_deeds.record_sent(desk, case.id, "1", sent, words["receipt"])


@needs(Deed.PLAN)
def write_plan(desk: Desk, today: date, people: Mapping[str, Any]) -> None:
    """The evaluation plan, locked long ago, and what is registered and published."""
    words = people["evaluation"]
    plan = save_evaluation(
        desk,
        Evaluation(
            "",
            words["label"],
            today,
            words["approver"],
            why=words["why"],
        ),
    )
    lock_evaluation(desk, plan.id, words["approver"])
    for kind, name, ended, results in (
        (PublicationKind.TRIAL, "survey", 430, None),
        (PublicationKind.TRIAL, "trial", 1500, 1300),
        (PublicationKind.PAPER, "paper", 1500, 1300),
    ):
        told = people["publication"]
        days = [today - timedelta(days=n) if n else None for n in (ended, results)]
        save_publication(
            desk,
            Publication(
                "",
                kind,
                told[name],
                told["number"],
                today - timedelta(days=ended + 700),
                days[0],
                days[1],
                told["where"] if results else "",
                funder=told["funder"],
                conflicts=told["conflicts"],
                note=told["note"],
            ),
        )
