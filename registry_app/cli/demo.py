"""``registry-app demo``: a training registry of made-up patients."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from registry_app.cli.desk import add_json, add_lang, close, print_json
from registry_app.cli.open import has_display
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.demo")
    parser = subparsers.add_parser("demo", help=text, description=text)
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help=words("cli.demo-file")
    )
    parser.add_argument(
        "--patients", type=int, default=24, metavar="N", help=words("cli.demo-patients")
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help=words("cli.demo-seed")
    )
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Make it, say how to sign in, and open it where there is a screen."""
    from registry_app.services import demo

    path = args.file or demo.training_place()
    desk = demo.make_training_registry(path, patients=args.patients, seed=args.seed)
    close(desk, args.words)
    if args.json:
        print_json(
            {
                "file": str(desk.path),
                "patients": args.patients,
                "users": [demo.ADMINISTRATOR, demo.INVESTIGATOR],
                "password": demo.PASSWORD,
            }
        )
        return 0
    words: Words = args.words
    print(words("cli.demo-made", file=desk.path, number=args.patients))
    print(
        words(
            "cli.demo-users",
            user=demo.ADMINISTRATOR,
            other=demo.INVESTIGATOR,
            password=demo.PASSWORD,
        ),
        flush=True,
    )
    if not has_display():
        return 0
    status: int = args.window(desk.path)
    return status
