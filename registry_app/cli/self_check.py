"""``registry-app self-check``: program, file, trail, backups and this computer."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from registry_app.cli.desk import add_json, add_lang, add_sign_in, print_json, signed_in
from registry_app.domain.checkup import Health, worst
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("self_check.cli")
    parser = subparsers.add_parser("self-check", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """0: nothing is wrong; what is worth a look is said."""
    from registry_app.services.self_check import self_check

    words: Words = args.words
    with signed_in(args) as desk:
        items = self_check(desk)
    if args.json:
        print_json(
            {
                "health": worst(items),
                "items": [
                    {
                        "name": item.name,
                        "health": item.health,
                        "said": [words.say(line) for line in item.said],
                    }
                    for item in items
                ],
            }
        )
    else:
        for item in items:
            health = words.say(item.health.told)
            said = " ".join(words.say(line) for line in item.said)
            print(f"{words.say(item.title)}: {health}. {said}")
    return 1 if worst(items) is Health.WRONG else 0
