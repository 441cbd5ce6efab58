"""``registry-app safety``: the safety cases and their clocks, the nearest first."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry_app.cli.desk import add_json, add_lang, add_sign_in, print_json, signed_in
from registry_app.domain.safety import CaseState
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.safety import CaseLine
    from registry_app.services.safety_clocks import Clock


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.safety")
    parser = subparsers.add_parser("safety", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument("--patient", metavar="ID", help=words("cli.safety-patient"))
    parser.add_argument(
        "--state", choices=tuple(CaseState), help=words("cli.safety-state")
    )
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """A line a case, and one a clock: "day 9 of 15"."""
    from registry_app.services.protocol import today_in_japan
    from registry_app.services.safety import safety_cases

    words: Words = args.words
    state = None if args.state is None else CaseState(args.state)
    with signed_in(args) as desk:
        found = safety_cases(desk, subject_id=(args.patient or "").upper(), state=state)
        today = today_in_japan(desk)
    if args.json:
        cases = [_data(line, words) for line in found]
        print_json({"as_of": today.isoformat(), "cases": cases})
        return 0
    for line in found:
        print(
            words(
                "cli.safety-line",
                number=line.case.id,
                state=words.say(line.case.state.told),
                event=line.classed.event_class or words("cli.safety-no-class"),
                whom=line.case.subject_id,
                title=words.typed(line.case.title),
            )
        )
        for clock in line.clocks:
            print("  " + _clock_line(clock, words))
    return 0


def _clock_line(clock: "Clock", words: Words) -> str:
    count = ""
    if clock.of is not None and clock.runs:
        count = words("clock.count", day=clock.day, of=clock.of)
    standing = clock.standing.value.replace(" ", "-")
    return words(
        "cli.safety-clock",
        name=clock.name,
        owner=words(f"due.owner-{clock.owner.value}"),
        due=clock.due or words("obligations.no-day"),
        standing=words(f"print.standing-{standing}"),
        count=count,
        guide="" if clock.legal else words("safety_page.not-legal"),
        sure=words("obligations.to-confirm") if clock.to_confirm else "",
    ).rstrip()


def _data(line: "CaseLine", words: Words) -> dict[str, object]:
    case, classed = line.case, line.classed
    aware = case.hospital_aware
    return {
        "number": case.id,
        "title": case.title,
        "state": case.state.value,
        "patient": case.subject_id or None,
        "origin": case.origin.value,
        "signal": case.signal or None,
        "hospital_aware": None if aware is None else aware.isoformat(),
        "class": classed.event_class or None,
        "class_is_sure": classed.sure,
        "why": [words.say(why) for why in classed.why],
        "if_decided": dict(classed.if_decided),
        "reportable": case.reportable,
        "events": [event.what for event in line.events],
        "versions": {
            number: {
                "day0": one.day0.isoformat(),
                "significant": one.significant,
                "sent_on": None if one.sent_on is None else one.sent_on.isoformat(),
                "receipt": one.receipt or None,
            }
            for number, one in sorted(case.versions.items(), key=lambda v: int(v[0]))
        },
        "clocks": [_clock_data(clock) for clock in line.clocks],
    }


def _clock_data(clock: "Clock") -> dict[str, object]:
    return {
        "key": clock.key,
        "rule": clock.rule,
        "name": {"ja": clock.name.ja, "en": clock.name.en},
        "owner": clock.owner.value,
        "day0": clock.trigger.isoformat(),
        "day": clock.day,
        "of": clock.of,
        "due": None if clock.due is None else clock.due.isoformat(),
        "target": None if clock.target is None else clock.target.isoformat(),
        "standing": clock.standing.value,
        "legal": clock.legal,
        "to_confirm": clock.to_confirm,
        "done": None if clock.done is None else clock.done.isoformat(),
    }
