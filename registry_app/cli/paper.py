"""What every command that makes a paper is told: its language, and where it goes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from registry_app.words import Language, Words

#: The languages of a paper, by what is typed after ``--lang``.
LANGUAGES: Final = {
    "ja": (Language.JA,),
    "en": (Language.EN,),
    "ja+en": (Language.JA, Language.EN),
}


def add_paper(parser: ArgumentParser, words: Words, *, must: bool = False) -> None:
    """``--lang`` and ``-o``; `must`: nothing is made without a place for it."""
    parser.add_argument(
        "--lang",
        dest="languages",
        choices=tuple(LANGUAGES),
        default=words.language.value,
        help=words("cli.report-lang"),
    )
    parser.add_argument(
        "-o",
        dest="out",
        type=Path,
        metavar="OUT.pdf",
        required=must,
        help=words("cli.report-out"),
    )
