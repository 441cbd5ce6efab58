"""The pictures of reports: each part of the page, a preview, records, dialogs."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QWidget

from registry_app.domain.report import SLOTS, IssuedReport, Kind
from registry_app.services.report_kinds import duties_served
from registry_app.services.reports import issued, make_report
from registry_app.services.signing import signatures
from registry_app.services.verifying import verify_report
from registry_app.ui.dialogs.entries import SaidDialog
from registry_app.ui.dialogs.evaluation import EvaluationDialog
from registry_app.ui.dialogs.freeze import FreezeDialog
from registry_app.ui.dialogs.publication import PublicationDialog
from registry_app.ui.dialogs.report_issue import IssueDialog
from registry_app.ui.dialogs.report_names import NamesDialog
from registry_app.ui.dialogs.report_texts import TextsDialog
from registry_app.ui.dialogs.sign import SignDialog
from registry_app.ui.dialogs.transmit import TransmitDialog
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.reports import VIEWS, ReportsPage
from registry_app.ui.pages.reports_options import slot_said

Go = Callable[[MainWindow], object]


def places() -> Iterator[tuple[str, Go]]:
    """Every part of the page; a preview with a number, and what stands behind it."""
    for view in VIEWS:
        name = "reports" if view == VIEWS[0] else f"reports-{view}"
        yield name, lambda window, view=view: window.reports.show(view)
    yield "reports-preview", preview
    yield "reports-records", records


def preview(window: MainWindow) -> ReportsPage:
    """The pages of R8, with one number framed."""
    window.reports.open(Kind.INFECTION.value, "")
    page = window.page
    assert isinstance(page, ReportsPage)
    page.preview()
    while page.make.preview.report is None:  # it is made in another thread
        QApplication.processEvents()
        QThread.msleep(10)
    view = page.make.preview.view
    view.go_to(next(n for n in range(len(page.make.preview.report.regions)) if n > 2))
    return page


def records(window: MainWindow) -> None:
    """What stands behind that number."""
    page = preview(window)
    page.make.preview.records.emit(page.make.preview.view.current)


def _report(owner: MainWindow) -> IssuedReport:
    """A report that was issued; the same one in every language of the screen."""
    desk = owner.desk
    report = make_report(desk, Kind.DISCLOSURE, (owner.words.language,))
    return next(one for one in issued(desk) if one.id == report.number)


def dialogs(owner: MainWindow, _case: str) -> Iterator[tuple[str, QWidget]]:
    """Each with its fields as they are when it opens."""
    desk, words, look = owner.desk, owner.words, owner.look
    usual, today = (owner, words, look), owner.today
    one = _report(owner)

    def save(*_told: object) -> None:
        """A picture is not to save anything."""

    yield "freeze", FreezeDialog(*usual, save)
    slots = [
        (slot, slot_said(words, Kind.PERIODIC, slot)) for slot in SLOTS[Kind.PERIODIC]
    ]
    yield "texts", TextsDialog(*usual, save, name=one.id, slots=slots, texts={})
    yield "names", NamesDialog(*usual)
    told = [(words("reports_page.cut"), words("reports_page.cut-now"))]
    warning = words("report_dialog.named-warning")
    yield "issue", IssueDialog(*usual, one.id, told, [warning])
    yield (
        "sign",
        SignDialog(
            *(*usual, save),
            title=words("reports_page.sign-title"),
            what=words("reports_page.sign-what", number=one.id, digest=one.digest[:16]),
            person=desk.person.display_name,
            given=signatures(desk, one.id),
        ),
    )
    duties = duties_served(desk, Kind.UNKNOWN_NON_SERIOUS)
    yield (
        "transmit",
        TransmitDialog(*usual, save, number=one.id, today=today, duties=duties),
    )
    verdict = verify_report(desk, b"%PDF-1.7\n%%EOF")
    said = words(f"reports_page.verdict-{verdict.standing.value.replace(' ', '-')}")
    yield (
        "verdict",
        SaidDialog(
            *usual,
            title=words("reports_page.verify-title"),
            said=[said],
            chip=("blocked", words("reports_page.standing-not-ours")),
        ),
    )
    yield (
        "evaluation",
        EvaluationDialog(*usual, save, today=today, known=None, amends=True),
    )
    yield "publication", PublicationDialog(*usual, save, today=today)
