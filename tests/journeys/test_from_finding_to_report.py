"""From a low SpO2 to a signed case report that was handed over, by keyboard alone."""

from datetime import timedelta

import pytest

from registry_app.domain.report import Kind
from registry_app.domain.safety import CaseState, Expectedness
from registry_app.domain.signature import Meaning
from registry_app.services import desk as real
from registry_app.services.forms import record_form
from registry_app.services.protocol import today_in_japan
from registry_app.services.reports import filed_pdf, issued
from registry_app.services.safety import case_file
from registry_app.services.signing import signatures
from registry_app.services.transmittals import transmittals
from registry_app.services.verifying import Standing, verify_report
from registry_app.words import Language, Words
from tests.builders import INJURY, PASSWORD, USER, a_registry, a_subject, at_desk
from tests.journeys.desktop import PATIENCE, Desktop, screen

CASE, RECEIPT = "SAP-S0001", "PMDA-17"


class Officer:
    """Somebody who answers for safety, at a desktop, with the words of the program."""

    def __init__(self, desktop, language):
        self.desktop, self.words = desktop, Words(language)
        self.file = desktop.home / "sap.registry"
        self.press, self.write = desktop.press, desktop.write

    def at(self, key, **params):
        return self.desktop.at(self.words(key, **params))

    def fill(self, *texts):
        """Each text into its line; Enter leads to the next one that is empty."""
        for text in texts:
            self.write(text)
            self.press("Return")

    def at_the_reports(self):
        """The page: titles of dialogs about a report begin with the same word."""
        self.desktop.at(f"{self.words('reports_page.title')} —")

    def sign_in(self):
        self.at("signin.title")
        self.fill(PASSWORD)

    def take_the_draft(self, today):
        """It stands on top of today, and Enter opens it."""
        self.at("today.title")
        self.press("Return")
        self.desktop.at(CASE)
        self.press("Return", *["Tab"] * 7, "space")
        self.at("safety_page.take-title")
        self.fill("", today, "made up")
        self.desktop.at(CASE)

    def judge_it_expected(self):
        """In the fourth tab; the label that is in force is written by itself."""
        self.press("Right", "Right", "Right", "Return", "Right", "ctrl+s")

    def record_that_it_was_sent(self):
        self.press(*["shift+Tab"] * 3, *["Right"] * 4, "Return", "Tab", "space")
        self.at("safety_page.sent-title")
        self.fill("", RECEIPT)
        self.desktop.at(CASE)

    def issue_the_report(self):
        """From the button above the tabs; it is made final, and signed at once."""
        self.press("shift+Tab", "shift+Tab", "space")
        self.at_the_reports()
        self.press("Return", *["Tab"] * 4, "Right", "Tab", "Tab", "space")
        self.at("reports_page.issue-title")
        self.press("Return")
        self.at("reports_page.sign-title")
        self.fill(PASSWORD)
        self.at_the_reports()

    def look_at_it(self):
        """The first of the buttons; Escape closes the pages."""
        self.press("Return", "space")
        self.desktop.at("R2-")
        self.press("Escape")
        self.at_the_reports()

    def save_it(self, file):
        self.press("Tab", "Tab", "space")
        self.at("report_dialog.report-save")
        self.press("ctrl+a")
        self.fill(str(file.with_suffix("")))
        self.at_the_reports()

    def hand_it_over(self, today):
        """To whom is proposed; how, the receipt and its day are not; no note."""
        self.press("Tab", "Tab", "space")
        self.at("reports_page.transmit-title")
        self.press("ctrl+a")
        self.fill("PMDA", "online", RECEIPT, today, "")
        self.at_the_reports()

    def check_it(self):
        self.press("Return", *["Tab"] * 5, "space")
        self.at("reports_page.verify-title")
        self.press("Escape")
        self.at_the_reports()

    def leave(self, program):
        self.press("ctrl+q")
        assert program.wait(PATIENCE) == 0


@pytest.fixture(params=[Language.JA])
def officer(tmp_path, request):
    with screen() as display:
        yield Officer(Desktop(display, tmp_path, "ja_JP"), request.param)


@pytest.fixture
def today(officer):
    """The registry has one patient, whose SpO2 fell to 87 % in the infusion."""
    desk = a_registry(officer.file, clock=real.now, new_id=real.random_id)
    day, low = INJURY + timedelta(days=40), {"spo2-lowest": "87"}
    record_form(desk, a_subject(desk).id, "unscheduled", "infusion", day, low, USER)
    today = today_in_japan(desk)
    desk.close()
    return today


def test_from_a_low_oxygen_to_a_report_that_was_handed_over(officer, today):
    report = officer.desktop.home / "report.pdf"
    with officer.desktop.program("open", officer.file) as program:
        officer.sign_in()
        officer.take_the_draft(today.isoformat())
        officer.judge_it_expected()
        officer.record_that_it_was_sent()
        officer.issue_the_report()
        officer.look_at_it()
        officer.save_it(report)
        officer.hand_it_over(today.isoformat())
        officer.check_it()
        officer.leave(program)

    desk = at_desk(officer.file)
    file = case_file(desk, CASE)
    version, (event,) = file.case.versions["1"], file.events
    assert (file.case.state, file.case.hospital_aware) == (CaseState.OPEN, today)
    assert (version.day0, version.sent_on, version.receipt) == (today, today, RECEIPT)
    # Nobody had judged it when it was taken: the gravest class that it could be.
    assert version.event_class == "E2" != file.classed.event_class
    assert (event.expected, event.label != "") == (Expectedness.EXPECTED, True)
    (filed,) = issued(desk)
    assert (filed.kind, filed.about) == (Kind.CASE_REPORT, CASE)
    assert [one.meaning for one in signatures(desk, filed.id)] == [Meaning.PREPARED]
    (sent,) = transmittals(desk)
    assert (sent.report, sent.sha256) == (filed.id, filed.sha256)
    assert (sent.recipient, sent.way, sent.receipt) == ("PMDA", "online", RECEIPT)
    assert report.read_bytes() == filed_pdf(desk, filed.id)
    verdict = verify_report(desk, report.read_bytes())
    assert (verdict.standing, verdict.rebuilt) == (Standing.SAME, True)
    desk.close()
    officer.desktop.environment["REGISTRY_PASSWORD"] = PASSWORD
    for told in ((), (report,)):
        assert officer.desktop.command("verify", officer.file, *told).returncode == 0
