"""What a command says of the data that it writes out, for the access log."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from registry_app.domain.handover import Basis, Handover, Outgoing
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


def add_handing_over(parser: ArgumentParser, words: Words) -> None:
    """``--purpose``, ``--basis`` and ``--recipient``."""
    parser.add_argument(
        "--purpose", metavar="TEXT", default="", help=words("access.cli-purpose")
    )
    parser.add_argument(
        "--basis",
        type=Basis,
        choices=tuple(Basis),
        metavar="BASIS",
        help=words("access.cli-basis", names=", ".join(Basis)),
    )
    parser.add_argument(
        "--recipient", metavar="WHO", default="", help=words("access.cli-recipient")
    )


def stated(args: Namespace) -> Handover:
    """What was said. Raises InvalidValue unless it was all said.

    For commands that hand out identifiable data and are not in the fixed contract.
    """
    said = _said(args)
    said.check()
    return said


def write_out(desk: "Desk", args: Namespace, leaving: Outgoing) -> None:
    """Have it on record, before the file is written: printed, or exported."""
    from registry_app.services.access import exported, printed

    if leaving.export:
        exported(desk, leaving, _said(args))
    else:
        printed(desk, leaving.what, leaving.one)


def _said(args: Any) -> Handover:
    return Handover(args.purpose, args.basis, args.recipient)
