"""The archive form of every paper, as validators of other makers see it."""

import contextlib
import io
import json
import random
from xml.etree import ElementTree

import pikepdf
import pypdf
import pytest

from registry_app.domain.figures.all_case_log import all_case_log as log_of
from registry_app.domain.figures.document import Front
from registry_app.domain.figures.obligations_status import obligations_status
from registry_app.domain.report import Kind
from registry_app.reports.all_case_log import all_case_log
from registry_app.reports.archive import claimed
from registry_app.reports.document import print_document
from registry_app.reports.obligations import obligations
from registry_app.reports.patient_summary import patient_summary
from tests.reports.made_up import EN, JA, a_summary, an_issue
from tests.reports.made_up_document import a_document, a_report_issue
from tests.reports.made_up_duties import ON, a_protocol, some_cases, some_duties
from tests.reports.validators import attached, poppler, preflight, qpdf


def a_document_with(front):
    def made(form):
        issue = a_report_issue((JA, EN), form=form)
        return print_document(a_document(front, 90, "𠮷野 \ufa19"), issue).pdf

    return made


def a_log(form):
    cases = some_cases()
    log = log_of(cases, [k for c in cases for k in c.kits], a_protocol(), ON)
    return all_case_log(log, an_issue(kind=Kind.ALL_CASE_LOG, form=form))


def duties(form):
    status = obligations_status(some_duties(), a_protocol(), ON)
    return obligations(status, an_issue(kind=Kind.OBLIGATIONS, form=form))


PAPERS = {
    "page": a_document_with(Front.PAGE),
    "third": a_document_with(Front.THIRD),
    "heading": a_document_with(Front.HEADING),
    "R4": duties,
    "R5": lambda form: patient_summary(a_summary(), an_issue(form=form)),
    "R6": a_log,
}
EVERY = pytest.mark.parametrize("made", PAPERS.values(), ids=PAPERS)


@EVERY
def test_without_the_figures_it_is_a_valid_archive_file_of_part_1(made, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(made("1b"))
    assert preflight(file) == ""
    assert qpdf(file) == ""


@EVERY
def test_with_the_figures_other_readers_find_no_fault_and_give_them_back(
    made, tmp_path
):
    file, into = tmp_path / "paper.pdf", tmp_path / "inside"
    into.mkdir()
    file.write_bytes(pdf := made("3b"))
    assert qpdf(file) == ""
    facts, complaints = poppler(file)
    assert complaints == ""
    assert facts["Pages"]
    inside = attached(file, into)
    with contextlib.closing(pypdf.PdfReader(io.BytesIO(pdf))) as reader:
        held = {name: files[0] for name, files in reader.attachments.items()}
    assert inside == held
    assert set(inside) == {"figures.json", "figures.csv"}
    assert json.loads(inside["figures.json"])["report"]["number"]
    assert inside["figures.csv"].decode("utf-8-sig").startswith("table,row,column")


def test_what_it_says_of_itself_is_the_same_in_both_places_and_of_no_clock():
    with pikepdf.open(io.BytesIO(PAPERS["page"]("3b"))) as pdf:
        info, root = pdf.docinfo, pdf.Root
        xmp = root.Metadata.read_bytes().decode()
        ElementTree.fromstring(xmp)
        assert str(info["/Title"]) == "使用成績等定期報告書"
        for name in ("/Title", "/Author", "/Subject", "/Producer", "/Creator"):
            assert str(info[name]) in xmp
        assert str(info["/CreationDate"]).startswith("D:20000101")
        assert "<pdfaid:part>3</pdfaid:part>" in xmp
        assert str(root.Lang) == "ja-JP"
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        files = {str(spec.UF): spec for spec in root.AF}
        assert files["figures.json"].AFRelationship == "/Data"
        assert files["figures.csv"].AFRelationship == "/Supplement"
        inside = files["figures.json"].EF.F
        assert inside.Subtype == "/application/json"
        assert int(inside.Params.Size) == len(inside.read_bytes())


def test_whose_file_it_is_is_still_found_whichever_byte_was_changed():
    pdf = PAPERS["page"]("3b")
    expected = ("registry-1", "R1-SAP-412-J")
    assert claimed(pdf) == expected
    chance = random.Random(7)
    places = [pdf.index(b"registry-app:report") + n for n in range(-2, 50)]
    places += [pdf.rindex(b"registry-app:report") + n for n in range(-2, 50)]
    places += chance.sample(range(len(pdf)), 300)
    for place in places:
        changed = bytearray(pdf)
        changed[place] ^= 1 << chance.randrange(8)
        assert claimed(bytes(changed)) == expected


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7\n", b"no PDF at all", bytes(256)])
def test_what_is_no_report_claims_nothing(file):
    assert claimed(file) is None
