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
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.trail import Head
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
    parser.add_argument("--head", metavar="SEQ:HEAD", help=words("trail_cli.head"))
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: Namespace) -> int:
    """0: all is well, or the PDF is ours and still true."""
    if sum(one is not None for one in (args.report, args.number, args.head)) > 1:
        args.usage_error(args.words("cli.verify-one"))
    printed = None if args.head is None else _read_head(args.head)
    with signed_in(args) as desk:
        if printed is not None:
            return _head(desk, args, printed)
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


def _head(desk: "Desk", args: Namespace, printed: Head) -> int:
    """Whether the trail still says what a paper says of it."""
    from registry_app.services.trail import stands

    holds = stands(desk, printed)
    if args.json:
        print_json({"stands": holds, "seq": printed.seq})
    else:
        key = "trail.head-stands" if holds else "trail.head-differs"
        print(args.words(key, seq=printed.seq))
    return 0 if holds else 1


def _read_head(text: str) -> Head:
    """SEQ:HEAD as it is printed; blanks that came in from the paper do not count."""
    seq, _, head = "".join(text.split()).partition(":")
    if not seq.isascii() or not seq.isdigit() or not head:
        raise InvalidValue("trail.not-a-head", text=text)
    return Head(int(seq), head.lower())


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
