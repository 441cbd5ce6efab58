"""Whatever a file holds: a sentence or a success."""

from tests.faults import hostile
from tests.faults.short import none_fails

INPUTS = 800


def test_hostile_input_is_answered_with_a_sentence(tmp_path):
    none_fails(hostile.family, tmp_path, INPUTS)
