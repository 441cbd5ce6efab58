"""``registry-app restore``: a backup becomes a file beside the one in use."""

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry_app.cli.desk import (
    CODE,
    add_json,
    add_lang,
    add_sign_in,
    password,
    print_json,
    tell,
    user_of,
)
from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import Refused
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.services.restores import Facts, Preview


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("backup.cli-restore")
    parser = subparsers.add_parser("restore", help=text, description=text)
    parser.add_argument(
        "backup", type=Path, metavar="BACKUP", help=words("backup.cli-backup-file")
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=words("backup.cli-new-file")
    )
    parser.add_argument(
        "--present", type=Path, metavar="FILE", help=words("backup.cli-present")
    )
    parser.add_argument(
        "--preview", action="store_true", help=words("backup.cli-preview")
    )
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Show what is in it and what differs; then, unless only that is asked, restore."""
    from registry_app.services.restores import restoring

    words: Words = args.words
    user = user_of(args, args.backup)
    known, code = password(args), os.environ.get(CODE, "")
    with (
        _present(args, user, known, code) as present,
        restoring(
            args.backup, args.file.absolute(), user, known, code, present=present
        ) as waiting,
    ):
        preview = waiting.preview
        for problem in preview.problems:
            tell(words.say(problem))
        if preview.problems:
            raise Refused("backup.not-restored")
        if not args.preview:
            waiting.accept(args.file.absolute(), user, known, code)
    restored = None if args.preview else f"{args.file}"
    if args.json:
        print_json({"file": restored, **_plain(preview)})
        return 0
    for line in _said(preview, words):
        print(line)
    if restored is not None:
        print(words("backup.cli-restored", file=restored, backup=args.backup))
    return 0


@contextmanager
def _present(
    args: Namespace, user: str, known: str, code: str
) -> Iterator["Desk | None"]:
    """The file in use, if one is named; it is only read."""
    if args.present is None:
        yield None
        return
    from registry_app.services.registry import sign_in

    desk = sign_in(args.present, user, known, code)
    try:
        yield desk
    finally:
        desk.close()


def _plain(preview: "Preview") -> dict[str, object]:
    beside = preview.beside
    return {
        "backup": _facts(preview.backup),
        "present": None
        if beside is None
        else {
            **_facts(beside.facts),
            "same_trail": beside.same_trail,
            "newer": beside.newer,
        },
    }


def _facts(facts: "Facts") -> dict[str, object]:
    return {
        "patients": facts.patients,
        "entries": facts.entries,
        "last_at": facts.last_at.isoformat() if facts.last_at else None,
        "last_by": facts.last_by,
    }


def _said(preview: "Preview", words: Words) -> Iterator[str]:
    yield words("backup.cli-holds", **_params(preview.backup))
    beside = preview.beside
    if beside is None:
        return
    yield words("backup.cli-in-use", **_params(beside.facts))
    if not beside.same_trail:
        yield words("backup.other-way")
        return
    for kind, number in beside.newer.items():
        name = words(f"trail.kind-{kind}")
        yield words("backup.cli-newer", kind=name, count=number)


def _params(facts: "Facts") -> dict[str, object]:
    at = facts.last_at
    last = f"{at.astimezone(TOKYO):%Y-%m-%d %H:%M} +09:00" if at else "-"
    return {
        "patients": facts.patients,
        "entries": facts.entries,
        "at": last,
        "by": facts.last_by,
    }
