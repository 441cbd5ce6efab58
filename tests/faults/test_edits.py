"""Whoever has the key and goes past the program is found."""

from tests.faults import edits
from tests.faults.short import none_fails

EDITS = 40


def test_every_edit_past_the_program_is_found(tmp_path):
    none_fails(edits.family, tmp_path, EDITS)
