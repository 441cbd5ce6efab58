"""``registry-app cut``: freeze the data, list the cuts, say what changed since."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from registry_app.cli.desk import add_json, add_lang, add_sign_in, print_json, signed_in
from registry_app.domain.cut import DataCut
from registry_app.domain.trail import Entry
from registry_app.words import Words


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.cut")
    parser = subparsers.add_parser("cut", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--purpose", metavar="TEXT", help=words("cli.cut-purpose"))
    what.add_argument("--list", action="store_true", help=words("cli.cut-list"))
    what.add_argument("--since", metavar="N", help=words("cli.cut-since"))
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Freeze, and tell the cut; or list the cuts; or what was written after one."""
    from registry_app.services.cuts import changed_since, cuts, freeze

    words: Words = args.words
    with signed_in(args) as desk:
        if args.since is not None:
            entries = changed_since(desk, args.since)
            _tell_entries(args, entries)
            return 0
        found = cuts(desk) if args.list else (freeze(desk, args.purpose or ""),)
    if args.json:
        data = [_cut_data(cut) for cut in found]
        print_json({"cuts": data} if args.list else data[0])
        return 0
    for cut in found:
        print(
            words(
                "cli.cut-line",
                number=cut.id,
                on=cut.on,
                seq=cut.seq,
                head=cut.head,
                by=cut.frozen_by,
                purpose=cut.purpose,
            ).rstrip()
        )
    return 0


def _tell_entries(args: Namespace, entries: tuple[Entry, ...]) -> None:
    words: Words = args.words
    if args.json:
        print_json(
            {"cut": args.since, "changes": [_entry_data(entry) for entry in entries]}
        )
        return
    print(words("cli.cut-changes", cut=args.since, count=len(entries)))
    for entry in entries:
        print(
            words(
                "cli.cut-change",
                seq=entry.seq,
                at=f"{entry.at:%Y-%m-%d %H:%M}",
                kind=words(f"trail.kind-{entry.kind}"),
                id=entry.id,
                reason=entry.reason,
            ).rstrip()
        )


def _cut_data(cut: DataCut) -> dict[str, object]:
    return {
        "number": cut.id,
        "seq": cut.seq,
        "head": cut.head,
        "on": cut.on.isoformat(),
        "pack": cut.pack,
        "pack_version": cut.pack_version,
        "engine": cut.engine,
        "program": cut.program,
        "frozen_by": cut.frozen_by,
        "frozen_at": cut.frozen_at.isoformat(),
        "purpose": cut.purpose,
    }


def _entry_data(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "by": entry.actor,
        "kind": entry.kind,
        "id": entry.id,
        "items": [change.item for change in entry.changes],
        "reason": entry.reason,
    }
