"""Two programs, locks, clocks and pauses: nothing is lost, and each is told."""

from tests.faults import meeting
from tests.faults.short import none_fails

EACH = 1


def test_programs_and_clocks_that_disagree_lose_nothing(tmp_path):
    none_fails(meeting.family, tmp_path, 7 * EACH)
