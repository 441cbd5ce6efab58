"""Nothing of a patient lies in the clear on the disk; and the search would find it."""

from random import Random

from tests.faults import plain_text
from tests.faults.short import none_fails

MARKS = 20


def test_no_mark_of_a_day_is_found_on_the_disk(tmp_path):
    none_fails(plain_text.family, tmp_path, MARKS)


def test_the_search_finds_what_is_there(tmp_path):
    marks = plain_text.marks(MARKS, Random(1))
    needles = {one for mark in marks for one in plain_text.spellings(mark)}
    (tmp_path / "log").mkdir()
    assert plain_text.found_in([tmp_path], needles) == ([], 0)
    (tmp_path / "log" / "a.log").write_text(f"x{marks[0]}", "utf-16-le")
    (tmp_path / f"{marks[2]}.tmp").touch()
    found, searched = plain_text.found_in([tmp_path], needles)
    assert found == [f"{marks[2]}.tmp", "log/a.log"]
    assert searched == 2
