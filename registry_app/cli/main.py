"""The program's parser, and what an ending of a subcommand is to the shell."""

import os
import sys
import tomllib
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from registry_app.cli import (
    access,
    backup,
    blinding,
    classify,
    clock,
    create,
    cut,
    demo,
    drill,
    due,
    export,
    importing,
    locks,
    packs,
    people,
    plan,
    report,
    restore,
    safety,
    self_check,
    sign,
    trail,
    transmit,
    validation,
    verify,
)
from registry_app.cli import open as opening
from registry_app.domain.errors import RegistryError
from registry_app.paths import settings_file
from registry_app.services.program import code_hash, program
from registry_app.words import Language, Words

#: Shows the window, on a registry if one is named, and gives its exit status.
Window: TypeAlias = Callable[[Path | None], int]

_DONE: Final = 0
_REFUSED: Final = 1
_STOPPED: Final = 130


def main(argv: Sequence[str], window: Window) -> int:
    """Do what the arguments say: 0 done, 1 refused, 2 (by argparse) wrong usage."""
    words = Words(spoken(argv, os.environ))
    args = parser(words).parse_args(argv, Namespace(words=words, window=window))
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except RegistryError as refusal:
        print(words.say(refusal.message), file=sys.stderr)
        return _REFUSED
    except KeyboardInterrupt:
        return _STOPPED
    except BrokenPipeError:
        # The reader has seen enough: keep the interpreter from flushing again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _DONE
    except OSError as error:
        if error.filename is not None:
            raise
        # No file of its own: the stream of results, into a full disk for instance.
        print(words("cli.no-output", what=error.strerror), file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _REFUSED
    return status


def parser(words: Words) -> ArgumentParser:
    """The parser of every subcommand that there is."""
    whole = ArgumentParser("registry-app", description=words("cli.program"))
    whole.set_defaults(run=opening.run, file=None)
    whole.add_argument(
        "--lang", dest="spoken", choices=tuple(Language), help=words("cli.lang")
    )
    whole.add_argument("--version", action=_Version, help=words("cli.version"))
    subparsers = whole.add_subparsers(dest="command", metavar=words("cli.command"))
    opening.add_parser(subparsers, words)
    demo.add_parser(subparsers, words)
    create.add_parser(subparsers, words)
    classify.add_parser(subparsers, words)
    importing.add_parser(subparsers, words)
    plan.add_parser(subparsers, words)
    clock.add_parser(subparsers, words)
    due.add_parser(subparsers, words)
    packs.add_parser(subparsers, words)
    report.add_parser(subparsers, words)
    safety.add_parser(subparsers, words)
    cut.add_parser(subparsers, words)
    sign.add_parser(subparsers, words)
    locks.add_parser(subparsers, words)
    transmit.add_parser(subparsers, words)
    verify.add_parser(subparsers, words)
    trail.add_parser(subparsers, words)
    self_check.add_parser(subparsers, words)
    validation.add_parser(subparsers, words)
    export.add_parser(subparsers, words)
    access.add_parser(subparsers, words)
    people.add_parser(subparsers, words)
    blinding.add_parser(subparsers, words)
    backup.add_parser(subparsers, words)
    restore.add_parser(subparsers, words)
    drill.add_parser(subparsers, words)
    return whole


class _Version(Action):
    """Says which program it is; reading all of its code is left until it is asked."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told, nargs=0)

    def __call__(self, parser: ArgumentParser, *_told: object) -> None:
        print(program(), f"sha256 {code_hash()}", sep="\n")
        parser.exit()


def spoken(argv: Sequence[str], environ: Mapping[str, str]) -> Language:
    """The language for words: ``--lang``, else the user's settings, else LANG's.

    It is looked for before the arguments are parsed, for the help is worded too.
    """
    for here, following in zip(argv, [*argv[1:], ""], strict=False):
        name, _, value = here.partition("=")
        if name == "--lang" and (value or following) in tuple(Language):
            return Language(value or following)
    try:
        chosen = tomllib.loads(settings_file().read_text("utf-8")).get("language")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        chosen = None
    if chosen in tuple(Language):
        return Language(chosen)
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG")
    return Language.JA if (locale or "").startswith("ja") else Language.EN
