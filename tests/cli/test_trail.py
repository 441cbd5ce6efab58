import csv
import io
import json

from registry_app.services.trail import head
from tests.builders import a_subject, at_desk


def filled(registry):
    desk = at_desk(registry)
    subject = a_subject(desk)
    end = head(desk)
    desk.close()
    return subject, end


def test_entries_are_printed_the_oldest_first(command, registry):
    subject, end = filled(registry)

    told = command("trail", registry, "--patient", subject.id, "--json")

    lines = [json.loads(line) for line in told.out.splitlines()]
    assert told.status == 0
    assert {line["patient"] for line in lines} == {subject.id}
    assert lines[-1]["head"] == end.head
    told = command("trail", registry, "--kind", "subject", "--person", "kato")
    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert {row["kind"] for row in rows} == {"subject"}
    assert command("trail", registry, "--from", "soon").status == 1


def test_the_whole_trail_is_exported(command, registry, tmp_path):
    _subject, end = filled(registry)
    out = tmp_path / "trail.jsonl"

    assert command("export", registry, "trail-jsonl", "-o", out).status == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["seq"] for line in lines][: end.seq] == list(range(1, end.seq + 1))
    out = tmp_path / "trail.csv"
    assert command("export", registry, "trail-csv", "-o", out).status == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_page_of_a_month_and_its_head(command, registry, tmp_path):
    _subject, end = filled(registry)
    out = tmp_path / "2026-04.pdf"

    told = command("control-sheet", registry, "--month", "2026-04", "-o", out)

    assert told.status == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert command("verify", registry, out).status == 0
    told = command("verify", registry, "--head", f"{end.seq}: {end.head.upper()}")
    assert (told.status, "is that of entry" in told.out) == (0, True)
    told = command("verify", registry, "--head", f"{end.seq}:{'0' * 64}", "--json")
    assert (told.status, told.data["stands"]) == (1, False)
    assert command("verify", registry, "--head", "x").status == 1
    assert command("verify", registry, "--head", f"9999:{end.head}").status == 1
    assert command("verify", registry, out, "--head", "1:a").status == 2
    wrong = command("control-sheet", registry, "--month", "soon", "-o", tmp_path / "x")
    assert wrong.status == 1
