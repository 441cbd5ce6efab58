from openpyxl import load_workbook

from registry_app.domain.person import Role
from registry_app.services.registry import add_person
from tests.builders import CHEAP, PASSWORD, at_desk
from tests.import_files import a_row, csv_bytes


def a_file(folder, *rows, name="in.csv"):
    path = folder / name
    path.write_bytes(csv_bytes(*rows))
    return path


def test_rows_come_in_and_a_second_run_changes_nothing(command, registry, tmp_path):
    source = a_file(tmp_path, a_row(), a_row(patient="P-2"))

    first = command("import", registry, source)
    again = command("import", registry, source, "--json").data

    assert first.status == 0
    assert "2 new, 0 known. Exams: 2 new" in first.out
    assert again["exams"] == {"new": 0, "drafts": 0, "unchanged": 2}
    assert again["rows"][0] == {
        "line": 2,
        "patient": "P-1",
        "case_id": "SAP-0001-7",
        "exam": "unchanged",
    }


def test_a_dry_run_says_so(command, registry, tmp_path):
    source = a_file(tmp_path, a_row())

    told = command("import", registry, source, "--dry-run", "--lang", "ja")

    assert "書き込んでいません" in told.out
    assert command("import", registry, source, "--json").data["exams"]["new"] == 1


def test_problems_are_told_by_line_and_cell_in_either_language(
    command, registry, tmp_path
):
    source = a_file(tmp_path, a_row(), a_row(patient="P-2", VAC="?"))

    english = command("import", registry, source)
    japanese = command("import", registry, source, "--lang", "ja")

    assert (english.status, english.out) == (1, "")
    assert "Line 3, VAC: VAC cannot be '?'" in english.err
    assert "Nothing was imported. Problems: 1." in english.err
    assert "3行目、VAC：VAC に「?」は記入できません" in japanese.err


def test_as_json_every_problem_is_there(command, registry, tmp_path):
    rows = [a_row(patient=f"P-{n}", VAC="?") for n in range(150)]
    source = a_file(tmp_path, *rows)

    told = command("import", registry, source, "--json")

    assert (told.status, told.data["written"], told.data["rows"]) == (1, False, [])
    assert len(told.data["problems"]) == 150
    assert told.data["problems"][0]["cell"] == "VAC"
    assert "50 more problems" in command("import", registry, source).err


def test_a_file_that_is_not_there_has_no_line(command, registry, tmp_path):
    told = command("import", registry, tmp_path / "no.csv")

    assert told.err.startswith("'no.csv' is not there.")


def test_the_template_needs_no_registry(command, tmp_path):
    told = command("import", "--template", tmp_path / "t.xlsx")

    assert told.status == 0
    assert load_workbook(tmp_path / "t.xlsx").sheetnames == ["exams", "help"]
    assert command("import", "--template", tmp_path / "t.xlsx").status == 1


def test_where_there_are_several_users_one_must_be_named(command, registry, tmp_path):
    desk = at_desk(registry)
    add_person(desk, "abe", "架空 二郎", Role.ENTRY, PASSWORD, cost=CHEAP)
    desk.close()
    source = a_file(tmp_path, a_row())

    told = command("import", registry, source)

    assert told.status == 1
    assert "kato" in told.err
    assert command("import", registry, source, "--user", "abe").status == 0


def test_a_wrong_password_is_refused(command, registry, tmp_path, monkeypatch):
    monkeypatch.setenv("REGISTRY_PASSWORD", "not that one")

    told = command("import", registry, a_file(tmp_path, a_row()))

    assert (told.status, told.out) == (1, "")
    assert "password is wrong" in told.err
