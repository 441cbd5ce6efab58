"""``registry-app access``: who opened, searched, printed and exported what."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry_app.cli.desk import add_json, add_lang, add_sign_in, print_json, signed_in
from registry_app.cli.duties import read_day
from registry_app.domain.access import Act
from registry_app.domain.dates import TOKYO
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.access import Access


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("access.cli")
    parser = subparsers.add_parser("access", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument("--patient", metavar="ID", help=words("access.cli-patient"))
    parser.add_argument("--person", metavar="NAME", help=words("access.cli-person"))
    parser.add_argument("--act", choices=tuple(Act), help=words("access.cli-act"))
    parser.add_argument(
        "--from", dest="first", metavar="D", help=words("access.cli-from")
    )
    parser.add_argument("--to", dest="last", metavar="D", help=words("access.cli-to"))
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """A line an act, the newest first. That the log was read is its newest act."""
    from registry_app.services.access import AccessQuery, access_ids, access_rows

    words: Words = args.words
    query = AccessQuery(
        person=args.person or "",
        act=None if args.act is None else Act(args.act),
        subject_id=(args.patient or "").upper(),
        first=None if args.first is None else read_day(args.first, "--from"),
        last=None if args.last is None else read_day(args.last, "--to"),
    )
    with signed_in(args) as desk:
        found = access_rows(desk, access_ids(desk, query))
    if args.json:
        print_json({"accesses": [_data(one) for one in found]})
        return 0
    for one in found:
        at = f"{one.at.astimezone(TOKYO):%Y-%m-%d %H:%M:%S} +09:00"
        act = words.say(one.act.told)
        told = {"person": one.person, "act": act, "what": one.what}
        line = words("access.cli-line", at=at, patient=one.subject_id, **told)
        print(line.rstrip())
    return 0


def _data(one: "Access") -> dict[str, object]:
    said = ("purpose", "basis", "recipient", "fields", "consent")
    return {
        "at": one.at.isoformat(),
        "person": one.person,
        "act": one.act.value,
        "what": one.what,
        "patient": one.subject_id or None,
        "count": one.count,
        **{name: getattr(one, name) or None for name in said},
    }
