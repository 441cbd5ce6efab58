"""``registry-app transmit``: a report was handed over; its receipt came."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry_app.cli.desk import add_json, add_lang, add_sign_in, print_json, signed_in
from registry_app.cli.duties import read_day
from registry_app.domain.errors import Refused
from registry_app.domain.report import Transmittal
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.transmit")
    parser = subparsers.add_parser("transmit", help=text, description=text)
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.file"))
    parser.add_argument(
        "number", nargs="?", metavar="NUMBER", help=words("cli.transmit-number")
    )
    parser.add_argument("--to", metavar="WHO", help=words("cli.transmit-to"))
    parser.add_argument("--how", metavar="HOW", help=words("cli.transmit-how"))
    parser.add_argument("--on", metavar="D", help=words("cli.transmit-on"))
    parser.add_argument("--receipt", metavar="R", help=words("cli.transmit-receipt"))
    parser.add_argument(
        "--receipt-on", metavar="D", help=words("cli.transmit-receipt-on")
    )
    parser.add_argument("--duty", metavar="KEY", help=words("cli.transmit-duty"))
    parser.add_argument("--note", metavar="TEXT", help=words("cli.transmit-note"))
    add_sign_in(parser, words)
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: Namespace) -> int:
    """Log it. Without a number the log; with a receipt alone that of the newest."""
    words: Words = args.words
    with signed_in(args) as desk:
        found = _logged(desk, args)
    if args.json:
        data = [_data(one) for one in found]
        print_json(data[0] if args.number else {"transmittals": data})
        return 0
    for one in found:
        print(
            words(
                "cli.transmit-line",
                on=one.sent_on,
                number=one.report,
                to=one.recipient,
                how=one.way,
                receipt=one.receipt,
                duty=one.duty,
            ).rstrip()
        )
    return 0


def _logged(desk: "Desk", args: Namespace) -> tuple[Transmittal, ...]:
    from registry_app.services.transmittals import add_receipt, transmit, transmittals

    if args.number is None:
        return transmittals(desk)
    receipt_on = None
    if args.receipt_on is not None:
        receipt_on = read_day(args.receipt_on, "--receipt-on")
    if args.receipt and not (args.to or args.how or args.on):
        log = transmittals(desk)
        known = next((one for one in log if one.report == args.number), None)
        if known is None:
            raise Refused("cli.transmit-none", number=args.number)
        return (add_receipt(desk, known.id, args.receipt, receipt_on),)
    if not (args.to and args.how and args.on):
        args.usage_error(args.words("cli.transmit-needs"))
    handed = Transmittal(
        id="",
        report=args.number,
        sha256="",
        recipient=args.to,
        way=args.how,
        sent_on=read_day(args.on, "--on"),
        sent_by="",
        receipt=args.receipt or "",
        receipt_on=receipt_on,
        duty=args.duty or "",
        note=args.note or "",
    )
    return (transmit(desk, handed),)


def _data(one: Transmittal) -> dict[str, object]:
    return {
        "id": one.id,
        "report": one.report,
        "sha256": one.sha256,
        "to": one.recipient,
        "how": one.way,
        "on": one.sent_on.isoformat(),
        "by": one.sent_by,
        "receipt": one.receipt or None,
        "receipt_on": None if one.receipt_on is None else one.receipt_on.isoformat(),
        "duty": one.duty or None,
        "note": one.note or None,
    }
