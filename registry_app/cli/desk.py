"""What every subcommand on a registry needs: its file, a user, a password."""

import json
import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from registry_app.domain.errors import Refused
from registry_app.words import Language, Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

_PASSWORD: Final = "REGISTRY_PASSWORD"
#: What `check_told` may find missing that has no dashes before it.
_POSITIONAL: Final = ("id", "name")
#: The password that a person is given, or takes, by ``people``.
NEW_PASSWORD: Final = "REGISTRY_NEW_PASSWORD"
#: The one-time code of who has a second factor.
CODE: Final = "REGISTRY_CODE"


def add_lang(parser: ArgumentParser, words: Words) -> None:
    """``--lang``, after the subcommand too."""
    parser.add_argument(
        "--lang",
        dest="spoken",
        choices=tuple(Language),
        default=SUPPRESS,
        help=words("cli.lang"),
    )


def add_json(parser: ArgumentParser, words: Words) -> None:
    """``--json``: one object on standard output."""
    parser.add_argument("--json", action="store_true", help=words("cli.json"))


def add_password_file(parser: ArgumentParser, words: Words) -> None:
    """``--password-file``: a password never stands among the arguments."""
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="PATH",
        help=words("cli.password-file", variable=_PASSWORD),
    )


def add_sign_in(parser: ArgumentParser, words: Words) -> None:
    """``--user`` and ``--password-file`` of somebody whom the registry knows."""
    parser.add_argument("--user", metavar="NAME", help=words("cli.user"))
    add_password_file(parser, words)


@contextmanager
def signed_in(args: Namespace) -> Iterator["Desk"]:
    """The desk of ``--user`` at ``args.file``; closed whatever happens.

    That the command looks into the registry goes into the access log.
    """
    from registry_app.services.access import opened
    from registry_app.services.registry import sign_in
    from registry_app.services.session import arrive

    user = user_of(args, args.file)
    code = os.environ.get(CODE, "")
    desk = sign_in(args.file, user, password(args), code)
    try:
        for found in arrive(desk).problems:
            tell(args.words.say(found))
        patient = getattr(args, "patient", None) or ""
        opened(desk, f"command:{args.command}", patient.upper())
        yield desk
    finally:
        close(desk, args.words)


def user_of(args: Namespace, file: Path) -> str:
    """``--user``, or the only one whom a file knows. Raises Refused."""
    from registry_app.services.registry import look_at

    users = look_at(file).users
    if args.user is None and len(users) != 1:
        raise Refused("cli.say-user", users=", ".join(users))
    return args.user or users[0]


def tell_place(path: Path, words: Words) -> None:
    """What is wrong with the place of a registry, on standard error."""
    from registry_app.services.places import place_warnings

    for warned in place_warnings(path):
        tell(words.say(warned.message))


def close(desk: "Desk", words: Words) -> None:
    """Sign out: the trail is sealed, and what could not be done is told."""
    from registry_app.services.session import leave

    try:
        for trouble in leave(desk):
            tell(words.say(trouble))
    finally:
        desk.close()


def password(args: Namespace, *, new: bool = False) -> str:
    """The password from its file, the environment, or asked for without echo.

    `new`: it is typed twice. Raises Refused where there is none and nobody to ask.
    """
    return _secret(args, args.password_file, _PASSWORD, "cli.ask-password", new)


def check_told(args: Namespace, needed: Mapping[str, Sequence[str]]) -> None:
    """End as argparse does where ``args.do`` lacks something that it needs.

    `needed`: by what is to be done, the names of the arguments.
    """
    for name in needed[args.do]:
        if not getattr(args, name):
            named = name.upper() if name in _POSITIONAL else f"--{name}"
            option = named.replace("_", "-")
            args.wrong(args.words("cli.needs", do=args.do, option=option))


def new_password(args: Namespace) -> str:
    """A password that is to be, in the same ways, with a file and variable of its own.

    Raises Refused where there is none and nobody to ask.
    """
    asked = "people_cli.ask-new"
    return _secret(args, args.new_password_file, NEW_PASSWORD, asked, new=True)


def _secret(
    args: Namespace, file: Path | None, variable: str, asked: str, new: bool
) -> str:
    if file is not None:
        return first_line(file)
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise Refused("cli.no-password", variable=variable)
    from getpass import getpass

    words: Words = args.words
    try:
        typed = getpass(words(asked))
        again = getpass(words("cli.ask-password-again")) if new else typed
    except EOFError:
        raise Refused("cli.no-password", variable=variable) from None
    if again != typed:
        raise Refused("cli.passwords-differ")
    return typed


def first_line(path: Path) -> str:
    """The first line of a password file. Raises Refused where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refused("cli.no-password-file", name=path.name) from None
    return text.split("\n", 1)[0].removesuffix("\r")


def print_json(value: Any) -> None:
    """One object on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def tell(text: str) -> None:
    """A word on the way, beside the results."""
    print(text, file=sys.stderr)
