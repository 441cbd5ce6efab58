"""What a report is issued as: its number, its cut, its languages, how much it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from registry_app.domain.cut import DataCut
from registry_app.domain.dates import TOKYO
from registry_app.domain.message import Told
from registry_app.domain.person import Registry
from registry_app.domain.report import Kind, OwnPaper
from registry_app.domain.signature import Signature
from registry_app.domain.trail import Head
from registry_app.words import Language


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of a report. `cut_at`: when the entry of the cut was written.

    `kind`: which paper it is (domain/report.py). `pack`: the name of the registry's
    protocol pack. `options`: how it was asked for, to make it again from the file
    alone. `signatures`: those that are printed. `cut_record`: the data cut, if the
    entry was frozen as one. `form`: ``3b``, with the figures inside the file, or
    ``1b``, without. `official_form_no`: of the ministry's form, once there is one.
    `period`: the days that it is about, both included.
    """

    number: str
    registry: Registry
    cut: Head
    cut_at: datetime
    languages: tuple[Language, ...]
    software: str
    kind: Kind | OwnPaper
    identifiable: bool = False
    draft: bool = False
    pack: Told | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    cut_record: DataCut | None = None
    form: str = "3b"
    official_form_no: str = ""
    period: tuple[date, date] | None = None

    def pack_name(self, language: Language) -> str:
        """The name of the pack in a language, or its id."""
        if self.pack is None:
            return self.registry.pack
        return self.pack.ja if language is Language.JA else self.pack.en

    @property
    def cut_time(self) -> str:
        """The time of the cut, with its offset."""
        return f"{self.cut_at.astimezone(TOKYO):%Y-%m-%d %H:%M} +09:00"
