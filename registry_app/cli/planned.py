"""What ``registry-app plan`` finds: a patient's windows and every obligation, told.

What stands in a registry and not here: exams, what was done, confirmed rules. So the
pack alone speaks, and everything that has a date is shown with how it was found.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from registry_app.cli.duties import (
    duty_data,
    not_after,
    read_as_of,
    read_day,
    status,
    step_lines,
    window_data,
)
from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import Course
from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.derivation import steps
from registry_app.domain.plan.duties import product_duties, subject_duties
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.pack import Anchor, Confidence, Origin, Pack
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import RegimeEntry, Setting
from registry_app.domain.plan.regime import check_entry, state_on
from registry_app.domain.plan.windows import Window, window_steps, windows
from registry_app.domain.subject import Arm, Sex, Subject
from registry_app.packs.loader import load_pack
from registry_app.words import Words

#: Stands where a registry has a case ID.
_CASE: Final = "case"


@dataclass(frozen=True, slots=True)
class Planned:
    """What was found for one patient."""

    protocol: Protocol
    case: Case
    as_of: date
    windows: tuple[Window, ...]
    of_patient: tuple[Duty, ...]
    of_product: tuple[Duty, ...]


class Given(NamedTuple):
    """What was asked, as it was written."""

    pack: str
    injury: str
    treatment: str | None = None
    events: Sequence[str] = ()
    arm: str | None = None
    as_of: str | None = None


def plan(given: Given) -> Planned:
    """The plan of that patient.

    Raises RegistryError for an unknown pack or name, and for a date that is none, has
    not come, or cannot be.
    """
    as_of = read_as_of(given.as_of)
    injury = not_after(read_day(given.injury, "--injury"), as_of)
    treatment = None
    if given.treatment is not None:
        treatment = read_day(given.treatment, "--treatment")
    pack = load_pack(given.pack)
    events = _events(pack, given.events)
    protocol = _protocol(pack, events)
    case = _case(pack, injury, treatment, events, given.arm)
    return Planned(
        protocol,
        case,
        as_of,
        windows(protocol, case),
        ledger(subject_duties(protocol, case), {}, as_of),
        ledger(product_duties(protocol, (), (), {}, as_of), {}, as_of),
    )


# --- what was given


def _named(pack: Pack) -> dict[str, Anchor | None]:
    """What a date can be given for: anchors but the two with an option, the dates of
    the product, the states of the approval.
    """
    anchors = [
        a for a in pack.anchors if a.origin not in (Origin.INJURY, Origin.TREATMENT)
    ]
    states = () if pack.machine is None else pack.machine.states
    return {
        **{state.id: None for state in states},
        **{base.id: None for base in pack.base_dates},
        **{anchor.id: anchor for anchor in anchors},
    }


def _events(pack: Pack, given: Sequence[str]) -> dict[str, date]:
    """Each NAME=DATE. Raises InvalidValue, NotFound and Refused for what is none."""
    known, found = _named(pack), dict[str, date]()
    for text in given:
        name, equals, day = text.partition("=")
        name = name.strip()
        if not equals or not name:
            raise InvalidValue("clock.not-an-event", text=text)
        if name not in known:
            raise NotFound(
                "clock.no-such-event", name=name, pack=pack.id, known=", ".join(known)
            )
        if name in found:
            raise Refused("clock.twice", name=name)
        found[name] = read_day(day, f"--event {name}")
    return found


def _protocol(pack: Pack, events: Mapping[str, date]) -> Protocol:
    """The pack with the dates and the states that were given, each one checked."""
    settings = {
        f"date:{base.id}": Setting(
            f"date:{base.id}", {"date": events[base.id].isoformat()}
        )
        for base in pack.base_dates
        if base.id in events
    }
    protocol = Protocol(pack, settings)
    states = () if pack.machine is None else pack.machine.states
    entered = sorted((events[s.id], s.id) for s in states if s.id in events)
    for on, state in entered:
        extends = pack.machine is not None and state == pack.machine.extends
        whole = pack.machine.extension if pack.machine else None
        years = whole.months // 12 if extends and whole else 0
        entry = RegimeEntry(state, state, on, "--event", years)
        check_entry(protocol, entry)
        protocol = Protocol(pack, settings, (*protocol.regime, entry))
    return protocol


def _case(
    pack: Pack,
    injury: date,
    treatment: date | None,
    events: Mapping[str, date],
    arm: str | None,
) -> Case:
    treats = any(a.origin is Origin.TREATMENT for a in pack.anchors)
    usual = Arm.TREATED if treats or treatment else Arm.COMPARISON
    subject = Subject(
        _CASE,
        usual if arm is None else Arm(arm),
        Sex.UNKNOWN,
        injury,
        treatment_date=treatment,
    )
    dates, consents = {}, []
    for name, anchor in _named(pack).items():
        if anchor is None or name not in events:
            continue
        day = events[name]
        if day < injury:
            raise Refused("clock.before-injury", name=name, day=day, injury=injury)
        if anchor.origin is Origin.CONSENT:
            consents.append(Consent(name, _CASE, Scope.TREATMENT, "", day))
        else:
            dates[name] = day
    return Case(subject, Course(_CASE, dates), consents=tuple(consents))


# --- as data


def _waiting(planned: Planned) -> list[tuple[Any, Anchor]]:
    """The visits whose anchor has no date yet."""
    protocol, case = planned.protocol, planned.case
    return [
        (visit, anchor)
        for visit in protocol.visits()
        if case.subject.arm in visit.arms
        and case.day_of(anchor := protocol.anchor(visit.anchor)) is None
    ]


def as_data(planned: Planned, words: Words) -> dict[str, Any]:
    """The plan as one object."""
    protocol, case, as_of = planned.protocol, planned.case, planned.as_of
    pack, treated = protocol.pack, case.subject.treatment_date
    return {
        "pack": pack.id,
        "pack_version": pack.version,
        "pack_name": words.say(pack.name),
        "made_up": pack.made_up,
        "as_of": as_of.isoformat(),
        "injury": case.subject.injury_date.isoformat(),
        "treatment": None if treated is None else treated.isoformat(),
        "arm": case.subject.arm.value,
        "regime": _regime_data(planned, words),
        "windows": [
            window_data(w, as_of, protocol.confirmed(f"visit:{w.visit.id}"), words)
            for w in planned.windows
        ],
        "waiting": [
            {"visit": visit.id, "name": words.say(visit.name), "anchor": anchor.id}
            for visit, anchor in _waiting(planned)
        ],
        "obligations": [
            {"about": about}
            | duty_data(duty, as_of, steps(protocol, duty, case), words)
            for about, duties in (
                ("patient", planned.of_patient),
                ("product", planned.of_product),
            )
            for duty in duties
        ],
        "note": words("clock.no-registry"),
    }


def _regime_data(planned: Planned, words: Words) -> dict[str, Any] | None:
    regime = state_on(planned.protocol, planned.as_of)
    if regime is None:
        return None
    end, alarm = regime.term_end, regime.term_alarm
    return {
        "state": regime.state.id,
        "name": words.say(regime.state.name),
        "since": None if regime.since is None else regime.since.isoformat(),
        "term_end": None if end is None else end.isoformat(),
        "term_alarm": None if alarm is None else alarm.isoformat(),
        "extended_years": regime.extended_years,
        "past_term": regime.past_term,
        "lapsed": regime.lapsed,
    }


# --- for people


def as_lines(planned: Planned, words: Words) -> Iterator[str]:
    """The plan for people: what is still to come, each date with its arithmetic."""
    pack, case = planned.protocol.pack, planned.case
    injury, as_of = case.subject.injury_date, planned.as_of
    yield words("clock.plan-head", pack=pack.name, injury=injury, as_of=as_of)
    if case.subject.treatment_date is not None:
        yield words("clock.plan-treatment", day=case.subject.treatment_date)
    yield words("clock.no-registry")
    yield from _regime_lines(planned, words)
    yield ""
    yield words("clock.windows")
    for window in planned.windows:
        yield from _window_lines(planned, window, words)
    for visit, anchor in _waiting(planned):
        yield "  " + words("clock.waiting-line", name=visit.name, anchor=anchor.name)
    for key, duties in (
        ("clock.of-patient", [d for d in planned.of_patient if not _is_visit(d)]),
        ("clock.of-product", planned.of_product),
    ):
        if duties:
            yield ""
            yield words(key)
            yield from _duty_lines(planned, duties, words)


def _is_visit(duty: Duty) -> bool:
    """Visits stand among the windows already."""
    return duty.key.startswith("visit:")


def _regime_lines(planned: Planned, words: Words) -> Iterator[str]:
    regime = state_on(planned.protocol, planned.as_of)
    machine = planned.protocol.pack.machine
    if regime is None or machine is None or regime.term_end is None:
        return
    yield words(
        "clock.regime-line",
        state=regime.state.name,
        since=regime.since,
        end=regime.term_end,
        alarm=regime.term_alarm,
    )
    if regime.past_term:
        yield "  " + words("clock.regime-past")
    pending = next((s.id for s in machine.states if s.continues), None)
    if regime.lapsed and pending is not None:
        yield "  " + words("clock.regime-lapsed", state=pending)


def _window_lines(planned: Planned, window: Window, words: Words) -> Iterator[str]:
    as_of = planned.as_of
    now = status(window, as_of)
    from_day = window.first if now == "upcoming" else window.last
    said = words(f"clock.status-{now}", days=abs((from_day - as_of).days))
    first, last = window.first, window.last
    yield "  " + words(
        "clock.window-line", first=first, last=last, name=window.visit.name, status=said
    )
    yield "    " + words(
        "clock.window-anchor",
        anchor=window.anchor.name,
        day=window.anchor_day,
        low=(first - window.anchor_day).days,
        high=(last - window.anchor_day).days,
        counts=words(f"due.counts-{window.visit.pick.value}"),
    )
    basis, setting = window.visit.basis, f"visit:{window.visit.id}"
    sure = planned.protocol.confirmed(setting) is not None
    if basis.confidence is Confidence.UNCONFIRMED and not sure:
        yield "    " + words("clock.to-confirm")
    yield from step_lines(window_steps(window), words)


def _duty_lines(
    planned: Planned, duties: Sequence[Duty], words: Words
) -> Iterator[str]:
    """What is still to come; what is past its date is only counted."""
    past = [d for d in duties if (d.days_left(planned.as_of) or 0) < 0]
    for duty in duties:
        if duty in past:
            continue
        due, key = duty.last_day, "clock.duty-line"
        if due is None:
            due = duty.period[1] if duty.period else None
            key = "clock.duty-none" if due is None else "clock.duty-keep"
        owner = words(f"due.owner-{duty.owner.value}")
        given = {"due": due} if due is not None else {}
        yield "  " + words(key, rule=duty.rule, name=duty.name, owner=owner, **given)
        if duty.to_confirm:
            yield "    " + words("clock.to-confirm")
        yield from step_lines(steps(planned.protocol, duty, planned.case), words)
    if past:
        yield "  " + words("clock.earlier", number=len(past))
