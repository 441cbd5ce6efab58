"""How easily a new password is guessed; no rule asks for signs or capitals.

The guess is zxcvbn's (Wheeler, USENIX Security 2016); the words are ours.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say

#: Of 0 to 4: at least some hundred million guesses.
_WANTED: Final = 3
#: It looks at no more; what is longer is no weaker.
_LONGEST: Final = 72
_LEAST_NAME: Final = 3
_PATTERNS: Final = {
    "spatial": "storage.weak-keyboard",
    "repeat": "storage.weak-repeat",
    "sequence": "storage.weak-sequence",
    "date": "storage.weak-date",
    "regex": "storage.weak-date",  # a year of our time
    "bruteforce": "storage.weak-short",
}
_COMMON: Final = "passwords"
_OWN: Final = "user_inputs"


def weakness(password: str, about: Iterable[str] = ()) -> Message | None:
    """What makes a password easy to guess; None for one that is good.

    `about`: names that whoever guesses would try first.
    """
    if not password:
        return say("storage.password-weak", why=say("storage.weak-short"))
    # Not at start: its lists of words take their time to load.
    from zxcvbn import zxcvbn

    names = [name for name in about if len(name) >= _LEAST_NAME]
    found = zxcvbn(password[:_LONGEST], user_inputs=names)
    if found["score"] >= _WANTED:
        return None
    return say("storage.password-weak", why=say(_why(found["sequence"])))


def check_strength(password: str, about: Iterable[str] = ()) -> None:
    """Raise InvalidValue, with what makes it weak, for one that is easy to guess."""
    weak = weakness(password, about)
    if weak is not None:
        raise InvalidValue(weak.key, **weak.params)


def _why(parts: list[Mapping[str, Any]]) -> str:
    """The key of what most of the password is; a name of one's own comes first."""
    known = [part for part in parts if part["pattern"] != "bruteforce"]
    if any(part.get("dictionary_name") == _OWN for part in known):
        return "storage.weak-own"
    most = max(known or parts, key=lambda part: len(part["token"]))
    if most["pattern"] != "dictionary":
        return _PATTERNS[most["pattern"]]
    common = most["dictionary_name"] == _COMMON
    return "storage.weak-common" if common else "storage.weak-word"
