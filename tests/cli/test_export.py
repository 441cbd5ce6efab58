from icalendar import Calendar

from tests.builders import a_subject, at_desk


def test_a_calendar_is_written_without_names(command, registry, tmp_path):
    desk = at_desk(registry)
    subject = a_subject(desk)
    desk.close()
    out = tmp_path / "due.ics"

    told = command("export", registry, "ics", "-o", out)

    assert told.status == 0
    text = out.read_text("utf-8").replace("\n ", "")
    assert Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert subject.id in text
    assert "太郎" not in text
    assert "Owner: MAH" in text


def test_a_file_that_is_there_is_kept(command, registry, tmp_path):
    out = tmp_path / "due.ics"
    out.write_text("mine")

    told = command("export", registry, "ics", "-o", out)

    assert (told.status, out.read_text()) == (1, "mine")


def test_a_format_that_is_not_there_is_wrong_usage(command, registry, tmp_path):
    assert command("export", registry, "pdf", "-o", tmp_path / "x").status == 2
