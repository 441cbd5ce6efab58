"""The first day at a workstation, by keyboard alone, and what it leaves behind."""

import json
import random
import secrets

import pytest
from pypdf import PdfReader

from registry_app.domain.isncsci.segments import DAP, SCORE_ITEMS, VAC
from registry_app.domain.visit import Status
from registry_app.domain.worksheet.entry import Order, walk
from registry_app.services import registry
from registry_app.services.subjects import open_subject
from registry_app.words import Language, Words
from tests.journeys.desktop import PATIENCE, Desktop, screen

LOCALE = {Language.EN: "en_GB", Language.JA: "ja_JP"}
#: The scores in the order in which an examiner types them.
TYPED = [item for item in walk(Order.COLUMNS) if item in SCORE_ITEMS]


class Coordinator:
    """Somebody who knows the keys, at a desktop, with the words of the program."""

    def __init__(self, desktop, language):
        self.desktop, self.words = desktop, Words(language)
        self.password = secrets.token_hex(12)
        self.file = desktop.home / "sap.registry"
        self.case = ""
        desktop.environment["REGISTRY_PASSWORD"] = self.password

    def at(self, key, **params):
        return self.desktop.at(self.words(key, **params))

    def fill(self, *texts):
        """Each text into its field; Enter leads to the next one."""
        for text in texts:
            self.desktop.write(text)
            self.desktop.press("Return")

    def create_a_registry(self):
        self.at("app.title")
        self.desktop.press("alt+c")
        self.at("create.about-registry")
        self.fill("sap")
        self.desktop.press("Down", "Return")  # the pack, which is never chosen for one
        self.at("create.about-person")
        self.fill("kato", "Dr Kato", self.password, self.password)
        self.at("create.about-code")
        self.desktop.press("space", "Return")
        self.at("backup.step")
        place = self.desktop.home / "backups"
        place.mkdir()
        self.fill(place)
        self.at("today.title")

    def sign_in(self):
        self.at("signin.title")
        self.fill(self.password)
        self.at("today.title")

    def enrol_a_patient(self):
        self.desktop.press("ctrl+n")
        self.at("enrol.title")
        self.fill("Kakuu", "Taro", "", "", "S55.5.5")
        self.desktop.press("Right", "Return")
        self.desktop.write("0012345")
        self.desktop.press("ctrl+Return")
        self.fill("R5.1.5")
        self.desktop.press("Return", "Right", "ctrl+Return")
        # Consents come later, and what is not known of the criteria needs no reason.
        self.desktop.press("ctrl+Return", "ctrl+Return", "Return")
        self.case = self.desktop.at("SAP-0001-").split()[0]

    def begin_an_exam(self):
        self.desktop.press("ctrl+e")
        self.at("enrol.exam-title")
        self.desktop.press("Return")
        self.at_the_sheet()

    def at_the_sheet(self):
        visit = self.words("enrol.exam-unscheduled")
        self.at("worksheet.title-of", id=self.case, visit=visit)

    def print_a_report(self, file):
        """In both languages, the last choice; the ending of the file is not typed."""
        self.desktop.press("ctrl+p")
        self.at("report_dialog.title-patient-summary")
        self.desktop.press(*["Right"] * len(Language), "Return")
        self.at("report_dialog.report-save")
        self.desktop.press("ctrl+a")
        self.fill(str(file.with_suffix("")))
        self.at_the_sheet()

    def open_the_draft(self):
        """From the list to the patient, and by the trajectory to the only exam."""
        self.desktop.press("ctrl+2")
        self.at("patients.title")
        self.desktop.press("Return")
        self.desktop.at(f"{self.case} —")
        self.desktop.press("Return", "End", "Return")
        self.at_the_sheet()

    def leave(self, program):
        self.desktop.press("ctrl+q")
        assert program.wait(PATIENCE) == 0

    def command(self, *arguments):
        ran = self.desktop.command(*arguments)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def stored(self):
        """The only exam in the file, as it is read by others."""
        desk = registry.sign_in(self.file, "kato", self.password)
        try:
            (exam,) = open_subject(desk, self.case).exams
        finally:
            desk.close()
        return exam.form


@pytest.fixture
def coordinator(tmp_path, request):
    with screen() as display:
        yield Coordinator(
            Desktop(display, tmp_path, LOCALE[request.param]), request.param
        )


@pytest.fixture
def sheet():
    """A whole exam without an order in it, so that no lost key goes unseen."""
    chance = random.Random(20221105)
    scores = {i: chance.choice("012345" if "_M_" in i else "012") for i in TYPED}
    scores.update(dict.fromkeys(chance.sample(TYPED, 5), "NT"))
    return scores


def keys(values):
    return "".join("n" if value == "NT" else value for value in values)


@pytest.mark.parametrize("coordinator", [Language.EN], indirect=True)
def test_from_an_empty_machine_to_a_report_in_hand(coordinator, sheet):
    report = coordinator.desktop.home / "report.pdf"
    with coordinator.desktop.program() as program:
        coordinator.create_a_registry()
        coordinator.desktop.press("ctrl+l")
        coordinator.at("lock.title")
        coordinator.fill(coordinator.password)
        coordinator.at("today.title")
        coordinator.enrol_a_patient()
        coordinator.begin_an_exam()
        coordinator.desktop.write(f"7{keys(sheet.values())}01")
        coordinator.desktop.press("ctrl+Return")
        coordinator.print_a_report(report)
        coordinator.leave(program)

    form = coordinator.stored()
    assert form.status is Status.COMPLETE
    assert form.values == {**sheet, VAC: "No", DAP: "Yes"}
    coordinator.command("verify", coordinator.file)
    coordinator.command("verify", coordinator.file, report)
    pages = [page.extract_text() for page in PdfReader(report).pages]
    assert all(coordinator.case in page for page in pages)
    told = coordinator.command(
        "report", coordinator.file, "R5", "--patient", coordinator.case, "--json"
    )
    assert json.loads(told)


@pytest.mark.parametrize("coordinator", [Language.JA], indirect=True)
def test_a_draft_is_found_again_the_next_day(coordinator, sheet):
    typed = keys(sheet.values())
    with coordinator.desktop.program() as program:
        coordinator.create_a_registry()
        coordinator.enrol_a_patient()
        coordinator.begin_an_exam()
        coordinator.desktop.write(typed[:50])
        coordinator.leave(program)
    assert coordinator.stored().status is Status.DRAFT
    assert coordinator.stored().values == dict(list(sheet.items())[:50])

    with coordinator.desktop.program() as program:
        coordinator.sign_in()
        coordinator.open_the_draft()
        coordinator.desktop.press("F8")
        coordinator.desktop.write(f"{typed[50:]}01")
        coordinator.desktop.press("ctrl+Return")
        coordinator.leave(program)

    form = coordinator.stored()
    assert form.status is Status.COMPLETE
    assert form.values == {**sheet, VAC: "No", DAP: "Yes"}
