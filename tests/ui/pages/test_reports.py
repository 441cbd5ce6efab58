"""The page of reports: make, preview, issue, sign, hand over, verify."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from registry_app.domain.errors import Refused
from registry_app.domain.figures.document import Ref
from registry_app.domain.kit import Kit
from registry_app.domain.message import say
from registry_app.domain.person import Role
from registry_app.domain.publication import Publication, PublicationKind
from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning
from registry_app.services.cuts import cuts, freeze
from registry_app.services.evaluation import evaluations
from registry_app.services.kits import order
from registry_app.services.publications import publications, save_publication
from registry_app.services.registry import add_person
from registry_app.services.report_texts import save_texts, texts
from registry_app.services.reports import filed_pdf, issued, make_report
from registry_app.services.signing import sign, signatures
from registry_app.services.sources import Source
from registry_app.services.transmittals import transmittals
from registry_app.ui import outside
from registry_app.ui.dialogs.asking import line_of
from registry_app.ui.dialogs.entries import SaidDialog
from registry_app.ui.dialogs.evaluation import EvaluationDialog, LockDialog
from registry_app.ui.dialogs.freeze import FreezeDialog
from registry_app.ui.dialogs.publication import PublicationDialog
from registry_app.ui.dialogs.report_issue import IssueDialog
from registry_app.ui.dialogs.report_names import NamesDialog
from registry_app.ui.dialogs.report_texts import TextsDialog
from registry_app.ui.dialogs.sign import SignDialog
from registry_app.ui.dialogs.transmit import ReceiptLaterDialog, TransmitDialog
from registry_app.ui.pages import reports_deeds, reports_make
from registry_app.ui.pages.reports import ReportsPage
from registry_app.ui.pages.reports_filed import FiledDialog
from registry_app.words import Language
from tests.builders import CHEAP, PASSWORD
from tests.services.report_room import CASE, a_case, a_patient
from tests.ui.pages.plan_room import answer

#: A report takes a second or two, more where others work at the same machine.
PATIENT = 300_000


def when(dialog_type, do):
    """Do something to a dialog that opens some time from now."""

    def look():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, dialog_type):
            QTimer.singleShot(20, look)
            return
        do(dialog)

    QTimer.singleShot(0, look)


def signing(password=PASSWORD):
    def do(dialog):
        line_of(dialog.password).setText(password)
        dialog.accept()

    return do


def leave(dialog):
    dialog.reject()


def accept(dialog):
    dialog.accept()


@pytest.fixture
def patient(desk):
    return a_patient(desk)


@pytest.fixture
def page(qtbot, desk, words, look, changes, patient):
    kit(desk, patient, "K-1")
    page = ReportsPage(desk, words, look, changes)
    qtbot.addWidget(page)
    page.resize(1298, 657)
    page.show()
    return page


def kit(desk, patient, number):
    order(desk, Kit("", number, date(2026, 1, 20), patient.id))


def choose(page, kind, final=False):
    page.make.kinds.choose(kind)
    page.make.options.state.choose("final" if final else "draft")
    page.make.options.state.chosen.emit(page.make.options.state.value)


def previewed(qtbot, page, kind):
    """Its pages, by the key."""
    choose(page, kind)
    qtbot.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.make.preview.report is not None, timeout=PATIENT)
    return page.make.preview


@pytest.fixture
def filed(desk, page):
    """A report that was issued before the page shows it."""
    report = make_report(desk, Kind.DISCLOSURE, (Language.EN,))
    page.show_view("issued")
    return report


# ── kinds and choices ────────────────────────────────────────────────────────────────


def test_the_kinds_say_whose_they_are_and_when_the_next_is_due(page):
    model = page.make.kinds.kinds
    said = [
        model.data(model.index(n, 0), Qt.ItemDataRole.AccessibleTextRole)
        for n in range(model.rowCount())
    ]

    assert [one.split(",")[0] for one in said] == [f"R{n}" for n in range(1, 11)]
    assert "Physician" in said[8]
    assert "as needed" in said[9]
    assert "to confirm" in said[9]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (Kind.PERIODIC, {"period", "texts"}),
        (Kind.CASE_REPORT, {"safety"}),
        (Kind.PATIENT_SUMMARY, {"case", "people"}),
        (Kind.USE_RECORD, {"people"}),
        (Kind.ALL_CASE_LOG, set()),
    ],
)
def test_each_kind_asks_only_for_what_it_needs(page, kind, shown):
    page.make.kinds.choose(kind)
    options = page.make.options
    parts = {
        "period": options.period,
        "texts": options.texts_button,
        "safety": options.safety_field,
        "case": options.case_field,
        "people": options.people,
    }

    assert {name for name, part in parts.items() if part.isVisible()} == shown


def test_a_summary_without_a_case_says_so_and_makes_nothing(qtbot, page):
    choose(page, Kind.PATIENT_SUMMARY)
    qtbot.keyClick(page, Qt.Key.Key_F5)

    assert page.make.options.case_field.problem
    assert page.make.options.case.hasFocus()


def test_half_a_period_and_one_that_ends_before_it_begins_are_refused(page):
    page.make.kinds.choose(Kind.PERIODIC)
    period = page.make.options.period
    period.first.setText("R8.1.1")
    assert page.make.options.wish() is None
    assert "Both" in period.problem

    period.last.setText("2025-12-31")
    assert page.make.options.wish() is None
    assert "before" in period.problem

    period.last.setText("2026-06-30")
    wish = page.make.options.wish()
    assert wish.period == (date(2026, 1, 1), date(2026, 6, 30))


def test_names_are_asked_for_twice_and_never_by_default(page):
    page.make.kinds.choose(Kind.USE_RECORD)
    people = page.make.options.people

    answer(NamesDialog, leave)
    people.choose("identifiable")
    people.chosen.emit("identifiable")
    assert people.value == "pseudonymous"

    answer(NamesDialog, accept)
    people.choose("identifiable")
    people.chosen.emit("identifiable")
    assert page.make.options.wish().identifiable

    page.make.kinds.choose(Kind.ALL_CASE_LOG)
    assert not page.make.options.wish().identifiable


def test_from_a_safety_case_one_comes_to_its_report(
    qtbot, desk, words, look, changes, patient
):
    a_case(desk, patient)
    page = ReportsPage(desk, words, look, changes, "make", Kind.CASE_REPORT, CASE)
    qtbot.addWidget(page)
    wish = page.make.options.wish()

    assert (wish.kind, wish.about) == (Kind.CASE_REPORT, CASE)


# ── cuts and texts ───────────────────────────────────────────────────────────────────


def test_a_cut_is_frozen_and_chosen_and_what_changed_since_is_listed(desk, page):
    def purpose(dialog):
        line_of(dialog.purpose).setText("Report 4")
        dialog.accept()

    answer(FreezeDialog, purpose)
    page.freeze()
    (cut,) = cuts(desk)
    assert (cut.purpose, page.make.options.chosen_cut) == ("Report 4", cut)

    a_patient_more = a_patient(desk)
    seen = []
    answer(SaidDialog, lambda dialog: seen.append(dialog.table.model().rowCount()))
    page.make.show_changes()
    assert seen[0] > 0
    assert a_patient_more.id


def test_the_texts_are_kept_with_the_cut_in_both_languages(desk, page):
    freeze(desk)
    page.make.reload()
    page.make.options.choose_cut("1")
    page.make.kinds.choose(Kind.PERIODIC)
    assert "Summary" in page.make.options.empty_said

    def write(dialog):
        dialog.slot.choose("discussion")
        dialog.ja.text = "考察"
        dialog.en.text = "Discussion"
        dialog.accept()

    answer(TextsDialog, write)
    page.make.write_texts()

    kept = texts(desk, Kind.PERIODIC, "1")
    assert (kept["discussion"].ja, kept["discussion"].en) == ("考察", "Discussion")
    assert kept["summary"].version == 0
    assert "Discussion" not in page.make.options.empty_said
    assert "Summary" in page.make.options.empty_said


def test_a_part_is_missing_only_in_the_languages_of_the_report(desk, page):
    cut = freeze(desk)
    save_texts(desk, Kind.PERIODIC, cut.id, {"discussion": ("考察", "")})
    page.make.reload()
    options = page.make.options
    options.choose_cut(cut.id)
    options.cut_chosen.emit()
    said = {}
    for language in ("ja", "en", "ja+en"):
        options.language.choose(language)
        options.language.chosen.emit(language)
        said[language] = "Discussion" in options.empty_said

    assert said == {"ja": False, "en": True, "ja+en": True}


def texts_dialog(page, desk, do):
    freeze(desk)
    page.make.reload()
    page.make.options.choose_cut("1")
    page.make.kinds.choose(Kind.PERIODIC)

    def write(dialog):
        dialog.slot.choose("discussion")
        dialog.ja.text = "考察"
        do(dialog)

    answer(TextsDialog, write)
    page.make.write_texts()
    return texts(desk, Kind.PERIODIC, "1")


@pytest.mark.parametrize("leave", ["reject", "close"])
def test_who_leaves_the_texts_unsaved_loses_nothing(desk, page, leave):
    kept = texts_dialog(page, desk, lambda dialog: getattr(dialog, leave)())

    assert (kept["discussion"].ja, kept["discussion"].version) == ("考察", 1)
    assert kept["summary"].version == 0


def test_a_text_is_kept_in_a_pause_and_when_another_part_is_chosen(desk, page):
    seen = []

    def kept():
        found = texts(desk, Kind.PERIODIC, "1")
        return found["discussion"].ja, found["discussion"].en

    def do(dialog):
        assert dialog.pause.isActive()
        dialog.pause.timeout.emit()
        seen.append(kept())
        dialog.en.text = "Discussion"
        dialog.slot.choose("summary")
        seen.append(kept())
        dialog.reject()

    found = texts_dialog(page, desk, do)

    assert seen == [("考察", ""), ("考察", "Discussion")]
    assert found["discussion"].version == 2  # nothing was saved twice


def test_a_text_that_cannot_be_kept_is_said_before_one_leaves(desk, page, monkeypatch):
    said = []

    def refuse(*_told):
        raise Refused("storage.no-such-record", id="1")

    def do(dialog):
        dialog.reject()
        said.append((dialog.isVisible(), dialog.strip.said))
        dialog.reject()

    monkeypatch.setattr(reports_make, "save_texts", refuse)
    texts_dialog(page, desk, do)

    assert said == [(True, "'1' is not in this registry.")]


def test_without_a_cut_the_texts_ask_for_one_first(desk, page):
    page.make.kinds.choose(Kind.DISCLOSURE)
    answer(FreezeDialog, leave)
    page.make.write_texts()

    assert cuts(desk) == ()


# ── preview ──────────────────────────────────────────────────────────────────────────


def test_the_pages_of_a_draft_are_shown_and_nothing_is_filed(qtbot, desk, page):
    preview = previewed(qtbot, page, Kind.INFECTION)

    assert preview.view.pages > 1
    assert preview.place.text().startswith("Page 1 of ")
    assert issued(desk) == ()
    assert preview.view.hasFocus()


def test_behind_a_number_stand_records_and_the_way_to_them(qtbot, page, patient):
    preview = previewed(qtbot, page, Kind.INFECTION)
    regions = preview.report.regions
    at = next(
        n for n, one in enumerate(regions) if any(r.kind == "kit" for r in one.refs)
    )
    preview.view.go_to(at)
    qtbot.keyClick(preview.view, Qt.Key.Key_Return)
    table = page.make.records.table

    assert table.hasFocus()
    assert table.model().index(0, 0).data() == patient.id
    opened = []
    page.open_subject.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [patient.id]

    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert preview.view.hasFocus()
    assert preview.view.current == at


@pytest.mark.parametrize(
    ("kind", "signal", "told"),
    [
        ("kit", "open_kits", ()),
        ("setting", "open_plan", ()),
        ("regime", "open_plan", ()),
        ("pack", "open_plan", ()),
        ("settled", "open_duty", ("trial-30",)),
    ],
)
def test_a_record_that_is_no_patients_is_opened_on_its_page(
    qtbot, page, kind, signal, told
):
    source = Source(Ref(kind, "trial-30"), "", say(f"trail.kind-{kind}"), "", None)
    page.make.records.show_sources("n", [source])

    with qtbot.waitSignal(getattr(page, signal)) as gone:
        page.make.records.go_button.click()
    assert tuple(gone.args) == told
    assert page.make.records.table.model().index(0, 0).data() == "—"


@pytest.mark.parametrize(
    ("kind", "view"), [("publication", "published"), ("evaluation", "evaluation")]
)
def test_a_publication_and_a_plan_are_opened_in_their_views(page, kind, view):
    source = Source(Ref(kind, "x"), "", say(f"trail.kind-{kind}"), "", None)
    page.make.records.show_sources("n", [source])
    page.make.records.go_button.click()

    assert page.views.value == view


def test_a_record_without_a_place_leads_nowhere(page):
    source = Source(Ref("cut", "x"), "", say("trail.kind-cut"), "", None)
    page.make.records.show_sources("n", [source])

    assert not page.make.records.go_button.isEnabled()


def test_another_choice_says_that_the_pages_are_of_before(qtbot, page):
    preview = previewed(qtbot, page, Kind.DISCLOSURE)
    page.make.options.language.chosen.emit("ja")

    assert "F5" in preview.strip.said


def test_a_preview_can_be_given_up(qtbot, desk, page):
    choose(page, Kind.DISCLOSURE)
    qtbot.keyClick(page, Qt.Key.Key_F5)
    page.working._cancel.click()

    assert page.make.preview.report is None
    previewed(qtbot, page, Kind.INFECTION)
    assert page.make.preview.report.number.startswith("R8")


def test_what_is_refused_is_said_and_nothing_is_filed(qtbot, desk, page):
    refused = []
    page.refused.connect(refused.append)
    choose(page, Kind.PATIENT_SUMMARY)
    page.make.options.case.setText("SAP-9999-9")
    qtbot.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(refused), timeout=PATIENT)

    assert issued(desk) == ()
    assert page.make.options.isEnabled()


# ── issue and sign ───────────────────────────────────────────────────────────────────


def test_a_report_is_issued_and_signed(qtbot, desk, page):
    choose(page, Kind.DISCLOSURE, final=True)
    seen = []

    def issue(dialog):
        seen.extend(strip.said for strip in dialog.warnings)
        dialog.accept()

    answer(IssueDialog, issue)
    when(SignDialog, signing())
    page.make.options.issue_button.click()
    qtbot.waitUntil(lambda: bool(signatures_of(desk)), timeout=PATIENT)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=PATIENT)

    assert "Discussion" in seen[0]
    assert [one.meaning for one in signatures_of(desk)] == [Meaning.PREPARED]
    assert len(cuts(desk)) == 1
    assert page.views.value == "issued"
    assert page.issued.chosen.id == issued(desk)[0].id
    assert page.focusWidget() is page.issued.table


def test_f5_gives_up_no_report_that_is_being_issued(qtbot, desk, page):
    choose(page, Kind.DISCLOSURE, final=True)
    answer(IssueDialog, accept)
    when(SignDialog, leave)
    refused = []
    page.refused.connect(refused.append)
    page.make.options.issue_button.click()
    assert not page.make.options.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_F5)
    assert not page.make.options.isEnabled()

    qtbot.waitUntil(lambda: bool(issued(desk)), timeout=PATIENT)
    qtbot.waitUntil(lambda: page.make.options.isEnabled(), timeout=PATIENT)
    qtbot.waitUntil(lambda: page.views.value == "issued", timeout=PATIENT)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=PATIENT)
    assert refused == []


def test_after_a_preview_and_after_a_cancelled_issue_all_can_be_chosen(qtbot, page):
    previewed(qtbot, page, Kind.INFECTION)
    assert page.make.options.isEnabled()
    assert page.make.kinds.isEnabled()

    choose(page, Kind.DISCLOSURE, final=True)
    answer(IssueDialog, accept)
    with qtbot.waitSignal(page.refused, timeout=PATIENT):
        page.make.options.issue_button.click()
        assert not page.make.kinds.isEnabled()
        page.working._cancel.click()
    assert page.make.options.isEnabled()
    assert page.make.kinds.isEnabled()
    assert page.focusWidget() is page.make.options.issue_button


def signatures_of(desk):
    return [one for report in issued(desk) for one in signatures(desk, report.id)]


def test_what_is_not_issued_after_all_is_not_filed(desk, page):
    choose(page, Kind.DISCLOSURE, final=True)
    answer(IssueDialog, leave)
    page.make.options.issue_button.click()

    assert issued(desk) == ()


def test_who_signs_twice_is_told_so_and_may_sign(qtbot, desk, page, filed):
    sign(desk, filed.number, Meaning.PREPARED, PASSWORD)
    add_person(desk, "sato", "架空", Role.INVESTIGATOR, PASSWORD, cost=CHEAP)
    page.show_view("issued")
    said = []

    def look(dialog):
        said.append(dialog.warning.said)
        signing()(dialog)

    when(SignDialog, look)
    page.issued.buttons["sign"].click()

    assert "You have signed this report as 'Prepared'" in said[0]
    assert len(signatures_of(desk)) == 2


def test_a_wrong_password_signs_nothing_and_is_said_beside_it(qtbot, desk, page, filed):
    said = []

    def wrong(dialog):
        line_of(dialog.password).setText("not it")
        dialog.accept()

        def then():
            if not dialog.password.problem:
                QTimer.singleShot(20, then)
                return
            said.append(line_of(dialog.password).text())
            dialog.reject()

        then()

    when(SignDialog, wrong)
    page.issued.buttons["sign"].click()

    assert said == [""]
    assert signatures_of(desk) == []


# ── what was issued ──────────────────────────────────────────────────────────────────


def test_every_issued_report_is_checked_against_what_was_kept(qtbot, page, filed):
    def standing():
        return page.issued.table.model().index(0, 5).data()

    qtbot.waitUntil(lambda: standing() == "as filed", timeout=PATIENT)


def test_the_filed_pages_are_shown(qtbot, page, filed):
    seen = []

    def look(dialog):
        seen.append(dialog.view.pages)
        dialog.reject()

    when(FiledDialog, look)
    page.issued.buttons["view"].click()
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENT)

    assert seen[0] >= 1


def seen_filed(qtbot, page, do):
    """Do something to the filed pages as soon as they say whether they can be asked."""

    def look(dialog):
        if dialog.hint.text().startswith("The records behind"):
            QTimer.singleShot(20, lambda: look(dialog))
            return
        try:
            do(dialog)
        finally:
            dialog.reject()

    when(FiledDialog, look)
    with qtbot.waitSignal(page.deeds.shown, timeout=PATIENT):
        page.issued.buttons["view"].click()


def test_behind_a_number_of_a_filed_report_stand_the_records_of_its_cut(
    qtbot, desk, page, patient
):
    make_report(desk, Kind.INFECTION, (Language.EN,))
    kit(desk, patient, "K-2")  # after the cut: it stands behind no number of the report
    page.show_view("issued")
    opened, seen = [], []
    page.open_subject.connect(opened.append)

    def look(dialog):
        spots = dialog.view._spots
        behind = dialog._behind.regions
        at = next(
            n for n, one in enumerate(behind) if any(r.kind == "kit" for r in one.refs)
        )
        assert len(spots) == len(behind)
        dialog.view.go_to(at)
        qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
        table = dialog.records.table
        assert table.hasFocus()
        seen.append(table.model().rowCount())
        qtbot.keyClick(table, Qt.Key.Key_Escape)
        assert dialog.view.hasFocus()
        assert dialog.view.current == at
        qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
        qtbot.keyClick(dialog.records.table, Qt.Key.Key_Return)

    seen_filed(qtbot, page, look)

    assert seen == [1]
    assert opened == [patient.id]


def test_a_filed_report_that_comes_out_otherwise_says_why_no_number_opens(
    qtbot, page, filed, monkeypatch
):
    monkeypatch.setattr("registry_app.services.making.program", lambda: "another")
    said = []

    def look(dialog):
        said.append((dialog.hint.text(), dialog.view._spots))

    seen_filed(qtbot, page, look)

    ((text, spots),) = said
    assert "open no records" in text
    assert "differently" in text
    assert spots == ()


def test_the_filed_bytes_are_saved(page, desk, filed, tmp_path, monkeypatch):
    place = tmp_path / "out.pdf"
    monkeypatch.setattr(outside, "ask_place", lambda *_told: str(place))
    page.issued.buttons["save"].click()

    assert place.read_bytes() == filed_pdf(desk, filed.number)
    assert filed.number in str(page.strip.said) or "out.pdf" in page.strip.said


def test_what_was_sent_stands_in_the_log_and_its_receipt_comes_later(
    qtbot, desk, page, filed
):
    def send(dialog):
        dialog.accept()
        assert dialog.recipient.problem
        line_of(dialog.recipient).setText("PMDA")
        line_of(dialog.way).setText("by post")
        dialog.accept()

    answer(TransmitDialog, send)
    page.issued.buttons["transmit"].click()
    (sent,) = transmittals(desk)
    assert (sent.report, sent.recipient, sent.way) == (filed.number, "PMDA", "by post")

    def receipt(dialog):
        line_of(dialog.receipt).setText("R-77")
        dialog.accept()

    page.show_view("sent")
    answer(ReceiptLaterDialog, receipt)
    qtbot.keyClick(page.sent.table, Qt.Key.Key_Return)
    (sent,) = transmittals(desk)
    assert sent.receipt == "R-77"
    assert not page.sent.receipt_button.isEnabled()


def verdict_of(qtbot, page, monkeypatch, pdf, tmp_path):
    place = tmp_path / "some.pdf"
    place.write_bytes(pdf)
    monkeypatch.setattr(reports_deeds, "ask_file", lambda *_told: str(place))
    seen = []

    def read(dialog):
        seen.append((dialog.chip.text(), dialog.said[0].text(), dialog.table))
        dialog.reject()

    when(SaidDialog, read)
    page.verify_button.click()
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENT)
    return seen[0]


def test_any_pdf_is_told_the_same_changed_since_altered_or_not_ours(
    qtbot, desk, page, filed, monkeypatch, tmp_path
):
    told = (qtbot, page, monkeypatch)
    pdf = filed_pdf(desk, filed.number)
    assert verdict_of(*told, pdf, tmp_path)[0] == "the same"
    assert verdict_of(*told, pdf[:-9] + b"x" + pdf[-8:], tmp_path)[0] == "altered"
    assert verdict_of(*told, b"%PDF-1.7\n%%EOF", tmp_path)[0] == "not ours"

    save_publication(desk, Publication("", PublicationKind.PAPER, "x"))
    chip, _said, table = verdict_of(*told, pdf, tmp_path)
    assert chip == "changed since"
    assert table is not None


def test_a_file_that_cannot_be_read_is_refused(page, monkeypatch, tmp_path):
    refused = []
    page.refused.connect(refused.append)
    gone = str(Path(tmp_path) / "gone.pdf")
    monkeypatch.setattr(reports_deeds, "ask_file", lambda *_told: gone)
    page.verify()

    assert [one.message.key for one in refused] == ["reports_page.cannot-read"]


# ── evaluation plan, publications ────────────────────────────────────────────────────


def test_a_plan_is_written_locked_and_amended_in_red(desk, page):
    page.show_view("evaluation")

    def write(dialog):
        line_of(dialog.label).setText("Plan 1.0")
        dialog.accept()

    answer(EvaluationDialog, write)
    page.evaluation.new_button.click()
    assert page.evaluation.items.model().rowCount() > 3

    def lock(dialog):
        line_of(dialog.by).setText("Dr Sample")
        dialog.accept()

    answer(LockDialog, lock)
    page.evaluation.lock_button.click()
    assert not page.evaluation.lock_button.isEnabled()

    def amend(dialog):
        line_of(dialog.label).setText("Plan 1.1")
        line_of(dialog.why).setText("Comparators left out")
        dialog.other.input.choose("omit")
        dialog.accept()
        assert "seen" in dialog.strip.said
        dialog.seen.choose("seen")
        dialog.accept()

    answer(EvaluationDialog, amend)
    page.evaluation.new_button.click()

    first, second = evaluations(desk)
    assert (first.locked_on is not None, second.data_seen) == (True, True)
    row = page.evaluation.table.model()
    assert row.index(0, 4).data() == "After the lock, data seen: Comparators left out"
    items = page.evaluation.items.model()
    changed = [
        items.row(n).moved for n in range(items.rowCount()) if items.row(n).moved
    ]
    assert [(one.item, one.after_lock) for one in changed] == [("other-window", True)]


def test_the_register_takes_an_entry_and_a_correction_with_its_reason(desk, page):
    page.show_view("published")

    def write(dialog):
        line_of(dialog.title).setText("Survey")
        dialog.accept()

    answer(PublicationDialog, write)
    page.published.add_button.click()
    assert [one.title for one in publications(desk)] == ["Survey"]

    def correct(dialog):
        line_of(dialog.title).setText("Survey of use")
        dialog.accept()
        assert dialog.reason.problem
        line_of(dialog.reason).setText("Full title")
        dialog.accept()

    answer(PublicationDialog, correct)
    page.published.edit_button.click()
    assert [one.title for one in publications(desk)] == ["Survey of use"]


# ── narrow windows ───────────────────────────────────────────────────────────────────


def test_in_a_narrow_window_the_pages_take_the_place_of_the_choices(qtbot, page):
    page.resize(740, 500)
    assert not page.make.preview.isVisible()
    preview = previewed(qtbot, page, Kind.DISCLOSURE)
    assert preview.isVisible()
    assert not page.make.options.isVisible()

    qtbot.keyClick(preview.view, Qt.Key.Key_Escape)
    assert page.make.options.isVisible()
    assert page.make.kinds.hasFocus()
