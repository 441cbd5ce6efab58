"""Every report has the common fields of REGULATION.md section 8, cover or not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registry_app.domain.figures.all_case_log import all_case_log as log_of
from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.obligations_status import obligations_status
from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning, Signature
from registry_app.reports.all_case_log import all_case_log
from registry_app.reports.obligations import obligations
from registry_app.reports.patient_summary import patient_summary
from registry_app.words import Language, Words
from tests.reports.looking import outside, pages
from tests.reports.made_up import EN, JA, a_summary, an_issue
from tests.reports.made_up_duties import ON, a_protocol, some_cases, some_duties

FIELDS = (
    *("addressee", "owner", "trade", "approval", "term", "state", "period", "cut"),
    *("plan", "confidentiality"),
)


SIGNED = Signature(
    *("g1", "report", "number", "ab" * 32, Meaning.APPROVED, "kato", "架空 加藤"),
    "administrator",
    datetime(2026, 6, 1, 7, 5, tzinfo=UTC),
)


def printed(kind, languages, **told):
    protocol = a_protocol()
    cover = common_cover(kind, protocol, ON)
    issue = an_issue(languages, kind=kind, **told)
    match kind:
        case Kind.OBLIGATIONS:
            status = obligations_status(some_duties(), protocol, ON, cover=cover)
            return obligations(status, issue)
        case Kind.ALL_CASE_LOG:
            return all_case_log(log_of(some_cases(), [], protocol, ON, cover), issue)
        case _:
            return patient_summary(replace(a_summary(), cover=cover), issue)


@pytest.mark.parametrize("languages", [(JA,), (EN,), (JA, EN)], ids="+".join)
@pytest.mark.parametrize(
    "kind", [Kind.OBLIGATIONS, Kind.PATIENT_SUMMARY, Kind.ALL_CASE_LOG]
)
def test_a_report_without_a_cover_has_the_common_fields_too(kind, languages):
    pdf = printed(kind, languages)
    text = "".join(pages(pdf)).replace("\r\n", "").replace(" ", "")

    for language in languages:
        words = Words(Language(language))
        for field in FIELDS:
            assert words(f"cover.{field}").replace(" ", "") in text, field
    assert outside(pdf) == []


@pytest.mark.parametrize(
    "kind", [Kind.OBLIGATIONS, Kind.PATIENT_SUMMARY, Kind.ALL_CASE_LOG]
)
def test_who_signed_stands_on_it_with_the_time_and_what_was_signed(kind):
    text = "".join(pages(printed(kind, (JA,), signatures=(SIGNED,))))

    for words in (
        "作成",
        "確認",
        "承認",
        "架空 加藤",
        "2026-06-01 16:05",
        "abababababab",
    ):
        assert words in text
