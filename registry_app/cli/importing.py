"""``registry-app import``: patients and exams from a file, with a row report."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from registry_app.cli.desk import (
    add_json,
    add_lang,
    add_sign_in,
    print_json,
    signed_in,
    tell,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.exchange.rows import Problem
    from registry_app.services.imports import Imported

#: So many problems are worded for people; with --json there are all.
_TOLD: Final = 100


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.import")
    parser = subparsers.add_parser("import", help=text, description=text)
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help=words("cli.file")
    )
    parser.add_argument(
        "source",
        nargs="?",
        type=Path,
        metavar="SOURCE",
        help=words("cli.import-source"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=words("cli.import-dry-run")
    )
    parser.add_argument(
        "--map", type=Path, metavar="MAP.toml", help=words("cli.import-map")
    )
    parser.add_argument(
        "--template", type=Path, metavar="OUT.xlsx", help=words("cli.import-template")
    )
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: Namespace) -> int:
    """Take the rows in, or none of them; 1 where one of them has a problem."""
    words: Words = args.words
    if args.template is not None:
        if args.file is not None:
            args.usage_error(words("cli.import-template-alone"))
        from registry_app.exchange.template import write_template

        write_template(args.template)
        tell(words("cli.template-written", file=args.template))
        return 0
    if args.source is None:
        args.usage_error(words("cli.import-needs"))
    from registry_app.services.imports import import_file

    with signed_in(args) as desk:
        done = import_file(desk, args.source, mapping=args.map, dry_run=args.dry_run)
    if args.json:
        print_json(_as_data(done, words, dry_run=args.dry_run))
    else:
        _tell(done, words)
    return 1 if done.problems else 0


def _tell(done: "Imported", words: Words) -> None:
    for notice in done.notices:
        tell(words.say(notice))
    for problem in done.problems[:_TOLD]:
        tell(_sentence(problem, words))
    if len(done.problems) > _TOLD:
        tell(words("cli.more-problems", number=len(done.problems) - _TOLD))
    if done.problems:
        tell(words("cli.nothing-imported", number=len(done.problems)))
        return
    print(
        words(
            "cli.imported" if done.written else "cli.would-import",
            new=done.patients_new,
            known=done.patients_known,
            exams=done.exams_new,
            drafts=done.drafts,
            unchanged=done.exams_unchanged,
        )
    )


def _sentence(problem: "Problem", words: Words) -> str:
    told = words.say(problem.message)
    if not problem.line:
        return told
    if not problem.cell:
        return words("import.at-line", line=problem.line, text=told)
    return words("import.at-cell", line=problem.line, cell=problem.cell, text=told)


def _as_data(done: "Imported", words: Words, *, dry_run: bool) -> dict[str, Any]:
    return {
        "written": done.written,
        "dry_run": dry_run,
        "patients": {"new": done.patients_new, "known": done.patients_known},
        "exams": {
            "new": done.exams_new,
            "drafts": done.drafts,
            "unchanged": done.exams_unchanged,
        },
        "problems": [
            {
                "line": problem.line,
                "cell": problem.cell,
                "key": problem.message.key,
                "message": words.say(problem.message),
            }
            for problem in done.problems
        ],
        "notices": [words.say(notice) for notice in done.notices],
        "rows": [
            {
                "line": row.line,
                "patient": row.patient,
                "case_id": row.case_id or None,
                "exam": row.exam or None,
            }
            for row in done.rows
        ],
    }
