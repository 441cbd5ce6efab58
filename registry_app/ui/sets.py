"""Sets of possible values, in words."""

from collections.abc import Sequence

from registry_app.words import Words


def told(words: Words, values: Sequence[str]) -> str:
    """“B”, “B or C”, “C4-C7” where more are possible; nothing if there are none."""
    if len(values) > 2:
        return words("patients.span", low=values[0], high=values[-1])
    return words("patients.or").join(values)
