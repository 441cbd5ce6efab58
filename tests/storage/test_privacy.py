"""Nobody without a password learns who is in a registry; no log and no error tells."""

import json
import logging
from dataclasses import replace

import pytest

from registry_app.domain.errors import RegistryError
from registry_app.domain.report import Kind
from registry_app.services import exams, subjects
from registry_app.services.reports import make_report
from registry_app.services.subjects import SubjectQuery
from registry_app.words import Language
from tests.builders import PASSWORD, a_subject, an_exam

ADDRESS = "〒000-0009 架空県山彦市谺町7"
SECRETS = (
    *("山彦山彦", "ヤマビコ", "H-99-SECRET", ADDRESS),
    *("腕神経叢", "R_LT_C2", "1980-05-05"),
)


def _fill(desk):
    subject = a_subject(
        desk,
        family="山彦山彦",
        family_kana="ヤマビコ",
        hospital_number="H-99-SECRET",
        address=ADDRESS,
    )
    form = an_exam(desk, subject)
    exams.save_exam(desk, replace(form, comment="腕神経叢"), "腕神経叢の所見を追記")
    return subject


def test_neither_the_file_nor_its_log_holds_a_word_in_the_clear(desk):
    _fill(desk)
    files = [path for path in desk.path.parent.iterdir() if path.is_file()]
    assert {path.name.removeprefix(desk.path.name) for path in files} >= {"", "-wal"}
    for path in files:
        content = path.read_bytes()
        for encoding in ("utf-8", "utf-16-le", "cp932"):
            for secret in (*SECRETS, PASSWORD):
                assert secret.encode(encoding) not in content
        assert desk.store.key not in content
        assert desk.store.key.hex().encode() not in content


def test_nothing_is_logged_of_what_is_stored_or_refused(desk, caplog):
    with caplog.at_level(logging.DEBUG):
        subject = _fill(desk)
        subjects.subject_ids(desk, SubjectQuery(text="山彦"))
        form = subjects.open_subject(desk, subject.id).exams[0].form
        with pytest.raises(RegistryError) as refused:
            exams.save_exam(desk, replace(form, comment="腕神経叢!"))
    for text in (caplog.text, str(refused.value), repr(desk)):
        for secret in (*SECRETS, PASSWORD, desk.store.key.hex()):
            assert secret not in text


@pytest.mark.parametrize("kind", [one for one in Kind if not one.of_safety_case])
def test_an_address_is_in_the_use_record_that_names_people_and_nowhere_else(desk, kind):
    case = _fill(desk).id
    told = {"subject_id": case} if kind.of_one_case else {}
    for named in {False, kind.may_name}:
        how = {"identifiable": named, "draft": True, **told}
        made = make_report(desk, kind, (Language.JA,), **how)
        told_in = ADDRESS in json.dumps(made.figures, ensure_ascii=False)
        assert told_in == (named and kind is Kind.USE_RECORD)
