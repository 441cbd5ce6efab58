"""``registry-app packs``: what packs there are, what one says, whether one is sound."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any, Final

from registry_app.cli.desk import add_json, add_lang, print_json
from registry_app.domain.errors import NotFound, Refused
from registry_app.words import Language, Words

_CHECK: Final = "check"


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("packs.cli-packs")
    parser: ArgumentParser = subparsers.add_parser("packs", help=text, description=text)
    parser.add_argument(
        "what", nargs="?", metavar="ID | check", help=words("packs.cli-what")
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="DIR",
        help=words("packs.cli-folder"),
    )
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run, usage=parser.error)


def run(args: Namespace) -> int:
    """List the packs, show one, or check a folder; 1 where it is not sound."""
    words: Words = args.words
    if args.what == _CHECK:
        if args.folder is None:
            args.usage(words("packs.cli-needs-folder"))
        return _check(words, args.folder, as_json=args.json)
    if args.folder is not None:
        args.usage(words("packs.cli-one-only"))
    if args.what is None:
        return _list(words, as_json=args.json)
    return _show(words, args.what, as_json=args.json)


def _list(words: Words, *, as_json: bool) -> int:
    from registry_app.packs.loader import folder_of, pack_ids, read_folder

    found = [(name, folder_of(name)) for name in pack_ids()]
    read = [(name, folder, *read_folder(folder)) for name, folder in found]
    if as_json:
        rows = [
            {
                "id": name,
                "folder": str(folder),
                "sound": pack is not None,
                "problems": len(problems),
                "version": pack and pack.version,
                "name": pack and {"ja": pack.name.ja, "en": pack.name.en},
                "made_up": pack and pack.made_up,
            }
            for name, folder, pack, problems in read
        ]
        print_json({"packs": rows})
        return 0
    for name, folder, pack, problems in read:
        if pack is None:
            count = len(problems)
            print(words("packs.cli-broken", id=name, count=count, folder=folder))
        else:
            said = pack.name
            print(words("packs.cli-line", id=name, version=pack.version, name=said))
    return 0


def _show(words: Words, name: str, *, as_json: bool) -> int:
    from registry_app.packs.loader import load_pack
    from registry_app.packs.stored import checksum, content
    from registry_app.services.pack_pages import markdown

    pack = load_pack(name)
    if as_json:
        text = content(pack)
        print_json({"sha256": checksum(text), "pack": json.loads(text)})
    else:
        print(markdown(pack, words))
    return 0


def _check(words: Words, folder: Path, *, as_json: bool) -> int:
    from registry_app.packs.loader import read_folder
    from registry_app.packs.stored import checksum, content

    if not folder.is_dir():
        raise NotFound("packs.cli-no-folder", folder=folder)
    pack, problems = read_folder(folder.resolve())
    sum_ = checksum(content(pack)) if pack is not None else ""
    if as_json:
        spoken = [Words(language) for language in Language]
        rows = [
            {
                "file": problem.file,
                "path": problem.path,
                **{w.language.value: w.say(problem.message) for w in spoken},
            }
            for problem in problems
        ]
        print_json(
            {
                "sound": pack is not None,
                "id": pack and pack.id,
                "version": pack and pack.version,
                "sha256": sum_ or None,
                "problems": rows,
            }
        )
        return 0 if pack is not None else 1
    if pack is not None:
        print(words("packs.cli-sound", id=pack.id, version=pack.version, sha256=sum_))
        return 0
    for problem in problems:
        print(words.say(problem.said))
    raise Refused("packs.cli-problems", count=len(problems))
