"""What is looked for in the trail is found, all of it, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from registry_app.domain.person import Role
from registry_app.domain.subject import Sex
from registry_app.domain.trail_query import TrailQuery
from registry_app.domain.visit import Form, How
from registry_app.services import exams, subjects
from registry_app.services.registry import add_person
from registry_app.services.trail import trail_entries
from registry_app.services.trail_search import item_history, trail_page, writers
from registry_app.storage import trail_search
from tests.builders import CHEAP, a_clock, a_subject, an_exam


@pytest.fixture
def filled(desk):
    """Two patients; the exam of the first was corrected by somebody else, later."""
    first, second = a_subject(desk), a_subject(desk)
    form = an_exam(desk, first)
    an_exam(desk, second)
    add_person(desk, "sato", "架空 二", Role.ENTRY, "quince jelly", cost=CHEAP)
    later = datetime(2026, 5, 3, 3, 0, tzinfo=UTC)
    sato = replace(desk, person=replace(desk.person, id="sato"), clock=a_clock(later))
    values = {**form.values, "R_LT_C2": "1"}
    exams.save_exam(sato, replace(form, values=values), "misread 100%")
    changed = replace(subjects.open_subject(desk, first.id).subject, sex=Sex.FEMALE)
    subjects.correct_subject(sato, changed, "chart")
    return desk, first, second, form


def seqs(desk, **asked):
    return [one.seq for one in trail_page(desk, TrailQuery(**asked)).entries]


def wanted(desk, fits):
    return [one.seq for one in trail_entries(desk) if fits(one)]


def test_nothing_asked_for_is_everything_the_newest_first(filled):
    desk = filled[0]
    assert seqs(desk) == wanted(desk, lambda _one: True)


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({"person": "sato"}, lambda one: one.actor == "sato"),
        ({"kind": "form"}, lambda one: one.kind == "form"),
        (
            {"person": "kato", "kind": "form"},
            lambda one: (one.actor, one.kind) == ("kato", "form"),
        ),
        ({"words": "READ 100%"}, lambda one: one.reason == "misread 100%"),
        ({"words": "1_0"}, lambda one: False),
        (
            {"kind": "form", "item": "values.R_LT_C2"},
            lambda one: any(each.item == "values.R_LT_C2" for each in one.changes),
        ),
        (
            {"item": "values"},
            lambda one: any(each.item.startswith("values.") for each in one.changes),
        ),
        ({"item": "value"}, lambda one: False),
        (
            {"first": date(2026, 5, 3)},
            lambda one: one.at >= datetime(2026, 5, 2, 15, tzinfo=UTC),
        ),
        (
            {"last": date(2026, 5, 2)},
            lambda one: one.at < datetime(2026, 5, 2, 15, tzinfo=UTC),
        ),
        ({"first": date(2026, 6, 1)}, lambda one: False),
    ],
)
def test_each_filter_finds_all_that_fits(filled, asked, fits):
    desk = filled[0]
    assert seqs(desk, **asked) == wanted(desk, fits)


def test_entries_before_a_clock_that_went_back_are_found_by_their_day(filled):
    desk = filled[0]
    early = a_clock(datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    a_subject(replace(desk, clock=early))
    a_subject(desk)
    for days in (
        {"last": date(2026, 3, 2)},
        {"first": date(2026, 3, 1), "last": date(2026, 4, 1)},
        {"first": date(2026, 4, 2)},
    ):
        first = days.get("first", date.min)
        last = days.get("last", date.max)

        def fits(one, first=first, last=last):
            return first <= (one.at + timedelta(hours=9)).date() <= last

        assert seqs(desk, **days) == wanted(desk, fits)
    marked = trail_page(desk, TrailQuery()).jumps
    jumps = wanted(desk, lambda one: one.kind == "clock_jump")
    assert marked == {seq + 1 for seq in jumps}
    assert marked


def test_a_patient_has_what_is_of_the_patient_and_nothing_of_others(filled):
    desk, first, second, form = filled
    of_first = set(seqs(desk, subject_id=first.id))
    of_second = set(seqs(desk, subject_id=second.id))
    assert of_first & of_second == set()
    entries = {one.seq: one for one in trail_entries(desk)}
    assert {entries[seq].kind for seq in of_first} == {
        *("subject", "identity", "indication", "visit", "form", "deviation"),
    }
    assert {seq for seq, one in entries.items() if one.id == form.id} <= of_first


def test_pages_follow_each_other_without_a_gap(filled):
    desk = filled[0]
    for asked in ({}, {"kind": "form"}, {"words": "a"}, {"subject_id": filled[1].id}):
        query = TrailQuery(**asked)
        whole = [one.seq for one in trail_page(desk, query, most=1000).entries]
        walked, before = [], None
        while True:
            page = trail_page(desk, query, before, most=2)
            walked += [one.seq for one in page.entries]
            before = page.older
            if before is None:
                break
        assert walked == whole


def test_a_search_tells_what_it_finds_and_can_be_stopped(filled, monkeypatch):
    desk = filled[0]
    monkeypatch.setattr(trail_search, "_SLICE", 3)
    monkeypatch.setattr(trail_search, "_SECONDS", 0)
    shares, told = [], []

    def going(part, share):
        told.extend(one.seq for one in part.entries)
        shares.append(share)

    page = trail_page(desk, TrailQuery(words="a"), going=going)
    assert told == [one.seq for one in page.entries]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 3

    class Enough(Exception):
        pass

    def stop(_part, _share):
        raise Enough

    with pytest.raises(Enough):
        trail_page(desk, TrailQuery(words="nowhere"), going=stop)


def test_an_item_has_its_own_history(filled):
    desk, _first, _second, form = filled
    found = item_history(desk, "form", form.id, "values.R_LT_C2")
    assert [(one.old, one.new) for one in found] == [("2", "1"), (None, "2")]
    assert found[0].entry.reason == "misread 100%"
    assert {one.how for one in found} == {""}


def stored(desk, form):
    with desk.read() as reading:
        return reading.get(Form, form.id)


def test_how_a_score_came_there_stands_beside_it(filled):
    desk, _first, _second, form = filled
    form, how = stored(desk, form), {"R_LT_C2": How.FILLED}
    form = exams.save_exam(desk, replace(form, how=how), "filled down")
    values = {**form.values, "R_LT_C2": "0"}
    exams.save_exam(desk, replace(form, values=values), "again")
    found = item_history(desk, "form", form.id, "values.R_LT_C2")
    assert [one.how for one in found] == ["filled", "", ""]


def test_each_entry_names_its_patient(filled):
    desk, first, second, form = filled
    page = trail_page(desk, TrailQuery())
    for entry in page.entries:
        patient = page.patients.get(entry.seq)
        if entry.kind in ("registry", "person", "pack"):
            assert patient is None
        else:
            assert patient in (first.id, second.id)
        if entry.id == form.id:
            assert patient == first.id
    assert {one.id for one in writers(desk)} == {"kato", "sato"}
