"""What can be done with an issued report, and with any PDF that comes along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import Refused, RegistryError
from registry_app.domain.report import IssuedReport, Kind, Transmittal
from registry_app.domain.signature import Meaning
from registry_app.services.outgoing import outgoing_filed, outgoing_paper
from registry_app.services.protocol import today_in_japan
from registry_app.services.report_kinds import duties_served
from registry_app.services.reports import filed_pdf
from registry_app.services.signing import same_hand, sign, signatures
from registry_app.services.transmittals import transmit
from registry_app.services.verifying import Verdict, verify_report
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.certificate import CertificateDialog
from registry_app.ui.dialogs.entries import SaidDialog
from registry_app.ui.dialogs.sign import SignDialog
from registry_app.ui.dialogs.transmit import Sent, TransmitDialog
from registry_app.ui.frame import Strip
from registry_app.ui.outside import Outside
from registry_app.ui.page import Page
from registry_app.ui.pages.reports_filed import FiledDialog
from registry_app.ui.pages.reports_issued import SHAPES, standing_said
from registry_app.ui.pdf_pages import PdfPages
from registry_app.ui.places import ask_file
from registry_app.ui.undisturbed import undisturbed

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.services.making import Report
    from registry_app.ui.pages.reports_options import Wish


class ReportDeeds(QObject):
    """changed(number): signed or handed over. judged(number, verdict): it was checked.

    opened(source): a record behind a number of a filed report was asked for.
    shown(number): its pages were looked at.
    `strip`: where it is said; `working`: what takes its time.
    """

    changed = Signal(str)
    judged = Signal(str, object)
    opened = Signal(object)
    shown = Signal(str)

    def __init__(self, page: Page, strip: Strip, working: Working) -> None:
        super().__init__(page)
        self._page, self._strip, self._working = page, strip, working
        self._desk, self._words, self._look = page.desk, page.words, page.look
        told = (page, page.desk, page.words, page.look, strip)
        self._outside = Outside(*told, page.refused.emit)

    def do(self, name: str, one: IssuedReport) -> None:
        """One of the buttons of the page (`DEEDS`)."""
        deeds: dict[str, Callable[[IssuedReport], None]] = {
            "view": self.view,
            "sign": self.sign,
            "save": lambda one: self._keep(one.id, filed_pdf(self._desk, one.id)),
            "print": self.print,
            "transmit": self.transmit,
            "check": self.check,
            "certificate": self.certificate,
        }
        with self._page.asking():
            deeds[name](one)

    def _run(
        self, work: Callable[[], Any], then: Callable[[Any], object], said: str
    ) -> None:
        """Do it in another thread, with words at the foot of the page."""
        task = Task(self, work)
        task.done.connect(then)
        task.failed.connect(self._page.refused)
        self._working.follow(task, self._words(f"reports_page.{said}"))
        task.start()

    # ── look at it, keep it, print it ────────────────────────────────────────────

    def view(self, one: IssuedReport) -> None:
        """The filed pages."""
        self._run(
            lambda: PdfPages(filed_pdf(self._desk, one.id)),
            lambda pages: self._show(one.id, pages),
            "opening",
        )

    def _show(self, number: str, pages: PdfPages) -> None:
        """The pages; a record behind one of their numbers is gone to after them."""
        dialog = FiledDialog(
            self._window, self._words, self._look, self._desk, number, pages
        )
        dialog.exec()
        if dialog.source is not None:
            self.opened.emit(dialog.source)
        dialog.deleteLater()
        self.shown.emit(number)

    @property
    def _window(self) -> QWidget:
        return self._page.window()

    def save(self, report: Report, wish: Wish) -> None:
        """A draft that was just made, as a file."""
        told = (report.number, wish.kind, wish.subject_id)
        leaving = outgoing_paper(self._desk, *told, identifiable=wish.identifiable)
        self._outside.save(leaving, f"{report.number}.pdf", report.pdf, "report")

    def _keep(self, number: str, pdf: bytes, name: str = "") -> None:
        """What was filed under a number, as a file."""
        leaving = outgoing_filed(self._desk, number)
        self._outside.save(leaving, f"{name or number}.pdf", pdf, "report")

    def print(self, one: IssuedReport) -> None:
        """On paper."""
        pages = PdfPages(filed_pdf(self._desk, one.id))
        if self._outside.print(outgoing_filed(self._desk, one.id), pages):
            self._strip.say("done", self._words("reports_page.printed", number=one.id))

    # ── signatures ───────────────────────────────────────────────────────────────

    def sign(self, one: IssuedReport) -> None:
        """With the password, typed anew."""
        desk, number = self._desk, one.id

        def work(meaning: Meaning, password: str) -> object:
            with undisturbed():
                return sign(desk, number, meaning, password)

        warning = same_hand(desk, number)
        told = {"number": number, "digest": one.digest[:16]}
        dialog = SignDialog(
            self._page,
            self._words,
            self._look,
            work,
            title=self._words("reports_page.sign-title"),
            what=self._words("reports_page.sign-what", **told),
            person=desk.person.display_name,
            given=signatures(desk, number),
            warning=self._words.say(warning) if warning else "",
        )
        if dialog.exec():
            self.changed.emit(number)
            self._strip.say("done", self._words("reports_page.signed", number=number))

    def certificate(self, one: IssuedReport) -> None:
        """A copy with the PDF signature of a key file; what is filed stays as it is."""
        words = self._words
        file = ask_file(
            self._page,
            words,
            words("reports_page.key-file"),
            words("reports_page.key-filter"),
        )
        if not file:
            return
        try:
            key = Path(file).read_bytes()
        except OSError:
            raise Refused("reports_page.cannot-read", file=Path(file).name) from None

        def work(password: str) -> None:
            from registry_app.services.certificate import with_certificate

            signed = with_certificate(self._desk, one.id, key, password)
            self._keep(one.id, signed, f"{one.id}-signed")

        CertificateDialog(
            self._page, words, self._look, work, file=Path(file).name
        ).exec()

    # ── to whom it went ──────────────────────────────────────────────────────────

    def transmit(self, one: IssuedReport) -> None:
        """It was handed over; the duty that it fulfils is closed with it."""

        def save(sent: Sent) -> None:
            transmit(
                self._desk,
                Transmittal(
                    "",
                    one.id,
                    "",
                    sent.recipient,
                    sent.way,
                    sent.on,
                    "",
                    sent.receipt,
                    sent.receipt_on,
                    sent.duty,
                    sent.note,
                ),
            )

        dialog = TransmitDialog(
            self._page,
            self._words,
            self._look,
            save,
            number=one.id,
            today=today_in_japan(self._desk),
            duties=duties_served(self._desk, Kind(one.kind), one.about),
            period=_period(one),
        )
        if dialog.exec():
            self.changed.emit(one.id)
            self._page.changes.plan.emit()
            self._strip.say(
                "done", self._words("reports_page.transmitted", number=one.id)
            )

    # ── whether it is true ───────────────────────────────────────────────────────

    def check(self, one: IssuedReport) -> None:
        """The filed report against the registry of now."""
        desk = self._desk

        def came(verdict: Verdict) -> None:
            self.judged.emit(one.id, verdict)
            self.say_verdict(verdict)

        self._run(lambda: _verdict(desk, filed_pdf(desk, one.id)), came, "checking")

    def verify_file(self) -> None:
        """Any PDF: ours and true, changed since, altered, or not ours."""
        words = self._words
        kinds = words("report_dialog.report-filter")
        file = ask_file(self._page, words, words("reports_page.verify"), kinds)
        if not file:
            return
        try:
            pdf = Path(file).read_bytes()
        except OSError:
            refusal: RegistryError = Refused(
                "reports_page.cannot-read", file=Path(file).name
            )
            self._page.refused.emit(refusal)
            return
        desk = self._desk
        self._run(lambda: _verdict(desk, pdf), self.say_verdict, "checking")

    def say_verdict(self, verdict: Verdict) -> None:
        """In words, with the list of what has changed."""
        words = self._words
        name = verdict.standing.value.replace(" ", "-")
        told = {"number": verdict.number, "count": len(verdict.changes)}
        said = [words(f"reports_page.verdict-{name}", **told)]
        if verdict.earlier:
            said.append(words("reports_page.verdict-earlier"))
        if verdict.certified:
            names = words("ledger_page.comma").join(verdict.certified)
            said.append(words("reports_page.verdict-certified", names=names))
        SaidDialog(
            self._window,
            words,
            self._look,
            title=words("reports_page.verify-title"),
            said=said,
            chip=(SHAPES[verdict.standing], standing_said(words, verdict.standing)),
            entries=verdict.changes,
        ).exec()


def _verdict(desk: Desk, pdf: bytes) -> Verdict:
    """What a PDF is; it is made again for that."""
    with undisturbed():
        return verify_report(desk, pdf)


def _period(one: IssuedReport) -> tuple[date, date] | None:
    """The period that a report was asked for; None for the usual one."""
    first, _, last = one.options.get("period", "").partition("..")
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None
