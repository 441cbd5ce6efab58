"""A support bundle tells of the program and its file, and nothing of anybody."""

import io
import json
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from registry_app.domain.policy import Policy
from registry_app.paths import log_folder
from registry_app.services import enrolment, exams, policy, subjects
from registry_app.services.subjects import SubjectQuery
from registry_app.services.support import support_bundle, without_identifiers
from tests.builders import a_draft, a_registry, an_enrolment
from tests.faults.plain_text import marks, spellings


@pytest.fixture
def told(tmp_path):
    """A desk whose registry, log and policy are full of marks; and all the marks."""
    made = marks(40, Random(7))
    desk = a_registry(tmp_path / "site.registry")
    log = []
    for family, kana, number, text, why in zip(*[iter(made)] * 5, strict=True):
        subject = enrolment.enrol(
            desk,
            an_enrolment(family=family, family_kana=kana, hospital_number=number),
        )
        form = exams.complete_exam(desk, a_draft(desk, subject))
        exams.save_exam(desk, replace(form, comment=text), why)
        log.append(f"refused storage.disk-full {subject.id} {form.id} {family} {why}")
    folder = tmp_path / made[0]
    folder.mkdir()
    policy.set_policy(desk, replace(Policy(), backup_place=str(folder)))
    log_folder().mkdir(parents=True)
    home = Path.home() / made[5] / "registry_app" / "ui" / "app.py"
    log.append(f'  File "{home}", line 3, in run')
    (log_folder() / "registry-app.log").write_text("\n".join(log), "utf-8")
    ids = subjects.subject_ids(desk, SubjectQuery())
    yield desk, (*made, *ids)
    desk.close()


def test_no_mark_is_in_it_in_any_spelling(told):
    desk, wanted = told
    with zipfile.ZipFile(io.BytesIO(support_bundle(desk))) as bundle:
        whole = b"\n".join(bundle.read(name) for name in bundle.namelist())
    for mark in wanted:
        assert not any(found in whole for found in spellings(mark)), mark
    assert str(Path.home()).encode() not in whole
    assert desk.path.name.encode() not in whole


def test_the_marks_would_have_been_found(told):
    """Else nothing is proved: the registry itself knows them."""
    desk, wanted = told
    rows = [subjects.open_subject(desk, one).identity for one in wanted[-8:]]
    assert {unicodedata.normalize("NFC", one.family) for one in rows} == set(
        wanted[:40:5]
    )


def test_it_has_what_helps(told):
    desk, _ = told
    with zipfile.ZipFile(io.BytesIO(support_bundle(desk))) as bundle:
        registry = json.loads(bundle.read("registry.json"))
        environment = json.loads(bundle.read("environment.json"))
        names = set(bundle.namelist())
        log = bundle.read("log.txt").decode()
    assert registry["rows"]["subject"] == 8
    assert environment["program"].startswith("registry-app")
    assert {"self-check-ja.txt", "self-check-en.txt", "settings.json"} <= names
    assert "storage.disk-full" in log
    assert "app.py" in log


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("SAP-0001-7 was saved", "<id> was saved"),
        ("SAP-S0001", "<id>"),
        (f"form {'ab' * 16}", "form <id>"),
        ("架空 太郎 came", "<text> <text> came"),
        ('File "C:\\Users\\Taro Y\\app\\store.py", line 3', None),
    ],
)
def test_what_could_name_somebody_is_taken_out_of_the_log(line, said):
    got = without_identifiers(line)
    if said is None:
        assert "Taro" not in got
        assert "store.py" in got
    else:
        assert got == said
