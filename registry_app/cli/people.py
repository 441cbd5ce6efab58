"""``registry-app people``: who may sign in, as what; passwords and keys."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from registry_app.cli.desk import (
    NEW_PASSWORD,
    add_json,
    add_lang,
    add_sign_in,
    check_told,
    new_password,
    print_json,
    signed_in,
    tell,
)
from registry_app.domain.person import Role
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.services.people import Account

#: What each deed needs to be told, beside who does it.
_NEEDED: Final = {
    "list": (),
    "add": ("name", "display_name", "role"),
    "role": ("name", "role", "reason"),
    "retire": ("name", "reason"),
    "password": (),
    "recovery-sheet": (),
    "rotate": (),
}
_ROLES: Final = {role.value.replace(" ", "-"): role for role in Role}


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""

    def key(name: str, **params: object) -> str:
        return words(f"people_cli.{name}", **params)

    parser = subparsers.add_parser(
        "people", help=key("people"), description=key("people")
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument(
        "do", choices=tuple(_NEEDED), nargs="?", default="list", help=key("do")
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help=key("name"))
    parser.add_argument("--display-name", metavar="TEXT", help=key("display-name"))
    parser.add_argument("--role", choices=tuple(_ROLES), help=key("role"))
    parser.add_argument("--reason", metavar="TEXT", help=key("reason"))
    parser.add_argument(
        "--new-password-file",
        type=Path,
        metavar="PATH",
        help=key("new-password-file", variable=NEW_PASSWORD),
    )
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run, wrong=parser.error)


def run(args: Namespace) -> int:
    """Do it, and say what was done; or list everybody."""
    check_told(args, _NEEDED)
    with signed_in(args) as desk:
        if args.do == "recovery-sheet":
            return _new_sheet(args, desk)
        _do(args, desk)
        if args.do == "list":
            _list(args, desk)
        else:
            tell(args.words(f"people_cli.done-{args.do}", name=args.name or ""))
    return 0


def _do(args: Namespace, desk: "Desk") -> None:
    from registry_app.cli.desk import password
    from registry_app.services.people import change_role, retire_person, rotate
    from registry_app.services.registry import add_person, change_password

    match args.do:
        case "add":
            told = args.name, args.display_name, _ROLES[args.role]
            add_person(desk, *told, new_password(args))
        case "role":
            change_role(desk, args.name, _ROLES[args.role], args.reason)
        case "retire":
            retire_person(desk, args.name, args.reason)
        case "password":
            change_password(desk, password(args), new_password(args))
        case "rotate":
            rotate(desk)


def _new_sheet(args: Namespace, desk: "Desk") -> int:
    """Both halves, this once: the sheet before opens nothing any more."""
    from registry_app.services.registry import new_recovery_sheet

    halves = new_recovery_sheet(desk)
    if args.json:
        print_json({"recovery_halves": halves})
    else:
        tell(args.words("cli.recovery"))
        print(*halves, sep="\n")
    return 0


def _list(args: Namespace, desk: "Desk") -> None:
    from registry_app.services.people import accounts

    words: Words = args.words
    found = accounts(desk)
    if args.json:
        print_json([_as_data(one) for one in found])
        return
    for one in found:
        state = "retired" if one.person.retired else "active"
        print(
            words(
                "people_cli.line",
                name=one.person.id,
                shown=one.person.display_name,
                role=one.person.role.told,
                state=words(f"people.{state}"),
            )
        )


def _as_data(one: "Account") -> dict[str, object]:
    return {
        "name": one.person.id,
        "display_name": one.person.display_name,
        "role": one.person.role.value.replace(" ", "-"),
        "retired": one.person.retired,
        "second_factor": one.factor,
        "password_was_given": one.given,
        "wrong_passwords": one.failed,
    }
