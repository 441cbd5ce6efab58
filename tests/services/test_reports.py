import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.report import IssuedReport, Kind
from registry_app.services.cuts import cut_as_of
from registry_app.services.exams import save_exam
from registry_app.services.reports import make_report
from registry_app.services.subjects import correct_subject, open_subject
from registry_app.services.trail import head, verify
from registry_app.services.verifying import Standing, verify_report
from registry_app.words import Language
from tests.builders import INJURY, a_registry, a_subject, an_exam, at_desk

JA, EN = Language.JA, Language.EN


def patient_summary(desk, subject_id, languages, **told):
    return make_report(
        desk, Kind.PATIENT_SUMMARY, languages, subject_id=subject_id, **told
    )


def _filed(desk):
    with desk.read() as reading:
        return reading.find(IssuedReport)


@pytest.fixture
def subject(desk):
    subject = a_subject(desk)
    an_exam(desk, subject)
    return subject


def test_a_report_is_filed_with_its_cut_and_its_hash(desk, subject):
    before = head(desk)
    report = patient_summary(desk, subject.id, (JA,))

    (filed,) = _filed(desk)
    assert filed.id == report.number
    assert (filed.cut_seq, filed.cut_head) == (before.seq, before.head)
    assert filed.size == len(report.pdf)
    assert filed.subject_id == subject.id


def test_asking_again_gives_the_same_bytes_and_files_nothing_new(desk, subject):
    once = patient_summary(desk, subject.id, (JA, EN))
    again = patient_summary(desk, subject.id, (JA, EN))

    assert again == once
    assert len(_filed(desk)) == 1


def test_each_way_of_asking_has_a_number_of_its_own(desk, subject):
    asked = [
        patient_summary(desk, subject.id, languages, identifiable=identifiable)
        for languages in ((JA,), (EN,), (JA, EN))
        for identifiable in (False, True)
    ]

    assert len({report.number for report in asked}) == 6
    assert len(_filed(desk)) == 6


def test_a_draft_is_not_filed(desk, subject):
    report = patient_summary(desk, subject.id, (JA,), draft=True)

    assert report.pdf
    assert _filed(desk) == ()


def test_a_report_of_an_old_cut_shows_what_was_then(desk, subject):
    old = head(desk).seq
    first = patient_summary(desk, subject.id, (JA,))
    an_exam(desk, subject, on=INJURY.replace(month=5), code="day-120")

    assert patient_summary(desk, subject.id, (JA,), cut=old).pdf == first.pdf
    assert len(patient_summary(desk, subject.id, (JA,)).figures["exams"]) == 2


def test_a_day_means_what_was_recorded_when_it_ended_in_japan(desk, subject):
    old = head(desk).seq
    patient_summary(desk, subject.id, (JA,))
    after_midnight = datetime(2026, 4, 2, 15, 30, tzinfo=UTC)  # 3 April in Japan
    later = replace(desk, clock=lambda: after_midnight)
    an_exam(later, subject, on=INJURY.replace(month=5), code="day-120")

    assert cut_as_of(later, date(2026, 4, 2)) == old
    assert cut_as_of(later, date(2026, 4, 3)) == head(later).seq
    with pytest.raises(Refused, match=r"report\.nothing-yet"):
        cut_as_of(later, date(2026, 3, 31))


def test_a_cut_that_does_not_exist_is_refused(desk, subject):
    for cut in (0, -1, head(desk).seq + 1, 10**30):
        with pytest.raises(Refused, match=r"report\.no-such-cut"):
            patient_summary(desk, subject.id, (JA,), cut=cut)


def test_a_subject_that_was_not_there_at_the_cut_is_not_found(desk):
    early = head(desk).seq
    subject = a_subject(desk)

    with pytest.raises(NotFound):
        patient_summary(desk, subject.id, (JA,), cut=early)


def test_a_character_that_cannot_be_printed_stops_it_and_files_nothing(desk):
    subject = a_subject(desk, family="\U0001f600")

    with pytest.raises(Refused, match=r"report\.no-glyph"):
        patient_summary(desk, subject.id, (JA,), identifiable=True)
    assert _filed(desk) == ()


def test_the_figures_are_those_of_the_file_and_plain_data(desk, subject):
    report = patient_summary(desk, subject.id, (JA,))

    assert json.loads(json.dumps(report.figures)) == report.figures
    assert report.figures["report"]["number"] == report.number
    assert report.figures["subject"]["id"] == subject.id


def test_an_untouched_report_is_the_same(desk, subject):
    report = patient_summary(desk, subject.id, (JA,))
    other = a_subject(desk)
    an_exam(desk, other)

    verdict = verify_report(desk, report.pdf)

    assert verdict.standing is Standing.SAME
    assert verdict.number == report.number
    assert verdict.rebuilt


def test_what_changed_since_is_listed(desk, subject):
    report = patient_summary(desk, subject.id, (JA,))
    form = open_subject(desk, subject.id).exams[0].form
    save_exam(desk, replace(form, values={**form.values, "R_LT_C2": "1"}), "Misread")
    correct_subject(desk, replace(subject, birth_year=1981), "Typing error")

    verdict = verify_report(desk, report.pdf)

    assert verdict.standing is Standing.CHANGED_SINCE
    assert verdict.rebuilt
    assert [(entry.id, entry.reason) for entry in verdict.changes] == [
        (subject.id, "Typing error"),
        (form.id, "Misread"),
    ]


def test_an_altered_report_is_recognised(desk, subject):
    report = patient_summary(desk, subject.id, (JA,))

    verdict = verify_report(desk, report.pdf + b"\n% something added")

    assert verdict.standing is Standing.ALTERED
    assert verdict.number == report.number


def test_a_draft_is_known_again_by_making_it_again(desk, subject):
    draft = patient_summary(desk, subject.id, (JA, EN), draft=True)

    assert verify_report(desk, draft.pdf).standing is Standing.SAME
    assert verify_report(desk, draft.pdf + b"\n").standing is Standing.ALTERED


def test_a_report_of_another_registry_is_not_ours(desk, subject, tmp_path):
    report = patient_summary(desk, subject.id, (JA,))
    other = a_registry(tmp_path / "other.registry", new_id=lambda: "another-id")

    assert verify_report(other, report.pdf).standing is Standing.NOT_OURS
    assert verify_report(other, b"no PDF").standing is Standing.NOT_OURS
    other.close()


def test_a_report_tells_that_an_older_copy_was_put_back(desk, subject):
    """The tail of a trail that was cut off with its records is found by no check of
    the file alone: the head that a report bears pins it down."""
    older = desk.path.with_name("older.registry")
    desk.store.back_up(older)
    an_exam(desk, subject, on=INJURY.replace(month=5), code="day-120")
    report = patient_summary(desk, subject.id, (JA,))
    desk.close()
    older.replace(desk.path)

    back = at_desk(desk.path)
    assert verify(back).problems == ()
    verdict = verify_report(back, report.pdf)
    assert (verdict.standing, verdict.number) == (
        Standing.TRAIL_SHORTER,
        report.number,
    )

    while head(back).seq < report.figures["report"]["cut"]["seq"]:
        a_subject(back)
    assert verify(back).problems == ()
    assert verify_report(back, report.pdf).standing is Standing.TRAIL_OTHER
    back.close()


def test_a_report_whose_filing_is_gone_tells_so(desk, subject):
    older = desk.path.with_name("older.registry")
    desk.store.back_up(older)
    report = patient_summary(desk, subject.id, (JA,))
    desk.close()
    older.replace(desk.path)

    back = at_desk(desk.path)
    assert verify_report(back, report.pdf).standing is Standing.TRAIL_SHORTER
    back.close()


def test_a_report_is_about_no_day_to_come_and_no_day_of_no_calendar(desk, subject):
    def ask(**told):
        return make_report(desk, Kind.PERIODIC, (JA,), **told)

    for told, key in (
        ({"on": date(2026, 4, 3)}, "report_service.day-to-come"),
        ({"on": date.min}, "plan.year-too-far"),
        ({"period": (date.min, date(2026, 4, 1))}, "plan.year-too-far"),
        ({"period": (date(2026, 4, 1), date.max)}, "plan.year-too-far"),
    ):
        with pytest.raises(InvalidValue, match=key.replace(".", r"\.")):
            ask(**told)
    with pytest.raises(Refused, match=r"report_service\.no-language"):
        make_report(desk, Kind.PERIODIC, ())
    assert _filed(desk) == ()
