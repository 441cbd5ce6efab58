"""``registry-app due``: everything that is due, open or late on a day."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from registry_app.cli.desk import add_json, add_lang, add_sign_in, print_json, signed_in
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("obligations.command")
    parser = subparsers.add_parser("due", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument("--as-of", metavar="D", help=words("clock.as-of"))
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """List it, the late first. Refused: who may not sign in, a date that is none."""
    from registry_app.cli.duties import duty_data, read_day
    from registry_app.services.due import due
    from registry_app.services.obligations import steps_of
    from registry_app.services.protocol import today_in_japan

    words: Words = args.words
    day = None if args.as_of is None else read_day(args.as_of)
    with signed_in(args) as desk:
        on = day or today_in_japan(desk)
        duties = due(desk, on)
        if args.json:
            found = [
                duty_data(duty, on, steps, words)
                for duty, steps in steps_of(desk, duties)
            ]
            print_json({"as_of": on.isoformat(), "total": len(found), "duties": found})
            return 0
    print(words("obligations.due-on", on=on, count=len(duties)))
    for duty in duties:
        standing = duty.standing(on).value.replace(" ", "-")
        print(
            words(
                "obligations.due-line",
                last=duty.last_day or words("obligations.no-day"),
                standing=words(f"obligations.standing-{standing}"),
                owner=words(f"due.owner-{duty.owner.value}"),
                name=duty.name,
                whom=duty.subject_id,
                sure=words("obligations.to-confirm") if duty.to_confirm else "",
            ).rstrip()
        )
    return 0
