"""A form that shows a signal opens one draft, in the transaction that completes it."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.segments import NEEDED_ITEMS
from registry_app.domain.safety import CaseState
from registry_app.domain.subject import Arm
from registry_app.services import (
    exams,
    forms,
    imports,
    safety,
    safety_deeds,
    signals,
    trail,
)
from registry_app.services.protocol import protocol, set_setting
from tests.builders import INJURY, a_sheet, a_subject, an_exam

TODAY = date(2026, 4, 1)
TREATED = INJURY + timedelta(days=30)
#: No movement and no feeling below C4, and none at S4-5.
LAMED = {
    item: "No" if item in ("VAC", "DAP") else "0"
    for item in NEEDED_ITEMS
    if not item.endswith(("_C2", "_C3", "_C4"))
}


@pytest.fixture
def subject(desk):
    return a_subject(desk)


def an_infusion(desk, subject, **values):
    written = {name.replace("_", "-"): value for name, value in values.items()}
    told = ("infusion", "infusion", TREATED, written, "kato")
    return forms.record_form(desk, subject.id, *told)


def drafts(desk):
    return [line.case for line in safety.safety_cases(desk)]


def test_low_oxygen_opens_one_draft_that_names_every_signal(desk, subject):
    form = an_infusion(
        desk, subject, spo2_before="97", spo2_lowest="88", oxygen_start="2"
    )

    (line,) = safety.safety_cases(desk)
    case, (event,) = line.case, line.events
    assert case.signal == "spo2-low,spo2-fall,oxygen"
    assert (case.id, case.state, case.special) == (
        "SAP-S0001",
        CaseState.DRAFT,
        "lung",
    )
    assert (case.subject_id, case.form_id) == (subject.id, form.id)
    assert (case.hospital_aware, line.waits_since) == (TODAY, TODAY)
    assert (event.special, event.onset) == ("lung", TREATED)
    assert [one.value for one in event.tests.values()] == ["88", "97", "2"]
    assert (line.clocks, line.classed.event_class) == ((), "E2")
    assert {clock.rule for clock in line.what_if} == {"O4", "O9"}


def test_a_form_without_a_signal_opens_nothing(desk, subject):
    an_infusion(desk, subject, spo2_before="97", spo2_lowest="94")
    assert drafts(desk) == []


def test_a_correction_that_shows_it_opens_one_and_the_next_none(desk, subject):
    form = an_infusion(desk, subject, spo2_lowest="95")
    form = forms.correct_form(desk, form, {"spo2-lowest": "85"}, "misread")
    (case,) = drafts(desk)
    form = forms.correct_form(desk, form, {"spo2-lowest": "84"}, "misread")
    form = forms.correct_form(desk, form, {"spo2-lowest": "95"}, "misread")
    forms.correct_form(desk, form, {"spo2-lowest": "80"}, "misread")
    assert drafts(desk) == [case]


def test_a_draft_that_was_dismissed_does_not_come_again(desk, subject):
    form = an_infusion(desk, subject, spo2_lowest="85")
    safety_deeds.dismiss(desk, "SAP-S0001", "the probe was off")
    forms.correct_form(desk, form, {"spo2-lowest": "84"}, "misread")
    assert [case.state for case in drafts(desk)] == [CaseState.NOT_A_CASE]


def test_another_form_has_a_draft_of_its_own(desk, subject):
    an_infusion(desk, subject, spo2_lowest="85")
    check = ("unscheduled", "annual-check", TODAY, {"tumour": "yes"}, "kato")
    forms.record_form(desk, subject.id, *check)
    assert [case.special for case in drafts(desk)] == ["lung", "tumour"]
    assert [case.id for case in drafts(desk)] == ["SAP-S0001", "SAP-S0002"]


def test_a_worse_exam_opens_one_draft_of_grade_and_motor_points(desk, subject):
    an_exam(desk, subject, INJURY + timedelta(days=49))
    later = INJURY + timedelta(days=90)
    form = an_exam(desk, subject, later, "unscheduled", **LAMED)
    (case,) = drafts(desk)
    assert (case.special, case.signal) == ("neurological", "grade-falls,motor-falls")
    assert case.form_id == form.id


def test_an_exam_that_comes_in_late_is_compared_with_the_one_after_it(desk, subject):
    last = an_exam(desk, subject, INJURY + timedelta(days=90), "unscheduled", **LAMED)
    assert drafts(desk) == []
    an_exam(desk, subject, INJURY + timedelta(days=49))
    (case,) = drafts(desk)
    assert case.form_id == last.id


def test_the_correction_of_an_exam_is_looked_at_too(desk, subject):
    an_exam(desk, subject, INJURY + timedelta(days=49))
    form = an_exam(desk, subject, INJURY + timedelta(days=50), "unscheduled")
    assert drafts(desk) == []
    exams.save_exam(desk, replace(form, values=a_sheet(**LAMED)), "misread")
    assert len(drafts(desk)) == 1


def test_a_sheet_of_what_could_not_be_tested_is_no_fall(desk, subject):
    an_exam(desk, subject, INJURY + timedelta(days=49))
    open_ones = {item: "NT" for item in NEEDED_ITEMS if "_M_" in item}
    an_exam(desk, subject, INJURY + timedelta(days=50), "unscheduled", **open_ones)
    assert drafts(desk) == []


def test_nobody_who_did_not_get_the_product_is_watched(desk):
    other = a_subject(desk, arm=Arm.COMPARISON)
    an_exam(desk, other, INJURY + timedelta(days=49))
    an_exam(desk, other, INJURY + timedelta(days=50), "unscheduled", **LAMED)
    assert drafts(desk) == []


def test_an_import_opens_them_too(desk, subject, tmp_path):
    source = tmp_path / "in.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        known = ("patient", "arm", "sex", "injury_date", "exam_date", "visit")
        rows.writerow([*known, *NEEDED_ITEMS])
        for day, sheet in ((49, a_sheet()), (50, a_sheet(**LAMED))):
            on = INJURY + timedelta(days=day)
            told = ("X1", "treated", "male", INJURY, on, "unscheduled")
            rows.writerow([*told, *(sheet[item] for item in NEEDED_ITEMS)])

    assert imports.import_file(desk, source, dry_run=True).problems == ()
    assert drafts(desk) == []
    assert imports.import_file(desk, source).written
    assert [case.special for case in drafts(desk)] == ["neurological"]


def test_when_the_draft_cannot_be_opened_the_form_is_not_saved(
    desk, subject, monkeypatch
):
    head = trail.head(desk)

    def broken(*_, **__):
        raise RuntimeError("power cut")

    monkeypatch.setattr(signals, "Event", broken)
    with pytest.raises(RuntimeError):
        an_infusion(desk, subject, spo2_lowest="85")
    monkeypatch.undo()

    assert trail.head(desk) == head
    assert (drafts(desk), forms.forms(desk, subject.id)) == ([], ())


def test_the_curve_of_an_infusion_says_which_signals_it_shows(desk, subject):
    an_infusion(desk, subject, spo2_before="97", spo2_30="89", spo2_60="96")
    (found,) = safety.saturations(desk, subject.id)
    assert (found.day, found.curve.before) == (TREATED, 97)
    assert len(found.hits) == 2


def test_a_threshold_that_is_set_here_is_the_one_that_counts(desk, subject):
    set_setting(desk, "signal:spo2-low", {"threshold": "80"}, "as agreed (made up)")
    set_setting(desk, "signal:spo2-fall", {"threshold": "30"}, "as agreed (made up)")
    told = {signal.id: signal for signal in protocol(desk).signals()}

    assert told["spo2-low"].below == 80
    assert "90 → 80" in told["spo2-low"].name.ja
    an_infusion(desk, subject, spo2_before="97", spo2_lowest="85")
    assert drafts(desk) == []
    an_infusion(desk, subject, spo2_before="97", spo2_lowest="79")
    assert [case.signal for case in drafts(desk)] == ["spo2-low"]


@pytest.mark.parametrize("text", ["-1", "0", "much"])
def test_a_threshold_is_a_number_above_nothing(desk, text):
    with pytest.raises(InvalidValue, match=r"protocol\.not-a-threshold"):
        set_setting(desk, "signal:spo2-low", {"threshold": text}, "as agreed")
