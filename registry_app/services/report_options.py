"""How a report was asked for: all that its bytes rest on beside the cut.

The options stand in the file itself, so that it can be made again from it alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from registry_app.domain.report import Kind
from registry_app.services.cuts import Point
from registry_app.words import Language

Period = tuple[date, date]
#: The form of the archive: with the figures inside it, and without.
FORMS: Final = ("3b", "1b")


def read_marked(text: str) -> dict[str, str]:
    """Options as they stand in a file: ``draft=no; languages=ja+en``.

    Raises ValueError for anything else.
    """
    return dict(_pair(part) for part in text.split("; ") if part)


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise ValueError(text)
    return name, value


@dataclass(frozen=True, slots=True)
class Options:
    """How a report was asked for. `on`: the day that it is about.

    `period`: other than the usual one of its kind. `about`: a safety case. `frozen`:
    the number of the data cut, "" where there is none. `written`: the trail entry as of
    which the written parts are read; 0: there are none. `signed`: how many signatures
    are printed. `revision`: above 1 where the number stands for other bytes already.
    """

    languages: tuple[Language, ...]
    on: date
    identifiable: bool = False
    draft: bool = False
    revision: int = 1
    period: Period | None = None
    about: str = ""
    form: str = FORMS[0]
    frozen: str = ""
    written: int = 0
    signed: int = 0

    def number(self, kind: Kind, of: str, cut: Point) -> str:
        """Kind, case or site, cut, other days than usual, languages, the rest."""
        spoken = "".join(language.value[0].upper() for language in self.languages)
        plain_form = "B" * (kind.archived and self.form != FORMS[0])
        marks = "P" * self.identifiable + "D" * self.draft + plain_form
        again = "" if self.revision == 1 else f".{self.revision}"
        days = () if self.on == cut.day else (self.on,)
        said = "".join(f"-{day:%Y%m%d}" for day in (*days, *(self.period or ())))
        return f"{kind.letters}-{of}-{cut.head.seq}{said}-{spoken}{marks}{again}"

    def same_as(self, plain: Mapping[str, str]) -> bool:
        """Whether a report that was filed with `plain` was asked for likewise."""
        filed = {**plain, "revision": "", "signed": ""}
        asked = {**self.plain(), "revision": "", "signed": ""}
        return filed == asked

    def plain(self) -> dict[str, str]:
        """As they are filed, and marked in the file."""
        said = {
            "languages": "+".join(self.languages),
            "on": self.on.isoformat(),
            "identifiable": "yes" if self.identifiable else "no",
            "draft": "yes" if self.draft else "no",
            "revision": f"{self.revision}",
            "form": self.form,
        }
        if self.period is not None:
            said["period"] = "..".join(day.isoformat() for day in self.period)
        for name, value in (
            ("about", self.about),
            ("frozen", self.frozen),
            ("written", f"{self.written}" if self.written else ""),
            ("signed", f"{self.signed}" if self.signed else ""),
        ):
            if value:
                said[name] = value
        return said

    @classmethod
    def read(cls, plain: Mapping[str, str], cut_day: date) -> Self:
        """From `plain`. Raises KeyError or ValueError for anything else.

        Older reports name no day: it is that of their cut.
        """
        form = plain.get("form", FORMS[1])
        if form not in FORMS:
            raise ValueError(form)
        first, _, last = plain.get("period", "").partition("..")
        days = (date.fromisoformat(first), date.fromisoformat(last)) if first else None
        return cls(
            tuple(Language(name) for name in plain["languages"].split("+")),
            date.fromisoformat(plain["on"]) if "on" in plain else cut_day,
            plain["identifiable"] == "yes",
            plain["draft"] == "yes",
            int(plain["revision"]),
            days,
            plain.get("about", ""),
            form,
            plain.get("frozen", ""),
            int(plain.get("written", 0)),
            int(plain.get("signed", 0)),
        )

    def again(self) -> Self:
        """The same once more, under a number of its own."""
        return replace(self, revision=self.revision + 1, signed=0)
