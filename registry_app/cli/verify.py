"""``registry-app verify``: the file and its trail, or a report against them."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry_app.cli.desk import (
    add_json,
    add_lang,
    add_sign_in,
    print_json,
    signed_in,
    tell,
)
from registry_app.domain.errors import Refused
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.verify")
    parser = subparsers.add_parser("verify", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument(
        "report",
        nargs="?",
        type=Path,
        metavar="REPORT.pdf",
        help=words("cli.verify-report"),
    )
    parser.add_argument("--number", metavar="NUMBER", help=words("cli.verify-number"))
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: Namespace) -> int:
    """0: all is well, or the PDF is ours and still true."""
    if args.report is not None and args.number is not None:
        args.usage_error(args.words("cli.verify-one"))
    with signed_in(args) as desk:
        if args.report is None and args.number is None:
            return _registry(desk, args)
        return _report(desk, args)


def _registry(desk: "Desk", args: Namespace) -> int:
    from registry_app.services.trail import verify

    words: Words = args.words
    found = verify(desk)
    problems = [words.say(problem) for problem in found.problems]
    notes = [words.say(note) for note in found.notes]
    if args.json:
        print_json(
            {
                "sound": not problems,
                "entries": found.entries,
                "head": found.head,
                "problems": problems,
                "notes": notes,
            }
        )
    else:
        for line in (*problems, *notes):
            tell(line)
        key = "cli.verify-unsound" if problems else "cli.verify-sound"
        print(words(key, entries=found.entries, head=found.head))
    return 1 if problems else 0


def _report(desk: "Desk", args: Namespace) -> int:
    from registry_app.services.verifying import Standing, verify_filed, verify_report

    words: Words = args.words
    if args.number is not None:
        verdict = verify_filed(desk, args.number)
    else:
        verdict = verify_report(desk, _bytes(args.report))
    if args.json:
        print_json(
            {
                "standing": verdict.standing,
                "number": verdict.number or None,
                "changes_since": len(verdict.changes),
                "rebuilt": verdict.rebuilt,
                "earlier_edition": verdict.earlier,
                "certified_by": list(verdict.certified),
            }
        )
    else:
        key = f"cli.standing-{verdict.standing.replace(' ', '-')}"
        print(words(key, number=verdict.number, changes=len(verdict.changes)))
        if verdict.earlier:
            print(words("cli.earlier-edition"))
        for name in verdict.certified:
            print(words("cli.certified-by", name=name))
    return 0 if verdict.standing is Standing.SAME else 1


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refused("cli.no-report-file", name=path.name) from None
