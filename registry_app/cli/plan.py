"""``registry-app plan``: the windows and obligations of one patient; no registry."""

from argparse import ArgumentParser, Namespace
from typing import Any

from registry_app.cli.desk import add_json, add_lang, print_json
from registry_app.domain.subject import Arm
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("clock.plan")
    parser: ArgumentParser = subparsers.add_parser("plan", help=text, description=text)
    parser.add_argument(
        "--pack", required=True, metavar="ID", help=words("clock.plan-pack")
    )
    parser.add_argument(
        "--injury", required=True, metavar="D", help=words("clock.injury")
    )
    parser.add_argument("--treatment", metavar="D", help=words("clock.treatment"))
    parser.add_argument(
        "--event",
        action="append",
        default=[],
        metavar="NAME=D",
        help=words("clock.event"),
    )
    parser.add_argument(
        "--arm", choices=[arm.value for arm in Arm], help=words("clock.arm")
    )
    parser.add_argument("--as-of", metavar="D", help=words("clock.as-of"))
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Plan it. Refused: an unknown pack or name, a date that is none or impossible."""
    from registry_app.cli.planned import Given, as_data, as_lines, plan

    words: Words = args.words
    given = Given(
        args.pack, args.injury, args.treatment, args.event, args.arm, args.as_of
    )
    planned = plan(given)
    if args.json:
        print_json(as_data(planned, words))
    else:
        for line in as_lines(planned, words):
            print(line)
    return 0
