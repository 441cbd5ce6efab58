"""``registry-app validation``: requirement, test, result, on a paper to sign."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from registry_app.cli.desk import add_sign_in, signed_in, tell
from registry_app.cli.paper import LANGUAGES, add_paper
from registry_app.cli.report import check_place, write_new
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("validation.help")
    parser = subparsers.add_parser("validation", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    add_paper(parser, words, must=True)
    add_sign_in(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Made, filed and written; the place is looked at before anything is made."""
    from registry_app.services.access import printed
    from registry_app.services.validation import validation_paper

    check_place(args.out)
    with signed_in(args) as desk:
        made = validation_paper(desk, LANGUAGES[args.languages])
        printed(desk, made.number)
        write_new(args.out, made.pdf)
    tell(args.words("cli.report-written", file=args.out, number=made.number))
    return 0
