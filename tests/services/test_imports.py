import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from registry_app.domain.course import DeviationKind
from registry_app.domain.errors import InvalidValue
from registry_app.domain.subject import Arm, Subject
from registry_app.domain.visit import Blinding, Form, How, StarNote, Status, Visit
from registry_app.services import exams
from registry_app.services.deviations import deviations
from registry_app.services.imports import import_file
from registry_app.services.subjects import open_subject
from registry_app.services.trail import head, trail_entries, verify
from registry_app.words import Language, Words
from tests.builders import INJURY, a_subject, an_exam
from tests.import_files import (
    HEAD,
    a_row,
    an_object,
    csv_bytes,
    jsonl_bytes,
    letter,
    typed,
    xlsx_bytes,
)


@pytest.fixture
def take(desk, tmp_path):
    """Import these bytes under this file name."""

    def run(name, data, **told):
        path = tmp_path / name
        path.write_bytes(data)
        return import_file(desk, path, **told)

    return run


def counts(desk):
    with desk.read() as reading:
        return {kind: len(reading.find(kind)) for kind in (Subject, Visit, Form)}


def said(done):
    return [(p.line, p.cell, p.message.key) for p in done.problems]


def the_exam(desk, subject_id):
    (exam,) = open_subject(desk, subject_id).exams
    return exam.form


# ── what comes in ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("in.jsonl", jsonl_bytes(an_object())),
        ("in.csv", csv_bytes(a_row())),
        ("in.xlsx", xlsx_bytes(a_row())),
        ("in.xlsx", xlsx_bytes(typed())),
    ],
    ids=["jsonl", "csv", "xlsx-text", "xlsx-typed"],
)
def test_every_kind_of_file_brings_the_same_patient_and_exam(desk, take, name, data):
    done = take(name, data)

    assert (done.problems, done.notices, done.written) == ((), (), True)
    file = open_subject(desk, "SAP-0001-7")
    assert (file.subject.source_code, file.subject.arm) == ("P-1", Arm.TREATED)
    assert file.subject.treatment_date == date(2026, 2, 20)
    form = the_exam(desk, "SAP-0001-7")
    assert (form.status, form.date) == (Status.COMPLETE, date(2026, 1, 15))
    assert form.assessor == "架空 評価者"
    assert form.blinding is Blinding.BLINDED
    assert form.values == {k: v for k, v in a_row().items() if k not in HEAD}
    assert set(form.how.values()) == {How.IMPORTED}


def test_a_second_run_changes_nothing(desk, take):
    data = csv_bytes(a_row(), a_row(patient="P-2"), a_row(exam_date="2026-03-01"))
    take("in.csv", data)
    before = head(desk)

    again = take("in.csv", data)

    assert head(desk) == before
    assert (again.exams_new, again.exams_unchanged, again.patients_known) == (0, 3, 2)
    assert [row.exam for row in again.rows] == ["unchanged"] * 3


def test_a_dry_run_says_the_same_and_writes_nothing(desk, take):
    before = head(desk)

    done = take("in.csv", csv_bytes(a_row(), a_row(patient="P-2")), dry_run=True)

    assert (done.patients_new, done.exams_new, done.written) == (2, 2, False)
    assert [row.case_id for row in done.rows] == ["", ""]
    assert head(desk) == before


def test_a_case_id_of_this_registry_is_used_as_it_is_and_others_follow(desk, take):
    done = take(
        "in.csv",
        csv_bytes(a_row(patient="P-9"), a_row(patient="ＳＡＰ－０００３－3")),
    )

    assert [row.case_id for row in done.rows] == ["SAP-0004-1", "SAP-0003-3"]


def test_an_exam_is_added_to_a_patient_that_is_there(desk, take):
    known = a_subject(desk)
    an_exam(desk, known, on=INJURY)
    row = {"patient": known.id, "exam_date": "2026-03-01", "visit": "day-49"}

    done = take("in.jsonl", jsonl_bytes({**row, "exam": {"vac": "Yes"}}))

    assert (done.patients_known, done.exams_new, done.drafts) == (1, 1, 1)
    assert len(open_subject(desk, known.id).exams) == 2


def test_rows_of_one_source_code_are_one_patient(desk, take):
    take("one.csv", csv_bytes(a_row(), a_row(exam_date="2026-03-01")))
    take("two.csv", csv_bytes(a_row(exam_date="2026-03-20")))

    assert counts(desk) == {Subject: 1, Visit: 3, Form: 3}


def test_an_exam_with_open_cells_comes_in_as_a_draft_and_is_said(desk, take):
    done = take("in.csv", csv_bytes(a_row(VAC="")))

    assert the_exam(desk, "SAP-0001-7").status is Status.DRAFT
    assert [notice.key for notice in done.notices] == ["import.drafts"]


def test_a_star_keeps_its_decision_and_its_missing_reason_is_said(desk, take):
    done = take("in.csv", csv_bytes(a_row(R_M_C5="4**", R_M_C6="nt＊")))

    form = the_exam(desk, "SAP-0001-7")
    assert form.stars == {
        "R_M_C5": StarNote(normal=True),
        "R_M_C6": StarNote(normal=False),
    }
    assert form.status is Status.COMPLETE
    assert form.unanswered == ("R_M_C5", "R_M_C6")
    assert [notice.key for notice in done.notices] == ["import.stars-without-reason"]


def test_a_row_without_an_exam_only_enrols(desk, take):
    take(
        "in.jsonl",
        jsonl_bytes({k: HEAD[k] for k in ("patient", "arm", "sex", "injury_date")}),
    )

    assert counts(desk) == {Subject: 1, Visit: 0, Form: 0}


def test_full_width_characters_japanese_dates_and_words_are_taken(desk, take):
    done = take(
        "in.csv",
        csv_bytes(
            a_row(
                arm="投与群",
                sex="女性",
                birth_year="１９８０",
                injury_date="令和８年１月１０日",
                treatment_date="R8.2.20",
                exam_date="２０２６／１／１５",
                level_cause="外傷性",
                blinded="非盲検",
                R_LT_C2="２",
                R_M_C5="ｎｔ",
                VAC="ｙｅｓ",
            )
        ),
    )

    assert done.problems == ()
    form = the_exam(desk, "SAP-0001-7")
    assert (form.values["R_LT_C2"], form.values["R_M_C5"]) == ("2", "NT")
    assert (form.values["VAC"], form.blinding) == ("Yes", Blinding.KNOWS)
    assert open_subject(desk, "SAP-0001-7").subject.injury_date == INJURY


def test_a_name_in_kana_keeps_its_long_vowels(desk, take):
    take("in.csv", csv_bytes(a_row(patient="サッポロー１", visit="フォロー　２")))

    file = open_subject(desk, "SAP-0001-7")
    assert file.subject.source_code == "サッポロー1"
    assert file.visits[0].code == "フォロー 2"


def test_cp932_is_read_and_said(desk, take):
    done = take("in.csv", csv_bytes(a_row(), encoding="cp932"))

    assert the_exam(desk, "SAP-0001-7").assessor == "架空 評価者"
    assert [notice.key for notice in done.notices] == ["import.read-as-cp932"]


def test_a_byte_order_mark_and_line_ends_do_not_matter(desk, take):
    data = csv_bytes(a_row(), encoding="utf-8-sig")

    assert take("a.csv", data).problems == ()
    assert take("b.csv", data.replace(b"\r\n", b"\r")).exams_unchanged == 1


def test_a_table_without_some_scores_says_which_stay_open(desk, take):
    columns = [c for c in a_row() if c != "L_M_S1"]

    done = take("in.csv", csv_bytes(a_row(), columns=columns))

    keys = [notice.key for notice in done.notices]
    assert keys == ["import.columns-absent", "import.drafts"]
    assert done.notices[0].params == {"columns": "L_M_S1"}


def test_a_mapping_gives_columns_and_codes_their_meaning(desk, take, tmp_path):
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'ignore = ["備考"]\n[columns]\n"患者番号" = "patient"\n'
        '[codes.sex]\n"1" = "male"\n[codes.scores]\n"9" = "NT"\n',
        encoding="utf-8",
    )
    row = a_row(sex="１", R_LT_C2="9", 備考="x")
    row["患者番号"] = row.pop("patient")

    done = take("in.csv", csv_bytes(row, columns=list(row)), mapping=mapping)

    assert done.problems == ()
    assert the_exam(desk, "SAP-0001-7").values["R_LT_C2"] == "NT"


@pytest.mark.parametrize(
    ("text", "key", "where"),
    [
        ("columns = 3", "import.map-not-a-table", "columns"),
        ('[columns]\na = "patinet"', "import.map-column", "columns.a"),
        ("[codes.sex]\na = 1", "import.map-not-a-text", "codes.sex.a"),
        ('[codes.colour]\na = "b"', "import.map-column", "codes"),
        ('ignore = "a"', "import.map-ignore", "ignore"),
        ("[extra]", "import.map-key", None),
        ("[columns", "import.map-not-toml", None),
    ],
)
def test_a_broken_mapping_names_its_key(desk, take, tmp_path, text, key, where):
    mapping = tmp_path / "map.toml"
    mapping.write_text(text)

    with pytest.raises(InvalidValue) as refused:
        take("in.csv", csv_bytes(a_row()), mapping=mapping)

    assert refused.value.message.key == key
    assert refused.value.message.params.get("where") == where


def test_a_mapped_column_that_the_file_lacks_is_a_problem(desk, take, tmp_path):
    mapping = tmp_path / "map.toml"
    mapping.write_text('[columns]\n"VAC?" = "VAC"')

    done = take("in.csv", csv_bytes(a_row()), mapping=mapping)

    assert said(done) == [(1, "VAC?", "import.map-lost-column")]


def test_the_trail_tells_each_record_and_the_file_it_came_from(desk, take):
    take("in.csv", csv_bytes(a_row()))

    newest = trail_entries(desk, newest=4)
    assert {entry.kind for entry in newest} == {
        *("subject", "indication", "visit", "form")
    }
    assert all(entry.reason.startswith("import sha256 ") for entry in newest)
    assert verify(desk).problems == ()


def test_who_fails_a_criterion_is_taken_in_with_a_deviation_that_says_so(desk, take):
    take("in.csv", csv_bytes(a_row(level_cause="non-traumatic")))

    (deviation,) = deviations(desk)
    assert (deviation.kind, deviation.rule) == (DeviationKind.ELIGIBILITY, "traumatic")
    assert "取り込み" in deviation.reason
    assert "import (sha256 " in deviation.reason


def test_an_exam_outside_its_window_is_taken_in_as_any_other(desk, take):
    done = take("in.csv", csv_bytes(a_row(visit="baseline", exam_date="2026-01-12")))

    assert done.written
    assert done.problems == ()


# ── what does not ───────────────────────────────────────────────────────────────────


def nested(change):
    """A JSON row whose object is changed by a function."""
    row = an_object()
    change(row)
    return jsonl_bytes(row)


def with_cell(column, value):
    def change(book):
        book.active[f"{letter(column)}2"] = value

    return change


def merged_header(book):
    book.active["C1"] = None
    book.active.merge_cells("B1:C1")


JSON_ROW = jsonl_bytes(an_object())
LETTER_VAC = letter("VAC")
BROKEN = {
    "a column that is not known": (
        "x.csv",
        csv_bytes(a_row(R_LT_C22="2"), columns=[*a_row(), "R_LT_C22"]),
        (1, "R_LT_C22", "import.unknown-column-near"),
    ),
    "other people's columns": (
        "x.csv",
        b"name,age\na,1\n",
        (1, "name", "import.unknown-column"),
    ),
    "no column for the patient": (
        "x.csv",
        csv_bytes(a_row(), columns=[c for c in a_row() if c != "patient"]),
        (1, "patient", "import.no-column"),
    ),
    "a column twice": (
        "x.csv",
        csv_bytes(a_row(), columns=[*a_row(), "VAC"]),
        (1, "VAC", "import.column-twice"),
    ),
    "a column under two names": (
        "x.csv",
        csv_bytes(a_row(vac="No"), columns=[*a_row(), "vac"]),
        (1, "vac", "import.columns-alike"),
    ),
    "a score that does not exist": (
        "x.csv",
        csv_bytes(a_row(), a_row(patient="P-2", R_LT_C2="3")),
        (3, "R_LT_C2", "isncsci.not-a-value"),
    ),
    "a star on a normal score": (
        "x.csv",
        csv_bytes(a_row(L_M_C5="5*")),
        (2, "L_M_C5", "import.star-on-normal"),
    ),
    "an anal answer that is none": (
        "x.xlsx",
        xlsx_bytes(a_row(VAC="maybe")),
        (2, f"{LETTER_VAC}2", "isncsci.not-a-value"),
    ),
    "half a point": (
        "x.xlsx",
        xlsx_bytes(typed(R_M_C5=4.5)),
        (2, f"{letter('R_M_C5')}2", "isncsci.not-a-value"),
    ),
    "the same row twice": (
        "x.csv",
        csv_bytes(a_row(), a_row()),
        (3, "patient", "import.row-twice"),
    ),
    "two rows of one exam that differ": (
        "x.csv",
        csv_bytes(a_row(), a_row(R_LT_S1="0")),
        (3, "R_LT_S1", "import.rows-conflict"),
    ),
    "two rows of one patient that differ": (
        "x.csv",
        csv_bytes(a_row(), a_row(exam_date="2026-03-01", sex="female")),
        (3, "sex", "import.contradicts"),
    ),
    "a date that is none": (
        "x.csv",
        csv_bytes(a_row(exam_date="last spring")),
        (2, "exam_date", "import.date"),
    ),
    "a day that does not exist": (
        "x.csv",
        csv_bytes(a_row(exam_date="2026-02-30")),
        (2, "exam_date", "import.date"),
    ),
    "a day of an era that was over": (
        "x.csv",
        csv_bytes(a_row(injury_date="平成38年1月10日")),
        (2, "injury_date", "import.date"),
    ),
    "a day to come": (
        "x.csv",
        csv_bytes(a_row(exam_date="2030-01-01")),
        (2, "exam_date", "import.future"),
    ),
    "an exam before the injury": (
        "x.csv",
        csv_bytes(a_row(exam_date="2026-01-09")),
        (2, "exam_date", "import.exam-before-injury"),
    ),
    "a treatment before the injury": (
        "x.csv",
        csv_bytes(a_row(treatment_date="2026-01-09")),
        (2, "treatment_date", "subject.treated-before-injury"),
    ),
    "a comparison subject with a treatment": (
        "x.csv",
        csv_bytes(a_row(arm="comparison")),
        (2, "treatment_date", "subject.comparison-treated"),
    ),
    "a birth after the injury": (
        "x.csv",
        csv_bytes(a_row(birth_year="2027")),
        (2, "birth_year", "subject.born-after-injury"),
    ),
    "a year of two digits": (
        "x.csv",
        csv_bytes(a_row(birth_year="80")),
        (2, "birth_year", "import.not-a-year"),
    ),
    "an arm that is none": (
        "x.csv",
        csv_bytes(a_row(arm="placebo")),
        (2, "arm", "import.not-a-code"),
    ),
    "a wrong check character": (
        "x.csv",
        csv_bytes(a_row(patient="SAP-0001-8")),
        (2, "patient", "import.wrong-check-character"),
    ),
    "a case ID of another site": (
        "x.csv",
        csv_bytes(a_row(patient="DEMO-0001-T")),
        (2, "patient", "import.other-site"),
    ),
    "a patient without a code": (
        "x.csv",
        csv_bytes(a_row(patient="　")),
        (2, "patient", "import.no-patient"),
    ),
    "a new patient without an arm": (
        "x.csv",
        csv_bytes(a_row(arm="")),
        (2, "arm", "import.new-needs"),
    ),
    "scores without a day": (
        "x.csv",
        csv_bytes(a_row(exam_date="")),
        (2, "exam_date", "import.no-exam-date"),
    ),
    "scores without a visit": (
        "x.csv",
        csv_bytes(a_row(visit="")),
        (2, "visit", "import.no-visit"),
    ),
    "a day without scores": (
        "x.csv",
        csv_bytes(HEAD, columns=list(HEAD)),
        (2, "exam_date", "import.no-scores"),
    ),
    "more cells than the header": (
        "x.csv",
        csv_bytes(a_row()).rstrip() + b",5,5\r\n",
        (2, "", "import.too-many-cells"),
    ),
    "a quote that is not closed": (
        "x.csv",
        csv_bytes(a_row()) + b'"P-2,treated\r\n',
        (3, "", "import.broken-quotes"),
    ),
    "a NUL byte": (
        "x.csv",
        csv_bytes(a_row(visit="base\0line")),
        (2, "visit", "import.control-character"),
    ),
    "a NUL in JSON": (
        "x.jsonl",
        jsonl_bytes(an_object(visit="base\0line")),
        (1, "visit", "import.control-character"),
    ),
    "a novel in a cell": (
        "x.csv",
        csv_bytes(a_row(assessor="x" * 5000)),
        (2, "assessor", "import.cell-too-long"),
    ),
    "bytes that are no CP932": (
        "x.csv",
        csv_bytes(a_row(), encoding="cp932") + b"\x81\x20",
        (3, "", "import.broken-bytes"),
    ),
    "a character of one hospital only": (
        "x.csv",
        csv_bytes(a_row(assessor="外字")).replace("外字".encode(), b"\xf0\x40"),
        (2, "assessor", "import.private-character"),
    ),
    "UTF-8 with a broken line": (
        "x.csv",
        csv_bytes(a_row(), a_row(patient="P-2")) + b"\x8e\xa1",
        (4, "", "import.broken-utf-8"),
    ),
    "UTF-16": (
        "x.csv",
        csv_bytes(a_row(), encoding="utf-16"),
        (1, "", "import.utf-16"),
    ),
    "an empty file": ("x.csv", b"", (0, "", "import.empty")),
    "an empty JSON Lines file": ("x.jsonl", b"\n\n", (0, "", "import.empty")),
    "only a header": ("x.csv", csv_bytes(), (1, "", "import.no-rows")),
    "a hundred thousand columns": (
        "x.csv",
        b",".join(b"c%d" % n for n in range(100_000)) + b"\n",
        (1, "", "import.too-many-columns"),
    ),
    "a line of fifty megabytes": (
        "x.csv",
        lambda: csv_bytes(a_row()) + b"a" * 50_000_000,
        (3, "", "import.line-too-long"),
    ),
    "a JSON line of fifty megabytes": (
        "x.jsonl",
        lambda: JSON_ROW + b'{"patient": "' + b"a" * 50_000_000,
        (2, "", "import.line-too-long"),
    ),
    "JSON cut off": (
        "x.jsonl",
        JSON_ROW + JSON_ROW[:300],
        (2, "", "import.not-json"),
    ),
    "brackets without end": (
        "x.jsonl",
        b"[" * 100_000,
        (1, "", "import.not-json"),
    ),
    "a list for a row": ("x.jsonl", b"[1, 2]\n", (1, "", "import.not-an-object")),
    "a list for an exam": (
        "x.jsonl",
        nested(lambda row: row.update(exam=[["2"]])),
        (1, "exam", "import.not-a-sheet"),
    ),
    "a list for a column of the sheet": (
        "x.jsonl",
        nested(lambda row: row["exam"]["left"].update(motor=["5"])),
        (1, "exam.left.motor", "import.not-a-sheet"),
    ),
    "a number for a score": (
        "x.jsonl",
        nested(lambda row: row["exam"]["left"]["motor"].update(C5=5)),
        (1, "exam.left.motor.C5", "import.score-not-a-string"),
    ),
    "a segment that does not exist": (
        "x.jsonl",
        nested(lambda row: row["exam"]["left"]["motor"].update(T5="5")),
        (1, "exam.left.motor.T5", "import.unknown-key"),
    ),
    "an unknown key": (
        "x.jsonl",
        nested(lambda row: row.update(treatmnt_date="2026-02-01")),
        (1, "treatmnt_date", "import.unknown-column-near"),
    ),
    "a key twice": (
        "x.jsonl",
        b'{"patient": "P-1", "patient": "P-2"}\n',
        (1, "patient", "import.key-twice"),
    ),
    "a list for a date": (
        "x.jsonl",
        nested(lambda row: row.update(exam_date=["2026-01-15"])),
        (1, "exam_date", "import.not-a-text"),
    ),
    "a formula": (
        "x.xlsx",
        xlsx_bytes(a_row(), change=with_cell("VAC", '="Yes"')),
        (2, f"{LETTER_VAC}2", "import.formula"),
    ),
    "a date with a time of day": (
        "x.xlsx",
        xlsx_bytes(typed(exam_date=datetime(2026, 1, 15, 9, 30))),
        (2, f"{letter('exam_date')}2", "import.time-of-day"),
    ),
    "a merged header": (
        "x.xlsx",
        xlsx_bytes(a_row(), change=merged_header),
        (1, "C1", "import.no-name"),
    ),
    "a workbook cut off": (
        "x.xlsx",
        xlsx_bytes(a_row())[:3000],
        (0, "", "import.damaged-workbook"),
    ),
    "a workbook without a row": (
        "x.xlsx",
        xlsx_bytes(columns=()),
        (0, "", "import.empty"),
    ),
    "a workbook with a password": (
        "x.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        (0, "", "import.locked-workbook"),
    ),
    "a workbook that is text": (
        "x.xlsx",
        csv_bytes(a_row()),
        (0, "", "import.no-workbook-inside"),
    ),
    "a workbook under the name of CSV": (
        "x.csv",
        xlsx_bytes(a_row()),
        (0, "", "import.zip-inside"),
    ),
    "a kind that is not known": ("x.pdf", b"%PDF-1.7", (0, "", "import.unknown-kind")),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_reported_by_line_and_cell_and_writes_nothing(
    desk, take, case
):
    name, data, expected = BROKEN[case]
    before = counts(desk), head(desk)

    done = take(name, data() if callable(data) else data)

    assert expected in said(done)
    assert (done.rows, done.written) == ((), False)
    assert (counts(desk), head(desk)) == before
    for language in Language:
        words = Words(language)
        told = [words.say(problem.message) for problem in done.problems]
        assert all(0 < len(sentence) < 700 for sentence in told)


def test_one_bad_row_keeps_the_good_ones_out_and_every_problem_is_told(desk, take):
    good = [a_row(patient=f"P-{n}") for n in range(5)]
    bad = [a_row(patient="P-8", R_LT_C2="9", sex="x"), a_row(patient="P-9", VAC="?")]

    done = take("x.csv", csv_bytes(*good, *bad))

    assert [(line, cell) for line, cell, _ in said(done)] == [
        (7, "sex"),
        (7, "R_LT_C2"),
        (8, "VAC"),
    ]
    assert counts(desk)[Subject] == 0


def test_a_missing_file_is_said(desk, tmp_path):
    done = import_file(desk, tmp_path / "x.csv")

    assert said(done) == [(0, "", "import.no-file")]


# ── beside what is stored ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told", "cell", "key"),
    [
        ({"R_LT_S1": "0"}, "R_LT_S1", "import.exam-stored-otherwise"),
        ({"assessor": "他人"}, "assessor", "import.exam-stored-otherwise"),
        ({"blinded": "false"}, "blinded", "import.exam-stored-otherwise"),
        ({"sex": "female"}, "sex", "import.other-than-stored"),
        (
            {"treatment_date": "2026-02-21"},
            "treatment_date",
            "import.other-than-stored",
        ),
    ],
)
def test_nothing_that_is_stored_is_overwritten(desk, take, told, cell, key):
    take("in.csv", csv_bytes(a_row()))
    before = head(desk)

    done = take("in.csv", csv_bytes(a_row(**told), a_row(patient="P-2")))

    assert said(done) == [(2, cell, key)]
    assert head(desk) == before


def test_an_empty_cell_says_nothing_against_what_is_stored(desk, take):
    take("in.csv", csv_bytes(a_row()))

    blank = dict.fromkeys(("arm", "sex", "assessor", "blinded", "R_LT_S1"), "")
    done = take("in.csv", csv_bytes(a_row(**blank)))

    assert (done.problems, done.exams_unchanged) == ((), 1)


def test_a_correction_made_in_the_registry_is_not_undone_by_the_old_file(desk, take):
    take("in.csv", csv_bytes(a_row()))
    form = the_exam(desk, "SAP-0001-7")
    values = {**form.values, "R_LT_S1": "1"}
    exams.save_exam(desk, replace(form, values=values), "misread")

    done = take("in.csv", csv_bytes(a_row()))

    assert said(done) == [(2, "R_LT_S1", "import.exam-stored-otherwise")]
    assert the_exam(desk, "SAP-0001-7").values["R_LT_S1"] == "1"


def test_no_sentence_of_a_report_holds_a_name_that_is_stored(desk, take):
    known = a_subject(desk, family="髙橋")
    done = take("in.csv", csv_bytes(a_row(patient=known.id, sex="female")))

    told = json.dumps([Words(Language.JA).say(p.message) for p in done.problems])
    assert "髙橋" not in told
