"""The subcommand `classify`, run as a program: lines in, lines out."""

import json
import os
import subprocess
import sys

import pytest

from registry_app.cli.classify import LIMIT
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.notation import exam_to_nested
from registry_app.paths import ROOT
from tests.domain.isncsci.exams import lesion

PROGRAM = (sys.executable, "-m", "registry_app", "classify")
#: The language of the system, and nothing of the user's own.
ENVIRON = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "en_GB.UTF-8"}
EXAM = exam_to_nested(Exam(lesion(5)))


def run(text, *options):
    data = text.encode() if isinstance(text, str) else text
    return subprocess.run(
        [*PROGRAM, *options],
        input=data,
        capture_output=True,
        env=ENVIRON,
        check=False,
    )


def answers(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def line(**more):
    return json.dumps({"exam": EXAM, **more}) + "\n"


def test_each_exam_is_answered_in_its_order_with_its_other_keys_unchanged():
    more = {"note": "症例", "n": [1, 2.5, None], "deep": {"a": {}}}
    done = run(line(id="b", **more) + line(id="a"))
    first, second = answers(done)

    assert done.returncode == 0
    assert done.stderr == b""
    assert (first["id"], second["id"]) == ("b", "a")
    assert {key: first[key] for key in more} == more
    assert set(second) == {"id", "result", "missing", "warnings"}
    assert set(second["result"]["ais"]) == {"values", "star"}


def test_missing_items_are_named_and_the_rest_is_classified():
    (answer,) = answers(run('{"id": 1, "exam": {"vac": "Yes", "dap": "Yes"}}\n'))

    assert len(answer["missing"]) == 132
    assert answer["result"]["completeness"] == {"values": ["I"], "star": False}


@pytest.mark.parametrize(("language", "word"), [("en", "rule 1.6"), ("ja", "規則1.6")])
def test_explanations_are_in_the_language_asked_for(language, word):
    (answer,) = answers(run(line(), "--explain", "--lang", language))

    assert any(word in sentence for sentence in answer["explain"])
    assert "id" not in answer


BAD = [
    ("{", "Line 2: This is not JSON (character 2)."),
    ("[1]", "Line 2: The line must be a JSON object."),
    ('"text"', "Line 2: The line must be a JSON object."),
    ("[" * 100_000, "Line 2: This is not JSON (character 1)."),
    ('{"exam": NaN}', "Line 2: This is not JSON (character 1)."),
    ("1" * 5_000, "Line 2: This is not JSON (character 1)."),
    ("{}", "Line 2: There is no exam: write the exam under 'exam'."),
    ('{"exam": 1}', "Line 2: exam must be a JSON object."),
    (b'{"id": "\xff"}', "Line 2: This is not UTF-8 text."),
    ("症例".encode("cp932"), "Line 2: This is not UTF-8 text."),
    ("x" * (LIMIT + 10), f"Line 2: The line is longer than {LIMIT} bytes."),
]


@pytest.mark.parametrize(
    ("bad", "sentence"), BAD, ids=[sentence for _, sentence in BAD]
)
def test_a_line_that_is_no_exam_is_named_and_the_others_go_on(bad, sentence):
    middle = bad if isinstance(bad, bytes) else bad.encode()
    good = line(id="good").encode()
    done = run(good + middle + b"\n" + good)
    first, second, third = answers(done)

    assert done.returncode == 1
    assert done.stderr == b""
    assert second == {"id": None, "error": sentence}
    assert first["id"] == third["id"] == "good"
    assert "result" in third


def test_an_impossible_score_is_named_with_its_line_and_place_and_the_id_stays():
    exam = {"right": {"motor": {"C5": "7"}}}
    done = run("\n" + json.dumps({"id": "p-1", "site": "X", "exam": exam}))
    (answer,) = answers(done)

    assert done.returncode == 1
    assert answer["id"] == "p-1"
    assert answer["site"] == "X"
    assert answer["error"].startswith("Line 2: R_M_C5 cannot be '7'. It can be: 0, 1,")


def test_empty_lines_and_a_byte_order_mark_and_windows_line_ends_are_passed_over():
    done = run(b"\xef\xbb\xbf" + line().replace("\n", "\r\n").encode() + b"\r\n \n\n")

    assert done.returncode == 0
    assert len(answers(done)) == 1


def test_half_a_surrogate_pair_comes_back_as_it_was():
    (answer,) = answers(run(line().replace("{", '{"note": "\\ud800", ', 1)))

    assert answer["note"] == "\ud800"


def test_a_file_is_read_by_name_and_one_that_is_not_there_is_named(tmp_path):
    file = tmp_path / "exams.jsonl"
    file.write_text(line(id=1) * 3, encoding="utf-8")

    assert len(answers(run("", str(file)))) == 3
    done = run("", str(tmp_path / "none.jsonl"))
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr == b"'none.jsonl' cannot be read.\n"


def test_a_reader_that_leaves_early_is_no_error():
    with subprocess.Popen(
        PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRON,
    ) as program:
        program.stdin.write(line().encode())
        program.stdin.flush()
        assert json.loads(program.stdout.readline())["missing"] == []
        program.stdout.close()
        program.stdin.write(line().encode() * 20)
        program.stdin.close()
        said = program.stderr.read()

    assert said == b""


def test_the_language_is_the_users_and_so_is_that_of_the_help():
    japanese = ENVIRON | {"LC_ALL": "ja_JP.UTF-8"}
    told, helped = (
        subprocess.run(
            [*PROGRAM, *options], input=b"{}\n", capture_output=True, env=japanese
        )
        for options in ((), ("--help",))
    )

    assert "1行目" in answers(told)[0]["error"]
    assert "ISNCSCI検査を分類する" in helped.stdout.decode()


def test_results_that_cannot_be_written_are_told_in_a_sentence():
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            PROGRAM, input=line().encode(), stdout=full, stderr=-1, env=ENVIRON
        )

    assert done.returncode == 1
    assert done.stderr.decode().startswith("The result cannot be written")
    assert done.stderr.count(b"\n") == 1


def test_an_answer_comes_as_soon_as_its_line():
    with subprocess.Popen(
        PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=ENVIRON,
    ) as program:
        for n in range(3):
            program.stdin.write(line(id=n).encode())
            program.stdin.flush()
            assert json.loads(program.stdout.readline())["id"] == n
        program.stdin.close()
        assert program.wait() == 0
