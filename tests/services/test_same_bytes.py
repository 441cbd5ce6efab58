"""The same cut, asked for in the same way, gives the same bytes."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning
from registry_app.paths import ROOT
from registry_app.services.cuts import freeze
from registry_app.services.registry import sign_in
from registry_app.services.report_texts import save_texts
from registry_app.services.reports import filed_pdf
from registry_app.services.signing import sign
from registry_app.services.subjects import correct_subject
from registry_app.services.transmittals import transmit
from registry_app.services.verifying import Standing, verify_report
from tests.builders import PASSWORD, USER, a_subject, an_exam
from tests.services.report_room import ARCHIVED, CASE, EN, JA, a_case, a_patient, made
from tests.services.test_transmittals import handed

BOTH = (JA, EN)
FIRST = date(2026, 2, 1), date(2026, 3, 31)


def a_room(desk):
    """A patient, a case, and a frozen cut."""
    subject = a_patient(desk)
    a_case(desk, subject)
    return subject, freeze(desk, "架空").seq


@pytest.fixture
def furnish():
    return a_room


@pytest.fixture
def room(given):
    return given


def corrected(desk, subject):
    """Much of it is another thing now."""
    correct_subject(desk, replace(subject, birth_year=1979), "misread")
    an_exam(desk, a_subject(desk))


@pytest.mark.parametrize("kind", ARCHIVED)
def test_after_a_later_correction_and_once_more(desk, room, kind):
    subject, cut = room
    period = FIRST if kind.of_period else None
    once = made(desk, kind, subject, BOTH, cut=cut, period=period)
    assert made(desk, kind, subject, BOTH, cut=cut, period=period) == once
    corrected(desk, subject)

    again = made(desk, kind, subject, BOTH, cut=cut, period=period)

    assert again == once
    verdict = verify_report(desk, once.pdf)
    assert (verdict.standing, verdict.rebuilt) == (Standing.CHANGED_SINCE, True)


@pytest.mark.parametrize("kind", ARCHIVED)
def test_after_a_backup_and_a_restore_on_another_day(desk, room, tmp_path, kind):
    subject, _ = room
    report = made(desk, kind, subject, BOTH)
    copy = tmp_path / "copy.registry"
    desk.store.back_up(copy)

    other = sign_in(copy, USER, PASSWORD)
    try:
        assert made(other, kind, subject, BOTH) == report
        assert filed_pdf(other, report.number) == report.pdf
        assert verify_report(other, report.pdf).standing is Standing.SAME
    finally:
        other.close()


ELSEWHERE = """
import hashlib, sys
from pathlib import Path
from registry_app.domain.report import Kind
from registry_app.services.registry import sign_in
from registry_app.services.reports import make_report
from registry_app.words import Language
desk = sign_in(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
for name in sys.argv[6:]:
    kind = Kind(name)
    report = make_report(
        desk, kind, (Language.JA, Language.EN), subject_id=sys.argv[4],
        about=sys.argv[5] if kind.of_safety_case else "",
    )
    print(name, report.number, hashlib.sha256(report.pdf).hexdigest())
desk.close()
"""


def test_in_another_process_with_another_order_of_sets(desk, room):
    subject, _ = room
    wanted = []
    for kind in ARCHIVED:
        report = made(desk, kind, subject, BOTH)
        sha256 = hashlib.sha256(report.pdf).hexdigest()
        wanted.append(f"{kind.value} {report.number} {sha256}")
    desk.close()

    told = subprocess.run(
        [
            *(sys.executable, "-c", ELSEWHERE, str(desk.path), USER, PASSWORD),
            *(subject.id, CASE, *(kind.value for kind in ARCHIVED)),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "America/Lima"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.splitlines() == wanted


@pytest.mark.parametrize("kind", [Kind.PERIODIC, Kind.DISCLOSURE, Kind.OBLIGATIONS])
def test_what_is_signed_sent_or_written_of_another_cut_changes_nothing(
    desk, room, kind
):
    subject, cut = room
    once = made(desk, kind, subject, BOTH, cut=cut)
    other = made(desk, Kind.ALL_CASE_LOG, subject)
    sign(desk, other.number, Meaning.PREPARED, PASSWORD)
    transmit(desk, handed(other.number))
    corrected(desk, subject)
    save_texts(desk, Kind.DISCLOSURE, freeze(desk).id, {"discussion": ("別", "other")})

    assert made(desk, kind, subject, BOTH, cut=cut).pdf == once.pdf


@pytest.mark.parametrize("kind", ARCHIVED)
def test_the_form_without_the_figures_is_another_number_and_says_the_same(
    desk, room, kind
):
    subject, _ = room
    whole = made(desk, kind, subject)
    bare = made(desk, kind, subject, form="1b")

    assert bare.number == f"{whole.number}B"
    assert len(bare.pdf) < len(whole.pdf)
    assert verify_report(desk, bare.pdf).standing is Standing.SAME


@pytest.mark.parametrize("kind", ARCHIVED)
def test_the_figures_that_travel_inside_are_those_that_are_given(desk, room, kind):
    subject, _ = room
    report = made(desk, kind, subject, BOTH)
    with pikepdf.open(BytesIO(report.pdf)) as pdf:
        inside = pdf.attachments["figures.json"].get_file().read_bytes()

    given = json.loads(json.dumps(report.figures))
    assert json.loads(inside) == given
    assert given["report"]["number"] == report.number
    assert given["report"]["cut"]["number"] == "1"
