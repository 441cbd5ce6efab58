"""The short version of a family of faults: what CI runs, with a fixed seed."""

from random import Random


def none_fails(family, folder, count, seed=20261123):
    """Every trial of a family ends as it should; what was seen, by fault."""
    rows = list(family(folder, count, Random(seed)))
    assert [why for seen in rows for why in seen.failures] == []
    return {seen.what: seen for seen in rows}
