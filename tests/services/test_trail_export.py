"""The trail leaves whole: every entry, first values too, and can be checked outside."""

import csv
import io
import json
from dataclasses import replace

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.trail_query import TrailQuery
from registry_app.services import exams
from registry_app.services.trail import trail_entries
from registry_app.services.trail_export import (
    BOM,
    export_trail,
    outgoing_trail,
    trail_csv,
    trail_jsonl,
)
from registry_app.words import Language
from tests.builders import a_subject, an_exam

ALL = TrailQuery()


@pytest.fixture
def filled(desk):
    subject = a_subject(desk)
    form = an_exam(desk, subject)
    changed = replace(form, values={**form.values, "R_LT_C2": "1"}, comment="=1+1, x")
    exams.save_exam(desk, changed, "misread")
    a_subject(desk)
    return desk, subject


def test_each_line_of_json_is_one_entry_with_its_state_and_head(filled):
    desk, subject = filled
    lines = [json.loads(line) for line in trail_jsonl(desk, ALL)]
    entries = list(reversed(trail_entries(desk)))
    assert [line["seq"] for line in lines] == [entry.seq for entry in entries]
    for line, entry in zip(lines, entries, strict=True):
        assert (line["head"], line["state"]) == (entry.head, entry.state)
        told = [(one["item"], one["old"], one["new"]) for one in line["changes"]]
        assert told == [(one.item, one.old, one.new) for one in entry.changes]
    assert {line["patient"] for line in lines if line["kind"] == "form"} == {subject.id}


def test_each_line_of_csv_is_one_change_first_values_too(filled):
    desk, _subject = filled
    text = "".join(trail_csv(desk, ALL, Language.EN))
    assert text.startswith(BOM)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))
    entries = list(reversed(trail_entries(desk)))
    assert len(rows) == sum(len(entry.changes) for entry in entries)
    first, *rest = [row for row in rows if row["item"] == "values.R_LT_C2"]
    assert (first["old"], first["new"]) == ("", "2")
    assert (rest[-1]["old"], rest[-1]["new"]) == ("2", "1")
    assert rest[-1]["reason"] == "misread"
    assert rest[-1]["item_in_words"] == "right light touch C2"
    (formula,) = [row for row in rows if row["item"] == "comment"]
    assert formula["new"] == "'=1+1, x"


def test_what_is_wanted_leaves_and_nothing_else(filled):
    desk, subject = filled
    query = TrailQuery(subject_id=subject.id, kind="form")
    lines = [json.loads(line) for line in trail_jsonl(desk, query)]
    assert {line["patient"] for line in lines} == {subject.id}
    assert {line["kind"] for line in lines} == {"form"}
    leaving = outgoing_trail(desk, "trail-jsonl", query)
    assert leaving.subjects == (subject.id,)
    assert leaving.identifiable
    assert len(outgoing_trail(desk, "trail-csv", ALL).subjects) == 2


def test_a_file_is_written_whole_or_not_at_all(filled, tmp_path):
    desk, _subject = filled
    out = tmp_path / "trail.csv"
    shares = []
    export_trail(desk, ALL, "trail-csv", Language.JA, out, shares.append)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert shares[-1] == 1.0

    class Enough(Exception):
        pass

    def stop(_share):
        raise Enough

    other = tmp_path / "trail.jsonl"
    with pytest.raises(Enough):
        export_trail(desk, ALL, "trail-jsonl", Language.JA, other, stop)
    assert sorted(tmp_path.glob("trail*")) == [out]
    with pytest.raises(Refused):
        export_trail(desk, ALL, "trail-csv", Language.JA, tmp_path / "no" / "x.csv")
