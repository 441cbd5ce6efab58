"""A text of one line as it is kept: nothing in it that paper cannot show."""

import unicodedata
from typing import Final

from registry_app.domain.errors import InvalidValue

#: More than this does not fit a row of a printed ledger.
LONGEST: Final = 300


def line(text: str) -> str:
    r"""One line: each run of blanks is one space; signs that nobody sees are left out.

    Raises InvalidValue for more than `LONGEST` characters.

    >>> line("letter\t of 1 May\n")
    'letter of 1 May'
    """
    shown = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    found = " ".join("".join(shown).split())
    if len(found) > LONGEST:
        raise InvalidValue("obligations.too-long", most=LONGEST)
    return found
