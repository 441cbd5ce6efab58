"""The validation file: requirements, the tests that show them, what they gave."""

import ast
import json
import runpy
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from registry_app.domain.message import Told
from registry_app.domain.validation import Outcome, Requirement, Run, Validation, meant
from registry_app.paths import ROOT
from registry_app.services import validation as of_program
from registry_app.services.validation import validation, validation_paper
from registry_app.services.verifying import Standing, verify_report
from registry_app.words import Language, Words

TESTS = ROOT / "tests"
docs = SimpleNamespace(**runpy.run_path(ROOT / "packaging" / "validation_docs.py"))

RUN = """<testsuites><testsuite>
<testcase classname="tests.packs.test_loader" name="test_a[1]"/>
<testcase classname="tests.packs.test_loader" name="test_b"><failure/></testcase>
<testcase classname="tests.packs.test_loader" name="test_c"><skipped/></testcase>
<testcase classname="tests.packs.test_loader" name="test_d"><error/></testcase>
</testsuite></testsuites>"""


def named_by(test):
    """The names of the tests that a requirement means, by the files there are."""
    where, _, one = test.partition("::")
    place = TESTS / where
    files = sorted(place.rglob("test_*.py")) if place.is_dir() else [place]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            named = isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            if named and (not one or node.name == one):
                yield node.name


def a_requirement(*tests):
    none = Told("", "")
    return Requirement("X-1", "faults", none, none, "confirmed", tests)


@pytest.mark.parametrize("one", validation().requirements, ids=lambda one: one.id)
def test_each_requirement_has_tests_that_are_there(one):
    assert one.tests
    assert all(any(named_by(test)) for test in one.tests)
    assert all((one.text.ja, one.text.en, one.source.ja, one.source.en))
    assert one.confidence in ("confirmed", "secondary", "unconfirmed")


def test_no_requirement_has_the_number_of_another_and_parts_stand_together():
    every = validation().requirements
    parts = [one.part for one in every]
    assert len({one.id for one in every}) == len(every)
    assert sorted(parts, key=parts.index) == parts


def test_a_result_is_kept_for_each_requirement_that_was_run():
    whole = validation()
    assert whole.run is not None
    assert set(whole.run.outcomes) <= {one.id for one in whole.requirements}
    assert all(one.passed + one.failed for one in whole.run.outcomes.values())


def test_a_requirement_is_shown_by_some_test_and_by_none_that_failed():
    one = a_requirement("packs")
    for outcome, shown in (
        (Outcome(3, 0), True),
        (Outcome(3, 1), False),
        (Outcome(0, 0), False),
    ):
        run = Run(None, "", "", "", {"X-1": outcome})
        assert Validation((one,), run).shown == shown
    assert Validation((one,), None).shown == 0
    assert Validation((one,), None).outcome(one) is None


def test_a_run_is_read_as_it_was(tmp_path):
    file = tmp_path / "run.xml"
    file.write_text(RUN)
    ran = docs.ran(file)

    assert ran == [
        ("packs/test_loader.py", "test_a[1]", "passed"),
        ("packs/test_loader.py", "test_b", "failed"),
        ("packs/test_loader.py", "test_d", "failed"),
    ]
    assert docs.outcomes((a_requirement("packs"),), ran) == {"X-1": (1, 2)}
    by_name = a_requirement("packs/test_loader.py::test_a")
    assert docs.outcomes((by_name,), ran) == {"X-1": (1, 0)}
    assert docs.outcomes((a_requirement("cli"),), ran) == {}


def test_a_folder_means_what_is_below_it_and_not_what_begins_alike():
    assert meant("packs", "packs/test_loader.py", "test_a")
    assert not meant("pack", "packs/test_loader.py", "test_a")


@pytest.mark.parametrize("language", Language)
def test_the_page_in_docs_is_that_of_the_kept_result(language):
    page = ROOT / "docs" / "validation" / f"matrix-{language}.md"
    assert page.read_text("utf-8") == docs.page(Words(language))


def test_the_paper_says_every_requirement_and_is_filed(desk, tmp_path):
    made = validation_paper(desk, (Language.EN,))

    file = tmp_path / "validation.pdf"
    file.write_bytes(made.pdf)
    text = "\n".join(page.extract_text() for page in PdfReader(file).pages)
    assert made.number.startswith("VALIDATION-SAP-")
    assert all(one.id in text for one in validation().requirements)
    assert verify_report(desk, made.pdf).standing is Standing.SAME
    assert validation_paper(desk).number.endswith("-2")


def test_a_run_of_other_code_is_told(desk, monkeypatch, tmp_path):
    told = json.loads(of_program.RESULT.read_text("utf-8"))
    other = tmp_path / "result.json"
    other.write_text(json.dumps({**told, "code": "0" * 64}))
    monkeypatch.setattr(of_program, "RESULT", other)

    file = tmp_path / "validation.pdf"
    file.write_bytes(validation_paper(desk, (Language.EN,)).pdf)

    text = PdfReader(file).pages[0].extract_text()
    assert "the code that was tested is not the code" in " ".join(text.split())
