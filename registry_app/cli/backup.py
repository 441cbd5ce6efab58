"""``registry-app backup``: a verified copy, now."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from registry_app.cli.desk import (
    add_json,
    add_lang,
    add_sign_in,
    print_json,
    signed_in,
)
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("backup.cli-backup")
    parser = subparsers.add_parser("backup", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument(
        "target", type=Path, metavar="DEST", help=words("backup.cli-dest")
    )
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Copy, check the copy, and say what it is."""
    from registry_app.services.backups import back_up_to

    with signed_in(args) as desk:
        made = back_up_to(desk, args.target)
    if args.json:
        print_json(
            {
                "file": made.file,
                "sha256": made.sha256,
                "size": made.size,
                "entries": made.seq,
                "head": made.head,
            }
        )
    else:
        said = {"file": made.file, "entries": made.seq, "sha256": made.sha256}
        print(args.words("backup.cli-made", **said))
    return 0
