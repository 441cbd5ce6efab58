"""The certificate of a restore drill: one page, all that was proved, nothing cut."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.keeping import Place
from registry_app.domain.report import OwnPaper
from registry_app.reports.drill_certificate import Certificate, certificate
from tests.reports.looking import outside, pages
from tests.reports.made_up import EN, JA, an_issue

AT = datetime(2026, 6, 10, 1, 2, tzinfo=UTC)
SAID = Certificate(
    file="脊髄損傷登録.2026-06-10T0900.812345.registry-backup",
    place=Place.SECOND.told,
    sha256="ab" * 32,
    size=123_456_789_012,
    made_at=AT,
    seq=5_012_345,
    head="cd" * 32,
    records=4_812_345,
    seconds=3_601,
    person="架空 管理者",
    at=AT,
    by_slot=True,
)


def printed(languages, said=SAID):
    return certificate(said, an_issue(languages, kind=OwnPaper.DRILL))


@pytest.mark.parametrize("languages", [(JA,), (EN,), (JA, EN)], ids="+".join)
def test_it_is_one_page_in_each_language_with_all_that_was_proved(languages):
    paper = printed(languages)

    (text,) = pages(paper.pdf)
    flat = "".join(text.split())
    for told in (SAID.file, SAID.sha256, "123,456,789,012", "5,012,345", "3601"):
        assert told in flat.replace("\n", "")
    assert outside(paper.pdf) == []
    assert printed(languages) == paper


def test_it_says_that_the_keys_were_proved_only_where_they_were():
    (with_keys,) = pages(printed((EN,)).pdf)
    (without,) = pages(printed((EN,), replace(SAID, by_slot=False)).pdf)

    assert "keys of the person" in with_keys
    assert "keys of the person" not in without


def test_a_name_that_cannot_be_printed_is_refused():
    with pytest.raises(Refused, match=r"report\."):
        printed((JA,), replace(SAID, person="\U0001f9ec"))
