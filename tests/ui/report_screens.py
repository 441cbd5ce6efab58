"""The page of reports and its dialogs, as the test for screen readers wants them."""

from registry_app.domain.report import Kind
from registry_app.services.reports import make_report
from registry_app.ui.dialogs.certificate import CertificateDialog
from registry_app.ui.dialogs.entries import SaidDialog
from registry_app.ui.dialogs.evaluation import EvaluationDialog, LockDialog
from registry_app.ui.dialogs.freeze import FreezeDialog
from registry_app.ui.dialogs.publication import PublicationDialog
from registry_app.ui.dialogs.report_issue import IssueDialog
from registry_app.ui.dialogs.report_names import NamesDialog
from registry_app.ui.dialogs.report_texts import TextsDialog
from registry_app.ui.dialogs.sign import SignDialog
from registry_app.ui.dialogs.transmit import ReceiptLaterDialog, TransmitDialog
from registry_app.ui.pages.reports import VIEWS, ReportsPage
from registry_app.words import Language


def _nothing(*_told):
    """What a dialog would save."""


def issued(room):
    """The page, with a report that was issued."""
    make_report(room.desk, Kind.DISCLOSURE, (Language.EN,))
    return ReportsPage(*room.usual, "issued")


SCREENS = {
    **{
        f"reports, {view}": lambda room, _, view=view: ReportsPage(*room.usual, view)
        for view in VIEWS
    },
    "reports, one issued": lambda room, _: issued(room),
    **{
        f"reports, {kind.letters}": lambda room, _, kind=kind: ReportsPage(
            *room.usual, "make", kind
        )
        for kind in (Kind.CASE_REPORT, Kind.PATIENT_SUMMARY, Kind.USE_RECORD)
    },
    "freeze": lambda room, parent: FreezeDialog(
        parent, room.words, room.look, _nothing, "x"
    ),
    "texts": lambda room, parent: TextsDialog(
        *(parent, room.words, room.look, _nothing),
        name="x",
        slots=[("summary", "x"), ("plan", "y")],
        texts={},
    ),
    "names": lambda room, parent: NamesDialog(parent, room.words, room.look),
    "issue": lambda room, parent: IssueDialog(
        parent, room.words, room.look, "x", [("x", "x")], ["x"]
    ),
    "sign": lambda room, parent: SignDialog(
        *(parent, room.words, room.look, _nothing),
        title="x",
        what="x",
        person="x",
        given=(),
    ),
    "transmit": lambda room, parent: TransmitDialog(
        *(parent, room.words, room.look, _nothing),
        number="x",
        today=room.today,
        duties=(),
    ),
    "receipt later": lambda room, parent: ReceiptLaterDialog(
        *(parent, room.words, room.look, _nothing), name="x", today=room.today
    ),
    "certificate": lambda room, parent: CertificateDialog(
        parent, room.words, room.look, _nothing, file="x"
    ),
    "verdict": lambda room, parent: SaidDialog(
        parent, room.words, room.look, title="x", said=["x"], chip=("done", "x")
    ),
    "evaluation": lambda room, parent: EvaluationDialog(
        *(parent, room.words, room.look, _nothing),
        today=room.today,
        known=None,
        amends=True,
    ),
    "lock": lambda room, parent: LockDialog(
        parent, room.words, room.look, _nothing, name="x"
    ),
    "publication": lambda room, parent: PublicationDialog(
        parent, room.words, room.look, _nothing, today=room.today
    ),
}
