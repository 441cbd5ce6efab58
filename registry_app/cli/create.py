"""``registry-app create``: a new registry, and its recovery sheet this once."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from registry_app.cli.desk import (
    add_json,
    add_lang,
    add_password_file,
    close,
    password,
    print_json,
    tell,
    tell_place,
)
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.create")
    parser = subparsers.add_parser("create", help=text, description=text)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=words("cli.create-file")
    )
    parser.add_argument(
        "--pack", required=True, metavar="ID", help=words("cli.create-pack")
    )
    parser.add_argument(
        "--site", required=True, metavar="CODE", help=words("cli.create-site")
    )
    parser.add_argument(
        "--user", required=True, metavar="NAME", help=words("cli.create-user")
    )
    parser.add_argument(
        "--accept-place", action="store_true", help=words("guards.anywhere")
    )
    add_password_file(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Make the registry; nothing is asked for before what is given is looked at."""
    from registry_app.packs.loader import load_pack
    from registry_app.services.places import check_new_place
    from registry_app.services.registry import create

    words: Words = args.words
    pack = load_pack(args.pack)
    check_new_place(args.file, args.accept_place)
    tell_place(args.file, words)
    desk, halves = create(
        args.file,
        pack=pack.id,
        site=args.site,
        user=args.user,
        display_name=args.user,
        password=password(args, new=True),
        accepted_place=args.accept_place,
    )
    close(desk, args.words)
    if args.json:
        print_json(
            {
                "file": str(desk.path),
                "registry": desk.registry.id,
                "pack": pack.id,
                "site": args.site,
                "user": args.user,
                "recovery_halves": halves,
            }
        )
    else:
        tell(words("cli.created", file=desk.path, pack=words.say(pack.name)))
        tell(words("cli.recovery"))
        print(*halves, sep="\n")
    return 0
