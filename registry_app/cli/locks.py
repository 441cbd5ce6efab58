"""``registry-app lock`` and ``unlock``: records that take no change."""

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
from registry_app.domain.dates import TOKYO
from registry_app.domain.lock import Locked
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add both subcommands to the program's parser."""
    for name, text in (
        ("lock", words("locks.cli-lock")),
        ("unlock", words("locks.cli-unlock")),
    ):
        parser = subparsers.add_parser(name, help=text, description=text)
        parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
        parser.add_argument("of", choices=tuple(Locked), help=words("locks.cli-of"))
        parser.add_argument(
            "id", metavar="ID", nargs="?", default="", help=words("locks.cli-id")
        )
        parser.add_argument("--reason", required=True, help=words("locks.cli-reason"))
        add_sign_in(parser, words)
        add_json(parser, words)
        add_lang(parser, words)
        parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Turn the lock, and say how it stands."""
    from registry_app.services.locks import lock, unlock

    words: Words = args.words
    turn = lock if args.command == "lock" else unlock
    with signed_in(args) as desk:
        now = turn(desk, Locked(args.of), args.id, args.reason)
    if args.json:
        print_json(
            {
                "of": now.of.value,
                "id": now.of_id,
                "locked": now.shut,
                "person": now.person,
                "at": now.at.isoformat(),
            }
        )
        return 0
    told = {
        "of": now.of.told,
        "id": now.of_id,
        "person": now.person,
        "at": f"{now.at.astimezone(TOKYO):%Y-%m-%d %H:%M} +09:00",
    }
    print(words("locks.cli-shut" if now.shut else "locks.cli-open", **told).strip())
    return 0
