"""``registry-app drill``: the newest backup, restored aside and proved."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from registry_app.cli.desk import (
    add_json,
    add_sign_in,
    print_json,
    signed_in,
    tell,
)
from registry_app.cli.paper import LANGUAGES, add_paper
from registry_app.cli.report import check_place, write_new
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("backup.cli-drill")
    parser = subparsers.add_parser("drill", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    add_paper(parser, words)
    add_sign_in(parser, words)
    add_json(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """0: the backup can be relied on; its certificate is filed, and written by -o."""
    from registry_app.services.drills import certificate_of, drill

    words: Words = args.words
    if args.out is not None:
        check_place(args.out)
    with signed_in(args) as desk:
        proof = drill(desk, LANGUAGES[args.languages])
        sound = not proof.problems
        if args.out is not None and sound:
            write_new(args.out, certificate_of(desk, proof.drill.id)[1])
    problems = [words.say(one) for one in proof.problems]
    if args.json:
        print_json(
            {
                "sound": sound,
                "file": proof.backup.file,
                "sha256": proof.backup.sha256,
                "entries": proof.drill.entries,
                "records": proof.drill.records,
                "head": proof.drill.head,
                "certificate": proof.certificate or None,
                "problems": problems,
            }
        )
        return 0 if sound else 1
    for line in problems:
        tell(line)
    said = {"file": proof.backup.file, "entries": proof.drill.entries}
    if sound:
        print(words("backup.cli-proved", number=proof.certificate, **said))
    else:
        print(words("backup.cli-wanting", **said))
    return 0 if sound else 1
