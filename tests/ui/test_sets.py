import pytest

from registry_app.ui.sets import told
from registry_app.words import Language, Words


@pytest.mark.parametrize(
    ("field", "values", "said"),
    [
        ("ais", (), ""),
        ("ais", ("B",), "B"),
        ("ais", ("B", "C"), "B or C"),
        ("ais", ("A", "C", "D"), "A, C or D"),
        ("nli", ("C4", "C5", "C6", "T2"), "C4–C6 or T2"),
    ],
)
def test_nothing_is_said_that_is_not_possible(field, values, said):
    assert told(Words(Language.EN), field, values) == said
