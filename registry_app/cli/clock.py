"""``registry-app clock``: the due date of one report, counted from a day; no registry.

A rule (O4) is counted by itself. A class of events (E2) starts every clock that the
pack hangs on it; the first one of the approval holder stands in front.
"""

from argparse import ArgumentParser, Namespace
from typing import Any

from registry_app.cli.desk import add_json, add_lang, print_json
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("clock.clock")
    parser: ArgumentParser = subparsers.add_parser("clock", help=text, description=text)
    parser.add_argument("rule", metavar="RULE", help=words("clock.rule"))
    parser.add_argument(
        "--aware", required=True, metavar="D", help=words("clock.aware")
    )
    parser.add_argument("--as-of", metavar="D", help=words("clock.as-of"))
    parser.add_argument("--pack", metavar="ID", help=words("clock.pack"))
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Count it. Refused: what is no clock, not in force then, or has not happened."""
    from registry_app.cli.clocks import as_data, as_lines, count

    words: Words = args.words
    found = count(args.rule, args.aware, args.as_of, args.pack)
    if args.json:
        print_json(as_data(found, words))
    else:
        for line in as_lines(found, words):
            print(line)
    return 0
