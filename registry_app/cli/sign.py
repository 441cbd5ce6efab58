"""``registry-app sign``: signatures under a report, a record, or a certificate's."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry_app.cli import sign_record
from registry_app.cli.desk import (
    add_json,
    add_lang,
    add_sign_in,
    first_line,
    password,
    print_json,
    signed_in,
    tell,
)
from registry_app.cli.handing_over import add_handing_over, write_out
from registry_app.cli.report import check_place, write_new
from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import Refused
from registry_app.domain.signature import Meaning
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.sign")
    parser = subparsers.add_parser("sign", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument("number", metavar="NUMBER", help=words("cli.sign-number"))
    parser.add_argument(
        "--of", choices=tuple(sign_record.RECORDS), help=words("signing.cli-of")
    )
    parser.add_argument(
        "--meaning", choices=tuple(Meaning), help=words("cli.sign-meaning")
    )
    parser.add_argument(
        "--certificate", type=Path, metavar="KEY.p12", help=words("cli.sign-key")
    )
    parser.add_argument(
        "--certificate-password-file",
        type=Path,
        metavar="PATH",
        help=words("cli.sign-key-password"),
    )
    parser.add_argument(
        "-o", dest="out", type=Path, metavar="OUT.pdf", help=words("cli.sign-out")
    )
    add_handing_over(parser, words)
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: Namespace) -> int:
    """Sign; the new edition is written where ``-o`` says, with its certificate."""
    from registry_app.services.outgoing import outgoing_filed
    from registry_app.services.reports import filed_pdf
    from registry_app.services.signing import same_hand, sign, signatures

    words: Words = args.words
    key = args.certificate
    if args.of is not None:
        if key is not None or args.out is not None:
            args.usage_error(words("signing.cli-report-only"))
        return sign_record.run(args)
    if key is None and args.meaning is None:
        args.usage_error(words("cli.sign-what"))
    if key is not None and (args.out is None or args.certificate_password_file is None):
        args.usage_error(words("cli.sign-needs"))
    if args.out is not None:
        check_place(args.out)
    with signed_in(args) as desk:
        if args.meaning is not None:
            warning = same_hand(desk, args.number)
            if warning is not None:
                tell(words.say(warning))
            sign(desk, args.number, Meaning(args.meaning), password(args))
        if args.out is not None:
            certified = key is not None
            pdf = _certified(desk, args) if certified else filed_pdf(desk, args.number)
            write_out(desk, args, outgoing_filed(desk, args.number))
            write_new(args.out, pdf)
        given = signatures(desk, args.number)
    if args.json:
        print_json(
            {
                "number": args.number,
                "signatures": [
                    {
                        "meaning": one.meaning.value,
                        "name": one.name,
                        "person": one.person,
                        "at": one.at.isoformat(),
                        "digest": one.state,
                    }
                    for one in given
                ],
            }
        )
        return 0
    for one in given:
        said = words.say(one.meaning.told)
        at = f"{one.at.astimezone(TOKYO):%Y-%m-%d %H:%M} +09:00"
        print(words("cli.sign-line", meaning=said, name=one.name, at=at))
    if args.out is not None:
        tell(words("cli.report-written", file=args.out, number=args.number))
    return 0


def _certified(desk: "Desk", args: Namespace) -> bytes:
    from registry_app.services.certificate import with_certificate

    try:
        key = args.certificate.read_bytes()
    except OSError:
        raise Refused("report_service.no-certificate") from None
    secret = first_line(args.certificate_password_file)
    return with_certificate(desk, args.number, key, secret)
