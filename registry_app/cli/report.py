"""``registry-app report``: a report as PDF, or its figures as data."""

import os
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any, Final

from registry_app.cli.desk import (
    add_json,
    add_sign_in,
    print_json,
    signed_in,
    tell,
)
from registry_app.cli.duties import read_day
from registry_app.domain.errors import Refused
from registry_app.domain.names import plain
from registry_app.domain.report import Kind
from registry_app.words import Language, Words

#: Each kind by its number, and by a name.
_KINDS: Final = {
    "R4": Kind.OBLIGATIONS,
    "obligations": Kind.OBLIGATIONS,
    "R5": Kind.PATIENT_SUMMARY,
    "patient": Kind.PATIENT_SUMMARY,
    "R6": Kind.ALL_CASE_LOG,
    "log": Kind.ALL_CASE_LOG,
    "today": Kind.TODAY,
    "card": Kind.CARD,
}
_LANGUAGES: Final = {
    "ja": (Language.JA,),
    "en": (Language.EN,),
    "ja+en": (Language.JA, Language.EN),
}


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.report")
    parser = subparsers.add_parser("report", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument("kind", choices=tuple(_KINDS), help=words("cli.report-kind"))
    parser.add_argument("--patient", metavar="ID", help=words("cli.report-patient"))
    parser.add_argument(
        "--lang",
        dest="languages",
        choices=tuple(_LANGUAGES),
        default=words.language.value,
        help=words("cli.report-lang"),
    )
    parser.add_argument(
        "--identifiable", action="store_true", help=words("cli.report-identifiable")
    )
    parser.add_argument("--draft", action="store_true", help=words("cli.report-draft"))
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--cut", type=int, metavar="N", help=words("cli.report-cut"))
    when.add_argument("--as-of", metavar="D", help=words("cli.report-as-of"))
    parser.add_argument(
        "-o", dest="out", type=Path, metavar="OUT.pdf", help=words("cli.report-out")
    )
    add_sign_in(parser, words)
    add_json(parser, words)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: Namespace) -> int:
    """Make it and write it; with ``--json`` alone it is only looked at, not issued."""
    from registry_app.services.cuts import cut_as_of
    from registry_app.services.reports import make_report

    kind = _KINDS[args.kind]
    if kind.of_one_case != bool(args.patient):
        key = "cli.report-which" if kind.of_one_case else "cli.report-whole"
        args.usage_error(args.words(key, kind=args.kind))
    day = None if args.as_of is None else read_day(args.as_of)
    if args.out is not None:
        check_place(args.out)
    only_figures = args.json and args.out is None
    with signed_in(args) as desk:
        cut = args.cut if day is None else cut_as_of(desk, day)
        report = make_report(
            desk,
            kind,
            _LANGUAGES[args.languages],
            subject_id=plain(args.patient or "").upper(),
            identifiable=args.identifiable,
            draft=args.draft or only_figures,
            cut=cut,
            on=day,
        )
    if not only_figures:
        out = args.out or Path(f"{report.number}.pdf")
        check_place(out)
        write_new(out, report.pdf)
        tell(args.words("cli.report-written", file=out, number=report.number))
    if args.json:
        print_json(report.figures)
    return 0


def check_place(out: Path) -> None:
    """Refuse a file that is there already, and a folder that is not."""
    if out.exists():
        raise Refused("cli.out-exists", file=out.name)
    if not out.absolute().parent.is_dir():
        raise Refused("cli.no-out-folder", file=out.name)


def write_new(out: Path, data: bytes) -> None:
    """A whole new file or none: written beside its place, then put there."""
    try:
        with tempfile.NamedTemporaryFile(
            dir=out.absolute().parent, delete=False
        ) as part:
            try:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
                part.close()
                Path(part.name).replace(out)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError:
        raise Refused("cli.cannot-write", file=out.name) from None
