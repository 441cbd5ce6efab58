"""A clock that was moved is on record beside the entries that it touches."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from registry_app.domain.trouble import ClockJump
from registry_app.services import trail
from registry_app.services.clock_watch import ClockWatch, steady
from tests.builders import a_subject

NOON = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)


class Computer:
    """Its clock, and the ticks that no setting of the clock moves."""

    def __init__(self):
        self.wall, self.ticks = NOON, 100.0

    def goes_on(self, **by):
        self.wall += timedelta(**by)
        self.ticks += timedelta(**by).total_seconds()

    def clock(self):
        return self.wall

    def steady(self):
        return self.ticks


def jumps(desk):
    with desk.read() as reading:
        return [(one.before, one.after) for one in reading.find(ClockJump)]


def at(desk, computer):
    watch = ClockWatch(computer.steady)
    return replace(desk, clock=computer.clock, clock_watch=watch)


def test_a_clock_that_goes_as_time_does_is_not_spoken_of(desk):
    computer = Computer()
    desk = at(desk, computer)
    for hours in (0, 1, 30 * 24):  # however long the pause, asleep or not
        computer.goes_on(hours=hours)
        a_subject(desk)

    assert jumps(desk) == []


def test_a_clock_that_is_set_forward_is_recorded_before_the_next_entry(desk):
    computer = Computer()
    desk = at(desk, computer)
    a_subject(desk)
    computer.goes_on(minutes=5)
    computer.wall += timedelta(days=2)

    a_subject(desk)
    a_subject(desk)

    should = NOON + timedelta(minutes=5)
    assert jumps(desk) == [(should, should + timedelta(days=2))]
    kinds = [entry.kind for entry in reversed(trail.trail_entries(desk))]
    assert kinds[kinds.index("clock_jump") + 1] == "subject"


def test_a_clock_that_is_set_back_is_recorded_and_set_right_recorded_again(desk):
    computer = Computer()
    desk = at(desk, computer)
    a_subject(desk)
    computer.wall -= timedelta(days=1)
    a_subject(desk)
    computer.wall += timedelta(days=1)
    a_subject(desk)

    day = timedelta(days=1)
    assert sorted(jumps(desk)) == [(NOON - day, NOON), (NOON, NOON - day)]
    found = trail.verify(desk)
    assert found.problems == ()
    told = [note.key for note in found.notes]
    assert told.count("trail.clock-jumped") == 2
    assert "trail.clock-went-back" not in told


def test_a_clock_set_back_while_nobody_was_signed_in_is_recorded(desk):
    a_subject(at(desk, Computer()))
    earlier = Computer()
    earlier.wall -= timedelta(hours=3)

    a_subject(at(desk, earlier))

    assert jumps(desk) == [(NOON, NOON - timedelta(hours=3))]


def test_what_is_refused_leaves_no_trace_and_the_jump_is_told_the_next_time(desk):
    computer = Computer()
    desk = at(desk, computer)
    a_subject(desk)
    computer.wall += timedelta(days=2)
    end = trail.head(desk)

    try:
        with desk.begin():
            raise ZeroDivisionError
    except ZeroDivisionError:
        assert trail.head(desk) == end

    a_subject(desk)
    assert len(jumps(desk)) == 1


def test_a_second_more_or_less_is_no_jump(desk):
    computer = Computer()
    desk = at(desk, computer)
    a_subject(desk)
    computer.wall -= timedelta(seconds=59)
    a_subject(desk)

    assert jumps(desk) == []


def test_the_steady_ticks_of_a_computer_never_go_back():
    assert steady() <= steady()
