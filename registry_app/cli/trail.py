"""``registry-app trail`` and ``control-sheet``: its entries, the month's page."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import Any

from registry_app.cli.desk import add_lang, add_sign_in, print_json, signed_in, tell
from registry_app.cli.duties import read_day
from registry_app.cli.handing_over import add_handing_over, write_out
from registry_app.cli.paper import LANGUAGES, add_paper
from registry_app.cli.report import check_place, write_new
from registry_app.domain.names import plain
from registry_app.domain.trail_query import TrailQuery
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add both subcommands to the program's parser."""
    text = words("trail_cli.trail")
    parser = subparsers.add_parser("trail", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    add_query(parser, words)
    parser.add_argument("--json", action="store_true", help=words("trail_cli.json"))
    add_handing_over(parser, words)
    add_sign_in(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)
    _add_sheet(subparsers, words)


def add_query(parser: ArgumentParser, words: Words) -> None:
    """What is wanted of the trail."""
    for option, name, metavar in (
        ("--kind", "kind", "KIND"),
        ("--person", "person", "NAME"),
        ("--patient", "patient", "CASE"),
        ("--from", "first", "D"),
        ("--to", "last", "D"),
        ("--words", "text", "TEXT"),
        ("--item", "item", "ITEM"),
    ):
        text = words(f"trail_cli.{name}")
        parser.add_argument(option, dest=name, metavar=metavar, default="", help=text)


def query_of(args: Namespace) -> TrailQuery:
    """What was asked for. Raises InvalidValue for a day that cannot be read."""
    return TrailQuery(
        person=args.person,
        kind=args.kind,
        subject_id=plain(args.patient).upper(),
        first=_day(args.first, "--from"),
        last=_day(args.last, "--to"),
        words=args.text,
        item=args.item,
    )


def _day(text: str, option: str) -> date | None:
    return read_day(text, option) if text else None


def run(args: Namespace) -> int:
    """Entries, the oldest first: lines of JSON, or CSV."""
    from registry_app.services.trail_export import (
        outgoing_trail,
        trail_csv,
        trail_jsonl,
    )

    query, words = query_of(args), args.words
    with signed_in(args) as desk:
        what = "trail-jsonl" if args.json else "trail-csv"
        write_out(desk, args, outgoing_trail(desk, what, query))
        lines = (
            trail_jsonl(desk, query)
            if args.json
            else trail_csv(desk, query, words.language)
        )
        for line in lines:
            sys.stdout.write(line.removeprefix("\ufeff").replace("\r\n", "\n"))
    return 0


def _add_sheet(subparsers: Any, words: Words) -> None:
    text = words("trail_cli.sheet")
    parser = subparsers.add_parser("control-sheet", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument(
        "--month", metavar="YYYY-MM", required=True, help=words("trail_cli.month")
    )
    add_paper(parser, words, must=True)
    parser.add_argument("--json", action="store_true", help=words("cli.json"))
    add_sign_in(parser, words)
    parser.set_defaults(run=run_sheet)


def run_sheet(args: Namespace) -> int:
    """The page of a month; 1 where the check of the whole trail found problems."""
    from registry_app.services.access import printed
    from registry_app.services.control_sheet import control_sheet, read_month

    words: Words = args.words
    month = read_month(args.month)
    check_place(args.out)
    with signed_in(args) as desk:
        made = control_sheet(desk, month, LANGUAGES[args.languages])
        printed(desk, made.number)
        write_new(args.out, made.pdf)
    problems = [words.say(problem) for problem in made.found.problems]
    for line in problems:
        tell(line)
    if args.json:
        print_json(
            {
                "number": made.number,
                "entries": made.found.entries,
                "head": made.found.head,
                "problems": problems,
            }
        )
    else:
        tell(words("cli.report-written", file=args.out, number=made.number))
    return 1 if problems else 0
