"""The catalogue of texts: every key in Japanese and in English, side by side.

A key is ``<file>.<name>``: ``signin.title`` stands in resources/i18n/signin.toml as
``title = { ja = "サインイン", en = "Sign in" }``. A file is read when its first key is
asked for, so that the sign-in window does not pay for the reports.
"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from registry_app.domain.message import Message, Told, in_halves
from registry_app.paths import RESOURCES


class Language(StrEnum):
    """The languages that every text exists in."""

    JA = "ja"
    EN = "en"


@cache
def _texts(file: str) -> Mapping[str, Mapping[str, str]]:
    """The texts of a file, in both languages; it is read once."""
    path = RESOURCES / "i18n" / f"{file}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Words:
    """Texts in one language: ``words("signin.title")``, ``words.say(message)``."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **params: object) -> str:
        """The text of a key, with `params` filled in. An unknown key is a bug."""
        file, _, name = key.partition(".")
        text = _texts(file)[name][self.language]
        if not params:
            return text
        said = {
            k: self.say(v) if isinstance(v, Message | Told) else v
            for k, v in params.items()
        }
        return text.format(**said)

    def say(self, message: Message | Told) -> str:
        """A message of the domain, or a text of a pack, in this language."""
        if isinstance(message, Told):
            return message.ja if self.language is Language.JA else message.en
        return self(message.key, **message.params)

    def typed(self, text: str) -> str:
        """What a record holds, in this language where it holds both (`in_halves`)."""
        said = in_halves(text)
        return said if isinstance(said, str) else self.say(said)
