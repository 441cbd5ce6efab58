"""Data cuts: frozen once, numbered, and what came after one."""

from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.person import Role
from registry_app.domain.publication import Publication, PublicationKind
from registry_app.domain.report import Kind
from registry_app.services.cuts import changed_since, cuts, freeze
from registry_app.services.publications import save_publication
from registry_app.services.registry import add_person
from registry_app.services.reports import issued, make_report
from registry_app.services.subjects import correct_subject
from registry_app.services.trail import head
from tests.builders import CHEAP, PASSWORD, USER, a_subject
from tests.services.report_room import ARCHIVED, JA, a_case, a_patient, made


def test_a_cut_names_the_entry_the_pack_the_engine_and_who_froze_it(desk):
    a_patient(desk)
    end = head(desk)

    cut = freeze(desk, "first half-year")

    assert (cut.id, cut.seq, cut.head) == ("1", end.seq, end.head)
    assert (cut.pack, cut.on) == ("msc-iv-sci", date(2026, 4, 1))
    assert cut.pack_version > 0
    assert cut.engine
    assert cut.program.startswith("registry-app ")
    assert (cut.frozen_by, cut.purpose) == (USER, "first half-year")


def test_while_no_data_change_the_same_cut_is_given_again(desk):
    subject = a_patient(desk)
    cut = freeze(desk)
    make_report(desk, Kind.ALL_CASE_LOG, (JA,))
    add_person(desk, "sato", "架空", Role.ENTRY, PASSWORD, cost=CHEAP)

    assert freeze(desk) == cut
    correct_subject(desk, replace(subject, birth_year=1979), "misread")
    later = freeze(desk)

    assert later.id == "2"
    assert [one.id for one in cuts(desk)] == ["2", "1"]


@pytest.mark.parametrize(
    ("first", "key"), [("", r"service\.frozen$"), ("half a year", "frozen-for")]
)
def test_another_purpose_for_unchanged_data_is_refused_not_dropped(desk, first, key):
    a_patient(desk)
    cut = freeze(desk, first)
    end = head(desk)

    with pytest.raises(Refused, match=key) as refused:
        freeze(desk, "the panel")

    assert refused.value.message.params["cut"] == "1"
    assert freeze(desk, first) == freeze(desk) == cut
    assert head(desk) == end


def test_what_changed_since_leaves_out_what_was_made_of_the_data(desk):
    subject = a_patient(desk)
    cut = freeze(desk)
    make_report(desk, Kind.ALL_CASE_LOG, (JA,))
    assert changed_since(desk, cut.id) == ()

    correct_subject(desk, replace(subject, birth_year=1979), "misread")
    save_publication(desk, Publication("", PublicationKind.TRIAL, "A made-up trial"))

    assert [entry.kind for entry in changed_since(desk, cut.id)] == [
        "publication",
        "subject",
    ]
    with pytest.raises(Refused, match=r"report_service\.no-such-cut"):
        changed_since(desk, "7")


@pytest.mark.parametrize("kind", ARCHIVED)
def test_a_final_report_freezes_its_data_once(desk, kind):
    subject = a_patient(desk)
    a_case(desk, subject)
    seq = head(desk).seq
    made(desk, kind, subject, draft=True)
    assert cuts(desk) == ()

    report = made(desk, kind, subject)
    (cut,) = cuts(desk)

    assert cut.seq == seq == issued(desk)[0].cut_seq
    assert report.figures["report"]["cut"]["number"] == cut.id
    made(desk, Kind.ALL_CASE_LOG, subject)
    assert cuts(desk) == (cut,)


def test_what_is_handed_out_and_forgotten_freezes_nothing(desk):
    subject = a_patient(desk)
    for kind in (Kind.TODAY, Kind.CARD):
        made(desk, kind, subject)

    assert cuts(desk) == ()


def test_a_report_of_an_older_entry_freezes_that_entry(desk):
    subject = a_patient(desk)
    old = head(desk).seq
    a_subject(desk)

    made(desk, Kind.ALL_CASE_LOG, subject, cut=old)

    assert [cut.seq for cut in cuts(desk)] == [old]


def test_a_report_that_cannot_be_printed_leaves_no_cut(desk):
    subject = a_subject(desk, family="\U0001f600")
    with pytest.raises(Refused, match=r"report\.no-glyph"):
        made(desk, Kind.PATIENT_SUMMARY, subject, identifiable=True)

    assert cuts(desk) == ()
    assert issued(desk) == ()
