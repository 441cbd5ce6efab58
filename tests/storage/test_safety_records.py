"""Records of safety and of reports: read back as they were, changed as they may be."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry_app.domain.cut import DataCut
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.publication import Publication, PublicationKind
from registry_app.domain.report import IssuedReport, ReportText, Transmittal
from registry_app.domain.safety import (
    CaseState,
    CaseVersion,
    Event,
    Expectedness,
    Finding,
    Judged,
    Letter,
    Outcome,
    SafetyCase,
)
from registry_app.domain.signature import Meaning, Signature
from registry_app.services import trail

DAY, AT = date(2026, 3, 1), datetime(2026, 3, 1, 9, tzinfo=UTC)
CASE = SafetyCase(
    "SAP-S0001",
    "made-up fever",
    state=CaseState.DRAFT,
    signal="spo2-low",
    hospital_aware=DAY,
    versions={"1": CaseVersion(DAY, "first", sent_on=DAY)},
)
EVENT = Event(
    "e1",
    CASE.id,
    "fever",
    coded={"dictionary": "X", "version": "1", "code": "10", "text": "t", "group": "g"},
    onset=DAY,
    serious={"death": False},
    by_reporter={"product": Judged.SUSPECTED},
    tests={"1": Finding("SpO2", DAY, "88", "%")},
)
REPORT = IssuedReport("R2-1", "case-report", "", 1, "h", "s", 3, AT, {}, CASE.id)
SAID = (
    CASE,
    EVENT,
    Letter("l1", CASE.id, DAY, True, "PMDA", "online", "receipt"),
    DataCut("1", 7, "head", DAY, "msc-iv-sci", 3, "isncsci-1", "0.4", "kato", AT),
    REPORT,
    Signature("g1", "report", "R2-1", "d", Meaning.PREPARED, "sato", "架空", "x", AT),
    ReportText("1:case-report:summary", "1", "case-report", "summary", "本文", "text"),
    Transmittal("t1", "R2-1", "s", "PMDA", "online", DAY, "kato"),
    Evaluation("1", "plan 1", DAY, "kato", {"endpoint:primary-1": "x"}),
    Publication("p1", PublicationKind.TRIAL, "made up", "jRCT0"),
)


def _save(desk, record, reason=""):
    with desk.begin(reason) as work:
        return work.save(record)


@pytest.fixture
def saved(desk):
    """One record of each kind, by its type."""
    return {type(record): _save(desk, record) for record in SAID}


def test_each_record_reads_back_now_and_as_of_then(desk, saved):
    cut = trail.head(desk).seq
    _save(desk, replace(saved[SafetyCase], title="chills"), "misread")
    _save(desk, replace(saved[Event], what="chills", tests={}), "misread")
    _save(desk, replace(saved[ReportText], ja="別の本文"))
    for as_of in (None, cut):
        with desk.read(as_of) as reading:
            for of, record in saved.items():
                found = reading.get(of, record.id)
                assert (found == record) == (as_of == cut or found.version == 1)
    assert trail.verify(desk).problems == ()


@pytest.mark.parametrize(
    ("of", "more"),
    [
        (SafetyCase, {"narrative": "made up"}),
        (SafetyCase, {"versions": {"1": CaseVersion(DAY, "first", sent_on=DAY)}}),
        (Event, {"expected": Expectedness.EXPECTED, "label": "3"}),
        (Event, {"outcome": Outcome.RECOVERED}),
        (Event, {"infection": True, "frequency": True}),
        (Event, {"serious": {"death": False, "disability": True}}),
        (Letter, {"receipt": "R-1"}),
        (Transmittal, {"receipt": "R-1", "receipt_on": DAY}),
        (Publication, {"doi": "10.0/made-up"}),
        (ReportText, {"ja": "別の本文"}),
        (Evaluation, {"label": "plan 2"}),
    ],
)
def test_what_nobody_had_said_is_added_without_a_reason(desk, saved, of, more):
    known = saved[of]
    if "versions" in more:
        version = replace(more["versions"]["1"], receipt="PMDA 17")
        more = {"versions": {"1": version, "2": CaseVersion(DAY, "more")}}
    assert _save(desk, replace(known, **more)).version == 2


@pytest.mark.parametrize(
    ("of", "other"),
    [
        (SafetyCase, {"title": "chills"}),
        (SafetyCase, {"reportable": False}),
        (SafetyCase, {"versions": {}}),
        (SafetyCase, {"versions": {"1": CaseVersion(DAY, "other", sent_on=DAY)}}),
        (Event, {"what": "chills"}),
        (Event, {"serious": {"death": True}}),
        (Event, {"by_reporter": {"product": Judged.RULED_OUT}}),
        (Letter, {"who": "MHLW"}),
        (Transmittal, {"recipient": "MHLW"}),
        (Publication, {"title": "other"}),
    ],
)
def test_another_word_needs_a_reason(desk, saved, of, other):
    changed = replace(saved[of], **other)
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        _save(desk, changed)
    assert _save(desk, changed, "misread").version == 2


def test_a_judgement_is_taken_back_with_a_reason_only(desk, saved):
    told = {"infection": True, "expected": Expectedness.UNEXPECTED, "label": "3"}
    judged = _save(desk, replace(saved[Event], **told))
    for other in ({"infection": False}, {"expected": Expectedness.EXPECTED}):
        with pytest.raises(Refused, match=r"trail\.reason-needed"):
            _save(desk, replace(judged, **other))


@pytest.mark.parametrize(
    ("of", "other"), [(DataCut, {"purpose": "x"}), (Signature, {"state": "x"})]
)
def test_a_cut_and_a_signature_stay_as_they_are(desk, saved, of, other):
    with pytest.raises(Refused, match=r"trail\.never-changed"):
        _save(desk, replace(saved[of], **other), "misread")


def test_an_evaluation_plan_is_free_until_it_is_locked(desk, saved):
    locked = _save(desk, replace(saved[Evaluation], locked_on=DAY, locked_by="kato"))
    with pytest.raises(Refused, match=r"trail\.never-changed"):
        _save(desk, replace(locked, label="plan 2"), "misread")


@pytest.mark.parametrize(
    "record",
    [
        replace(CASE, versions={"1": CaseVersion(date(20, 3, 1))}),
        replace(EVENT, tests={"1": Finding("SpO2", date(9998, 3, 1))}),
    ],
)
def test_a_day_inside_a_record_that_nobody_can_count_from_is_refused(desk, record):
    _save(desk, CASE)
    with pytest.raises(InvalidValue, match=r"plan\.year-too-far"):
        _save(desk, replace(record, id=f"{record.id}x"))
