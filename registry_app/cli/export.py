"""``registry-app export``: what a registry holds, as a file for others."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from registry_app.cli.desk import add_lang, add_sign_in, signed_in, tell
from registry_app.cli.handing_over import add_handing_over, write_out
from registry_app.cli.report import check_place, write_new
from registry_app.domain.trail_query import TrailQuery
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: A calendar of due dates, without names; the whole trail.
_FORMATS: Final = ("ics", "trail-csv", "trail-jsonl")


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.export")
    parser = subparsers.add_parser("export", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument("format", choices=_FORMATS, help=words("cli.export-format"))
    parser.add_argument(
        "-o",
        dest="out",
        type=Path,
        metavar="OUT",
        required=True,
        help=words("cli.export-out"),
    )
    add_handing_over(parser, words)
    add_sign_in(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Write the file, in the language of the messages."""
    from registry_app.services.calendar import calendar

    words: Words = args.words
    check_place(args.out)
    with signed_in(args) as desk:
        if args.format == "ics":
            made, leaving = calendar(desk, words.language)
            write_out(desk, args, leaving)
            write_new(args.out, made)
        else:
            _trail(desk, args)
    tell(words("cli.exported", file=args.out))
    return 0


def _trail(desk: "Desk", args: Namespace) -> None:
    from registry_app.services.trail_export import export_trail, outgoing_trail

    query = TrailQuery()
    write_out(desk, args, outgoing_trail(desk, args.format, query))
    export_trail(desk, query, args.format, args.words.language, args.out)
