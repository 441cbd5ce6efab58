"""Sets of possible values, in words."""

from collections.abc import Sequence

from registry_app.domain.isncsci.display import values_said
from registry_app.words import Words


def told(words: Words, field: str, values: Sequence[str]) -> str:
    """`B`, `B or C`, `C4-C7 or T2` of a field; nothing if there are none."""
    if not values:
        return ""
    said = values_said(field, values)
    return said if isinstance(said, str) else words.say(said)
