"""What people write into a report: kept with the cut, printed, and a new number."""

import pytest

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.report import SLOTS, Kind
from registry_app.services.cuts import freeze
from registry_app.services.report_texts import save_texts, texts, texts_issued
from registry_app.services.reports import issued
from registry_app.services.verifying import Standing, verify_report
from registry_app.storage.work import Work
from tests.services.report_room import EN, JA, a_patient, made


@pytest.fixture
def furnish():
    return a_patient


@pytest.fixture
def subject(given):
    return given


def test_every_slot_is_there_and_empty_until_it_is_written(desk, subject):
    cut = freeze(desk)
    empty = texts(desk, Kind.INFECTION, cut.id)
    assert tuple(empty) == SLOTS[Kind.INFECTION]
    assert {one.ja + one.en for one in empty.values()} == {""}
    assert texts(desk, Kind.ALL_CASE_LOG, cut.id) == {}

    save_texts(
        desk, Kind.INFECTION, cut.id, {"evaluation": ("一行目\n\n二行目  \n", "")}
    )

    written = texts(desk, Kind.INFECTION, cut.id)
    assert written["evaluation"].ja == "一行目\n\n二行目"
    assert written["actions"].version == 0


def test_saying_nothing_new_writes_nothing(desk, subject):
    cut = freeze(desk)
    nothing = save_texts(desk, Kind.DISCLOSURE, cut.id, {"discussion": ("", "")})
    assert [one.version for one in nothing] == [0]
    once = save_texts(desk, Kind.DISCLOSURE, cut.id, {"discussion": ("考察", "")})
    again = save_texts(desk, Kind.DISCLOSURE, cut.id, {"discussion": ("考察 ", "")})
    assert again == once


def test_a_slot_or_a_cut_that_is_not_there_is_refused(desk, subject):
    cut = freeze(desk)
    with pytest.raises(InvalidValue, match=r"report_service\.no-such-slot"):
        save_texts(desk, Kind.DISCLOSURE, cut.id, {"conclusion": ("", "x")})
    with pytest.raises(Refused, match=r"report_service\.no-such-cut"):
        save_texts(desk, Kind.DISCLOSURE, "9", {"discussion": ("", "x")})


def test_parts_that_are_saved_at_once_are_saved_all_or_none(desk, subject, monkeypatch):
    cut = freeze(desk)
    both = {"evaluation": ("評価", ""), "actions": ("対応", "")}
    save, n = Work.save, []

    def fails_the_second_time(work, record):
        n.append(record)
        if len(n) == 2:
            raise Refused("storage.wrong-password")
        return save(work, record)

    monkeypatch.setattr(Work, "save", fails_the_second_time)
    with pytest.raises(Refused):
        save_texts(desk, Kind.INFECTION, cut.id, both)
    monkeypatch.undo()
    assert {one.version for one in texts(desk, Kind.INFECTION, cut.id).values()} == {0}

    first, second = save_texts(desk, Kind.INFECTION, cut.id, both)
    assert (first.ja, second.ja) == ("評価", "対応")
    assert [one.version for one in (first, second)] == [1, 1]


def test_what_is_written_later_is_another_number_and_the_first_stays_true(
    desk, subject
):
    cut = freeze(desk)
    bare = made(desk, Kind.DISCLOSURE, subject, (JA, EN))
    assert texts_issued(desk, Kind.DISCLOSURE, cut.id)
    told = {"discussion": ("架空の考察", "Made up")}
    with pytest.raises(Refused, match=r"report_service\.text-issued"):
        save_texts(desk, Kind.DISCLOSURE, cut.id, told)
    save_texts(desk, Kind.DISCLOSURE, cut.id, told, "it was forgotten")

    written = made(desk, Kind.DISCLOSURE, subject, (JA, EN))

    assert written.number == f"{bare.number}.2"
    assert "架空の考察" in f"{written.figures}"
    assert "架空の考察" not in f"{bare.figures}"
    for report in (bare, written):
        verdict = verify_report(desk, report.pdf)
        assert (verdict.standing, verdict.rebuilt) == (Standing.SAME, True)
    told = {"discussion": ("直した考察", "Made up")}
    save_texts(desk, Kind.DISCLOSURE, cut.id, told, "it was wrong")
    assert verify_report(desk, written.pdf).rebuilt
    assert len(issued(desk)) == 2


def test_a_text_of_one_kind_or_cut_stands_on_no_other(desk, subject):
    cut = freeze(desk)
    save_texts(desk, Kind.INFECTION, cut.id, {"actions": ("架空の対応", "")})

    assert "架空の対応" not in f"{made(desk, Kind.DISCLOSURE, subject).figures}"
    assert "架空の対応" in f"{made(desk, Kind.INFECTION, subject).figures}"
