"""``registry-app due`` says what the screens say."""

from datetime import date

from registry_app.services import due
from registry_app.services.obligations import duty_steps
from tests.builders import a_subject, at_desk


def test_the_list_is_the_one_of_the_screens(command, registry):
    desk = at_desk(registry)
    a_subject(desk)
    duties = due.due(desk)
    steps = {duty.key: duty_steps(desk, duty.key) for duty in duties}
    desk.close()

    told = command("due", registry, "--as-of", "2026-05-01", "--json")

    assert told.status == 0
    listed = told.data["duties"]
    assert told.data["as_of"] == "2026-05-01"
    assert [one["key"] for one in listed] == [duty.key for duty in duties]
    assert [one["due"] for one in listed] == [
        duty.due and duty.due.isoformat() for duty in duties
    ]
    for one in listed:
        days = [step.day and step.day.isoformat() for step in steps[one["key"]]]
        assert [step["date"] for step in one["steps"]] == days


def test_another_day_has_another_list(command, registry):
    desk = at_desk(registry)
    subject = a_subject(desk)
    then = due.due(desk, date(2026, 2, 22))
    desk.close()

    told = command("due", registry, "--as-of", "2026-02-22", "--json")

    window = f"visit:baseline:{subject.id}"
    assert [one["key"] for one in told.data["duties"]] == [duty.key for duty in then]
    (open_,) = [one for one in told.data["duties"] if one["key"] == window]
    assert (open_["opens"], open_["due"]) == ("2026-02-21", "2026-03-07")
    assert open_["days_left"] == 13


def test_for_people_it_is_a_line_a_duty_without_a_name(command, registry):
    desk = at_desk(registry)
    subject = a_subject(desk)
    count = len(due.due(desk))
    desk.close()

    told = command("due", registry, "--as-of", "2026-05-01")

    lines = told.out.splitlines()
    assert len(lines) == count + 1
    assert any(subject.id in line for line in lines)
    assert "架空" not in told.out


def test_a_day_that_is_none_is_refused(command, registry):
    told = command("due", registry, "--as-of", "2026-02-30")
    assert (told.status, told.out) == (1, "")
    assert told.err
