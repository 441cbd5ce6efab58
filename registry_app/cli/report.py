"""``registry-app report``: a report as PDF, or its figures as data."""

import os
import tempfile
from argparse import Namespace
from datetime import date
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
from registry_app.cli.handing_over import add_handing_over, write_out
from registry_app.cli.paper import LANGUAGES, add_paper
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.names import plain
from registry_app.domain.report import Kind
from registry_app.words import Words

#: Each kind by a name; by its number, too, where it has one.
_NAMES: Final = {
    "periodic": Kind.PERIODIC,
    "case": Kind.CASE_REPORT,
    "evaluation": Kind.EVALUATION,
    "obligations": Kind.OBLIGATIONS,
    "patient": Kind.PATIENT_SUMMARY,
    "log": Kind.ALL_CASE_LOG,
    "unknown": Kind.UNKNOWN_NON_SERIOUS,
    "infection": Kind.INFECTION,
    "use-record": Kind.USE_RECORD,
    "disclosure": Kind.DISCLOSURE,
    "today": Kind.TODAY,
    "card": Kind.CARD,
}
_KINDS: Final = {kind.letters: kind for kind in Kind} | _NAMES


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.report")
    parser = subparsers.add_parser("report", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument("kind", choices=tuple(_KINDS), help=words("cli.report-kind"))
    parser.add_argument("--patient", metavar="ID", help=words("cli.report-patient"))
    parser.add_argument("--case", metavar="NUMBER", help=words("cli.report-case"))
    parser.add_argument("--period", metavar="A..B", help=words("cli.report-period"))
    parser.add_argument(
        "--identifiable", action="store_true", help=words("cli.report-identifiable")
    )
    parser.add_argument("--draft", action="store_true", help=words("cli.report-draft"))
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--cut", metavar="N", help=words("cli.report-cut"))
    when.add_argument("--as-of", metavar="D", help=words("cli.report-as-of"))
    parser.add_argument(
        "--form",
        choices=("3b", "1b"),
        default="3b",
        help=words("cli.report-form"),
    )
    add_paper(parser, words)
    add_handing_over(parser, words)
    add_sign_in(parser, words)
    add_json(parser, words)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: Namespace) -> int:
    """Make it and write it; with ``--json`` alone it is only looked at, not issued."""
    from registry_app.services.cuts import cut_as_of, cut_numbered
    from registry_app.services.outgoing import outgoing_paper
    from registry_app.services.reports import make_report

    kind = _KINDS[args.kind]
    _check_usage(args, kind)
    day = None if args.as_of is None else read_day(args.as_of)
    period = None if args.period is None else _read_period(args.period)
    if args.out is not None:
        check_place(args.out)
    only_figures = args.json and args.out is None
    with signed_in(args) as desk:
        cut = None if day is None else cut_as_of(desk, day)
        if args.cut is not None:
            cut = cut_numbered(desk, args.cut).seq
        report = make_report(
            desk,
            kind,
            LANGUAGES[args.languages],
            subject_id=plain(args.patient or "").upper(),
            about=plain(args.case or "").upper(),
            period=period,
            identifiable=args.identifiable,
            draft=args.draft or only_figures,
            cut=cut,
            on=day,
            form=args.form,
        )
        if not only_figures:
            out = args.out or Path(f"{report.number}.pdf")
            check_place(out)
            told = (report.number, kind, plain(args.patient or "").upper())
            named = args.identifiable
            write_out(desk, args, outgoing_paper(desk, *told, identifiable=named))
            write_new(out, report.pdf)
            tell(args.words("cli.report-written", file=out, number=report.number))
    if args.json:
        print_json(report.figures)
    return 0


def _check_usage(args: Namespace, kind: Kind) -> None:
    """A patient is named for the kinds of one patient and only for them; so a case."""
    if kind.of_one_case != bool(args.patient):
        key = "cli.report-which" if kind.of_one_case else "cli.report-whole"
        args.usage_error(args.words(key, kind=args.kind))
    if kind.of_safety_case and not args.case:
        args.usage_error(args.words("cli.report-which-case", kind=args.kind))
    if args.case and not kind.may_be_of_safety_case:
        args.usage_error(args.words("cli.report-no-case", kind=args.kind))


def _read_period(text: str) -> tuple[date, date]:
    """``2025-04-01..2026-03-31``, both days included. Raises InvalidValue."""
    first, found, last = text.partition("..")
    if not found:
        raise InvalidValue("cli.not-a-period", text=text)
    return read_day(first, "--period"), read_day(last, "--period")


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
