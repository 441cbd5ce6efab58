"""``registry-app blinding``: who is blind to what, and what broke it."""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from registry_app.cli.desk import (
    add_json,
    add_lang,
    add_sign_in,
    check_told,
    print_json,
    signed_in,
)
from registry_app.cli.duties import read_day
from registry_app.domain.blinding import (
    BlindAssignment,
    Hidden,
    Unblinded,
    Unblinding,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: What can be hidden, by its word in the shell.
_HIDDEN: Final = {one.name.lower(): one for one in Hidden}
#: What each deed needs to be told; `id`: of an assignment, or of an unblinding.
_NEEDED: Final = {
    "list": (),
    "assign": ("person",),
    "end": ("id", "on", "reason"),
    "unblind": ("patient", "person", "how", "on", "what", "reason"),
    "assess": ("id", "text"),
}


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""

    def key(name: str) -> str:
        return words(f"blinding_ui.cli-{name}")

    parser = subparsers.add_parser(
        "blinding", help=key("blinding"), description=key("blinding")
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument(
        "do", choices=tuple(_NEEDED), nargs="?", default="list", help=key("do")
    )
    parser.add_argument("id", metavar="ID", nargs="?", help=key("id"))
    parser.add_argument("--patient", metavar="CASE", help=key("patient"))
    parser.add_argument("--person", metavar="NAME", help=key("person"))
    parser.add_argument("--what", choices=tuple(_HIDDEN), nargs="+", help=key("what"))
    parser.add_argument("--how", choices=tuple(Unblinded), help=key("how"))
    parser.add_argument("--on", metavar="D", help=key("on"))
    parser.add_argument("--reason", metavar="TEXT", help=key("reason"))
    parser.add_argument("--text", metavar="TEXT", help=key("text"))
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run, wrong=parser.error)


def run(args: Namespace) -> int:
    """Do it, and show what was written; or list all there is, the newest first."""
    check_told(args, _NEEDED)
    with signed_in(args) as desk:
        assignments, unblindings = _done(args, desk)
    if args.json:
        print_json(
            {
                "assignments": [_assignment(one) for one in assignments],
                "unblindings": [_unblinding(one) for one in unblindings],
            }
        )
        return 0
    words: Words = args.words
    for one in assignments:
        print(_assigned_line(words, one))
    for broken in unblindings:
        print(_broken_line(words, broken))
    return 0


def _done(
    args: Namespace, desk: "Desk"
) -> tuple[tuple[BlindAssignment, ...], tuple[Unblinding, ...]]:
    from registry_app.services.blinding import (
        assess_unblinding,
        assign_blind,
        blinding_of,
        end_blind,
        unblind,
    )
    from registry_app.services.protocol import today_in_japan

    case, reason = (args.patient or "").upper(), args.reason or ""
    what = frozenset(_HIDDEN[one] for one in args.what or _HIDDEN)
    on = read_day(args.on, "--on") if args.on else today_in_japan(desk)
    match args.do:
        case "assign":
            return (assign_blind(desk, args.person, what, on, case),), ()
        case "end":
            return (end_blind(desk, args.id, on, reason),), ()
        case "unblind":
            how = Unblinded(args.how)
            return (), (unblind(desk, case, args.person, how, on, what, reason),)
        case "assess":
            return (), (assess_unblinding(desk, args.id, args.text, reason),)
    found = blinding_of(desk, case)
    return found.assignments, found.unblindings


def _told(words: Words, several: Iterable[Hidden]) -> str:
    known = frozenset(several)
    said = (words.say(one.told) for one in Hidden if one in known)
    return words("banner.dot").join(said)


def _assigned_line(words: Words, one: BlindAssignment) -> str:
    key = "cli-assigned" if one.until is None else "cli-ended"
    return words(
        f"blinding_ui.{key}",
        id=one.id,
        person=one.person,
        of=one.subject_id or words("blinding_ui.everybody"),
        what=_told(words, one.hidden),
        since=one.since,
        until=one.until or "",
    )


def _broken_line(words: Words, one: Unblinding) -> str:
    return words(
        "blinding_ui.cli-broken",
        id=one.id,
        person=one.person,
        of=one.subject_id,
        on=one.on,
        how=one.how.told,
        what=_told(words, one.revealed),
        why=one.why,
        assessed=one.assessed or words("blinding_ui.open"),
    )


def _words_of(several: Iterable[Hidden]) -> list[str]:
    known = frozenset(several)
    return [name for name, one in _HIDDEN.items() if one in known]


def _assignment(one: BlindAssignment) -> dict[str, object]:
    return {
        "id": one.id,
        "person": one.person,
        "patient": one.subject_id or None,
        "to": _words_of(one.hidden),
        "since": one.since.isoformat(),
        "until": None if one.until is None else one.until.isoformat(),
    }


def _unblinding(one: Unblinding) -> dict[str, object]:
    return {
        "id": one.id,
        "person": one.person,
        "patient": one.subject_id,
        "how": one.how.value,
        "on": one.on.isoformat(),
        "what": _words_of(one.revealed),
        "why": one.why,
        "assessed": one.assessed or None,
    }
